// Exceptions caught in or around a transaction on a session of the project's own.
// header: session.h
#include "session.h"

#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

struct CodedError : db::Error {
  using db::Error::Error;
  int code = 0;
};

void failTask(db::Session& session, int task, const std::string& text) {
  try {
    db::Transaction tx(session);
    session.exec("UPDATE tasks SET state = 'failed' WHERE id = ?", task);
    session.exec("INSERT INTO failures(task, text) VALUES(?, ?)", task, text);
    tx.commit();
  } catch (const db::Error& e) {
    logError(e.what());
  }
}

// The savepoint's destructor has taken the half back before the handler runs.
int placeAll(db::Session& session, const std::vector<int>& orders) {
  int bad = 0;
  db::Transaction tx(session);
  for (const int order : orders) {
    try {
      db::Savepoint part(session);
      session.exec("INSERT INTO orders(id) VALUES(?)", order);
      session.exec("UPDATE stock SET n = n - 1 WHERE order_id = ?", order);
      part.release();
    } catch (const std::exception& e) {
      logError(e.what());
      ++bad;
    }
  }
  tx.commit();
  return bad;
}

bool move(db::Session& session, int from, int to) {
  session.begin();
  try {
    session.exec("UPDATE places SET n = n - 1 WHERE id = ?", from);
    session.exec("UPDATE places SET n = n + 1 WHERE id = ?", to);
  } catch (const db::Error& e) {
    session.rollback();
    logError(e.what());
    return false;
  }
  try {
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
  return true;
}

// The code in the flag leads to the rollback.
int update(db::Session& session, int id, int value) {
  int code = 0;
  db::Transaction tx(session);
  try {
    session.exec("UPDATE settings SET value = ? WHERE id = ?", value, id);
    session.exec("INSERT INTO changes(id) VALUES(?)", id);
  } catch (const db::UniqueViolation&) {
    code = 1;
  } catch (const db::Error&) {
    code = 2;
  }
  switch (code) {
  case 0:
    tx.commit();
    break;
  case 1:
    logError("already there");
    break;
  default:
    logError("failed");
    break;
  }
  return code;
}

// Text that is no number is no matter for the database.
void numbers(db::Session& session, const std::vector<std::string>& texts) {
  db::Transaction tx(session);
  for (const std::string& text : texts) {
    int number = 0;
    try {
      number = std::stoi(text);
    } catch (const std::exception& e) {
      logError(e.what());
    }
    session.exec("INSERT INTO numbers(n) VALUES(?)", number);
  }
  tx.commit();
}

// Rethrown by a helper that never returns.
[[noreturn]] static void fail(const std::string& where, const std::exception& e) {
  throw std::runtime_error(where + ": " + e.what());
}

void rename(db::Session& session, int id, const std::string& name) {
  db::Transaction tx(session);
  try {
    session.exec("UPDATE names SET name = ? WHERE id = ?", name, id);
    session.exec("INSERT INTO renames(id) VALUES(?)", id);
  } catch (const db::Error& e) {
    fail("rename", e);
  }
  tx.commit();
}

// Each round is a transaction, and the handler is outside it.
int importEach(db::Session& session, const std::vector<std::string>& names) {
  int good = 0;
  for (const std::string& name : names) {
    try {
      db::Transaction tx(session);
      session.exec("INSERT INTO names(name) VALUES(?)", name);
      session.exec("INSERT INTO log(text) VALUES(?)", name);
      tx.commit();
      ++good;
    } catch (const db::Error& e) {
      logError(name + ": " + e.what());
    }
  }
  return good;
}

// One error is meant, and taken; all others go on.
int importNames(db::Session& session, const std::vector<std::string>& names, int known) {
  int added = 0;
  db::Transaction tx(session);
  for (const std::string& name : names) {
    try {
      session.exec("INSERT INTO names(name) VALUES(?)", name);
      ++added;
    } catch (const CodedError& e) {
      if (e.code != known) throw;
    }
  }
  tx.commit();
  return added;
}
