// library: libpq
// Box office of a concert hall; own classes over libpq.
#include <libpq-fe.h>

#include <array>
#include <cstdlib>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace boxoffice {

void log_line(const std::string& what) noexcept;

struct Clear {
  void operator()(PGresult* r) const noexcept { PQclear(r); }
};
struct Finish {
  void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
using Res = std::unique_ptr<PGresult, Clear>;
using Handle = std::unique_ptr<PGconn, Finish>;

class PgError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Conn {
public:
  explicit Conn(const char* dsn) : h_(PQconnectdb(dsn)) {
    if (PQstatus(h_.get()) != CONNECTION_OK)
      throw PgError(PQerrorMessage(h_.get()));
  }
  Res query(const char* sql, const std::vector<std::string>& args = {}) {
    std::vector<const char*> v;
    for (const auto& a : args)
      v.push_back(a.c_str());
    Res r(PQexecParams(h_.get(), sql, static_cast<int>(v.size()), nullptr, v.data(), nullptr, nullptr, 0));
    auto st = PQresultStatus(r.get());
    if (st != PGRES_COMMAND_OK && st != PGRES_TUPLES_OK)
      throw PgError(PQerrorMessage(h_.get()));
    return r;
  }
  bool plain(const char* sql) noexcept {
    Res r(PQexec(h_.get(), sql));
    return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
  }
  PGconn* raw() const noexcept { return h_.get(); }

private:
  Handle h_;
};

class Tx {
public:
  explicit Tx(Conn& c, const char* how = "BEGIN") : c_(&c) { c_->query(how); }
  Tx(Tx&& o) noexcept : c_(std::exchange(o.c_, nullptr)) {}
  Tx(const Tx&) = delete;
  ~Tx() {
    if (c_)
      c_->plain("ROLLBACK");
  }
  void commit() { std::exchange(c_, nullptr)->query("COMMIT"); }
  void rollback() noexcept {
    if (Conn* c = std::exchange(c_, nullptr))
      c->plain("ROLLBACK");
  }

private:
  Conn* c_;
};

Tx serializable(Conn& c) {
  Tx tx(c, "BEGIN ISOLATION LEVEL SERIALIZABLE");
  c.query("SET LOCAL statement_timeout = '5s'");
  return tx;
}

bool exec_ok(PGconn* c, const char* sql) noexcept {
  Res r(PQexec(c, sql));
  return PQresultStatus(r.get()) == PGRES_COMMAND_OK;
}

int seats_left(Conn& c, int show) {
  Tx tx(c, "BEGIN READ ONLY");
  Res r = c.query("SELECT count(*) FROM seat WHERE sold = false AND show = $1", {std::to_string(show)});
  if (PQntuples(r.get()) == 0)
    return 0;
  return std::atoi(PQgetvalue(r.get(), 0, 0));
}

bool sell(Conn& c, int show, int seat, const std::string& who) {
  Tx tx = serializable(c);
  Res r = c.query("UPDATE seat SET sold = true WHERE show = $1 AND nr = $2 AND NOT sold",
                  {std::to_string(show), std::to_string(seat)});
  if (std::atoi(PQcmdTuples(r.get())) != 1)
    return false;
  c.query("INSERT INTO ticket(show, seat, holder) VALUES ($1, $2, $3)",
          {std::to_string(show), std::to_string(seat), who});
  tx.commit();
  return true;
}

bool sell_group(Conn& c, int show, const std::vector<int>& seats) {
  serializable(c);  // expect: session-temporary-guard
  for (int seat : seats) {
    c.query("UPDATE seat SET sold = true WHERE show = $1 AND nr = $2", {std::to_string(show), std::to_string(seat)});
    c.query("INSERT INTO ticket(show, seat) VALUES ($1, $2)", {std::to_string(show), std::to_string(seat)});
  }
  log_line("sold " + std::to_string(seats.size()));
  return !seats.empty();
}

bool refund(PGconn* c, const char* ticket) {
  const char* args[] = {ticket};
  if (!exec_ok(c, "BEGIN"))  // expect: session-unfinished-transaction
    return false;
  Res found(PQexecParams(c, "SELECT price FROM ticket WHERE id = $1 FOR UPDATE", 1, nullptr, args, nullptr, nullptr, 0));
  if (PQresultStatus(found.get()) != PGRES_TUPLES_OK || PQntuples(found.get()) == 0)
    return false;
  Res del(PQexecParams(c, "DELETE FROM ticket WHERE id = $1", 1, nullptr, args, nullptr, nullptr, 0));
  if (PQresultStatus(del.get()) != PGRES_COMMAND_OK) {
    exec_ok(c, "ROLLBACK");
    return false;
  }
  return exec_ok(c, "COMMIT");
}

bool cancel_show(PGconn* c, const char* show) {
  static constexpr std::array<const char*, 3> steps = {
      "UPDATE ticket SET refund = true WHERE show = $1",
      "UPDATE seat SET sold = false WHERE show = $1",
      "UPDATE show SET state = 'cancelled' WHERE id = $1",
  };
  if (!exec_ok(c, "BEGIN"))
    return false;
  bool good = true;
  for (const char* sql : steps) {
    Res r(PQexecParams(c, sql, 1, nullptr, &show, nullptr, nullptr, 0));
    if (PQresultStatus(r.get()) != PGRES_COMMAND_OK) {
      log_line(PQerrorMessage(c));
      good = false;
      break;
    }
  }
  return exec_ok(c, good ? "COMMIT" : "ROLLBACK") && good;
}

int server_version(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-leak
  if (PQstatus(c) != CONNECTION_OK) {
    log_line(PQerrorMessage(c));
    return -1;
  }
  int v = PQserverVersion(c);
  PQfinish(c);
  return v;
}

bool ping(const char* dsn) {
  PGconn* c = PQconnectdb(dsn);  // expect: session-raw-construction
  bool alive = PQstatus(c) == CONNECTION_OK;
  if (!alive)
    log_line(PQerrorMessage(c));
  PQfinish(c);
  return alive;
}

Handle open_quiet(const char* dsn, int attempts) {
  for (int i = 0; i < attempts; ++i) {
    Handle h(PQconnectdb(dsn));
    if (PQstatus(h.get()) == CONNECTION_OK)
      return h;
    log_line("attempt failed: " + std::string(PQerrorMessage(h.get())));
  }
  return nullptr;
}

std::string holder_name(PGconn* c, const char* ticket) {
  const char* args[] = {ticket};
  PGresult* r = PQexecParams(c, "SELECT holder FROM ticket WHERE id = $1", 1, nullptr, args, nullptr, nullptr, 0);
  const char* name = "";
  if (PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) > 0)
    name = PQgetvalue(r, 0, 0);
  PQclear(r);
  return std::string(name);  // expect: session-use-after-scope
}

int sold_today(PGconn* c) {
  PGresult* r = PQexec(c, "SELECT count(*) FROM ticket WHERE day = current_date");  // expect: session-leak
  if (PQresultStatus(r) != PGRES_TUPLES_OK) {
    log_line(PQresultErrorMessage(r));
    throw PgError("no count");
  }
  int n = std::atoi(PQgetvalue(r, 0, 0));
  PQclear(r);
  return n;
}

std::optional<std::string> promo_code(PGconn* c, const char* email) {
  const char* args[] = {email};
  Res r(PQexecParams(c, "SELECT code FROM promo WHERE email = $1", 1, nullptr, args, nullptr, nullptr, 0));
  if (PQresultStatus(r.get()) != PGRES_TUPLES_OK)
    return std::nullopt;
  if (PQntuples(r.get()) == 0)
    return std::nullopt;
  std::string code = PQgetvalue(r.get(), 0, 0);
  r.reset(PQexecParams(c, "DELETE FROM promo WHERE email = $1", 1, nullptr, args, nullptr, nullptr, 0));
  if (PQresultStatus(r.get()) != PGRES_COMMAND_OK)
    return std::nullopt;
  return code;
}

class Ledger {
public:
  explicit Ledger(Conn& c) : c_(c) {}

  void open_day(const std::string& day) {
    tx_.emplace(c_);
    c_.query("INSERT INTO day(d) VALUES ($1)", {day});
  }

  void put(const std::string& account, int cents) {
    if (!tx_)
      throw PgError("day is not open");
    c_.query("INSERT INTO entry(account, cents) VALUES ($1, $2)", {account, std::to_string(cents)});
  }

  void close_day() {
    if (!tx_)
      return;
    tx_->commit();
    tx_.reset();
  }

  void balance(const std::string& a, const std::string& b, int cents) {
    Tx tx(c_);
    c_.query("UPDATE account SET cents = cents - $1 WHERE id = $2", {std::to_string(cents), a});
    Tx half(c_);  // expect: session-nested-begin
    c_.query("UPDATE account SET cents = cents + $1 WHERE id = $2", {std::to_string(cents), b});
    half.commit();
    tx.commit();
  }

  bool settle(const std::string& account) {
    Tx tx(c_);
    c_.query("SAVEPOINT settle");
    try {
      c_.query("UPDATE account SET settled = true WHERE id = $1", {account});
    } catch (const PgError& e) {
      c_.query("ROLLBACK TO SAVEPOINT settle");
      c_.query("INSERT INTO unsettled(id, why) VALUES ($1, $2)", {account, e.what()});
    }
    c_.query("RELEASE SAVEPOINT settle");
    tx.commit();
    return true;
  }

private:
  Conn& c_;
  std::optional<Tx> tx_;
};

void move_seats(Conn& c, int show, int hall) {
  Tx tx(c);
  try {
    c.query("UPDATE show SET hall = $2 WHERE id = $1", {std::to_string(show), std::to_string(hall)});
    c.query("DELETE FROM seat WHERE show = $1", {std::to_string(show)});
    c.query("INSERT INTO seat SELECT * FROM plan($1, $2)", {std::to_string(show), std::to_string(hall)});
    tx.commit();
  } catch (const PgError& e) {
    log_line(std::string("move failed: ") + e.what());
    tx.rollback();
    c.query("INSERT INTO incident(what) VALUES ($1)", {e.what()});
  }
}

bool print_tickets(Conn& c, int order, const std::function<bool(const char*)>& printer) {
  Tx tx(c);
  Res r = c.query("UPDATE ticket SET printed = true WHERE ord = $1 RETURNING code", {std::to_string(order)});
  tx.commit();
  for (int i = 0; i < PQntuples(r.get()); ++i) {
    if (!printer(PQgetvalue(r.get(), i, 0))) {
      log_line("printer is jammed");
      return false;
    }
  }
  return true;
}

void raise_prices(Conn& c, Conn& reporting, int percent) {
  int shows = 0;
  {
    Tx tx(c);
    Res r = c.query("UPDATE show SET price = price * (100 + $1) / 100", {std::to_string(percent)});
    shows = std::atoi(PQcmdTuples(r.get()));
    tx.commit();
  }
  Tx tx(reporting);
  reporting.query("INSERT INTO event(what, n) VALUES ('raise', $1)", {std::to_string(shows)});
  tx.commit();
}

void drop_holds(Conn& c, int minutes) {
  if (!c.plain("BEGIN"))
    throw PgError("begin failed");
  try {
    Res r = c.query("DELETE FROM hold WHERE age > $1 RETURNING seat", {std::to_string(minutes)});
    for (int i = 0; i < PQntuples(r.get()); ++i) {
      int nr = std::stoi(PQgetvalue(r.get(), i, 0));
      c.query("UPDATE seat SET held = false WHERE nr = $1", {std::to_string(nr)});
    }
  } catch (const std::logic_error& e) {  // expect: session-swallow-and-commit
    log_line(e.what());
  } catch (const PgError&) {
    c.plain("ROLLBACK");
    throw;
  }
  if (!c.plain("COMMIT"))
    c.plain("ROLLBACK");
}

}  // namespace boxoffice
