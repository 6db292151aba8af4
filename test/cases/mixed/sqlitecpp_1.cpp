// Note taking application on SQLiteCpp: notebooks, tags, synchronisation
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>
#include <SQLiteCpp/VariadicBind.h>

#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace notes {

struct Note {
  int id = 0;
  std::string title;
  std::string text;
  std::vector<std::string> tags;
};

void log(const std::string& text) { std::clog << text << '\n'; }

std::unique_ptr<SQLite::Database> open(const std::string& file) {
  auto db = std::make_unique<SQLite::Database>(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 3000);
  db->exec("PRAGMA journal_mode = WAL");
  if (!db->tableExists("note")) db->exec("CREATE TABLE note(id INTEGER PRIMARY KEY, title TEXT, text TEXT)");
  return db;
}

std::optional<Note> load(SQLite::Database& db, int id) {
  SQLite::Statement st(db, "SELECT title, text FROM note WHERE id = ?");
  st.bind(1, id);
  if (!st.executeStep()) return std::nullopt;
  Note note;
  note.id = id;
  note.title = st.getColumn(0).getString();
  note.text = st.getColumn(1).getText("");
  SQLite::Statement tags(db, "SELECT name FROM tag WHERE note = ?");
  tags.bind(1, id);
  while (tags.executeStep()) note.tags.push_back(tags.getColumn(0));
  return note;
}

const char* titleOf(SQLite::Database& db, int id) {
  SQLite::Statement st(db, "SELECT title FROM note WHERE id = ?");
  st.bind(1, id);
  if (!st.executeStep()) return "untitled";
  return st.getColumn(0).getText();  // expect: session-use-after-scope
}

std::size_t textLength(SQLite::Database& db, int id) {
  SQLite::Statement st(db, "SELECT text FROM note WHERE id = ?");
  st.bind(1, id);
  if (!st.executeStep()) return 0;
  const std::string_view text = st.getColumn(0).getText();
  return text.size();
}

int insert(SQLite::Database& db, const Note& note) {
  SQLite::Statement st(db, "INSERT INTO note(title, text) VALUES (?, ?)");
  SQLite::bind(st, note.title, note.text);
  st.exec();
  return static_cast<int>(db.getLastInsertRowid());
}

int save(SQLite::Database& db, const Note& note) {
  SQLite::Transaction tx(db);
  const int id = insert(db, note);
  for (const std::string& tag : note.tags) {
    SQLite::Statement st(db, "INSERT INTO tag(note, name) VALUES (?, ?)");
    st.bind(1, id);
    st.bindNoCopy(2, tag);
    st.exec();
  }
  tx.commit();
  return id;
}

int saveDraft(SQLite::Database& db, const Note& note) {
  SQLite::Transaction tx(db, SQLite::TransactionBehavior::IMMEDIATE);  // expect: session-unfinished-transaction
  const int id = insert(db, note);
  db.exec("UPDATE note SET draft = 1 WHERE id = " + std::to_string(id));
  log("draft " + std::to_string(id));
  return id;
}

bool rename(SQLite::Database& db, int id, const std::string& title) {
  SQLite::Transaction tx(db);
  SQLite::Statement st(db, "UPDATE note SET title = ? WHERE id = ?");
  st.bind(1, title);
  st.bind(2, id);
  if (st.exec() != 1) {
    log("no note " + std::to_string(id));
    return false;
  }
  tx.commit();
  return true;
}

bool tryRename(SQLite::Database& db, int id, const std::string& title) noexcept {
  try {
    return rename(db, id, title);
  } catch (const SQLite::Exception& e) {
    std::cerr << e.getErrorStr() << '\n';
  } catch (...) {
    std::cerr << "?\n";
  }
  return false;
}

void importAll(SQLite::Database& db, const std::vector<Note>& notes) {
  SQLite::Transaction tx(db);
  int skipped = 0;
  for (const Note& note : notes) {
    try {
      const int id = insert(db, note);
      db.exec("INSERT INTO search(note) VALUES (" + std::to_string(id) + ")");
    } catch (const SQLite::Exception& e) {  // expect: session-swallow-and-commit
      log(note.title + ": " + e.what());
      ++skipped;
    }
  }
  if (skipped > 0) log(std::to_string(skipped) + " skipped");
  tx.commit();
}

void importEach(SQLite::Database& db, const std::vector<Note>& notes) {
  for (const Note& note : notes) {
    try {
      save(db, note);
    } catch (const SQLite::Exception& e) {
      log(note.title + ": " + e.what());
    }
  }
}

void importWithSavepoints(SQLite::Database& db, const std::vector<Note>& notes) {
  SQLite::Transaction tx(db);
  for (const Note& note : notes) {
    try {
      SQLite::Savepoint part(db, "note");
      const int id = insert(db, note);
      db.exec("INSERT INTO search(note) VALUES (" + std::to_string(id) + ")");
      part.release();
    } catch (const SQLite::Exception& e) {
      log(note.title + ": " + e.what());
    }
  }
  tx.commit();
}

void importUntilFirstError(SQLite::Database& db, const std::vector<Note>& notes) {
  SQLite::Transaction tx(db);
  try {
    for (const Note& note : notes) insert(db, note);
  } catch (const SQLite::Exception& e) {
    log(e.what());
    return;
  }
  tx.commit();
}

void duplicate(SQLite::Database& db, int id) {
  SQLite::Transaction tx(db);
  if (auto note = load(db, id)) {
    note->title += " (copy)";
    save(db, *note);  // expect: session-nested-begin
  }
  tx.commit();
}

void mergeNotebooks(SQLite::Database& db, int from, int into) {
  const std::string a = std::to_string(from);
  const std::string b = std::to_string(into);
  {
    SQLite::Transaction tx(db);
    db.exec("UPDATE note SET book = " + b + " WHERE book = " + a);
    tx.commit();
  }
  SQLite::Transaction tx(db);
  db.exec("DELETE FROM book WHERE id = " + a);
  db.exec("INSERT INTO history(text) VALUES ('merged " + a + "')");
  tx.commit();  // expect: session-multiple-commits
}

void clear(SQLite::Database& db, bool keepHistory) {
  SQLite::Transaction tx(db);
  db.exec("DELETE FROM note");
  db.exec("DELETE FROM tag");
  if (keepHistory) {
    tx.commit();
    return;
  }
  db.exec("DELETE FROM history");
  tx.commit();
}

void finishTwice(SQLite::Database& db, bool audit) {
  SQLite::Transaction tx(db);
  db.exec("UPDATE note SET synced = 1");
  tx.commit();
  if (audit) log("synced");
  tx.commit();  // expect: session-double-end
}

void anonymise(SQLite::Database& db) {
  SQLite::Transaction{db};  // expect: session-temporary-guard
  db.exec("UPDATE note SET author = NULL");
  db.exec("DELETE FROM author");
}

bool runScript(SQLite::Database& db, const std::vector<std::string>& script) {
  db.exec("BEGIN");
  try {
    for (const std::string& statement : script) db.exec(statement);
    db.exec("COMMIT");
    return true;
  } catch (const SQLite::Exception& e) {
    db.tryExec("ROLLBACK");
    log(e.what());
  }
  return false;
}

bool runScriptAnyway(SQLite::Database& db, const std::vector<std::string>& script) {
  db.exec("BEGIN IMMEDIATE");
  try {
    for (const std::string& statement : script) db.exec(statement);
    db.exec("COMMIT");
    return true;
  } catch (const SQLite::Exception& e) {  // expect: session-missing-rollback
    log(e.what());
  }
  return false;
}

void rebuild(SQLite::Database& db) {
  db.exec("BEGIN");  // expect: session-missing-rollback
  db.exec("DELETE FROM search");
  db.exec("INSERT INTO search SELECT id, text FROM note");
  db.exec("COMMIT");
}

int countIn(const std::string& file) {
  auto* db = new SQLite::Database(file);  // expect: session-leak
  const int n = db->execAndGet("SELECT count(*) FROM note").getInt();
  delete db;
  return n;
}

bool isReadable(const std::string& file) {
  SQLite::Database* db = nullptr;
  bool ok = true;
  try {
    db = new SQLite::Database(file, SQLite::OPEN_READONLY);  // expect: session-raw-construction
    ok = db->tableExists("note");
  } catch (const std::exception&) {
    ok = false;
  }
  delete db;
  return ok;
}

bool isWritable(const std::string& file) {
  try {
    SQLite::Database db(file, SQLite::OPEN_READWRITE);
    return db.tryExec("PRAGMA user_version = 1") == SQLite::OK;
  } catch (const SQLite::Exception&) {
    return false;
  }
}

class Store {
public:
  explicit Store(const std::string& file) : db_(open(file)), find_(*db_, "SELECT text FROM note WHERE id = ?") {}

  std::string text(int id) {
    const std::lock_guard<std::mutex> lock(mutex_);
    find_.reset();
    find_.bind(1, id);
    return find_.executeStep() ? find_.getColumn(0).getString() : std::string();
  }

  template <class F>
  auto write(F f) {
    const std::lock_guard<std::mutex> lock(mutex_);
    SQLite::Transaction tx(*db_);
    auto result = f(*db_);
    tx.commit();
    return result;
  }

  int add(const Note& note) {
    return write([&note](SQLite::Database& db) { return insert(db, note); });
  }

private:
  std::mutex mutex_;
  std::unique_ptr<SQLite::Database> db_;
  SQLite::Statement find_;
};

class SyncBatch {
public:
  explicit SyncBatch(SQLite::Database& db) : tx_(std::make_unique<SQLite::Transaction>(db)) {}
  ~SyncBatch() {
    if (tx_) tx_->commit();  // expect: session-commit-in-destructor
  }
  void discard() { tx_.reset(); }

private:
  std::unique_ptr<SQLite::Transaction> tx_;
};

void indexLater(SQLite::Database& db) {
  std::thread worker([&db] { db.exec("INSERT INTO search SELECT id, text FROM note"); });  // expect: session-shared-across-threads
  worker.detach();
}

std::future<int> indexOwn(const std::string& file) {
  return std::async(std::launch::async, [file] {
    SQLite::Database db(file, SQLite::OPEN_READWRITE);
    return db.exec("INSERT INTO search SELECT id, text FROM note");
  });
}

int indexAndWait(SQLite::Database& db) {
  auto done = std::async(std::launch::async, [&db] { return db.exec("INSERT INTO search SELECT id, text FROM note"); });
  const int n = done.get();
  db.exec("UPDATE state SET indexed = 1");
  return n;
}

void shrink(SQLite::Database& db, int keep) {
  int removed = 0;
  do {
    SQLite::Transaction tx(db);
    SQLite::Statement st(db, "DELETE FROM history WHERE id IN (SELECT id FROM history ORDER BY id LIMIT 200) AND id < ?");
    st.bind(1, keep);
    removed = st.exec();
    tx.commit();
  } while (removed > 0);
}

void upgrade(SQLite::Database& db) {
  const int version = db.execAndGet("PRAGMA user_version");
  if (version >= 3) return;
  SQLite::Transaction tx(db);
  switch (version) {
    case 0: db.exec("ALTER TABLE note ADD COLUMN draft INTEGER"); [[fallthrough]];
    case 1: db.exec("ALTER TABLE note ADD COLUMN author TEXT"); [[fallthrough]];
    default: db.exec("ALTER TABLE note ADD COLUMN synced INTEGER");
  }
  db.exec("PRAGMA user_version = 3");
  tx.commit();
}

std::shared_ptr<SQLite::Database> shared(const std::string& file) {
  static std::mutex mutex;
  static std::map<std::string, std::weak_ptr<SQLite::Database>> opened;
  const std::lock_guard<std::mutex> lock(mutex);
  std::weak_ptr<SQLite::Database>& slot = opened[file];
  if (auto db = slot.lock()) return db;
  std::shared_ptr<SQLite::Database> db = open(file);
  slot = db;
  return db;
}

int notesIn(const std::vector<std::string>& files) {
  int n = 0;
  for (const std::string& file : files) {
    const auto db = shared(file);
    n += db->execAndGet("SELECT count(*) FROM note").getInt();
  }
  return n;
}

void copyNotes(const std::string& from, const std::string& to) {
  SQLite::Database source(from, SQLite::OPEN_READONLY);
  SQLite::Database target(to, SQLite::OPEN_READWRITE);
  SQLite::Statement rows(source, "SELECT title, text FROM note");
  SQLite::Transaction tx(target);
  while (rows.executeStep()) insert(target, {0, rows.getColumn(0).getString(), rows.getColumn(1).getString(), {}});
  tx.commit();
}

std::unique_ptr<SQLite::Transaction> begin(SQLite::Database& db, const std::string& actor) {
  auto tx = std::make_unique<SQLite::Transaction>(db);
  SQLite::Statement st(db, "INSERT INTO session(actor) VALUES (?)");
  st.bind(1, actor);
  st.exec();
  return tx;
}

void editAs(SQLite::Database& db, const std::string& actor, const std::function<bool(SQLite::Database&)>& edit) {
  const auto tx = begin(db, actor);
  if (edit(db)) tx->commit();
}

std::string summary(SQLite::Database&& db) {
  SQLite::Database own = std::move(db);
  return own.execAndGet("SELECT title FROM note LIMIT 1").getString();
}

std::string summaryAfterMove(const std::string& file) {
  SQLite::Database db(file);
  const std::string first = summary(std::move(db));
  const int n = db.execAndGet("SELECT count(*) FROM note");  // expect: session-use-after-scope
  return first + " +" + std::to_string(n);
}

}  // namespace notes
