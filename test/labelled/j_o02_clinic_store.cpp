#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

// ---- clinic/store/store.hpp ----
namespace clinic::store {

enum class Rc { ok, busy, conflict, io };

struct Cell { std::variant<std::monostate, std::int64_t, std::string> v; };

class Cursor {
public:
  Cursor(Cursor&&) noexcept;
  ~Cursor();
  bool step() noexcept;
  std::int64_t integer(int col) const noexcept;
  const char* chars(int col) const noexcept;
};

class StoreSession {
public:
  StoreSession() noexcept;
  ~StoreSession();
  StoreSession(const StoreSession&) = delete;
  Rc open(const char* url) noexcept;
  void close() noexcept;
  Rc beginWork() noexcept;
  Rc commitWork() noexcept;
  Rc rollbackWork() noexcept;
  Rc run(const char* sql, std::initializer_list<Cell> args = {}) noexcept;
  Cursor fetch(const char* sql, std::initializer_list<Cell> args = {}) noexcept;
};

class WorkScope {
public:
  explicit WorkScope(StoreSession& s) noexcept;
  WorkScope(WorkScope&&) noexcept;
  WorkScope(const WorkScope&) = delete;
  ~WorkScope();
  explicit operator bool() const noexcept;
  Rc commit() noexcept;
  void abandon() noexcept;
};

StoreSession* session_acquire(const char* role) noexcept;
void session_release(StoreSession* s) noexcept;
StoreSession& defaultSession() noexcept;

struct SessionReturner {
  void operator()(StoreSession* s) const noexcept { session_release(s); }
};
using SessionPtr = std::unique_ptr<StoreSession, SessionReturner>;

}  // namespace clinic::store
// ---- end of store.hpp ----

namespace clinic {

using namespace store;

struct Visit { std::int64_t patient = 0; std::int64_t doctor = 0; std::string note; };
struct Settings { const char* url = "clinic://main"; bool audit = true; int tries = 4; };

void trace(const char* what) noexcept;

Cell num(std::int64_t n) { return Cell{n}; }
Cell str(std::string s) { return Cell{std::move(s)}; }

Rc admitPatient(StoreSession& s, const Visit& v) {
  if (Rc rc = s.beginWork(); rc != Rc::ok) return rc;
  Rc rc = s.run("INSERT INTO visit(patient, doctor) VALUES (?, ?)", {num(v.patient), num(v.doctor)});
  if (rc == Rc::ok) rc = s.run("UPDATE patient SET inside = 1 WHERE id = ?", {num(v.patient)});
  if (rc == Rc::ok) rc = s.commitWork();
  if (rc != Rc::ok) s.rollbackWork();
  return rc;
}

Rc dischargePatient(StoreSession& s, std::int64_t patient) {
  if (s.beginWork() != Rc::ok) return Rc::busy;  // expect: session-unfinished-transaction
  Rc rc = s.run("UPDATE patient SET inside = 0 WHERE id = ?", {num(patient)});
  if (rc != Rc::ok) {
    s.rollbackWork();
    return rc;
  }
  {
    Cursor open = s.fetch("SELECT count(*) FROM bill WHERE patient = ? AND paid = 0", {num(patient)});
    if (open.step() && open.integer(0) > 0) {
      trace("unpaid bills");
      return Rc::conflict;
    }
  }
  if ((rc = s.commitWork()) != Rc::ok) s.rollbackWork();
  return rc;
}

Rc mergeFiles(StoreSession& s, std::int64_t keep, std::int64_t drop) {
  WorkScope work(s);
  if (!work) return Rc::busy;
  static const char* const moves[] = {
      "UPDATE visit SET patient = ? WHERE patient = ?",
      "UPDATE bill SET patient = ? WHERE patient = ?",
      "UPDATE allergy SET patient = ? WHERE patient = ?",
  };
  for (const char* sql : moves)
    if (Rc rc = s.run(sql, {num(keep), num(drop)}); rc != Rc::ok) return rc;
  if (keep == drop) {
    work.abandon();
    return Rc::conflict;
  }
  return work.commit();
}

Rc writePrescription(std::int64_t patient, const std::string& drug) {
  SessionPtr s(session_acquire("pharmacy"));
  if (!s) return Rc::busy;
  WorkScope work(*s);
  if (!work) return Rc::busy;
  Rc rc = s->run("INSERT INTO prescription(patient, drug) VALUES (?, ?)", {num(patient), str(drug)});
  if (rc != Rc::ok) return rc;
  rc = defaultSession().run("UPDATE stock SET n = n - 1 WHERE drug = ?", {str(drug)});  // expect: session-transaction-bypass
  if (rc != Rc::ok) return rc;
  return work.commit();
}

std::string doctorName(std::int64_t id) {
  SessionPtr s(session_acquire("read"));
  if (!s) return "?";
  Cursor c = s->fetch("SELECT name FROM doctor WHERE id = ?", {num(id)});
  if (!c.step()) return "?";
  const char* p = c.chars(0);
  return p ? p : "";
}

std::int64_t countWaiting(const Settings& cfg, std::int64_t ward) {
  StoreSession* s = session_acquire("read");  // expect: session-leak
  if (!s) return -1;
  Cursor c = s->fetch("SELECT count(*) FROM waiting WHERE ward = ?", {num(ward)});
  if (!c.step()) {
    trace("no ward");
    return 0;
  }
  const std::int64_t n = c.integer(0);
  if (cfg.audit) s->run("INSERT INTO audit(what) VALUES ('count')");
  session_release(s);
  return n;
}

std::int64_t countBeds(std::int64_t ward) noexcept {
  StoreSession* s = session_acquire("read");  // expect: session-raw-construction
  if (!s) return -1;
  std::int64_t n = 0;
  {
    Cursor c = s->fetch("SELECT beds FROM ward WHERE id = ?", {num(ward)});
    if (c.step()) n = c.integer(0);
  }
  session_release(s);
  return n;
}

Rc rotateShift(StoreSession& s, std::int64_t ward, int tries) {
  Rc rc = Rc::busy;
  for (int i = 0; i < tries && rc == Rc::busy; ++i) {
    WorkScope work(s);
    if (!work) continue;
    rc = s.run("UPDATE shift SET active = 0 WHERE ward = ?", {num(ward)});
    if (rc != Rc::ok) continue;
    rc = s.run("INSERT INTO shift(ward, active) VALUES (?, 1)", {num(ward)});
    if (rc == Rc::ok) rc = work.commit();
  }
  return rc;
}

Rc closeDay(StoreSession& s, std::int64_t day) {
  Rc rc = Rc::ok;
  if ((rc = s.beginWork()) != Rc::ok) return rc;
  if ((rc = s.run("UPDATE bill SET day = ? WHERE day IS NULL", {num(day)})) != Rc::ok) goto undo;
  if ((rc = s.run("INSERT INTO day_total SELECT day, sum(cents) FROM bill GROUP BY day")) != Rc::ok) goto undo;
  if ((rc = s.run("DELETE FROM draft WHERE day = ?", {num(day)})) != Rc::ok) goto undo;
  if ((rc = s.commitWork()) != Rc::ok) goto undo;
  return Rc::ok;
undo:
  s.rollbackWork();
  trace("day not closed");
  return rc;
}

Rc reopenDay(StoreSession& s, std::int64_t day) {
  if (s.beginWork() != Rc::ok) return Rc::busy;
  Rc rc = s.run("UPDATE bill SET day = NULL WHERE day = ?", {num(day)});
  if (rc == Rc::ok) rc = s.run("DELETE FROM day_total WHERE day = ?", {num(day)});
  switch (rc) {
    case Rc::ok:
      rc = s.commitWork();
      if (rc == Rc::ok) break;
      [[fallthrough]];
    case Rc::conflict:
    case Rc::busy:
    case Rc::io:
      s.rollbackWork();
      break;
  }
  return rc;
}

Rc vaccinate(StoreSession& s, std::int64_t patient, const std::string& batch) {
  if (s.beginWork() != Rc::ok) return Rc::busy;
  Rc rc = s.run("INSERT INTO shot(patient, batch) VALUES (?, ?)", {num(patient), str(batch)});
  if (rc != Rc::ok) {
    s.rollbackWork();
    return rc;
  }
  rc = s.commitWork();
  if (rc != Rc::ok) {
    s.rollbackWork();
    return rc;
  }
  if (s.beginWork() != Rc::ok) return Rc::busy;
  rc = s.run("UPDATE batch SET used = used + 1 WHERE id = ?", {str(batch)});
  if (rc == Rc::ok) rc = s.commitWork();  // expect: session-multiple-commits
  if (rc != Rc::ok) s.rollbackWork();
  return rc;
}

class Reception {
public:
  explicit Reception(const Settings& cfg) : cfg_(cfg) {}
  Reception(const Reception&) = delete;

  Rc start() noexcept {
    const Rc rc = session_.open(cfg_.url);
    if (rc != Rc::ok) session_.close();
    return rc;
  }

  Rc checkIn(const Visit& v) {
    std::lock_guard lock(mutex_);
    WorkScope work(session_);
    if (!work) return Rc::busy;
    if (Rc rc = session_.run("INSERT INTO queue(patient) VALUES (?)", {num(v.patient)}); rc != Rc::ok) return rc;
    if (cfg_.audit)
      if (Rc rc = session_.run("INSERT INTO audit(what) VALUES ('in')"); rc != Rc::ok) return rc;
    return work.commit();
  }

  Rc callNext(std::int64_t doctor) {
    std::lock_guard lock(mutex_);
    WorkScope{session_};  // expect: session-temporary-guard
    Rc rc = session_.run("UPDATE queue SET doctor = ? WHERE id = (SELECT min(id) FROM queue)", {num(doctor)});
    if (rc == Rc::ok) rc = session_.run("UPDATE doctor SET busy = 1 WHERE id = ?", {num(doctor)});
    return rc;
  }

  Rc purge() {
    std::lock_guard lock(mutex_);
    WorkScope work(session_);
    Rc rc = work ? session_.run("DELETE FROM queue") : Rc::busy;
    if (rc == Rc::ok) rc = session_.run("DELETE FROM queue_note");
    if (rc == Rc::ok) return work.commit();
    trace("purge failed");
    return rc;
  }

private:
  Settings cfg_;
  std::mutex mutex_;
  StoreSession session_;
};

Rc restart(StoreSession& s, const Settings& cfg) {
  s.close();
  for (int i = 0; i < cfg.tries; ++i) {
    if (s.open(cfg.url) == Rc::ok) return s.run("SELECT 1");
    trace("reopen");
  }
  return Rc::io;
}

Rc lastWill(SessionPtr s, std::int64_t patient) {
  if (!s) return Rc::io;
  StoreSession& raw = *s;
  Rc rc = raw.run("UPDATE patient SET alive = 0 WHERE id = ?", {num(patient)});
  s.reset();
  if (rc != Rc::ok) {
    trace("not written");
    return rc;
  }
  return raw.run("INSERT INTO registry(patient) VALUES (?)", {num(patient)});  // expect: session-use-after-scope
}

SessionPtr pharmacySession(const Settings& cfg) {
  SessionPtr s(session_acquire("pharmacy"));
  if (s && cfg.audit) {
    if (s->run("SET audit = on") != Rc::ok) s.reset();
  }
  return s;
}

WorkScope openAuditedWork(StoreSession& s, const char* who) {
  WorkScope work(s);
  if (work) s.run("INSERT INTO audit(what) VALUES (?)", {str(who)});
  return work;
}

Rc renameWard(StoreSession& s, std::int64_t ward, const std::string& name) {
  auto work = openAuditedWork(s, "rename");
  if (!work) return Rc::busy;
  const Rc rc = s.run("UPDATE ward SET name = ? WHERE id = ?", {str(name), num(ward)});
  return rc == Rc::ok ? work.commit() : rc;
}

void reportLoop(std::vector<std::int64_t> wards) {
  std::vector<std::thread> pool;
  for (std::int64_t w : wards) {
    pool.emplace_back([w] {
      SessionPtr s(session_acquire("report"));
      if (!s) return;
      if (s->run("UPDATE ward SET reported = 1 WHERE id = ?", {num(w)}) != Rc::ok) trace("report");
    });
  }
  for (auto& t : pool) t.join();
}

class ShiftBook {
public:
  ShiftBook(StoreSession& s, std::int64_t ward) noexcept : s_(s), ward_(ward), rc_(s.beginWork()) {}
  ShiftBook(const ShiftBook&) = delete;
  ~ShiftBook() {
    if (rc_ == Rc::ok && !written_) s_.rollbackWork();
  }

  ShiftBook& add(std::int64_t nurse) noexcept {
    if (rc_ == Rc::ok) {
      if (s_.run("INSERT INTO roster(ward, nurse) VALUES (?, ?)", {num(ward_), num(nurse)}) != Rc::ok) failed_ = true;
    }
    return *this;
  }

  Rc write() noexcept {
    if (rc_ != Rc::ok) return rc_;
    if (failed_) return Rc::conflict;
    const Rc rc = s_.commitWork();
    written_ = rc == Rc::ok;
    return rc;
  }

private:
  StoreSession& s_;
  std::int64_t ward_;
  Rc rc_;
  bool failed_ = false;
  bool written_ = false;
};

Rc fillRoster(StoreSession& s, std::int64_t ward, const std::vector<std::int64_t>& nurses) {
  ShiftBook book(s, ward);
  for (std::int64_t n : nurses) {
    if (n == 0) {
      trace("empty place in the roster");
      return Rc::conflict;
    }
    book.add(n);
  }
  return book.write();
}

class LabJournal {
public:
  explicit LabJournal(StoreSession& s) noexcept : s_(s), on_(s.beginWork() == Rc::ok) {}
  LabJournal(const LabJournal&) = delete;
  ~LabJournal() { if (on_) s_.commitWork(); }  // expect: session-commit-in-destructor
  bool on() const noexcept { return on_; }

private:
  StoreSession& s_;
  bool on_;
};

Rc lockWard(StoreSession& s, std::int64_t ward, bool night) {
  if (s.beginWork() != Rc::ok) return Rc::busy;
  Rc rc = s.run("UPDATE ward SET locked = 1 WHERE id = ?", {num(ward)});
  if (night && rc == Rc::ok) {
    rc = s.beginWork();  // expect: session-nested-begin
    if (rc == Rc::ok) rc = s.run("INSERT INTO night_lock(ward) VALUES (?)", {num(ward)});
  }
  if (rc == Rc::ok) rc = s.commitWork();
  if (rc != Rc::ok) s.rollbackWork();
  return rc;
}

Rc unlockWard(StoreSession& s, std::int64_t ward, bool logged) {
  Rc rc = s.beginWork();
  if (rc != Rc::ok) return rc;
  rc = s.run("UPDATE ward SET locked = 0 WHERE id = ?", {num(ward)});
  if (logged) {
    if (rc == Rc::ok) rc = s.run("INSERT INTO ward_log(ward) VALUES (?)", {num(ward)});
    if (rc == Rc::ok && (rc = s.commitWork()) == Rc::ok) return rc;
  } else {
    if (rc == Rc::ok && (rc = s.commitWork()) == Rc::ok) return rc;
  }
  s.rollbackWork();
  return rc;
}

Rc twiceReturned(std::int64_t patient) {
  SessionPtr s(session_acquire("front"));
  if (!s) return Rc::busy;
  Rc rc = s->run("UPDATE patient SET seen = 1 WHERE id = ?", {num(patient)});
  if (rc == Rc::ok) rc = s->run("INSERT INTO seen_log(patient) VALUES (?)", {num(patient)});
  session_release(s.get());
  return rc;
}

}  // namespace clinic
