// The companion headers on PostgreSQL through libpqxx and libpq; with-postgres starts the server.
#include "Unit.h"

#include <libpq-fe.h>
#include <pqxx/pqxx>
#include <session_tidy/pqxx.h>

#include <cstdlib>
#include <string>

namespace companion {
namespace {

using Connection = session_tidy::handle<PGconn*, PQfinish>;
using Result = session_tidy::handle<PGresult*, PQclear>;

constexpr const char* insert = "INSERT INTO t VALUES (1)";
constexpr const char* orphan = "INSERT INTO child VALUES (99)";

std::string run(PGconn* db, const char* sql) {
  const Result result(PQexec(db, sql));
  const ExecStatusType status = PQresultStatus(result.get());
  if (status == PGRES_TUPLES_OK) return PQgetvalue(result.get(), 0, 0);
  if (status != PGRES_COMMAND_OK) throw std::runtime_error(PQerrorMessage(db));
  return {};
}

/// Fresh tables, and a connection beside the one under test.
class Server {
public:
  const bool refusesToWriteWhileReading = true;

  Server() : beside_(PQconnectdb("")) {
    if (PQstatus(beside_.get()) != CONNECTION_OK)
      throw std::runtime_error(PQerrorMessage(beside_.get()));
    run(beside_.get(), "SET client_min_messages = warning;"
                       "DROP TABLE IF EXISTS child, parent, t;"
                       "CREATE TABLE parent(id int PRIMARY KEY); CREATE TABLE t(n int);"
                       "CREATE TABLE child(p int REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
  }
  int count() { return std::stoi(run(beside_.get(), "SELECT count(*) FROM t")); }

private:
  Connection beside_;
};

class Pqxx : public Server {
public:
  pqxx::connection& first() { return connection_; }
  template <class T>
  static void write(T& work) {
    work.exec(insert);
  }
  template <class T>
  static void breakDeferred(T& work) {
    work.exec(orphan);
  }
  bool isIdle() {
    const pqxx::work another(connection_); // throws while one is active
    return true;
  }

private:
  pqxx::connection connection_{""};
};

class Libpq : public Server {
public:
  PGconn*& first() { return handle_; }
  static void write(PGconn* db) { run(db, insert); }
  static void breakDeferred(PGconn* db) { run(db, orphan); }
  bool isIdle() { return PQtransactionStatus(handle_) == PQTRANS_IDLE; }

private:
  Connection connection_{PQconnectdb("")};
  PGconn* handle_ = connection_.get();
};

class Postgres : public testing::Test {
protected:
  void SetUp() override {
    if (std::getenv("PGHOST") == nullptr) GTEST_SKIP() << "no server: see with-postgres";
  }
};

using Libraries = testing::Types<Pqxx, Libpq>;
INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, UnitTest, Libraries);

TEST_F(Postgres, ACommitThatTheServerTurnsIntoARollbackIsTold) {
  Libpq libpq;
  try {
    session_tidy::scope work(libpq.first());
    libpq.write(*work);
    EXPECT_ANY_THROW(run(*work, "SELECT 1 / 0")); // nobody passes it on
    work.commit();
    ADD_FAILURE() << "the commit said that it worked";
  } catch (const session_tidy::error& error) {
    EXPECT_NE(std::string(error.what()).find("rolled back"), std::string::npos);
  }
  EXPECT_EQ(libpq.count(), 0);
  EXPECT_TRUE(libpq.isIdle());
}

TEST_F(Postgres, ReadScopesCannotWrite) {
  Pqxx pqxx;
  session_tidy::read_scope reading(pqxx.first());
  EXPECT_EQ(reading->exec("SELECT count(*) FROM t")[0][0].as<int>(), 0);
  EXPECT_ANY_THROW(reading->exec(insert));
  Libpq libpq;
  session_tidy::read_scope readingToo(libpq.first());
  EXPECT_ANY_THROW(libpq.write(*readingToo));
}

TEST_F(Postgres, AConnectionThatIsGoneIsNoReasonToEndTheProgram) {
  Libpq libpq;
  Libpq other;
  const std::string id = std::to_string(PQbackendPID(libpq.first()));
  EXPECT_THROW(
      {
        session_tidy::scope work(libpq.first());
        libpq.write(*work);
        run(other.first(), ("SELECT pg_terminate_backend(" + id + ", 5000)").c_str());
        throw Boom();
      },
      Boom);
  EXPECT_EQ(libpq.count(), 0);
}

TEST_F(Postgres, FactoriesMakeConnections) {
  Libpq libpq;
  const auto connect = [] { return Connection(PQconnectdb("")); };
  session_tidy::transactional(connect, [](PGconn* db) { run(db, insert); });
  session_tidy::transactional([] { return std::make_unique<pqxx::connection>(""); },
                              [](pqxx::work& work) { work.exec(insert); });
  EXPECT_EQ(libpq.count(), 2);
}

} // namespace
} // namespace companion
