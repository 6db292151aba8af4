// Classes around libpqxx whose destructors do not commit what is half done.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <functional>
#include <memory>
#include <string>
#include <vector>

void logError(const std::string& what);

// Commits by a method; the member aborts.
class Scope {
public:
  explicit Scope(pqxx::connection& conn) : tx_(conn) {}
  void commit() { tx_.commit(); }
  pqxx::work& tx() { return tx_; }

private:
  pqxx::work tx_;
};

class Appender {
public:
  explicit Appender(pqxx::connection& conn) : tx_(std::make_unique<pqxx::work>(conn)) {}
  ~Appender() {
    if (tx_)
      logError("lines were not committed");
  }
  void append(const std::string& line) { tx_->exec_params("INSERT INTO lines(text) VALUES($1)", line); }
  void commit() {
    tx_->commit();
    tx_.reset();
  }

private:
  std::unique_ptr<pqxx::work> tx_;
};

// Aborts by name.
class Trial {
public:
  explicit Trial(pqxx::connection& conn) : tx_(conn) {}
  ~Trial() {
    try {
      tx_.abort();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }
  long rows(const std::string& sql) { return static_cast<long>(tx_.exec(sql).affected_rows()); }

private:
  pqxx::work tx_;
};

// Knows of exceptions, and keeps its own.
class Careful {
public:
  explicit Careful(pqxx::connection& conn) : tx_(conn) {}
  ~Careful() {
    if (std::uncaught_exceptions() > pending_)
      return;
    try {
      tx_.commit();
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }
  void run(const std::string& sql) { tx_.exec(sql); }

private:
  int pending_ = std::uncaught_exceptions();
  pqxx::work tx_;
};

// A statement's own transaction in the destructor, committed whole or not at all.
class LockRow {
public:
  LockRow(pqxx::connection& conn, int id) : conn_(conn), id_(id) {}
  ~LockRow() {
    try {
      pqxx::nontransaction direct(conn_);
      direct.exec_params("DELETE FROM row_locks WHERE id = $1", id_);
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }

private:
  pqxx::connection& conn_;
  int id_;
};

// The hooks run when they are told to, which is after the commit.
class AfterCommit {
public:
  void add(std::function<void()> hook) { hooks_.push_back(std::move(hook)); }
  void run() {
    for (const auto& hook : hooks_)
      hook();
    hooks_.clear();
  }
  ~AfterCommit() { hooks_.clear(); }

private:
  std::vector<std::function<void()>> hooks_;
};

void store(pqxx::connection& conn, const std::string& line) {
  AfterCommit hooks;
  Scope scope(conn);
  scope.tx().exec_params("INSERT INTO lines(text) VALUES($1)", line);
  hooks.add([&line] { logError(line + " stored"); });
  scope.commit();
  hooks.run();
}
