// Guards around SOCI whose destructors commit, whatever has happened.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <memory>
#include <string>

void logError(const std::string& what);

class AutoTransaction {
public:
  explicit AutoTransaction(soci::session& sql) : sql_(sql) { sql_.begin(); }
  AutoTransaction(const AutoTransaction&) = delete;
  ~AutoTransaction() { sql_.commit(); } // expect: session-commit-in-destructor

private:
  soci::session& sql_;
};

// Does not throw, and still commits while an exception is on its way.
class QuietTransaction {
public:
  explicit QuietTransaction(soci::session& sql) : sql_(sql), tr_(sql) {}
  QuietTransaction(const QuietTransaction&) = delete;
  ~QuietTransaction() {
    try {
      tr_.commit(); // expect: session-commit-in-destructor
    } catch (const std::exception& e) {
      logError(e.what());
    }
  }
  soci::session& sql() { return sql_; }

private:
  soci::session& sql_;
  soci::transaction tr_;
};

// Unless told otherwise; an exception tells it nothing.
class BatchWriter {
public:
  explicit BatchWriter(soci::session& sql) : sql_(sql), tr_(std::make_unique<soci::transaction>(sql)) {}
  ~BatchWriter() {
    if (!cancelled_)
      tr_->commit(); // expect: session-commit-in-destructor
  }
  void write(const std::string& line) { sql_ << "INSERT INTO lines(text) VALUES(:t)", soci::use(line); }
  void cancel() {
    tr_->rollback();
    cancelled_ = true;
  }

private:
  soci::session& sql_;
  std::unique_ptr<soci::transaction> tr_;
  bool cancelled_ = false;
};

// In SQL.
struct Deferred {
  soci::session& sql;
  explicit Deferred(soci::session& s) : sql(s) { sql << "BEGIN DEFERRED"; }
  Deferred(const Deferred&) = delete;
  ~Deferred() { sql << "COMMIT"; } // expect: session-commit-in-destructor
};
