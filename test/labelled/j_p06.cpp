// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace lexicon {

struct Entry {
  int id = 0;
  std::string lemma;
  std::string gloss;
};

struct Paths {
  std::filesystem::path main, backup;
  int busyMs = 200;
};

struct ParseError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void info(const std::string& s) { std::cout << s << std::endl; }

Entry parseLine(const std::string& line) {
  const auto tab = line.find('\t');
  if (tab == std::string::npos) throw ParseError("no tab: " + line);
  return {0, line.substr(0, tab), line.substr(tab + 1)};
}

void insertEntry(SQLite::Database& db, const Entry& e) {
  SQLite::Statement st(db, "INSERT INTO entry(lemma, gloss) VALUES(?, ?)");
  st.bind(1, e.lemma);
  st.bind(2, e.gloss);
  st.exec();
}

SQLite::Database openLexicon(const Paths& p) {
  SQLite::Database db(p.main.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, p.busyMs);
  db.exec("PRAGMA foreign_keys = ON");
  return db;
}

SQLite::Database* openScratch(const std::string& file) {
  SQLite::Database* db = new SQLite::Database(file, SQLite::OPEN_READWRITE);  // expect: session-leak
  db->exec("CREATE TEMP TABLE word(w TEXT)");
  return db;
}

int importFile(SQLite::Database& db, const std::vector<std::string>& lines) {
  SQLite::Transaction tx(db);
  int n = 0;
  for (const std::string& line : lines) {
    if (line.empty() || line.front() == '#') continue;
    try {
      const Entry e = parseLine(line);
      insertEntry(db, e);
      db.exec("UPDATE counter SET entries = entries + 1");
      ++n;
    } catch (const std::exception& e) {  // expect: session-swallow-and-commit
      info(std::string("skipped: ") + e.what());
    }
  }
  tx.commit();
  return n;
}

int importTolerant(SQLite::Database& db, const std::vector<std::string>& lines) {
  std::vector<Entry> parsed;
  for (const std::string& line : lines) {
    try {
      parsed.push_back(parseLine(line));
    } catch (const ParseError& e) {
      info(e.what());
    }
  }
  SQLite::Transaction tx(db);
  for (const Entry& e : parsed) insertEntry(db, e);
  tx.commit();
  return static_cast<int>(parsed.size());
}

int importWithSavepoints(SQLite::Database& db, const std::vector<Entry>& entries) {
  SQLite::Transaction tx(db);
  int kept = 0;
  for (const Entry& e : entries) {
    try {
      SQLite::Savepoint sp(db, "row");
      insertEntry(db, e);
      db.exec("UPDATE counter SET entries = entries + 1");
      sp.release();
      ++kept;
    } catch (const SQLite::Exception& x) {
      info(x.getErrorStr());
    }
  }
  tx.commit();
  return kept;
}

std::optional<Entry> find(SQLite::Database& db, const std::string& lemma) {
  SQLite::Statement st(db, "SELECT id, lemma, gloss FROM entry WHERE lemma = ?");
  st.bind(1, lemma);
  if (!st.executeStep()) return std::nullopt;
  return Entry{st.getColumn(0).getInt(), st.getColumn(1).getString(), st.getColumn(2).getString()};
}

const char* glossOf(SQLite::Database& db, int id) {
  SQLite::Statement st(db, "SELECT gloss FROM entry WHERE id = ?");
  st.bind(1, id);
  if (!st.executeStep()) return "";
  return st.getColumn(0).getText();  // expect: session-use-after-scope
}

bool mergeLemmas(SQLite::Database& db, const std::string& keep, const std::string& drop) {
  SQLite::Transaction tx(db);  // expect: session-unfinished-transaction
  const auto a = find(db, keep);
  const auto b = find(db, drop);
  if (!a || !b) return false;
  SQLite::Statement st(db, "UPDATE sense SET entry = ? WHERE entry = ?");
  st.bind(1, a->id);
  st.bind(2, b->id);
  const bool changed = st.exec() > 0;
  if (changed) info("merged " + drop + " into " + keep);
  return changed;
}

bool dropLemma(SQLite::Database& db, const std::string& lemma) {
  SQLite::Transaction tx(db);
  const auto e = find(db, lemma);
  if (!e) return false;
  SQLite::Statement st(db, "DELETE FROM entry WHERE id = ?");
  st.bind(1, e->id);
  if (st.exec() != 1) return false;
  db.exec("UPDATE counter SET entries = entries - 1");
  tx.commit();
  return true;
}

void rebuildIndex(SQLite::Database& db) {
  db.exec("BEGIN IMMEDIATE");  // expect: session-missing-rollback
  db.exec("DELETE FROM lookup");
  SQLite::Statement st(db, "SELECT id, lemma FROM entry");
  while (st.executeStep()) {
    SQLite::Statement ins(db, "INSERT INTO lookup(prefix, entry) VALUES(?, ?)");
    ins.bind(1, st.getColumn(1).getString().substr(0, 3));
    ins.bind(2, st.getColumn(0).getInt());
    ins.exec();
  }
  db.exec("COMMIT");
}

void rebuildStems(SQLite::Database& db) {
  db.exec("BEGIN IMMEDIATE");
  try {
    db.exec("DELETE FROM stem");
    db.exec("INSERT INTO stem SELECT id, substr(lemma, 1, 4) FROM entry");
    db.exec("COMMIT");
  } catch (...) {
    db.tryExec("ROLLBACK");
    throw;
  }
}

bool refreshRanks(SQLite::Database& db, const std::map<std::string, double>& rank) {
  db.exec("BEGIN");
  try {
    for (const auto& [lemma, value] : rank) {
      SQLite::Statement st(db, "UPDATE entry SET rank = ? WHERE lemma = ?");
      st.bind(1, value);
      st.bind(2, lemma);
      st.exec();
    }
    db.exec("COMMIT");
    return true;
  } catch (const SQLite::Exception& e) {
    info(e.what());
    if (e.getErrorCode() == 5) {
      db.tryExec("ROLLBACK");
      return false;
    }
    db.tryExec("ROLLBACK");
    throw;
  }
}

bool refreshFrequencies(SQLite::Database& db, const std::map<std::string, int>& freq) {
  if (db.tryExec("BEGIN") != 0) return false;
  try {
    for (const auto& [lemma, n] : freq) {
      SQLite::Statement st(db, "UPDATE entry SET freq = ? WHERE lemma = ?");
      st.bind(1, n);
      st.bind(2, lemma);
      if (st.exec() == 0) throw ParseError("unknown lemma " + lemma);
    }
    db.exec("COMMIT");
  } catch (const ParseError& e) {  // expect: session-missing-rollback
    info(e.what());
    return false;
  } catch (const SQLite::Exception&) {
    db.tryExec("ROLLBACK");
    throw;
  }
  return true;
}

void touch(SQLite::Database& db, int id) {
  SQLite::Statement st(db, "UPDATE entry SET touched = 1 WHERE id = ?");
  st.bind(1, id);
  st.exec();
}

void touchAll(SQLite::Database& db, const std::set<int>& ids) {
  for (int id : ids) {
    SQLite::Transaction tx(db);
    touch(db, id);
    tx.commit();
  }
}

void recordUse(SQLite::Database& db, int id) {
  SQLite::Transaction tx(db);
  touch(db, id);
  db.exec("UPDATE counter SET uses = uses + 1");
  tx.commit();
}

void recordSession(SQLite::Database& db, const std::vector<int>& ids) {
  SQLite::Transaction tx(db);
  db.exec("INSERT INTO session_log DEFAULT VALUES");
  for (int id : ids) recordUse(db, id);  // expect: session-nested-begin
  tx.commit();
}

void recordBatch(SQLite::Database& db, const std::vector<int>& ids) {
  SQLite::Transaction tx(db);
  for (int id : ids) touch(db, id);
  tx.commit();
  info("batch of " + std::to_string(ids.size()));
}

void publish(SQLite::Database& db, int version) {
  SQLite::Transaction tx(db);
  db.exec("UPDATE meta SET draft = 0");
  if (version % 10 == 0) {
    db.exec("INSERT INTO milestone DEFAULT VALUES");
    tx.commit();
  }
  db.exec("UPDATE meta SET version = version + 1");
  tx.commit();  // expect: session-double-end
}

void unpublish(SQLite::Database& db, bool hard) {
  SQLite::Transaction tx(db);
  db.exec("UPDATE meta SET draft = 1");
  if (hard) db.exec("DELETE FROM milestone");
  tx.commit();
}

class Dictionary {
 public:
  explicit Dictionary(const Paths& p) : db_(openLexicon(p)), find_(db_, "SELECT id FROM entry WHERE lemma = ?") {}

  std::optional<int> idOf(const std::string& lemma) {
    std::lock_guard<std::mutex> hold(m_);
    find_.reset();
    find_.bind(1, lemma);
    if (!find_.executeStep()) return std::nullopt;
    return find_.getColumn(0).getInt();
  }

  void add(const Entry& e) {
    std::lock_guard<std::mutex> hold(m_);
    SQLite::Transaction tx(db_);
    insertEntry(db_, e);
    db_.exec("UPDATE counter SET entries = entries + 1");
    tx.commit();
  }

 private:
  SQLite::Database db_;
  SQLite::Statement find_;
  std::mutex m_;
};

void addInParallel(Dictionary& dict, const std::vector<Entry>& a, const std::vector<Entry>& b) {
  auto feed = [&dict](const std::vector<Entry>& part) {
    for (const Entry& e : part) dict.add(e);
  };
  std::thread left(feed, std::cref(a));
  std::thread right(feed, std::cref(b));
  left.join();
  right.join();
}

void rankInParallel(SQLite::Database& db) {
  std::thread ranker([&db] { db.tryExec("UPDATE entry SET rank = length(gloss)"); });  // expect: session-shared-across-threads
  try {
    SQLite::Transaction tx(db);
    db.exec("DELETE FROM session_log");
    db.exec("UPDATE counter SET uses = 0");
    tx.commit();
  } catch (const SQLite::Exception& e) {
    info(e.what());
  }
  ranker.join();
}

int scanApart(const Paths& p) {
  int longWords = 0;
  std::thread scan([&longWords, file = p.main.string()] {
    try {
      SQLite::Database own(file);
      longWords = own.execAndGet("SELECT count(*) FROM entry WHERE length(lemma) > 8").getInt();
    } catch (const SQLite::Exception& e) {
      std::cerr << e.what();
    }
  });
  scan.join();
  return longWords;
}

class Cursor {
 public:
  void attach(SQLite::Statement* st) { st_ = st; }
  bool next() { return st_ && st_->executeStep(); }

 private:
  SQLite::Statement* st_ = nullptr;
};

void firstPage(SQLite::Database& db, Cursor& cursor, int size) {
  SQLite::Statement st(db, "SELECT lemma FROM entry ORDER BY lemma LIMIT ?");
  st.bind(1, size);
  cursor.attach(&st);  // expect: session-use-after-scope
}

void printPage(SQLite::Database& db, int size) {
  SQLite::Statement st(db, "SELECT lemma FROM entry ORDER BY lemma LIMIT ?");
  st.bind(1, size);
  Cursor cursor;
  cursor.attach(&st);
  while (cursor.next()) info(st.getColumn(0).getString());
}

int quickCount(const Paths& p) {
  auto* db = new SQLite::Database(p.main.string());  // expect: session-leak
  const int n = db->execAndGet("SELECT count(*) FROM entry").getInt();
  delete db;
  return n;
}

int guardedCount(const Paths& p) {
  std::unique_ptr<SQLite::Database> db;
  try {
    db.reset(new SQLite::Database(p.main.string()));
  } catch (const SQLite::Exception& e) {
    info(e.what());
    return 0;
  }
  return db->execAndGet("SELECT count(*) FROM entry").getInt();
}

void snapshot(const Paths& p) {
  SQLite::Database from(p.main.string(), SQLite::OPEN_READONLY);
  SQLite::Database to(p.backup.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  to.exec("CREATE TABLE IF NOT EXISTS entry(lemma TEXT, gloss TEXT)");
  SQLite::Transaction tx(to);
  SQLite::Statement in(from, "SELECT lemma, gloss FROM entry");
  while (in.executeStep()) insertEntry(to, {0, in.getColumn(0).getString(), in.getColumn(1).getString()});
  tx.commit();
}

void transferSense(const Paths& p, int sense, int entry) {
  SQLite::Database db(p.main.string(), SQLite::OPEN_READWRITE);
  SQLite::Statement off(db, "UPDATE entry SET senses = senses - 1 WHERE id = (SELECT entry FROM sense WHERE id = ?)");
  off.bind(1, sense);
  off.exec();
  SQLite::Database again(p.main.string(), SQLite::OPEN_READWRITE);  // expect: session-split-unit-of-work
  SQLite::Statement on(again, "UPDATE sense SET entry = ? WHERE id = ?");
  on.bind(1, entry);
  on.bind(2, sense);
  on.exec();
}

class Deferred {
 public:
  explicit Deferred(SQLite::Database& db) : db_(db) { db_.exec("BEGIN"); }
  Deferred(const Deferred&) = delete;
  Deferred& operator=(const Deferred&) = delete;
  ~Deferred() { db_.tryExec(keep_ ? "COMMIT" : "ROLLBACK"); }
  void keep() noexcept { keep_ = true; }

 private:
  SQLite::Database& db_;
  bool keep_ = false;
};

class Counting {
 public:
  explicit Counting(SQLite::Database& db) : tx_(db), db_(db) {}
  void hit() { db_.exec("UPDATE counter SET hits = hits + 1"); }
  ~Counting() noexcept(false) { tx_.commit(); }  // expect: session-commit-in-destructor

 private:
  SQLite::Transaction tx_;
  SQLite::Database& db_;
};

void resetCounters(SQLite::Database& db) {
  SQLite::Transaction{db};  // expect: session-temporary-guard
  db.exec("UPDATE counter SET hits = 0");
  db.exec("UPDATE counter SET uses = 0");
}

std::unique_ptr<SQLite::Transaction> startEditing(SQLite::Database& db) {
  auto tx = std::make_unique<SQLite::Transaction>(db);
  db.exec("UPDATE meta SET editing = 1");
  return tx;
}

void editGloss(SQLite::Database& db, int id, const std::string& gloss) {
  auto tx = startEditing(db);
  SQLite::Statement st(db, "UPDATE entry SET gloss = ? WHERE id = ?");
  st.bind(1, gloss);
  st.bind(2, id);
  if (st.exec() != 1) throw std::out_of_range("entry");
  tx->commit();
}

void vacuum(SQLite::Database& db, int attempts) {
  while (attempts-- > 0) {
    if (db.tryExec("VACUUM") == 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(40));
  }
  throw std::runtime_error("vacuum");
}

}  // namespace lexicon
