// The companion headers on SQLite through five libraries. The scope's header comes first: it needs
// none of them.
#include "Unit.h"

#include <Poco/Data/SQLite/Connector.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <session_tidy/scope.h>
#include <soci/soci.h>
#include <sqlite3.h>
#include <unistd.h>

#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QVariant>
#include <atomic>
#include <cstdio>
#include <memory>
#include <thread>
#include <vector>

// SOCI's own header for it includes <sqlite3.h> in a namespace, which hides it from everybody else.
extern "C" const soci::backend_factory* factory_sqlite3();

namespace companion {
namespace {

using Handle = session_tidy::handle<sqlite3*, sqlite3_close>;

constexpr const char* schema = "PRAGMA journal_mode = WAL;"
                               "CREATE TABLE parent(id INTEGER PRIMARY KEY);"
                               "CREATE TABLE t(n INTEGER);"
                               "CREATE TABLE child(p INTEGER REFERENCES parent(id) "
                               "DEFERRABLE INITIALLY DEFERRED);";
constexpr const char* keysOn = "PRAGMA foreign_keys = ON";
constexpr const char* insert = "INSERT INTO t VALUES (1)";
constexpr const char* orphan = "INSERT INTO child VALUES (99)";

void run(sqlite3* db, const char* sql) {
  char* message = nullptr;
  if (sqlite3_exec(db, sql, nullptr, nullptr, &message) == SQLITE_OK) return;
  const std::string text = message != nullptr ? message : "?";
  sqlite3_free(message);
  throw std::runtime_error(text);
}

/// A database file, and a connection beside the one under test.
class File {
public:
  const bool refusesToWriteWhileReading = false;

  File() {
    static std::atomic<int> number{0};
    path = testing::TempDir() + "companion-" + std::to_string(getpid()) + "-" +
           std::to_string(number++) + ".db";
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open(path.c_str(), &raw);
    beside_ = Handle(raw);
    if (opened != SQLITE_OK) throw std::runtime_error("cannot open " + path);
    run(raw, schema);
  }
  ~File() {
    beside_.reset();
    for (const char* end : {"", "-wal", "-shm"}) std::remove((path + end).c_str());
  }

  int count() {
    sqlite3_stmt* statement = nullptr;
    sqlite3_prepare_v2(beside_.get(), "SELECT count(*) FROM t", -1, &statement, nullptr);
    sqlite3_step(statement);
    const int n = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return n;
  }

  std::string path;

private:
  Handle beside_;
};

class Soci : public File {
public:
  soci::session& first() { return sql_; }
  static void write(soci::session& sql) { sql << insert; }
  static void breakDeferred(soci::session& sql) { sql << orphan; }
  bool isIdle() {
    sql_.begin(); // fails inside a transaction
    sql_.rollback();
    return true;
  }
  Soci() : sql_(*factory_sqlite3(), path) { sql_ << keysOn; }

private:
  soci::session sql_;
};

class SqliteCpp : public File {
public:
  SqliteCpp() : db_(path, SQLite::OPEN_READWRITE) { db_.exec(keysOn); }
  SQLite::Database& first() { return db_; }
  static void write(SQLite::Database& db) { db.exec(insert); }
  static void breakDeferred(SQLite::Database& db) { db.exec(orphan); }
  bool isIdle() { return sqlite3_get_autocommit(db_.getHandle()) != 0; }

private:
  SQLite::Database db_;
};

class Poco : public File {
public:
  Poco() : session_(open(path)) { session_ << keysOn, ::Poco::Data::Keywords::now; }
  ::Poco::Data::Session& first() { return session_; }
  static void write(::Poco::Data::Session& session) {
    session << insert, ::Poco::Data::Keywords::now;
  }
  static void breakDeferred(::Poco::Data::Session& session) {
    session << orphan, ::Poco::Data::Keywords::now;
  }
  bool isIdle() { return !session_.isTransaction(); }

  static ::Poco::Data::Session open(const std::string& path) {
    ::Poco::Data::SQLite::Connector::registerConnector();
    return {"SQLite", path};
  }

private:
  ::Poco::Data::Session session_;
};

class Qt : public File {
public:
  Qt() {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name());
    db.setDatabaseName(QString::fromStdString(path));
    if (!db.open()) throw std::runtime_error(db.lastError().text().toStdString());
    db_ = db;
    run(db_, keysOn);
  }
  ~Qt() {
    db_ = QSqlDatabase();
    QSqlDatabase::removeDatabase(name());
  }
  QSqlDatabase& first() { return db_; }
  static void write(QSqlDatabase& db) { run(db, insert); }
  static void breakDeferred(QSqlDatabase& db) { run(db, orphan); }
  bool isIdle() { return db_.transaction() && db_.rollback(); }

private:
  [[nodiscard]] QString name() const { return QString::fromStdString(path); }
  static void run(QSqlDatabase& db, const char* sql) {
    QSqlQuery query(db);
    if (!query.exec(sql)) throw std::runtime_error(query.lastError().text().toStdString());
  }

  QSqlDatabase db_;
};

class Sqlite3 : public File {
public:
  Sqlite3() {
    sqlite3* raw = nullptr;
    sqlite3_open(path.c_str(), &raw);
    db_ = Handle(raw);
    handle_ = raw;
    run(handle_, keysOn);
  }
  sqlite3*& first() { return handle_; }
  static void write(sqlite3* db) { run(db, insert); }
  static void breakDeferred(sqlite3* db) { run(db, orphan); }
  bool isIdle() { return sqlite3_get_autocommit(handle_) != 0; }

private:
  Handle db_;
  sqlite3* handle_ = nullptr;
};

using Libraries = testing::Types<Soci, SqliteCpp, Poco, Qt, Sqlite3>;
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, UnitTest, Libraries);

// ---- sources of sessions

TEST(Sources, ALeaseOfSociGoesBackInEveryCase) {
  File file;
  soci::connection_pool pool(1);
  pool.at(0).open(*factory_sqlite3(), file.path);
  {
    session_tidy::scope work(pool);
    *work << insert;
    work->set_log_stream(nullptr); // a member of the session
  }
  EXPECT_EQ(file.count(), 1);
  const auto fails = [](soci::session& sql) {
    sql << insert;
    throw Boom();
  };
  EXPECT_THROW(session_tidy::transactional(pool, fails), Boom);
  std::size_t place = 0;
  ASSERT_TRUE(pool.try_lease(place, 0)); // nobody has it
  pool.at(place).begin();                // and it is in no transaction
  pool.at(place).rollback();
  pool.give_back(place);
  EXPECT_EQ(file.count(), 1);
}

TEST(Sources, ASessionOfPocosPoolGoesBackInEveryCase) {
  File file;
  Poco::open(file.path);
  ::Poco::Data::SessionPool pool("SQLite", file.path, 1, 1);
  session_tidy::transactional(pool, [](::Poco::Data::Session& session) { Poco::write(session); });
  EXPECT_EQ(file.count(), 1);
  EXPECT_THROW(session_tidy::transactional(pool,
                                           [](::Poco::Data::Session& session) {
                                             Poco::write(session);
                                             throw Boom();
                                           }),
               Boom);
  EXPECT_EQ(pool.used(), 0);
  session_tidy::read_scope reading(pool);
  EXPECT_EQ(pool.used(), 1);
  EXPECT_TRUE(reading->isTransaction());
  EXPECT_EQ(file.count(), 1);
}

TEST(Sources, FactoriesMakeValuesOwnersAndHandles) {
  File file;
  const auto byValue = [&] { return SQLite::Database(file.path, SQLite::OPEN_READWRITE); };
  const auto byOwner = [&] {
    return std::make_unique<soci::session>(*factory_sqlite3(), file.path);
  };
  const auto byHandle = [&] {
    sqlite3* raw = nullptr;
    sqlite3_open(file.path.c_str(), &raw);
    return Handle(raw);
  };
  session_tidy::transactional(byValue, [](SQLite::Database& db) { db.exec(insert); });
  EXPECT_EQ(file.count(), 1);
  session_tidy::transactional(byOwner, [](soci::session& sql) { sql << insert; });
  EXPECT_EQ(file.count(), 2);
  {
    session_tidy::scope work(byHandle);
    run(*work, insert);
  }
  EXPECT_EQ(file.count(), 3);
  const auto rows = session_tidy::read_only(byOwner, [](soci::session& sql) {
    int n = 0;
    sql << "SELECT count(*) FROM t", soci::into(n);
    return n;
  });
  EXPECT_EQ(rows, 3);
}

TEST(Sources, AQtConnectionByItsName) {
  Qt qt;
  {
    session_tidy::scope work(QSqlDatabase::database(QString::fromStdString(qt.path)));
    Qt::write(*work);
  }
  EXPECT_EQ(qt.count(), 1);
}

TEST(Sources, ManyThreadsShareAPool) {
  File file;
  constexpr int sessions = 3;
  soci::connection_pool pool(sessions);
  for (int i = 0; i < sessions; ++i) {
    pool.at(i).open(*factory_sqlite3(), file.path);
    pool.at(i) << "PRAGMA busy_timeout = 20000";
  }
  std::vector<std::thread> threads;
  for (int i = 0; i < 6; ++i)
    threads.emplace_back([&pool, i] {
      for (int round = 0; round < 10; ++round) {
        try {
          session_tidy::scope work(pool);
          *work << insert;
          if ((i + round) % 2 != 0) throw Boom();
        } catch (const Boom&) {
        }
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(file.count(), 30);
}

int closed = 0;

void closeNumber(int* number) {
  ++closed;
  delete number;
}

TEST(Handles, AreClosedOnceAndMove) {
  closed = 0;
  using Owner = session_tidy::handle<int*, closeNumber>;
  {
    Owner first(new int(1));
    Owner second(std::move(first));
    EXPECT_FALSE(first); // NOLINT(bugprone-use-after-move): what a move leaves behind
    ASSERT_TRUE(second);
    EXPECT_EQ(*second.get(), 1);
    second.reset(new int(2));
    EXPECT_EQ(closed, 1);
    first = std::move(second);
    EXPECT_EQ(*first.get(), 2);
    const int* mine = first.release();
    EXPECT_EQ(closed, 1);
    delete mine;
  }
  EXPECT_EQ(closed, 1);
}

} // namespace
} // namespace companion
