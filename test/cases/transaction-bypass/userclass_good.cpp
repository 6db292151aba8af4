// Statements of the project's own sessions inside the open transaction, or before and after it.
// header: session.h
#include "session.h"

#include <string>

void addLine(db::Pool& pool, int invoice, int amount) {
  db::Session session = pool.acquire();
  db::Transaction transaction(session);
  session.exec("INSERT INTO lines(invoice, amount) VALUES(?, ?)", invoice, amount);
  session.exec("UPDATE totals SET amount = amount + ?", amount);
  transaction.commit();
}

// Read on another lease before the transaction begins.
void charge(db::Pool& pool, int invoice) {
  const int rate = pool.acquire().scalar("SELECT rate FROM settings");
  db::Session session = pool.acquire();
  db::Transaction transaction(session);
  session.exec("UPDATE invoices SET amount = amount * ? WHERE id = ?", rate, invoice);
  transaction.commit();
}

// Logged when it is done.
void cancel(db::Pool& pool, int invoice) {
  {
    db::Session session = pool.acquire();
    db::Transaction transaction(session);
    session.exec("UPDATE invoices SET cancelled = 1 WHERE id = ?", invoice);
    transaction.commit();
  }
  pool.acquire().exec("INSERT INTO log(text) VALUES('cancelled')");
}

// A helper that is given the session.
void touch(db::Session& session, int invoice) {
  session.exec("UPDATE invoices SET touched = 1 WHERE id = ?", invoice);
}

void pay(db::Session& session, int invoice) {
  db::Transaction transaction(session);
  session.exec("UPDATE invoices SET paid = 1 WHERE id = ?", invoice);
  touch(session, invoice);
  transaction.commit();
}
