// Exceptions caught within a transaction on a session of the project's own, which is then committed.
// header: session.h
#include "session.h"

#include <exception>
#include <string>
#include <vector>

void failTask(db::Session& session, int task, const std::string& text) {
  db::Transaction tx(session);
  session.exec("UPDATE tasks SET state = 'failed' WHERE id = ?", task);
  try {
    session.exec("INSERT INTO failures(task, text) VALUES(?, ?)", task, text);
    session.exec("UPDATE counters SET failures = failures + 1");
  } catch (const db::Error& e) { // expect: session-swallow-and-commit
    logError(e.what());
  }
  tx.commit();
}

int placeAll(db::Session& session, const std::vector<int>& orders) {
  int bad = 0;
  db::Transaction tx(session);
  for (const int order : orders) {
    try {
      session.exec("INSERT INTO orders(id) VALUES(?)", order);
      session.exec("UPDATE stock SET n = n - 1 WHERE order_id = ?", order);
    } catch (const std::exception& e) { // expect: session-swallow-and-commit
      logError(e.what());
      ++bad;
    }
  }
  tx.commit();
  return bad;
}

// By hand, with a handler for the outer part.
void move(db::Session& session, int from, int to) {
  session.begin();
  try {
    session.exec("UPDATE places SET n = n - 1 WHERE id = ?", from);
    try {
      session.exec("UPDATE places SET n = n + 1 WHERE id = ?", to);
      session.exec("INSERT INTO moves(a, b) VALUES(?, ?)", from, to);
    } catch (...) { // expect: session-swallow-and-commit
      logError("move incomplete");
    }
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
}

// A wrapper that promises too much.
template <class F> bool guarded(db::Session& session, F work) {
  bool good = true;
  db::Transaction tx(session);
  session.exec("UPDATE runs SET n = n + 1");
  try {
    session.exec("INSERT INTO steps(done) VALUES(0)");
    work(session);
  } catch (const std::exception& e) { // expect: session-swallow-and-commit
    logError(e.what());
    good = false;
  }
  tx.commit();
  return good;
}

bool rename(db::Session& session, int id, const std::string& name) {
  return guarded(session, [&](db::Session& s) { s.exec("UPDATE names SET name = ? WHERE id = ?", name, id); });
}
