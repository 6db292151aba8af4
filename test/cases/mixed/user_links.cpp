// An interface in the manner of Qt's, of which only the declaration is seen: links whose copies name
// the same connection, queries on them, guards that are asked; leases that a pool fills in.
#include <functional>
#include <string>
#include <thread>

class DbLink {
public:
  DbLink() noexcept;
  DbLink(const DbLink& other) noexcept;
  DbLink& operator=(const DbLink& other) noexcept;
  ~DbLink();
  bool open() noexcept;
  bool isOpen() const noexcept;
  void close() noexcept;
  bool transaction() noexcept;
  bool commit() noexcept;
  bool rollback() noexcept;
};

class DbQuery {
public:
  explicit DbQuery(const DbLink& link) noexcept;
  ~DbQuery();
  bool prepare(const std::string& text) noexcept;
  bool exec() noexcept;
  bool exec(const std::string& text) noexcept;
};

class DbScope {
public:
  explicit DbScope(DbLink& link) noexcept;
  DbScope(const DbScope&) = delete;
  ~DbScope();
  bool isActive() const noexcept;
  bool commit() noexcept;
  void rollback() noexcept;
};

class Pool {
public:
  bool lend(DbLink** out) noexcept;
  void putBack(DbLink* link) noexcept;
};

class Workers {
public:
  void submit(std::function<void()> job) noexcept;
  void drain() noexcept;
};

bool notCommitted(DbLink& link) {
  DbScope scope(link); // expect: session-unfinished-transaction
  if (!scope.isActive()) return false;
  DbQuery update(link);
  update.prepare("UPDATE sample SET material = 1");
  return update.exec();
}

bool twoUnits(DbLink& link) {
  DbScope first(link);
  bool ok = first.isActive() && DbQuery(link).exec("UPDATE calibration SET valid = 0");
  if (!ok || !first.commit()) return false;
  DbScope second(link);
  if (!second.isActive()) return false;
  if (!DbQuery(link).exec("INSERT INTO calibration VALUES (1)")) return false;
  return second.commit(); // expect: session-multiple-commits
}

bool eachTry(DbLink& link, int maxRetries) {
  for (int attempt = 0; attempt <= maxRetries; ++attempt) {
    DbScope scope(link);
    if (!scope.isActive()) continue;
    if (DbQuery(link).exec("DELETE FROM reference") && scope.commit()) return true;
  }
  return false;
}

bool rolledBackTooLate(DbLink& link) {
  if (!link.transaction()) return false;
  if (!DbQuery(link).exec("UPDATE sample SET state = 1") || !link.commit()) {
    link.rollback();
    return false;
  }
  if (!DbQuery(link).exec("INSERT INTO outbox VALUES (1)")) {
    link.rollback(); // expect: session-double-end
    return false;
  }
  return true;
}

bool notPutBack(Pool& pool, bool quick) {
  DbLink* link = nullptr;
  if (!pool.lend(&link)) return false; // expect: session-leak
  if (quick) return true;
  const bool ok = DbQuery(*link).exec("UPDATE sample SET seen = 1");
  pool.putBack(link);
  return ok;
}

bool putBackTwice(Pool& pool, bool quick) {
  DbLink* link = nullptr;
  if (!pool.lend(&link)) return false;
  if (quick) pool.putBack(link);
  pool.putBack(link); // expect: session-double-end
  return true;
}

bool putBackAlways(Pool& pool) {
  DbLink* link = nullptr;
  if (!pool.lend(&link)) return false;
  const bool ok = DbQuery(*link).exec("UPDATE sample SET seen = 1");
  pool.putBack(link);
  return ok;
}

void waitedFor(Workers& workers) {
  DbLink link;
  if (!link.open()) return;
  workers.submit([&link] { DbQuery(link).exec("UPDATE sample SET seen = 1"); });
  workers.drain();
}
