// Leases and transactions of SOCI that nobody works with for a while.
// library: soci
// config: {"rules": {"session-held-across-blocking": true}}
#include <soci/soci.h>

#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

namespace httplib {
struct Result {
  explicit operator bool() const;
};
class Client {
public:
  explicit Client(const std::string& host);
  Result Post(const std::string& path, const std::string& body, const char* type);
  void set_read_timeout(int seconds);
};
} // namespace httplib

void note(const std::string& text);

// ---- bad

void charge(soci::connection_pool& pool, int order) {
  soci::session sql(pool); // expect-note: "'sql' is taken from its pool here"
  std::string card;
  sql << "SELECT card FROM orders WHERE id = :id", soci::use(order), soci::into(card);
  httplib::Client bank("https://bank");
  bank.set_read_timeout(30);
  if (!bank.Post("/charge", card, "text/plain")) // expect: session-held-across-blocking "'sql' is held: the pool is short of a session"
    return;
  sql << "UPDATE orders SET paid = 1 WHERE id = :id", soci::use(order);
}

// By hand.
void reserve(soci::session& sql, int show) {
  sql.begin();
  try {
    sql << "UPDATE shows SET free = free - 1 WHERE id = :id", soci::use(show);
    std::this_thread::sleep_for(std::chrono::seconds(1)); // expect: session-held-across-blocking "while a transaction is open on 'sql'"
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// With a guard, on a lease: the transaction is what matters.
void printed(soci::connection_pool& pool, int order) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "UPDATE orders SET printed = 1 WHERE id = :id", soci::use(order);
  FILE* printer = popen("lpr", "w"); // expect: session-held-across-blocking "while transaction 'tr' is open"
  if (printer != nullptr) pclose(printer); // expect: session-held-across-blocking "pclose"
  tr.commit();
}

// Not needed any more, but not given back before either.
void lastThing(soci::connection_pool& pool, int order) {
  soci::session sql(pool);
  sql << "UPDATE orders SET done = 1 WHERE id = :id", soci::use(order);
  httplib::Client shop("https://shop");
  shop.Post("/done", std::to_string(order), "text/plain"); // expect: session-held-across-blocking
}

// ---- good

void chargeAlone(soci::connection_pool& pool, int order) {
  std::string card;
  {
    soci::session sql(pool);
    sql << "SELECT card FROM orders WHERE id = :id", soci::use(order), soci::into(card);
  }
  httplib::Client bank("https://bank");
  if (!bank.Post("/charge", card, "text/plain")) return;
  soci::session sql(pool);
  sql << "UPDATE orders SET paid = 1 WHERE id = :id", soci::use(order);
}

void reserveThenWait(soci::session& sql, int show) {
  sql.begin();
  try {
    sql << "UPDATE shows SET free = free - 1 WHERE id = :id", soci::use(show);
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
  std::this_thread::sleep_for(std::chrono::seconds(1));
}

// Settings are no waits.
void prepared(soci::connection_pool& pool, int order) {
  soci::session sql(pool);
  httplib::Client bank("https://bank");
  bank.set_read_timeout(30);
  note("prepared");
  sql << "UPDATE orders SET ready = 1 WHERE id = :id", soci::use(order);
}

// Its own names only look alike.
struct Alarm {
  static void sleep(int minutes);
};

void snooze(soci::connection_pool& pool, int alarm) {
  soci::session sql(pool);
  Alarm::sleep(5);
  sql << "UPDATE alarms SET snoozed = 1 WHERE id = :id", soci::use(alarm);
}

// Closed first, opened again afterwards.
void reopened(const std::string& dsn, int order) {
  soci::session sql(dsn);
  sql << "UPDATE orders SET seen = 1 WHERE id = :id", soci::use(order);
  sql.close();
  std::this_thread::sleep_for(std::chrono::seconds(1));
  sql.open(dsn);
  sql << "UPDATE orders SET done = 1 WHERE id = :id", soci::use(order);
}
