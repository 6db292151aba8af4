// Classes around libpqxx whose destructors commit, whatever has happened.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <memory>
#include <string>

void logError(const std::string& what);

class Scope {
public:
  explicit Scope(pqxx::connection& conn) : tx_(conn) {}
  ~Scope() { tx_.commit(); } // expect: session-commit-in-destructor
  pqxx::work& tx() { return tx_; }

private:
  pqxx::work tx_;
};

class Appender {
public:
  explicit Appender(pqxx::connection& conn) : tx_(std::make_unique<pqxx::work>(conn)) {}
  ~Appender() {
    try {
      if (tx_)
        tx_->commit(); // expect: session-commit-in-destructor
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }
  void append(const std::string& line) { tx_->exec_params("INSERT INTO lines(text) VALUES($1)", line); }
  void discard() { tx_.reset(); }

private:
  std::unique_ptr<pqxx::work> tx_;
};

// What it does when it flushes it does when it dies.
class Buffer {
public:
  explicit Buffer(pqxx::connection& conn) : tx_(conn, "buffer") {}
  ~Buffer() {
    if (rows_ > 0)
      tx_.commit(); // expect: session-commit-in-destructor
  }
  void add(int n) {
    tx_.exec_params("INSERT INTO numbers(n) VALUES($1)", n);
    ++rows_;
  }

private:
  pqxx::work tx_;
  int rows_ = 0;
};

// Knows of exceptions, and lets its own one out of the destructor.
class Careful {
public:
  explicit Careful(pqxx::connection& conn) : tx_(conn) {}
  ~Careful() {
    if (std::uncaught_exceptions() == pending_)
      tx_.commit(); // expect: session-commit-in-destructor
  }
  void run(const std::string& sql) { tx_.exec(sql); }

private:
  int pending_ = std::uncaught_exceptions();
  pqxx::work tx_;
};
