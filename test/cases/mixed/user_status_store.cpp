// A store of which only the declaration is seen: work that begins and ends by codes, sessions that a function
// lends and another takes back, one that the whole program shares.
#include <cstdint>
#include <string>

namespace store {

enum class Rc { ok, busy, conflict, io };

class Cursor {
public:
  Cursor(Cursor&&) noexcept;
  ~Cursor();
  bool step() noexcept;
  std::int64_t number(int column) const noexcept;
};

class StoreSession {
public:
  StoreSession() noexcept;
  ~StoreSession();
  StoreSession(const StoreSession&) = delete;
  static StoreSession& main() noexcept;
  Rc open(const char* url) noexcept;
  void close() noexcept;
  Rc beginWork() noexcept;
  Rc commitWork() noexcept;
  Rc rollbackWork() noexcept;
  Rc run(const char* sql, std::int64_t id) noexcept;
  Cursor fetch(const char* sql) noexcept;
};

StoreSession* session_acquire(const char* role) noexcept;
void session_release(StoreSession* session) noexcept;

} // namespace store

using store::Cursor;
using store::Rc;
using store::StoreSession;

Rc admit(StoreSession& session, std::int64_t patient) {
  if (Rc rc = session.beginWork(); rc != Rc::ok) return rc;
  Rc rc = session.run("INSERT INTO visit(patient) VALUES (?)", patient);
  if (rc == Rc::ok) rc = session.run("UPDATE patient SET inside = 1 WHERE id = ?", patient);
  if (rc == Rc::ok) rc = session.commitWork();
  if (rc != Rc::ok) session.rollbackWork();
  return rc;
}

Rc discharge(StoreSession& session, std::int64_t patient) {
  if (session.beginWork() != Rc::ok) return Rc::busy; // expect: session-unfinished-transaction
  Rc rc = session.run("UPDATE patient SET inside = 0 WHERE id = ?", patient);
  if (rc != Rc::ok) {
    session.rollbackWork();
    return rc;
  }
  {
    Cursor open = session.fetch("SELECT count(*) FROM bill WHERE paid = 0");
    if (open.step() && open.number(0) > 0) return Rc::conflict;
  }
  if ((rc = session.commitWork()) != Rc::ok) session.rollbackWork();
  return rc;
}

// No other value is left.
Rc reopen(StoreSession& session, std::int64_t day) {
  if (session.beginWork() != Rc::ok) return Rc::busy;
  Rc rc = session.run("DELETE FROM day_total WHERE day = ?", day);
  switch (rc) {
  case Rc::ok:
    rc = session.commitWork();
    if (rc == Rc::ok) break;
    [[fallthrough]];
  case Rc::conflict:
  case Rc::busy:
  case Rc::io:
    session.rollbackWork();
    break;
  }
  return rc;
}

Rc reopenWhereSomeAreLeft(StoreSession& session, std::int64_t day) {
  if (session.beginWork() != Rc::ok) return Rc::busy; // expect: session-unfinished-transaction
  Rc rc = session.run("DELETE FROM day_total WHERE day = ?", day);
  switch (rc) {
  case Rc::ok:
    rc = session.commitWork();
    if (rc == Rc::ok) break;
    [[fallthrough]];
  case Rc::conflict:
    session.rollbackWork();
    break;
  default:
    break;
  }
  return rc;
}

Rc sell(StoreSession& session, std::int64_t drug) {
  if (Rc rc = session.beginWork(); rc != Rc::ok) return rc;
  Rc rc = session.run("INSERT INTO sale(drug) VALUES (?)", drug);
  if (rc == Rc::ok)
    rc = StoreSession::main().run("UPDATE stock SET n = n - 1 WHERE drug = ?", drug); // expect: session-transaction-bypass
  if (rc == Rc::ok) rc = session.commitWork();
  if (rc != Rc::ok) session.rollbackWork();
  return rc;
}

// All of it on the one that the program shares, whatever it is asked by.
Rc sellOnMain(std::int64_t drug) {
  if (Rc rc = StoreSession::main().beginWork(); rc != Rc::ok) return rc;
  Rc rc = StoreSession::main().run("INSERT INTO sale(drug) VALUES (?)", drug);
  if (rc == Rc::ok) rc = StoreSession::main().run("UPDATE stock SET n = n - 1 WHERE drug = ?", drug);
  if (rc == Rc::ok) rc = StoreSession::main().commitWork();
  if (rc != Rc::ok) StoreSession::main().rollbackWork();
  return rc;
}

// Before and after, not within.
Rc sellAndCount(StoreSession& session, std::int64_t drug) {
  StoreSession::main().run("UPDATE counter SET asked = asked + 1 WHERE drug = ?", drug);
  Rc rc = admit(session, drug);
  StoreSession::main().run("UPDATE counter SET done = done + 1 WHERE drug = ?", drug);
  return rc;
}

std::int64_t waiting() {
  StoreSession* session = store::session_acquire("read"); // expect: session-leak
  if (!session) return -1;
  Cursor found = session->fetch("SELECT count(*) FROM waiting");
  if (!found.step()) return 0;
  const std::int64_t count = found.number(0);
  store::session_release(session);
  return count;
}

std::int64_t beds() noexcept {
  StoreSession* session = store::session_acquire("read"); // expect: session-raw-construction
  if (!session) return -1;
  std::int64_t count = 0;
  {
    Cursor found = session->fetch("SELECT beds FROM ward");
    if (found.step()) count = found.number(0);
  }
  store::session_release(session);
  return count;
}
