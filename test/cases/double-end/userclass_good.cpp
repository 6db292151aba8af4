// Sessions of the project's own, with transactions ended once.
// header: session.h
#include "session.h"

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

void saveOrder(db::Session& session, int id) {
  {
    db::Transaction tx(session);
    session.exec("INSERT INTO orders(id) VALUES(?)", id);
    tx.commit();
  }
  try {
    session.exec("INSERT INTO log(text) VALUES('order saved')");
  } catch (const db::Error& e) {
    logError(e.what());
  }
}

void archive(db::Session& session, int before) {
  session.begin();
  try {
    session.exec("INSERT INTO archive SELECT * FROM orders WHERE id < ?", before);
    session.exec("DELETE FROM orders WHERE id < ?", before);
    session.commit();
  } catch (...) {
    session.rollback();
    throw;
  }
}

bool cancel(db::Session& session, int id) {
  db::Transaction tx(session);
  const int state = session.scalar("SELECT state FROM orders WHERE id = ?", id);
  session.exec("DELETE FROM orders WHERE id = ?", id);
  if (state == 3)
    tx.rollback();
  else
    tx.commit();
  return state != 3;
}

// Freed in one place, the pointer set to null.
class Delivery {
public:
  Delivery() : session_(db::session_new("deliveries")) {}
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  ~Delivery() { close(); }

  void close() {
    if (session_ == nullptr)
      return;
    db::session_free(session_);
    session_ = nullptr;
  }
  void restart() {
    close();
    session_ = db::session_new("deliveries");
  }

private:
  db::Session* session_;
};

// Closed in the branch, reopened, closed at the end.
int compare(db::Session& session, const std::string& second) {
  int n = session.scalar("SELECT count(*) FROM orders");
  session.close();
  if (!session.open(second))
    return n;
  n -= session.scalar("SELECT count(*) FROM orders");
  session.close();
  return n;
}

// The error code decides, once.
int book(db::Session& session, int account, int amount) {
  int code = 0;
  session.begin();
  try {
    session.exec("UPDATE accounts SET n = n - ? WHERE id = ?", amount, account);
    if (session.scalar("SELECT n FROM accounts WHERE id = ?", account) < 0)
      code = 1;
  } catch (const db::Error& e) {
    logError(e.what());
    code = 2;
  }
  if (code != 0) {
    session.rollback();
    return code;
  }
  try {
    session.commit();
  } catch (const db::Error&) {
    session.rollback();
    return 3;
  }
  return 0;
}

// Each attempt begins and ends its own.
bool launch(db::Session& session, int id) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    session.begin();
    try {
      session.exec("UPDATE tasks SET state = 1 WHERE id = ?", id);
      session.commit();
      return true;
    } catch (const db::Error& e) {
      session.rollback();
      logError(e.what());
    }
  }
  return false;
}

// Moved on; the one that moved has nothing to end.
class Unit {
public:
  explicit Unit(db::Session& session) : session_(&session) { session.begin(); }
  Unit(Unit&& other) noexcept : session_(std::exchange(other.session_, nullptr)) {}
  Unit& operator=(Unit&&) = delete;
  ~Unit() {
    if (session_ == nullptr)
      return;
    try {
      session_->rollback();
    } catch (const db::Error& e) {
      logError(e.what());
    }
  }
  void commit() {
    session_->commit();
    session_ = nullptr;
  }

private:
  db::Session* session_;
};

void renumber(db::Session& session, bool dry) {
  Unit first(session);
  Unit unit(std::move(first));
  session.exec("UPDATE orders SET number = number + 1");
  if (!dry)
    unit.commit();
}

// A savepoint is released, its transaction committed.
void addAll(db::Session& session, const std::vector<std::string>& names) {
  db::Transaction tx(session);
  for (const std::string& name : names) {
    db::Savepoint part(session);
    session.exec("INSERT INTO names(name) VALUES(?)", name);
    if (session.scalar("SELECT count(*) FROM names WHERE name = ?", name) == 1)
      part.release();
  }
  tx.commit();
}
