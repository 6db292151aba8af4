#include <chrono>
#include <cstdio>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

// ---- harbor/dal/link.h ----
namespace harbor::dal {

struct DalError : std::runtime_error {
  using std::runtime_error::runtime_error;
  bool transient() const noexcept;
};

class RowSet {
public:
  RowSet(RowSet&&) noexcept;
  RowSet(const RowSet&) = delete;
  ~RowSet();
  bool next();
  int num(int col) const;
  std::string text(int col) const;
};

class Link {
public:
  explicit Link(const std::string& dsn);
  Link(Link&&) noexcept;
  Link(const Link&) = delete;
  ~Link();
  template <class... A> void execute(std::string_view sql, const A&... args);
  template <class... A> RowSet query(std::string_view sql, const A&... args);
  void begin();
  void commit();
  void rollback() noexcept;
  bool inTransaction() const noexcept;
  long lastId() const noexcept;
};

class Uow {
public:
  explicit Uow(Link& link);
  Uow(const Uow&) = delete;
  ~Uow();
  void commit();
  void rollback();
};

class Savepoint {
public:
  Savepoint(Link& link, const char* name);
  Savepoint(const Savepoint&) = delete;
  ~Savepoint();
  void release();
};

class LinkPool {
public:
  class Lease {
  public:
    Lease(Lease&&) noexcept;
    Lease(const Lease&) = delete;
    ~Lease();
    Link& operator*() const noexcept;
    Link* operator->() const noexcept;
  };
  Lease lease();
  std::optional<Lease> tryLease(std::chrono::milliseconds limit);
};

}  // namespace harbor::dal
// ---- end of link.h ----

namespace harbor {

using dal::Link;
using dal::LinkPool;
using dal::Savepoint;
using dal::Uow;

struct Container { std::string code; int weight = 0; int berth = 0; };
struct TariffLine { std::string port; int cents = 0; };
struct PortConfig { int maxWeight = 30000; int chunk = 200; int attempts = 3; };

void logInfo(const std::string& msg) noexcept;
void logWarn(const std::string& msg) noexcept;
int parseCents(const std::string& text);

bool registerContainer(Link& link, const PortConfig& cfg, const Container& c) {
  Uow uow(link);
  link.execute("INSERT INTO container(code, weight) VALUES (?, ?)", c.code, c.weight);
  if (c.weight > cfg.maxWeight) {
    logWarn("container too heavy: " + c.code);
    return false;
  }
  auto rows = link.query("SELECT count(*) FROM slot WHERE berth = ? AND free = 1", c.berth);
  if (!rows.next() || rows.num(0) == 0)
    return false;
  link.execute("UPDATE slot SET free = 0 WHERE berth = ? LIMIT 1", c.berth);
  uow.commit();
  return true;
}

int dischargeManifest(Link& link, int voyage, const std::vector<Container>& cargo) {
  Uow uow(link);
  int moved = 0;
  link.execute("UPDATE voyage SET state = 'discharging' WHERE id = ?", voyage);
  try {
    for (const auto& c : cargo) {
      link.execute("DELETE FROM stowage WHERE voyage = ? AND code = ?", voyage, c.code);
      link.execute("INSERT INTO yard(code, berth) VALUES (?, ?)", c.code, c.berth);
      ++moved;
    }
    link.execute("UPDATE voyage SET state = 'empty' WHERE id = ?", voyage);
  } catch (const dal::DalError& e) {  // expect: session-swallow-and-commit
    logWarn(std::string("discharge: ") + e.what());
  }
  uow.commit();
  return moved;
}

int importTariffs(Link& link, const std::vector<TariffLine>& lines) {
  Uow uow(link);
  int rejected = 0;
  for (const auto& t : lines) {
    try {
      Savepoint sp(link, "tariff_line");
      link.execute("DELETE FROM tariff WHERE port = ?", t.port);
      link.execute("INSERT INTO tariff(port, cents) VALUES (?, ?)", t.port, t.cents);
      sp.release();
    } catch (const dal::DalError& e) {
      ++rejected;
      logWarn(t.port + ": " + e.what());
    }
  }
  link.execute("INSERT INTO import_log(kind, rejected) VALUES ('tariff', ?)", rejected);
  uow.commit();
  return rejected;
}

void archiveMovements(Link& link, const PortConfig& cfg) {
  for (;;) {
    Uow uow(link);
    std::vector<int> ids;
    {
      auto rows = link.query("SELECT id FROM movement WHERE done = 1 LIMIT ?", cfg.chunk);
      while (rows.next()) ids.push_back(rows.num(0));
    }
    if (ids.empty()) break;
    for (int id : ids) {
      link.execute("INSERT INTO movement_old SELECT * FROM movement WHERE id = ?", id);
      link.execute("DELETE FROM movement WHERE id = ?", id);
    }
    uow.commit();
    logInfo("archived " + std::to_string(ids.size()));
  }
}

void moveBerth(Link& link, int from, int to) {
  Uow uow(link);
  link.execute("UPDATE berth SET occupied = 0 WHERE id = ?", from);
  if (to > 0) {
    Uow target(link);  // expect: session-nested-begin
    link.execute("UPDATE berth SET occupied = 1 WHERE id = ?", to);
    target.commit();
  }
  link.execute("INSERT INTO berth_log(a, b) VALUES (?, ?)", from, to);
  uow.commit();
}

std::map<std::string, int> yardSnapshot(LinkPool& pool) {
  auto lease = pool.lease();
  Uow consistent(*lease);
  std::map<std::string, int> out;
  auto rows = lease->query("SELECT code, berth FROM yard");
  while (rows.next()) out[rows.text(0)] = rows.num(1);
  auto extra = lease->query("SELECT code, berth FROM yard_annex");
  while (extra.next()) out.emplace(extra.text(0), extra.num(1));
  return out;
}

void closeVoyage(Link& link, int voyage) {
  link.begin();
  try {
    link.execute("UPDATE voyage SET state = 'closed' WHERE id = ?", voyage);
    auto rows = link.query("SELECT count(*) FROM stowage WHERE voyage = ?", voyage);
    if (rows.next() && rows.num(0) > 0)
      throw dal::DalError("cargo left on board");
    link.commit();
  } catch (...) {
    link.rollback();
    throw;
  }
}

bool settleInvoices(Link& link, int customer, const std::vector<std::string>& amounts) {
  link.begin();
  try {
    for (const auto& a : amounts)
      link.execute("INSERT INTO payment(customer, cents) VALUES (?, ?)", customer, parseCents(a));
    link.execute("UPDATE customer SET due = 0 WHERE id = ?", customer);
    link.commit();
    return true;
  } catch (const std::exception& e) {  // expect: session-missing-rollback
    logWarn("settle " + std::to_string(customer) + ": " + e.what());
    return false;
  }
}

void stampCustoms(Link& link, const std::string& code) {
  const bool mine = !link.inTransaction();
  if (mine) link.begin();
  try {
    link.execute("UPDATE container SET cleared = 1 WHERE code = ?", code);
    link.execute("INSERT INTO customs_log(code) VALUES (?)", code);
    if (mine) link.commit();
  } catch (...) {
    if (mine) link.rollback();
    throw;
  }
}

template <class Fn>
auto inUow(LinkPool& pool, Fn&& fn) {
  auto lease = pool.lease();
  Uow uow(*lease);
  auto result = std::forward<Fn>(fn)(*lease);
  uow.commit();
  return result;
}

long openVoyage(LinkPool& pool, const std::string& ship, int line) {
  return inUow(pool, [&](Link& link) {
    link.execute("INSERT INTO voyage(ship, line) VALUES (?, ?)", ship, line);
    const long id = link.lastId();
    link.execute("INSERT INTO voyage_state(voyage, state) VALUES (?, 'new')", id);
    return id;
  });
}

void pingAllShips(LinkPool& pool, const std::vector<int>& ships) {
  Link* current = nullptr;
  for (int ship : ships) {
    if (!current) {
      auto lease = pool.lease();
      current = &*lease;
      logInfo("ping uses a fresh link");
    }
    current->execute("UPDATE ship SET pinged = 1 WHERE id = ?", ship);  // expect: session-use-after-scope
  }
}

long recordInspection(LinkPool& pool, const std::string& code, int inspector) {
  auto lease = pool.lease();
  Uow uow(*lease);
  lease->execute("INSERT INTO inspection(code, inspector) VALUES (?, ?)", code, inspector);
  const long id = lease->lastId();
  lease->execute("UPDATE container SET last_inspection = ? WHERE code = ?", id, code);
  uow.commit();
  logInfo("inspection " + std::to_string(id));
  return id;
}

long recordDamage(LinkPool& pool, const std::string& code, const std::string& what) {
  auto lease = pool.lease();
  Uow uow(*lease);  // expect: session-unfinished-transaction
  lease->execute("INSERT INTO damage(code, what) VALUES (?, ?)", code, what);
  const long id = lease->lastId();
  lease->execute("UPDATE container SET damaged = 1 WHERE code = ?", code);
  logInfo("damage report " + std::to_string(id));
  return id;
}

void finishWork(Uow& uow, bool dryRun) {
  if (dryRun) {
    uow.rollback();
    logInfo("dry run");
    return;
  }
  uow.commit();
}

int auditBerth(Link& link, int berth, const std::string& auditor) {
  link.begin();  // expect: session-unfinished-transaction
  try {
    link.execute("UPDATE berth SET auditor = ? WHERE id = ?", auditor, berth);
    int faults = 0;
    {
      auto rows = link.query("SELECT count(*) FROM fault WHERE berth = ?", berth);
      if (!rows.next()) return -1;
      faults = rows.num(0);
    }
    link.execute("INSERT INTO audit(berth, faults) VALUES (?, ?)", berth, faults);
    link.commit();
    return faults;
  } catch (...) {
    link.rollback();
    throw;
  }
}

int auditHarbor(const std::string& dsn, const std::vector<int>& berths) {
  Link link(dsn);
  int faults = 0;
  bool committed = false;
  link.begin();
  try {
    for (int b : berths) {
      auto rows = link.query("SELECT count(*) FROM fault WHERE berth = ?", b);
      if (!rows.next()) break;
      faults += rows.num(0);
    }
    link.execute("INSERT INTO harbor_audit(faults) VALUES (?)", faults);
    link.commit();
    committed = true;
  } catch (const std::exception& e) {
    logWarn(std::string("audit: ") + e.what());
  }
  if (!committed) {
    link.rollback();
    return -1;
  }
  return faults;
}

void renumberSlots(Link& link, bool dryRun) {
  Uow uow(link);
  std::vector<int> ids;
  auto rows = link.query("SELECT id FROM slot ORDER BY berth, pos");
  while (rows.next()) ids.push_back(rows.num(0));
  int n = 0;
  for (int id : ids) link.execute("UPDATE slot SET num = ? WHERE id = ?", ++n, id);
  finishWork(uow, dryRun);
}

bool bookCrane(LinkPool& pool, const PortConfig& cfg, int crane, int voyage) {
  for (int attempt = 1; attempt <= cfg.attempts; ++attempt) {
    try {
      auto lease = pool.lease();
      Uow uow(*lease);
      lease->execute("UPDATE crane SET voyage = ? WHERE id = ? AND voyage IS NULL", voyage, crane);
      lease->execute("INSERT INTO crane_log(crane, voyage) VALUES (?, ?)", crane, voyage);
      uow.commit();
      return true;
    } catch (const dal::DalError& e) {
      if (!e.transient()) throw;
      logWarn("crane booking, attempt " + std::to_string(attempt));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20 * attempt));
  }
  return false;
}

bool releaseCrane(Link& link, int crane) {
  Uow uow(link);
  link.execute("UPDATE crane SET voyage = NULL WHERE id = ?", crane);
  auto rows = link.query("SELECT locked FROM crane WHERE id = ?", crane);
  bool ok = true;
  if (rows.next() && rows.num(0) != 0) {
    logWarn("crane locked by the foreman");
    uow.rollback();
    ok = false;
  }
  uow.commit();  // expect: session-double-end
  return ok;
}

void refreshBoards(LinkPool& pool, const std::vector<int>& boards) {
  std::vector<std::jthread> workers;
  for (int board : boards) {
    workers.emplace_back([&pool, board] {
      try {
        auto lease = pool.lease();
        lease->execute("UPDATE board SET stamp = now() WHERE id = ?", board);
      } catch (const dal::DalError& e) {
        logWarn(e.what());
      }
    });
  }
}

void arrivalHook(Link& link, int ship) {
  link.execute("UPDATE ship SET arrived = 1 WHERE id = ?", ship);
  std::thread([&link, ship] {  // expect: session-shared-across-threads
    try {
      link.execute("INSERT INTO arrival_stats(ship) VALUES (?)", ship);
    } catch (const dal::DalError& e) {
      logWarn(e.what());
    }
  }).detach();
  link.execute("INSERT INTO arrival(ship) VALUES (?)", ship);
}

class PilotDesk {
public:
  explicit PilotDesk(LinkPool& pool) : pool_(pool) {}

  void assign(int pilot, int ship, Link* outer = nullptr) {
    std::optional<LinkPool::Lease> own;
    if (!outer) own.emplace(pool_.lease());
    Link& link = outer ? *outer : **own;
    link.execute("UPDATE pilot SET ship = ? WHERE id = ?", ship, pilot);
  }

  void handOver(int a, int b, int ship) {
    auto lease = pool_.lease();
    Uow uow(*lease);
    assign(a, 0, &*lease);
    assign(b, ship, &*lease);
    uow.commit();
  }

  void signOff(int pilot, int ship) {
    auto shift = pool_.lease();
    Uow uow(*shift);
    shift->execute("UPDATE pilot SET ship = NULL WHERE id = ?", pilot);
    auto bookkeeping = pool_.lease();  // expect: session-split-unit-of-work
    Uow pay(*bookkeeping);
    bookkeeping->execute("INSERT INTO pilot_pay(pilot, ship) VALUES (?, ?)", pilot, ship);
    pay.commit();
    uow.commit();
  }

private:
  LinkPool& pool_;
};

bool tryMarkQuarantine(LinkPool& pool, int ship) {
  auto lease = pool.tryLease(std::chrono::milliseconds(250));
  if (!lease) {
    logWarn("no link for quarantine");
    return false;
  }
  Link& link = **lease;
  Uow uow(link);
  link.execute("UPDATE ship SET quarantine = 1 WHERE id = ?", ship);
  uow.commit();
  return true;
}

}  // namespace harbor
