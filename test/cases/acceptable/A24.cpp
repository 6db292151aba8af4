// A24: fixtures of tests, migrations and programs of one function open what they need.
// library: soci sqlitecpp libpqxx qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <memory>
#include <string>

class DatabaseFixture {
public:
  DatabaseFixture() : db_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    db_.exec("CREATE TABLE words(word TEXT)");
    db_.exec("INSERT INTO words VALUES('a')");
  }

protected:
  SQLite::Database db_;
};

class InsertTest : public DatabaseFixture {
public:
  bool run() { return db_.exec("INSERT INTO words VALUES('b')") == 1; }
};

// In the manner of frameworks with set-up and tear-down.
class SessionTest {
public:
  void setUp() { sql_ = std::make_unique<soci::session>("sqlite3", ":memory:"); }
  void tearDown() { sql_.reset(); }
  void testInsert() {
    *sql_ << "CREATE TABLE t(a INTEGER)";
    *sql_ << "INSERT INTO t VALUES(1)";
  }

private:
  std::unique_ptr<soci::session> sql_;
};

bool migrateSettings(const QString& path) {
  QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE");
  db.setDatabaseName(path);
  if (!db.open())
    return false;
  QSqlQuery query(db);
  return query.exec("ALTER TABLE settings ADD COLUMN scope TEXT");
}

int main(int argc, char** argv) {
  try {
    pqxx::connection conn(argc > 1 ? argv[1] : "dbname=shop");
    pqxx::work tx(conn);
    tx.exec("CREATE TABLE IF NOT EXISTS orders(id INTEGER)");
    tx.commit();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
    return EXIT_FAILURE;
  }
  return InsertTest().run() ? EXIT_SUCCESS : EXIT_FAILURE;
}
