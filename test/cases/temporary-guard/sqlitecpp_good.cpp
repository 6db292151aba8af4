// Transactions of SQLiteCpp that look odd and are right.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>
#include <SQLiteCpp/Savepoint.h>

#include <memory>
#include <string>
#include <vector>

// Begun and committed in one statement: flushes what a crash left behind.
void recover(SQLite::Database& db) {
  SQLite::Transaction(db).commit();
  SQLite::Savepoint(db, "recover").release();
}

void addAll(SQLite::Database& db, const std::vector<std::string>& titles) {
  SQLite::Transaction transaction(db);
  for (const std::string& title : titles) {
    SQLite::Savepoint savepoint(db, "song");
    SQLite::Statement insert(db, "INSERT INTO songs(title) VALUES(?)");
    insert.bind(1, title);
    insert.exec();
    savepoint.release();
  }
  transaction.commit();
}

// Statements and databases are no guards, named or not.
int migrate(const std::string& path) {
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 2");
  SQLite::Database db(path);
  SQLite::Statement(db, "DELETE FROM plays").exec();
  return db.execAndGet("SELECT count(*) FROM songs").getInt();
}

class Batch {
public:
  explicit Batch(SQLite::Database& db) : db_(db) { open_.reset(new SQLite::Transaction(db_)); }

  void add(const std::string& statement) {
    db_.exec(statement);
    if (++size_ % 1000 == 0) {
      open_->commit();
      open_ = std::make_unique<SQLite::Transaction>(db_);
    }
  }

  ~Batch() {
    if (open_ && size_ == 0)
      open_.reset();
  }

private:
  SQLite::Database& db_;
  std::unique_ptr<SQLite::Transaction> open_;
  std::size_t size_ = 0;
};

// Only its size is asked for: nothing is made.
static_assert(sizeof(SQLite::Transaction) > 0);
static_assert(noexcept(SQLite::Transaction(std::declval<SQLite::Database&>())) == false);
