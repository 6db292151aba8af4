// Guards around SOCI whose destructors do not commit what is half done.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <string>
#include <utility>

void logError(const std::string& what);

// Rolls back.
class UnitOfWork {
public:
  explicit UnitOfWork(soci::session& sql) : sql_(sql) { sql_.begin(); }
  UnitOfWork(const UnitOfWork&) = delete;
  ~UnitOfWork() {
    if (open_) {
      try {
        sql_.rollback();
      } catch (const std::exception& e) {
        logError(e.what());
      }
    }
  }
  void commit() {
    sql_.commit();
    open_ = false;
  }

private:
  soci::session& sql_;
  bool open_ = true;
};

// Looks whether an exception is on its way, and lets none out.
class AutoTransaction {
public:
  explicit AutoTransaction(soci::session& sql) : sql_(sql), pending_(std::uncaught_exceptions()) { sql_.begin(); }
  AutoTransaction(const AutoTransaction&) = delete;
  ~AutoTransaction() {
    try {
      if (std::uncaught_exceptions() == pending_)
        sql_.commit();
      else
        sql_.rollback();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }

private:
  soci::session& sql_;
  int pending_;
};

// The library's guard does it.
class Import {
public:
  explicit Import(soci::session& sql) : sql_(sql), tr_(sql) {}
  ~Import() { logError(done_ ? "imported" : "given up"); }
  void line(const std::string& text) { sql_ << "INSERT INTO lines(text) VALUES(:t)", soci::use(text); }
  void finish() {
    tr_.commit();
    done_ = true;
  }

private:
  soci::session& sql_;
  soci::transaction tr_;
  bool done_ = false;
};

// Closes; what is open is rolled back by the server.
class Connection {
public:
  explicit Connection(const std::string& dsn) : sql_(dsn) {}
  ~Connection() {
    try {
      sql_.close();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }
  soci::session& sql() { return sql_; }

private:
  soci::session sql_;
};

// Counts the commits of others, and makes none.
struct CommitCounter {
  int* total;
  int commits = 0;
  explicit CommitCounter(int* t) : total(t) {}
  void commit() { ++commits; }
  ~CommitCounter() {
    commit();
    *total += commits;
  }
};

// Complete work is committed where it is complete.
void writeAll(soci::session& sql, const std::string& first, const std::string& second) {
  UnitOfWork unit(sql);
  sql << "INSERT INTO lines(text) VALUES(:t)", soci::use(first);
  sql << "INSERT INTO lines(text) VALUES(:t)", soci::use(second);
  unit.commit();
}

// Ends with finish(), or not at all: the destructor undoes.
class Migration {
public:
  Migration(soci::session& sql, int version) : sql_(&sql), version_(version) { *sql_ << "BEGIN"; }
  Migration(const Migration&) = delete;
  ~Migration() {
    if (sql_ != nullptr)
      undo();
  }
  void finish() {
    *sql_ << "UPDATE schema_version SET v = :v", soci::use(version_);
    *sql_ << "COMMIT";
    sql_ = nullptr;
  }

private:
  void undo() noexcept {
    try {
      *sql_ << "ROLLBACK";
    } catch (...) {
      logError("rollback failed");
    }
  }

  soci::session* sql_;
  int version_;
};
