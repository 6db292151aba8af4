// Guards of the project's own, used well, and classes that only look like guards.
// library: soci
#include <soci/soci.h>

#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <utility>

namespace app {

class UnitOfWork {
public:
  explicit UnitOfWork(soci::session& sql) : sql_(&sql) { sql_->begin(); }
  UnitOfWork(UnitOfWork&& other) noexcept : sql_(std::exchange(other.sql_, nullptr)) {}
  UnitOfWork(const UnitOfWork&) = delete;

  ~UnitOfWork() {
    if (sql_ != nullptr)
      sql_->rollback();
  }

  UnitOfWork& run(const std::string& statement) {
    *sql_ << statement;
    return *this;
  }

  void keep() {
    sql_->commit();
    sql_ = nullptr;
  }

private:
  soci::session* sql_;
};

/// Does all it has to do in its constructor; nothing is left for the destructor.
class Audit {
public:
  Audit(soci::session& sql, const std::string& what) { sql << "INSERT INTO audit(what) VALUES(:w)", soci::use(what); }
};

/// Named like one, and touches no session.
class Transaction {
public:
  explicit Transaction(int id) : id_(id) {}
  ~Transaction() { id_ = 0; }

private:
  int id_;
};

void fluent(soci::session& sql) {
  UnitOfWork(sql).run("DELETE FROM a").run("DELETE FROM b").keep();
}

void named(soci::session& sql) {
  UnitOfWork unit{sql};
  Audit(sql, "named");
  Audit{sql, "again"};
  unit.run("DELETE FROM a").keep();
}

void accounting(int id) {
  Transaction{id};
  (void)Transaction(id + 1);
}

UnitOfWork hand(soci::session& sql) {
  UnitOfWork unit(sql);
  return unit;
}

void inThread(soci::session& sql) {
  std::thread worker([](UnitOfWork unit) { unit.run("DELETE FROM a").keep(); }, UnitOfWork(sql));
  worker.join();
}

void later(soci::session& sql, std::optional<UnitOfWork>& slot) {
  slot.emplace(sql);
  slot->run("DELETE FROM a");
}

void captured(soci::session& sql) {
  const auto work = [unit = UnitOfWork(sql)]() mutable { unit.run("DELETE FROM a").keep(); };
  auto copy = std::ref(work);
  (void)copy;
}

} // namespace app
