// Transactions of Poco::Data that end, though not where one looks first.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Transaction;

// A pooled session rolls back when it is returned.
bool reserve(SessionPool& pool, int show, int wanted) {
  Session session(pool.get());
  session.begin();
  int seats = 0;
  session << "SELECT free FROM shows WHERE id = ? FOR UPDATE", into(seats), use(show), now;
  if (seats < wanted)
    return false;
  session << "UPDATE shows SET free = free - ? WHERE id = ?", use(wanted), use(show), now;
  session.commit();
  return true;
}

// Left early on purpose: the guard rolls back.
bool cancel(Session& session, int booking) {
  Transaction transaction(session);
  int state = 0;
  session << "SELECT state FROM bookings WHERE id = ?", into(state), use(booking), now;
  if (state == 3)
    return false;
  session << "DELETE FROM bookings WHERE id = ?", use(booking), now;
  transaction.commit();
  return true;
}

// Reads only.
int countFree(Session& session) {
  Transaction transaction(session);
  int shows = 0;
  int seats = 0;
  session << "SELECT count(*) FROM shows", into(shows), now;
  session << "SELECT sum(free) FROM shows", into(seats), now;
  return shows == 0 ? 0 : seats / shows;
}

// Only tried out.
bool wouldFit(Session& session, int show, int wanted) {
  Transaction transaction(session);
  int left = 0;
  session << "UPDATE shows SET free = free - ? WHERE id = ?", use(wanted), use(show), now;
  session << "SELECT free FROM shows WHERE id = ?", into(left), use(show), now;
  transaction.rollback();
  return left >= 0;
}

// The library commits after the last of several statements.
void clear(Session& session) {
  Transaction transaction(session);
  transaction.execute(std::vector<std::string>{"DELETE FROM seats", "DELETE FROM shows"});
}

// And after the function it was given.
void addSeason(Session& session, int year) {
  const auto work = [&year](Session& inner) { inner << "INSERT INTO seasons(year) VALUES(?)", use(year), now; };
  Transaction transaction(session, work);
}

// Asked whether there still is one.
void settle(Session& session, int booking) {
  session.begin();
  try {
    session << "UPDATE bookings SET settled = 1 WHERE id = ?", use(booking), now;
    session << "DELETE FROM reminders WHERE booking = ?", use(booking), now;
    session.commit();
  } catch (...) {
    if (session.isTransaction())
      session.rollback();
    throw;
  }
}

// Begun and ended under the same flag.
void addTitles(Session& session, std::vector<std::string>& titles) {
  const bool many = titles.size() > 1;
  if (many)
    session.begin();
  try {
    for (std::string& title : titles)
      session << "INSERT INTO shows(title) VALUES(?)", use(title), now;
    if (many)
      session.commit();
  } catch (...) {
    if (many)
      session.rollback();
    throw;
  }
}

// Handed to the caller, who commits.
std::unique_ptr<Transaction> openSeason(Session& session, int year) {
  auto transaction = std::make_unique<Transaction>(session);
  session << "INSERT INTO seasons(year) VALUES(?)", use(year), now;
  return transaction;
}

void renameSeason(Session& session, int year, std::string name) {
  const std::unique_ptr<Transaction> transaction = openSeason(session, year);
  session << "UPDATE seasons SET name = ? WHERE year = ?", use(name), use(year), now;
  transaction->commit();
}

// Committed by a helper that gets the guard.
void commitAndLog(Transaction& transaction, Session& session, int show) {
  session << "INSERT INTO log(show) VALUES(?)", use(show), now;
  transaction.commit();
}

void cancelShow(Session& session, int show) {
  Transaction transaction(session);
  session << "DELETE FROM seats WHERE show = ?", use(show), now;
  session << "DELETE FROM shows WHERE id = ?", use(show), now;
  commitAndLog(transaction, session, show);
}

// Only where it is needed.
void setPrices(Session& session, std::vector<double>& prices) {
  std::optional<Transaction> transaction;
  if (prices.size() > 1)
    transaction.emplace(session);
  int show = 0;
  for (double& price : prices) {
    ++show;
    session << "UPDATE shows SET price = ? WHERE id = ?", use(price), use(show), now;
  }
  if (transaction)
    transaction->commit();
}

// Every round ends what it began, also the one that breaks off.
int sell(Session& session, std::vector<int>& bookings) {
  int sold = 0;
  for (int& booking : bookings) {
    session.begin();
    try {
      int state = 0;
      session << "SELECT state FROM bookings WHERE id = ?", into(state), use(booking), now;
      if (state > 0) {
        session.rollback();
        if (state > 1)
          break;
        continue;
      }
      session << "UPDATE bookings SET state = 2 WHERE id = ?", use(booking), now;
      session.commit();
      ++sold;
    } catch (...) {
      session.rollback();
      throw;
    }
  }
  return sold;
}
