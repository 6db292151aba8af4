// library: sqlite3
#include <sqlite3.h>

#include <cstdio>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace vault {

struct VaultError : std::runtime_error {
  VaultError(int code, const std::string& m) : std::runtime_error(m), rc(code) {}
  int rc;
};

void logf(const char* fmt, const char* arg) noexcept { std::fprintf(stderr, fmt, arg); }

class Vault {
public:
  explicit Vault(const std::string& path) {
    sqlite3* raw = nullptr;
    const int rc = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    db_.reset(raw);
    if (rc != SQLITE_OK) throw VaultError(rc, "cannot open " + path);
    sqlite3_busy_timeout(raw, 2000);
  }

  void run(const char* sql) {
    const int rc = sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) throw VaultError(rc, sqlite3_errmsg(db_.get()));
  }

  bool tryRun(const char* sql) noexcept {
    if (sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK) return true;
    logf("vault: %s\n", sqlite3_errmsg(db_.get()));
    return false;
  }

  sqlite3* raw() const noexcept { return db_.get(); }
  bool sealed() const noexcept { return sqlite3_get_autocommit(db_.get()) == 0; }

private:
  struct Closer { void operator()(sqlite3* p) const noexcept { sqlite3_close_v2(p); } };
  std::unique_ptr<sqlite3, Closer> db_;
};

class Probe {
public:
  Probe(Vault& v, std::string_view sql) : db_(v.raw()) {
    sqlite3_stmt* st = nullptr;
    const int rc = sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &st, nullptr);
    if (rc != SQLITE_OK) throw VaultError(rc, sqlite3_errmsg(db_));
    st_.reset(st);
  }
  Probe& bind(int i, sqlite3_int64 n) { sqlite3_bind_int64(st_.get(), i, n); return *this; }
  Probe& bind(int i, const std::string& s) {
    sqlite3_bind_text(st_.get(), i, s.c_str(), -1, SQLITE_TRANSIENT);
    return *this;
  }
  bool step() {
    const int rc = sqlite3_step(st_.get());
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) throw VaultError(rc, sqlite3_errmsg(db_));
    return false;
  }
  void again() noexcept { sqlite3_reset(st_.get()); sqlite3_clear_bindings(st_.get()); }
  sqlite3_int64 integer(int c) const noexcept { return sqlite3_column_int64(st_.get(), c); }
  std::string_view view(int c) const noexcept {
    auto p = reinterpret_cast<const char*>(sqlite3_column_text(st_.get(), c));
    return p ? std::string_view(p) : std::string_view();
  }

private:
  struct Fin { void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); } };
  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, Fin> st_;
};

class Seal {
public:
  explicit Seal(Vault& v) : v_(v) { v_.run("BEGIN IMMEDIATE"); }
  Seal(const Seal&) = delete;
  Seal& operator=(const Seal&) = delete;
  ~Seal() { if (live_) v_.tryRun("ROLLBACK"); }
  void press() {
    v_.run("COMMIT");
    live_ = false;
  }
  void discard() {
    live_ = false;
    v_.run("ROLLBACK");
  }

private:
  Vault& v_;
  bool live_ = true;
};

class Notch {
public:
  Notch(Vault& v, std::string name) : v_(v), name_(std::move(name)) { v_.run(("SAVEPOINT " + name_).c_str()); }
  Notch(const Notch&) = delete;
  ~Notch() {
    if (!kept_) {
      v_.tryRun(("ROLLBACK TO " + name_).c_str());
      v_.tryRun(("RELEASE " + name_).c_str());
    }
  }
  void keep() { v_.run(("RELEASE " + name_).c_str()); kept_ = true; }

private:
  Vault& v_;
  std::string name_;
  bool kept_ = false;
};

class SoftSeal {
public:
  explicit SoftSeal(Vault& v) : v_(v) { v_.run("BEGIN"); }
  SoftSeal(const SoftSeal&) = delete;
  ~SoftSeal() { v_.run("COMMIT"); }  // expect: session-commit-in-destructor

private:
  Vault& v_;
};

struct Item { sqlite3_int64 id = 0; std::string label; int grams = 0; };

void deposit(Vault& v, const std::vector<Item>& items) {
  Seal seal(v);
  Probe ins(v, "INSERT INTO item(label, grams) VALUES (?, ?)");
  for (const auto& it : items) {
    ins.bind(1, it.label).bind(2, it.grams);
    ins.step();
    ins.again();
  }
  seal.press();
}

int depositLenient(Vault& v, const std::vector<Item>& items) {
  Seal seal(v);
  int kept = 0;
  Probe ins(v, "INSERT INTO item(label, grams) VALUES (?, ?)");
  Probe log(v, "INSERT INTO item_log(label) VALUES (?)");
  for (const auto& it : items) {
    try {
      Notch notch(v, "one_item");
      ins.again();
      ins.bind(1, it.label).bind(2, it.grams).step();
      log.again();
      log.bind(1, it.label).step();
      notch.keep();
      ++kept;
    } catch (const VaultError& e) {
      logf("skipped: %s\n", e.what());
    }
  }
  seal.press();
  return kept;
}

std::string_view labelOf(Vault& v, sqlite3_int64 id) {
  Probe p(v, "SELECT label FROM item WHERE id = ?");
  p.bind(1, id);
  if (!p.step()) return "none";
  return p.view(0);  // expect: session-use-after-scope
}

std::string longestLabel(Vault& v) {
  Probe p(v, "SELECT label FROM item");
  std::string best;
  while (p.step()) {
    std::string_view cur = p.view(0);
    if (cur.size() > best.size()) best.assign(cur);
  }
  return best;
}

bool withdraw(Vault& v, sqlite3_int64 id, int grams) {
  Seal seal(v);
  {
    Probe p(v, "SELECT grams FROM item WHERE id = ?");
    if (!p.bind(1, id).step() || p.integer(0) < grams) return false;
  }
  Probe up(v, "UPDATE item SET grams = grams - ? WHERE id = ?");
  up.bind(1, grams).bind(2, id).step();
  seal.press();
  return true;
}

void relabel(Vault& v, sqlite3_int64 id, const std::string& label) {
  v.run("BEGIN");
  try {
    Probe up(v, "UPDATE item SET label = ? WHERE id = ?");
    up.bind(1, label).bind(2, id).step();
    v.run("COMMIT");
  } catch (const VaultError& e) {
    if (v.sealed()) v.tryRun("ROLLBACK");
    logf("relabel: %s\n", e.what());
    throw;
  }
}

bool weighAll(Vault& v, const std::function<int(sqlite3_int64)>& scale) {
  if (!v.tryRun("BEGIN IMMEDIATE")) return false;
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(v.raw(), "SELECT id FROM item", -1, &st, nullptr) != SQLITE_OK) {
    v.tryRun("ROLLBACK");
    return false;
  }
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> guard(st, sqlite3_finalize);
  std::vector<std::pair<sqlite3_int64, int>> weights;
  try {
    while (sqlite3_step(st) == SQLITE_ROW) {
      const auto id = sqlite3_column_int64(st, 0);
      weights.emplace_back(id, scale(id));
    }
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    logf("scale: %s\n", e.what());
    return false;
  }
  guard.reset();
  bool ok = true;
  for (auto [id, g] : weights)
    ok = ok && v.tryRun(("UPDATE item SET grams = " + std::to_string(g) + " WHERE id = " + std::to_string(id)).c_str());
  if (ok && v.tryRun("COMMIT")) return true;
  v.tryRun("ROLLBACK");
  return false;
}

sqlite3_int64 totalGrams(const char* path) {
  sqlite3* db = nullptr;
  if (sqlite3_open(path, &db) != SQLITE_OK) {  // expect: session-leak
    logf("open: %s\n", path);
    return -1;
  }
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> own(db, sqlite3_close);
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(db, "SELECT sum(grams) FROM item", -1, &st, nullptr) != SQLITE_OK) return -1;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> fin(st, sqlite3_finalize);
  return sqlite3_step(st) == SQLITE_ROW ? sqlite3_column_int64(st, 0) : 0;
}

bool checkFile(const char* path) {
  sqlite3* db = nullptr;
  const int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, nullptr);
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> own(db, sqlite3_close);
  if (rc != SQLITE_OK) {
    logf("check: %s\n", sqlite3_errstr(rc));
    return false;
  }
  return sqlite3_exec(db, "PRAGMA quick_check", nullptr, nullptr, nullptr) == SQLITE_OK;
}

bool hasLabel(Vault& v, const std::string& label) {
  sqlite3_stmt* st = nullptr;
  if (sqlite3_prepare_v2(v.raw(), "SELECT 1 FROM item WHERE label = ?", -1, &st, nullptr) != SQLITE_OK)  // expect: session-leak
    return false;
  sqlite3_bind_text(st, 1, label.c_str(), -1, SQLITE_TRANSIENT);
  switch (sqlite3_step(st)) {
    case SQLITE_ROW:
      sqlite3_finalize(st);
      return true;
    case SQLITE_BUSY:
      logf("busy: %s\n", label.c_str());
      return false;
    default:
      break;
  }
  sqlite3_finalize(st);
  return false;
}

class ProbeCache {
public:
  explicit ProbeCache(Vault& v) : v_(v) {}
  Probe& get(const std::string& sql) {
    auto it = probes_.find(sql);
    if (it == probes_.end()) it = probes_.emplace(sql, std::make_unique<Probe>(v_, sql)).first;
    it->second->again();
    return *it->second;
  }

private:
  Vault& v_;
  std::unordered_map<std::string, std::unique_ptr<Probe>> probes_;
};

class ItemShelf {
public:
  explicit ItemShelf(const std::string& path) : vault_(path), cache_(vault_) {}

  void swap(sqlite3_int64 a, sqlite3_int64 b) {
    Seal seal(vault_);
    move(a, -1);
    move(b, a);
    move(-1, b);
    seal.press();
  }

  void retire(sqlite3_int64 id) {
    Seal seal(vault_);
    cache_.get("INSERT INTO retired SELECT * FROM item WHERE id = ?").bind(1, id).step();
    vault_.run("BEGIN");  // expect: session-nested-begin
    cache_.get("DELETE FROM item WHERE id = ?").bind(1, id).step();
    seal.press();
  }

  std::optional<Item> find(sqlite3_int64 id) {
    Probe& p = cache_.get("SELECT label, grams FROM item WHERE id = ?");
    if (!p.bind(1, id).step()) return std::nullopt;
    Item out{id, std::string(p.view(0)), static_cast<int>(p.integer(1))};
    p.again();
    return out;
  }

  void compact() {
    {
      Seal seal(vault_);
      vault_.run("DELETE FROM item WHERE grams = 0");
      seal.press();
    }
    vault_.run("VACUUM");
  }

private:
  void move(sqlite3_int64 from, sqlite3_int64 to) {
    cache_.get("UPDATE item SET id = ? WHERE id = ?").bind(1, to).bind(2, from).step();
  }
  Vault vault_;
  ProbeCache cache_;
};

template <class Fn>
bool sealedRun(Vault& v, Fn&& fn) {
  if (v.sealed()) return fn();
  Seal seal(v);
  if (!fn()) return false;
  seal.press();
  return true;
}

bool emptyBox(Vault& v, sqlite3_int64 box) {
  return sealedRun(v, [&] {
    Probe del(v, "DELETE FROM item WHERE box = ?");
    del.bind(1, box).step();
    Probe chk(v, "SELECT locked FROM box WHERE id = ?");
    return chk.bind(1, box).step() && chk.integer(0) == 0;
  });
}

void stocktake(Vault& v, int year) {
  Seal seal(v);
  Probe(v, "INSERT INTO stocktake(year) VALUES (?)").bind(1, year).step();
  try {
    Probe(v, "UPDATE item SET checked = 1").step();
    seal.press();
  } catch (const VaultError&) {
    seal.discard();
    throw;
  }
}

void voidStocktake(Vault& v, int year) {
  Seal seal(v);
  Probe(v, "DELETE FROM stocktake WHERE year = ?").bind(1, year).step();
  if (year < 2000) {
    logf("%s\n", "historic stocktake");
    seal.discard();
  }
  seal.press();  // expect: session-double-end
}

void splitItem(Vault& v, sqlite3_int64 id, int parts) {
  v.run("BEGIN");  // expect: session-missing-rollback
  Probe add(v, "INSERT INTO item(parent, grams) SELECT id, grams / ? FROM item WHERE id = ?");
  for (int i = 0; i < parts; ++i) {
    add.again();
    add.bind(1, parts).bind(2, id).step();
  }
  Probe(v, "DELETE FROM item WHERE id = ?").bind(1, id).step();
  v.run("COMMIT");
}

void rebuildFile(const std::string& path) {
  Vault v(path);
  v.run("BEGIN EXCLUSIVE");
  v.run("CREATE TABLE item_new AS SELECT * FROM item ORDER BY label");
  v.run("DROP TABLE item");
  v.run("ALTER TABLE item_new RENAME TO item");
  v.run("END TRANSACTION");
}

std::size_t logSizes(Vault& v, const std::vector<sqlite3_int64>& ids) {
  std::size_t sum = 0;
  for (sqlite3_int64 id : ids) {
    Probe p(v, "SELECT note FROM item_log WHERE id = ?");
    if (!p.bind(1, id).step()) continue;
    std::string_view note = p.view(0);
    if (note.empty()) continue;
    sum += note.find('\n') == std::string_view::npos ? note.size() : note.find('\n');
  }
  return sum;
}

bool clearFlags(Vault& v) {
  if (!v.tryRun("BEGIN")) return false;
  const bool ok = v.tryRun("UPDATE item SET flag = 0") && v.tryRun("DELETE FROM flag_log");
  if (!v.tryRun(ok ? "COMMIT" : "ROLLBACK")) {
    if (v.sealed()) v.tryRun("ROLLBACK");
    return false;
  }
  return ok;
}

}  // namespace vault
