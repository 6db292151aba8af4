// library: sqlite3
// feedhopper, feed reader storage
#include <sqlite3.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#define FH_CHECK(db, rc, label)                                      \
  do {                                                               \
    if ((rc) != SQLITE_OK) {                                         \
      std::fprintf(stderr, "%s:%d %s\n", __FILE__, __LINE__, sqlite3_errmsg(db)); \
      goto label;                                                    \
    }                                                                \
  } while (0)

namespace fh {

struct Entry {
  std::string guid;
  std::string title;
  long published = 0;
};

class ParseError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class Store {
 public:
  explicit Store(const std::string& file) {
    if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) {
      std::string msg = sqlite3_errmsg(db_);
      sqlite3_close(db_);
      db_ = nullptr;
      throw std::runtime_error("store: " + msg);
    }
  }
  ~Store() {
    for (auto& [sql, st] : cache_) sqlite3_finalize(st);
    sqlite3_close(db_);
  }
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  sqlite3_stmt* cached(const char* sql);
  bool begin() { return sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr) == SQLITE_OK; }
  bool commit() { return sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK; }
  void rollback() noexcept { sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr); }
  sqlite3* handle() noexcept { return db_; }
  long unread(const std::string& feed);

 private:
  sqlite3* db_ = nullptr;
  std::map<std::string, sqlite3_stmt*> cache_;
};

sqlite3_stmt* Store::cached(const char* sql) {
  auto it = cache_.find(sql);
  if (it != cache_.end()) {
    sqlite3_reset(it->second);
    sqlite3_clear_bindings(it->second);
    return it->second;
  }
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, nullptr) != SQLITE_OK)
    throw std::runtime_error(sqlite3_errmsg(db_));
  cache_.emplace(sql, st);
  return st;
}

long Store::unread(const std::string& feed) {
  sqlite3_stmt* st = cached("SELECT count(*) FROM entry WHERE feed = ?1 AND seen = 0");
  sqlite3_bind_text(st, 1, feed.c_str(), -1, SQLITE_TRANSIENT);
  long n = 0;
  if (sqlite3_step(st) == SQLITE_ROW) n = static_cast<long>(sqlite3_column_int64(st, 0));
  sqlite3_reset(st);
  return n;
}

static Entry parseItem(const std::string& raw) {
  const auto bar = raw.find('|');
  if (bar == std::string::npos) throw ParseError("no separator: " + raw);
  return Entry{raw.substr(0, bar), raw.substr(bar + 1), 0};
}

static void putEntry(Store& s, const std::string& feed, const Entry& e) {
  sqlite3_stmt* st = s.cached("INSERT OR REPLACE INTO entry(feed, guid, title, at) VALUES (?1, ?2, ?3, ?4)");
  sqlite3_bind_text(st, 1, feed.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(st, 2, e.guid.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_text(st, 3, e.title.c_str(), -1, SQLITE_TRANSIENT);
  sqlite3_bind_int64(st, 4, e.published);
  const int rc = sqlite3_step(st);
  sqlite3_reset(st);
  if (rc != SQLITE_DONE) throw std::runtime_error("entry " + e.guid);
}

bool refreshFeed(Store& s, const std::string& feed, const std::vector<std::string>& items) {
  if (!s.begin()) return false;
  try {
    for (const auto& raw : items) putEntry(s, feed, parseItem(raw));
    sqlite3_stmt* st = s.cached("UPDATE feed SET checked = strftime('%s') WHERE url = ?1");
    sqlite3_bind_text(st, 1, feed.c_str(), -1, SQLITE_TRANSIENT);
    const int rc = sqlite3_step(st);
    sqlite3_reset(st);
    if (rc != SQLITE_DONE) throw std::runtime_error("feed stamp");
    if (!s.commit()) throw std::runtime_error("commit");
    return true;
  } catch (const ParseError& e) {  // expect: session-missing-rollback
    std::fprintf(stderr, "skipped %s: %s\n", feed.c_str(), e.what());
  } catch (const std::exception& e) {
    s.rollback();
    std::fprintf(stderr, "%s: %s\n", feed.c_str(), e.what());
  }
  return false;
}

int storeLenient(Store& s, const std::string& feed, const std::vector<std::string>& items) {
  std::vector<Entry> good;
  for (const auto& raw : items) {
    try {
      good.push_back(parseItem(raw));
    } catch (const ParseError& e) {
      std::fprintf(stderr, "%s\n", e.what());
    }
  }
  if (!s.begin()) return -1;
  try {
    for (const Entry& e : good) putEntry(s, feed, e);
    if (!s.commit()) throw std::runtime_error("commit");
  } catch (...) {
    s.rollback();
    throw;
  }
  return static_cast<int>(good.size());
}

bool replaceSubscriptions(Store& s, const std::vector<std::string>& urls) {
  if (!s.begin()) return false;
  try {
    if (sqlite3_exec(s.handle(), "DELETE FROM feed", nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error("clear");
    for (const auto& u : urls) putEntry(s, u, Entry{u, "subscription", 0});
  } catch (const std::exception& e) {  // expect: session-swallow-and-commit
    std::fprintf(stderr, "opml: %s\n", e.what());
  }
  if (!s.commit()) {
    s.rollback();
    return false;
  }
  return true;
}

int vacuumFile(const char* path) {
  sqlite3* db = nullptr;
  int rc = sqlite3_open(path, &db);  // expect: session-raw-construction
  FH_CHECK(db, rc, out);
  rc = sqlite3_exec(db, "DELETE FROM entry WHERE seen = 1 AND starred = 0", nullptr, nullptr, nullptr);
  FH_CHECK(db, rc, out);
  rc = sqlite3_exec(db, "VACUUM", nullptr, nullptr, nullptr);
  FH_CHECK(db, rc, out);
out:
  sqlite3_close(db);
  return rc;
}

int upgradeSchema(sqlite3* db, int from) {
  int rc = sqlite3_exec(db, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) return rc;
  if (from < 2) {
    rc = sqlite3_exec(db, "ALTER TABLE entry ADD COLUMN starred INTEGER DEFAULT 0", nullptr, nullptr, nullptr);
    FH_CHECK(db, rc, undo);
  }
  if (from < 3) {
    rc = sqlite3_exec(db, "CREATE INDEX entry_at ON entry(at)", nullptr, nullptr, nullptr);
    FH_CHECK(db, rc, undo);
  }
  rc = sqlite3_exec(db, "PRAGMA user_version = 3; COMMIT", nullptr, nullptr, nullptr);
  FH_CHECK(db, rc, undo);
  return SQLITE_OK;
undo:
  sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
  return rc;
}

int probeVersion(const char* path) {
  sqlite3* db = nullptr;
  sqlite3_stmt* st = nullptr;
  int version = -1;
  if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr) != SQLITE_OK) goto done;  // expect: session-leak
  if (sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &st, nullptr) != SQLITE_OK) {
    sqlite3_close(db);
    return -2;
  }
  if (sqlite3_step(st) == SQLITE_ROW) version = sqlite3_column_int(st, 0);
  sqlite3_finalize(st);
  sqlite3_close(db);
done:
  return version;
}

static int onTitle(void* ctx, int, char** cols, char**) {
  static_cast<std::vector<std::string>*>(ctx)->emplace_back(cols[0] ? cols[0] : "");
  return 0;
}

std::vector<std::string> starred(sqlite3* db) {
  std::vector<std::string> out;
  char* err = nullptr;
  if (sqlite3_exec(db, "SELECT title FROM entry WHERE starred = 1", onTitle, &out, &err) != SQLITE_OK) {
    std::fprintf(stderr, "starred: %s\n", err ? err : "?");
    sqlite3_free(err);
    out.clear();
  }
  return out;
}

class ReadMarker {
 public:
  explicit ReadMarker(sqlite3* db) : db_(db) { sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr); }
  ~ReadMarker() { sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr); }  // expect: session-commit-in-destructor
  ReadMarker(const ReadMarker&) = delete;
  ReadMarker& operator=(const ReadMarker&) = delete;
  void mark(const std::string& guid) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db_, "UPDATE entry SET seen = 1 WHERE guid = ?1", -1, &st, nullptr) != SQLITE_OK)
      throw std::runtime_error(sqlite3_errmsg(db_));
    sqlite3_bind_text(st, 1, guid.c_str(), -1, SQLITE_TRANSIENT);
    const int rc = sqlite3_step(st);
    sqlite3_finalize(st);
    if (rc != SQLITE_DONE) throw std::runtime_error("mark " + guid);
  }

 private:
  sqlite3* db_;
};

class Snapshot {
 public:
  explicit Snapshot(sqlite3* db)
      : db_(db), mine_(sqlite3_exec(db, "BEGIN", nullptr, nullptr, nullptr) == SQLITE_OK) {}
  ~Snapshot() {
    if (mine_ && !sqlite3_get_autocommit(db_)) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  sqlite3* db_;
  bool mine_;
};

std::pair<int, int> consistentCounts(sqlite3* db) {
  Snapshot snap(db);
  int counts[2] = {0, 0};
  const char* const queries[2] = {"SELECT count(*) FROM feed", "SELECT count(*) FROM entry"};
  for (int i = 0; i < 2; ++i) {
    sqlite3_stmt* st = nullptr;
    if (sqlite3_prepare_v2(db, queries[i], -1, &st, nullptr) != SQLITE_OK) return {-1, -1};
    if (sqlite3_step(st) == SQLITE_ROW) counts[i] = sqlite3_column_int(st, 0);
    sqlite3_finalize(st);
  }
  return {counts[0], counts[1]};
}

void fetchAll(const std::string& file, const std::vector<std::string>& feeds) {
  std::vector<std::thread> workers;
  workers.reserve(feeds.size());
  for (const auto& f : feeds) {
    workers.emplace_back([file, f] {
      try {
        Store own(file);
        std::printf("%s: %ld\n", f.c_str(), own.unread(f));
      } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
      }
    });
  }
  for (auto& w : workers) w.join();
}

std::string lastError(const char* path) {
  sqlite3* raw = nullptr;
  const int rc = sqlite3_open(path, &raw);  // expect: session-raw-construction
  std::string text = rc == SQLITE_OK ? "fine" : sqlite3_errmsg(raw);
  sqlite3_close(raw);
  return text;
}

const char* feedName(sqlite3* db, int id) {
  static char buf[256];
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT name FROM feed WHERE id = ?1", -1, &st, nullptr) != SQLITE_OK) return "";
  sqlite3_bind_int(st, 1, id);
  const char* res = "";
  if (sqlite3_step(st) == SQLITE_ROW && sqlite3_column_text(st, 0)) {
    std::snprintf(buf, sizeof buf, "%s", reinterpret_cast<const char*>(sqlite3_column_text(st, 0)));
    res = buf;
  }
  sqlite3_finalize(st);
  return res;
}

int trimFeed(sqlite3* db, int feed, int keep) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "DELETE FROM entry WHERE feed = ?1 AND at < ?2", -1, &st, nullptr) != SQLITE_OK) return 0;
  sqlite3_bind_int(st, 1, feed);
  sqlite3_bind_int(st, 2, keep);
  const int rc = sqlite3_step(st);
  sqlite3_finalize(st);
  if (rc != SQLITE_DONE) {
    std::fprintf(stderr, "trim %d: %s\n", feed, sqlite3_errmsg(db));
    sqlite3_finalize(st);  // expect: session-double-end
    return 0;
  }
  return sqlite3_changes(db);
}

}  // namespace fh

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  fh::Store s(argv[1]);
  return fh::upgradeSchema(s.handle(), 1) == SQLITE_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
