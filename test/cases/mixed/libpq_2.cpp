// Event log and lock service over libpq, in classes, with exceptions
// library: libpq
#include <libpq-fe.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace events {

class PgError : public std::runtime_error {
public:
  explicit PgError(PGconn* c) : std::runtime_error(PQerrorMessage(c)) {}
};

class Result {
public:
  explicit Result(PGresult* r) : r_(r) {}
  Result(Result&& other) noexcept : r_(std::exchange(other.r_, nullptr)) {}
  Result& operator=(Result&&) = delete;
  ~Result() { PQclear(r_); }
  int rows() const { return PQntuples(r_); }
  const char* get(int row, int column) const { return PQgetvalue(r_, row, column); }
  ExecStatusType status() const { return PQresultStatus(r_); }

private:
  PGresult* r_;
};

class Db {
public:
  explicit Db(const char* dsn) : c_(PQconnectdb(dsn)) {
    if (PQstatus(c_) != CONNECTION_OK) {
      const PgError e(c_);
      PQfinish(c_);
      throw e;
    }
  }
  Db(const Db&) = delete;
  Db& operator=(const Db&) = delete;
  ~Db() { PQfinish(c_); }

  Result exec(const std::string& sql) {
    Result r(PQexec(c_, sql.c_str()));
    if (r.status() != PGRES_COMMAND_OK && r.status() != PGRES_TUPLES_OK) throw PgError(c_);
    return r;
  }
  PGconn* raw() const { return c_; }

private:
  PGconn* c_;
};

// like Db, but forgets the connection when the login fails
class LeakyDb {
public:
  explicit LeakyDb(const char* dsn) {
    c_ = PQconnectdb(dsn);  // expect: session-leak
    if (PQstatus(c_) != CONNECTION_OK) throw PgError(c_);
  }
  ~LeakyDb() { PQfinish(c_); }
  LeakyDb(const LeakyDb&) = delete;
  LeakyDb& operator=(const LeakyDb&) = delete;
  bool alive() const { return PQstatus(c_) == CONNECTION_OK; }

private:
  PGconn* c_ = nullptr;
};

void append(Db& db, const std::string& kind, const std::vector<std::string>& texts) {
  db.exec("BEGIN");
  try {
    for (const std::string& text : texts) db.exec("INSERT INTO event(kind, text) VALUES ('" + kind + "', '" + text + "')");
    db.exec("COMMIT");
  } catch (const PgError&) {
    PQclear(PQexec(db.raw(), "ROLLBACK"));
    throw;
  }
}

void appendUnsafe(Db& db, const std::string& kind, const std::vector<std::string>& texts) {
  db.exec("BEGIN");  // expect: session-missing-rollback
  for (const std::string& text : texts) db.exec("INSERT INTO event(kind, text) VALUES ('" + kind + "', '" + text + "')");
  db.exec("NOTIFY event");
  db.exec("COMMIT");
}

bool acknowledge(Db& db, int id) {
  db.exec("BEGIN");
  try {
    db.exec("UPDATE event SET seen = true WHERE id = " + std::to_string(id));
    db.exec("INSERT INTO seen(event) VALUES (" + std::to_string(id) + ")");
    db.exec("COMMIT");
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    std::cerr << "not acknowledged: " << e.what() << '\n';
    return false;
  }
  return true;
}

class Tx {
public:
  explicit Tx(Db& db) : db_(&db) { db_->exec("BEGIN"); }
  Tx(Tx&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
  Tx& operator=(Tx&&) = delete;
  ~Tx() {
    if (db_) PQclear(PQexec(db_->raw(), "ROLLBACK"));
  }
  void commit() {
    db_->exec("COMMIT");
    db_ = nullptr;
  }

private:
  Db* db_;
};

class CommittingTx {
public:
  explicit CommittingTx(Db& db) : db_(db) { db_.exec("BEGIN"); }
  ~CommittingTx() noexcept(false) {
    db_.exec("COMMIT");  // expect: session-commit-in-destructor
  }

private:
  Db& db_;
};

// the flag tells whether the work was done
class FlaggedTx {
public:
  explicit FlaggedTx(Db& db) : db_(db) { db_.exec("BEGIN"); }
  ~FlaggedTx() { PQclear(PQexec(db_.raw(), success_ ? "COMMIT" : "ROLLBACK")); }
  void succeed() { success_ = true; }

private:
  Db& db_;
  bool success_ = false;
};

void expire(Db& db, int days) {
  FlaggedTx tx(db);
  db.exec("DELETE FROM seen WHERE event IN (SELECT id FROM event WHERE age > " + std::to_string(days) + ")");
  db.exec("DELETE FROM event WHERE age > " + std::to_string(days));
  tx.succeed();
}

void transferOwner(Db& db, int from, int to) {
  Tx tx(db);
  const Result known = db.exec("SELECT 1 FROM owner WHERE id = " + std::to_string(to) + " FOR SHARE");
  if (known.rows() == 0) throw std::invalid_argument("no such owner");
  db.exec("UPDATE event SET owner = " + std::to_string(to) + " WHERE owner = " + std::to_string(from));
  tx.commit();
}

bool deleteOwner(Db& db, int owner) {
  Tx tx(db);
  const Result used = db.exec("SELECT count(*) FROM event WHERE owner = " + std::to_string(owner));
  if (std::atoi(used.get(0, 0)) > 0) return false;
  db.exec("DELETE FROM owner WHERE id = " + std::to_string(owner));
  tx.commit();
  return true;
}

void addOwners(Db& db, const std::vector<std::string>& names) {
  Tx tx(db);
  for (const std::string& name : names) {
    try {
      db.exec("INSERT INTO owner(name) VALUES ('" + name + "')");
    } catch (const PgError& e) {  // expect: session-swallow-and-commit
      std::cerr << name << " skipped: " << e.what() << '\n';
    }
  }
  tx.commit();
}

void addOwnersWithSavepoints(Db& db, const std::vector<std::string>& names) {
  Tx tx(db);
  for (const std::string& name : names) {
    db.exec("SAVEPOINT one");
    try {
      db.exec("INSERT INTO owner(name) VALUES ('" + name + "')");
      db.exec("RELEASE SAVEPOINT one");
    } catch (const PgError& e) {
      std::cerr << name << " skipped: " << e.what() << '\n';
      db.exec("ROLLBACK TO SAVEPOINT one");
    }
  }
  tx.commit();
}

void retitle(Db& db, int id, const std::string& title) {
  (void)Tx(db);  // expect: session-temporary-guard
  db.exec("UPDATE event SET title = '" + title + "' WHERE id = " + std::to_string(id));
}

Tx locked(Db& db, int id) {
  Tx tx(db);
  db.exec("SELECT pg_advisory_xact_lock(" + std::to_string(id) + ")");
  return tx;
}

void escalate(Db& db, int id) {
  Tx tx = locked(db, id);
  db.exec("UPDATE event SET level = level + 1 WHERE id = " + std::to_string(id));
  tx.commit();
}

template <class F>
void atomically(Db& db, F f, int attempts = 3) {
  for (;;) {
    try {
      Tx tx(db);
      f(db);
      tx.commit();
      return;
    } catch (const PgError&) {
      if (--attempts == 0) throw;
      std::this_thread::sleep_for(std::chrono::milliseconds(30));
    }
  }
}

void swapOrder(Db& db, int a, int b) {
  atomically(db, [a, b](Db& inner) {
    inner.exec("UPDATE event SET pos = pos + 1 WHERE id = " + std::to_string(a));
    inner.exec("UPDATE event SET pos = pos - 1 WHERE id = " + std::to_string(b));
  });
}

void swapAll(Db& db, const std::vector<std::pair<int, int>>& pairs) {
  for (const auto& [a, b] : pairs) swapOrder(db, a, b);
}

int drain(PGconn* c) {
  int results = 0;
  while (PGresult* r = PQgetResult(c)) {
    ++results;
    PQclear(r);
  }
  return results;
}

int streamKinds(PGconn* c, std::map<std::string, int>& kinds) {
  if (PQsendQuery(c, "SELECT kind FROM event") == 0 || PQsetSingleRowMode(c) == 0) return -1;
  int n = 0;
  PGresult* r = nullptr;
  while ((r = PQgetResult(c)) != nullptr) {
    if (PQresultStatus(r) == PGRES_SINGLE_TUPLE) {
      ++kinds[PQgetvalue(r, 0, 0)];
      ++n;
    }
    PQclear(r);
  }
  return n;
}

std::string firstKind(PGconn* c) {
  PGresult* r = PQexec(c, "SELECT kind FROM event ORDER BY id LIMIT 1");
  if (PQresultStatus(r) != PGRES_TUPLES_OK) {
    PQclear(r);
    return {};
  }
  PQclear(r);
  return PQntuples(r) > 0 ? "some" : "none";  // expect: session-use-after-scope
}

void rebuild(const char* dsn) {
  Db* db = new Db(dsn);
  std::unique_ptr<Db> owner(db);
  Tx tx(*db);
  db->exec("TRUNCATE summary");
  db->exec("INSERT INTO summary SELECT kind, count(*) FROM event GROUP BY kind");
  tx.commit();
}

class Service {
public:
  explicit Service(std::string dsn) : dsn_(std::move(dsn)) {}

  void handle(const std::string& text) {
    try {
      Tx tx(db());
      db().exec("INSERT INTO event(text) VALUES ('" + text + "')");
      tx.commit();
    } catch (const PgError& e) {
      std::cerr << e.what() << '\n';
      if (db_ && PQstatus(db_->raw()) != CONNECTION_OK) db_.reset();
    }
  }

private:
  Db& db() {
    if (!db_) db_ = std::make_unique<Db>(dsn_.c_str());
    return *db_;
  }

  std::string dsn_;
  std::unique_ptr<Db> db_;
};

}  // namespace events
