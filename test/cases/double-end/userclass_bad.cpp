// Sessions of the project's own, with transactions ended twice and handles freed twice.
// header: session.h
#include "session.h"

#include <exception>
#include <string>
#include <vector>

// Work after the commit, in the try whose handler rolls back.
void saveOrder(db::Session& session, int id) {
  db::Transaction tx(session);
  try {
    session.exec("INSERT INTO orders(id) VALUES(?)", id);
    tx.commit();
    session.exec("INSERT INTO log(text) VALUES('order saved')");
  } catch (...) {
    tx.rollback(); // expect: session-double-end
    throw;
  }
}

// Committed by the branch, and by all.
void reprice(db::Session& session, double factor, bool marked) {
  db::Transaction tx(session);
  session.exec("UPDATE items SET price = price * ?", factor);
  if (marked) {
    session.exec("UPDATE items SET marked = 0");
    tx.commit();
  }
  tx.commit(); // expect: session-double-end
}

// Rolled back, and the way goes on to the commit.
bool cancel(db::Session& session, int id) {
  db::Transaction tx(session);
  const int state = session.scalar("SELECT state FROM orders WHERE id = ?", id);
  session.exec("DELETE FROM orders WHERE id = ?", id);
  if (state == 3)
    tx.rollback();
  tx.commit(); // expect: session-double-end
  return state != 3;
}

// The session is this function's to free, but only once.
int askAndFree(db::Session* session, const std::string& query) {
  int n = 0;
  try {
    n = session->scalar(query);
  } catch (const db::Error& e) {
    logError(e.what());
    db::session_free(session);
  }
  db::session_free(session); // expect: session-double-end
  return n;
}

// Rolled back by a helper, and by the caller once more.
static void undo(db::Session& session, const std::string& why) {
  logError(why);
  session.rollback();
}

void archive(db::Session& session, int before) {
  session.begin();
  try {
    session.exec("INSERT INTO archive SELECT * FROM orders WHERE id < ?", before);
    session.exec("DELETE FROM orders WHERE id < ?", before);
    session.commit();
  } catch (const std::exception& e) {
    undo(session, e.what());
    session.rollback(); // expect: session-double-end
    throw;
  }
}
