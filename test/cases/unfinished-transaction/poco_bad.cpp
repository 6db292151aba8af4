// Transactions of Poco::Data that stay open, or are lost, on some path.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

void logError(const std::string& what);

// Sold out: the function leaves, the caller's session keeps the lock.
bool reserve(Session& session, int show, int wanted) {
  session.begin(); // expect: session-unfinished-transaction
  try {
    int seats = 0;
    session << "SELECT free FROM shows WHERE id = ? FOR UPDATE", into(seats), use(show), now;
    if (seats < wanted)
      return false;
    session << "UPDATE shows SET free = free - ? WHERE id = ?", use(wanted), use(show), now;
    session.commit();
    return true;
  } catch (...) {
    session.rollback();
    throw;
  }
}

// The guard wrote and is never committed.
void addUsage(Session& session, std::string name, double cost) {
  Transaction transaction(session); // expect: session-unfinished-transaction
  session << "INSERT INTO ai_usage(name, cost) VALUES(?, ?)", use(name), use(cost), now;
  session << "UPDATE totals SET cost = cost + ? WHERE name = ?", use(cost), use(name), now;
}

// The same with a lease, in a loop.
int importAll(Poco::Data::SessionPool& pool, std::vector<std::string>& names) {
  Session session(pool.get());
  Transaction transaction(session); // expect: session-unfinished-transaction
  int stored = 0;
  for (std::string& name : names) {
    session << "INSERT INTO names(name) VALUES(?)", use(name), now;
    ++stored;
  }
  return stored;
}

// The break jumps over the commit.
int sell(Session& session, std::vector<int>& bookings) {
  int sold = 0;
  for (int& booking : bookings) {
    int state = 0;
    session << "SELECT state FROM bookings WHERE id = ?", into(state), use(booking), now;
    session.begin(); // expect: session-unfinished-transaction
    try {
      session << "UPDATE bookings SET state = 2 WHERE id = ?", use(booking), now;
      if (state > 1)
        break;
      session.commit();
      ++sold;
    } catch (...) {
      session.rollback();
      throw;
    }
  }
  return sold;
}

// A member, with a commit for one of two results.
class Ledger {
public:
  Ledger(const std::string& connector, const std::string& connection) : session_(connector, connection) {}

  bool book(int account, double amount) {
    try {
      session_.begin(); // expect: session-unfinished-transaction
      double balance = 0;
      session_ << "UPDATE accounts SET balance = balance + ? WHERE id = ?", use(amount), use(account), now;
      session_ << "SELECT balance FROM accounts WHERE id = ?", into(balance), use(account), now;
      if (balance >= 0)
        session_.commit();
      return balance >= 0;
    } catch (const Poco::Exception& e) {
      session_.rollback();
      logError(e.displayText());
      return false;
    } catch (...) {
      session_.rollback();
      throw;
    }
  }

private:
  Session session_;
};
