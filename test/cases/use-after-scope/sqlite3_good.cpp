// Statements, columns and connections of SQLite used while they live, though it looks late.
// library: sqlite3
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>
#include <sqlite3.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct SqliteDelete {
  void operator()(sqlite3* db) const noexcept { sqlite3_close(db); }
  void operator()(sqlite3_stmt* st) const noexcept { sqlite3_finalize(st); }
};
using DbPtr = std::unique_ptr<sqlite3, SqliteDelete>;
using StmtPtr = std::unique_ptr<sqlite3_stmt, SqliteDelete>;

// Copied into a string before the statement goes.
std::string customerName(sqlite3* db, int id) {
  sqlite3_stmt* st = nullptr;
  const char* text = "SELECT name FROM customers WHERE id = ?";
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) return {};
  sqlite3_bind_int(st, 1, id);
  std::string name;
  if (sqlite3_step(st) == SQLITE_ROW) {
    const auto* column = reinterpret_cast<const char*>(sqlite3_column_text(st, 0));
    const int size = sqlite3_column_bytes(st, 0);
    if (column != nullptr) name.assign(column, static_cast<std::size_t>(size));
  }
  sqlite3_finalize(st);
  return name;
}

// The message is taken first; a text for a code needs no connection.
DbPtr openOrThrow(const std::string& path) {
  sqlite3* db = nullptr;
  const int rc = sqlite3_open(path.c_str(), &db);
  if (rc != SQLITE_OK) {
    const std::string reason = db ? sqlite3_errmsg(db) : "out of memory";
    sqlite3_close(db);
    throw std::runtime_error(reason + " / " + sqlite3_errstr(rc));
  }
  return DbPtr(db);
}

// The same variable, a new statement.
int twoCounts(sqlite3* db) {
  int n = 0;
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM posts", -1, &st, nullptr) != SQLITE_OK)
    return -1;
  if (sqlite3_step(st) == SQLITE_ROW) n += sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  if (sqlite3_prepare_v2(db, "SELECT count(*) FROM notes", -1, &st, nullptr) != SQLITE_OK)
    return -1;
  if (sqlite3_step(st) == SQLITE_ROW) n += sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  return n;
}

// Reset is not an end; the connection's message survives the finalize.
bool storeSamples(sqlite3* db, const std::vector<double>& samples) {
  sqlite3_stmt* insert = nullptr;
  if (sqlite3_prepare_v2(db, "INSERT INTO samples(value) VALUES(?)", -1, &insert, nullptr) !=
      SQLITE_OK)
    return false;
  for (const double sample : samples) {
    sqlite3_bind_double(insert, 1, sample);
    sqlite3_step(insert);
    sqlite3_reset(insert);
    sqlite3_clear_bindings(insert);
  }
  const int rc = sqlite3_finalize(insert);
  if (rc != SQLITE_OK) std::fprintf(stderr, "samples: %s\n", sqlite3_errmsg(db));
  return rc == SQLITE_OK;
}

// The statement is the caller's; so is the text, until the next step.
std::string_view columnView(sqlite3_stmt* st, int column) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(st, column));
  return text == nullptr ? std::string_view() : std::string_view(text);
}

std::vector<std::string> urgentTitles(sqlite3* db) {
  std::vector<std::string> titles;
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT title, level FROM tickets", -1, &raw, nullptr) != SQLITE_OK)
    return titles;
  const StmtPtr st(raw);
  while (sqlite3_step(st.get()) == SQLITE_ROW) {
    const std::string_view title = columnView(st.get(), 0);
    const std::string_view level = columnView(st.get(), 1);
    if (level == "urgent" && !title.empty()) titles.emplace_back(title);
  }
  return titles;
}

// The pointer is taken anew after each step.
int countGroups(sqlite3_stmt* sorted) {
  int groups = 0;
  std::string last;
  while (sqlite3_step(sorted) == SQLITE_ROW) {
    const auto* now = reinterpret_cast<const char*>(sqlite3_column_text(sorted, 0));
    if (now == nullptr || (groups > 0 && last == now)) continue;
    last = now;
    ++groups;
  }
  return groups;
}

// Closed and opened again: the member is alive.
class Journal {
public:
  explicit Journal(std::string path) : path_(std::move(path)) {}
  ~Journal() { close(); }
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  bool rotate(const std::string& next) {
    close();
    path_ = next;
    if (sqlite3_open(path_.c_str(), &db_) != SQLITE_OK) {
      close();
      return false;
    }
    return sqlite3_exec(db_, "CREATE TABLE entries(text)", nullptr, nullptr, nullptr) == SQLITE_OK;
  }
  void close() noexcept {
    if (insert_) {
      sqlite3_finalize(insert_);
      insert_ = nullptr;
    }
    sqlite3_close(db_);
    db_ = nullptr;
  }
  bool write(const char* text) {
    if (db_ == nullptr) return false;
    const char* sql = "INSERT INTO entries VALUES(?)";
    if (insert_ == nullptr && sqlite3_prepare_v2(db_, sql, -1, &insert_, nullptr) != SQLITE_OK)
      return false;
    sqlite3_reset(insert_);
    sqlite3_bind_text(insert_, 1, text, -1, SQLITE_TRANSIENT);
    return sqlite3_step(insert_) == SQLITE_DONE;
  }

private:
  std::string path_;
  sqlite3* db_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

// The owner moves, the connection stays.
class Worker {
public:
  explicit Worker(DbPtr db) : db_(std::move(db)) {}
  sqlite3* handle() const noexcept { return db_.get(); }

private:
  DbPtr db_;
};

int warmUp(DbPtr db, std::vector<Worker>& workers) {
  sqlite3* handle = db.get();
  workers.emplace_back(std::move(db));
  return sqlite3_exec(handle, "SELECT count(*) FROM jobs", nullptr, nullptr, nullptr);
}

// Ended on one way, used on the other.
std::optional<double> average(sqlite3* db, const char* text, bool dryRun) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, text, -1, &st, nullptr) != SQLITE_OK) return std::nullopt;
  if (dryRun) {
    sqlite3_finalize(st);
    return std::nullopt;
  }
  std::optional<double> value;
  if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_type(st, 0) != SQLITE_NULL)
    value = sqlite3_column_double(st, 0);
  sqlite3_finalize(st);
  return value;
}

// The pointer that is compared was copied to the heap of this program.
bool sameChecksum(sqlite3* db, const std::vector<unsigned char>& wanted) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT sum FROM files", -1, &st, nullptr) != SQLITE_OK) return false;
  std::vector<unsigned char> sum;
  if (sqlite3_step(st) == SQLITE_ROW) {
    const auto* data = static_cast<const unsigned char*>(sqlite3_column_blob(st, 0));
    sum.assign(data, data + sqlite3_column_bytes(st, 0));
  }
  sqlite3_finalize(st);
  return sum == wanted;
}
