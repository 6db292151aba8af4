// Statements of the project's own sessions that run beside the open transaction, on another lease.
// header: session.h
#include "session.h"

#include <string>

// The line may be rolled back, the total is not.
void addLine(db::Pool& pool, int invoice, int amount) {
  db::Session session = pool.acquire();
  db::Transaction transaction(session);
  session.exec("INSERT INTO lines(invoice, amount) VALUES(?, ?)", invoice, amount);
  pool.acquire().exec("UPDATE totals SET amount = amount + ?", amount); // expect: session-transaction-bypass
  transaction.commit();
}

// Begun by hand, beside it in a branch.
void cancel(db::Pool& pool, int invoice, bool logged) {
  db::Session session = pool.acquire();
  session.begin();
  try {
    session.exec("UPDATE invoices SET cancelled = 1 WHERE id = ?", invoice);
    if (logged)
      pool.acquire().exec("INSERT INTO log(text) VALUES('cancelled')"); // expect: session-transaction-bypass
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
}
