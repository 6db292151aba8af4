// Ward management. The data layer reports by Status; nothing in it throws.
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace carelib {

class [[nodiscard]] Status {
public:
  static Status good() noexcept;
  static Status fail(const char* why) noexcept;
  bool ok() const noexcept;
  bool is_conflict() const noexcept;
  const char* what() const noexcept;
};

template <class T> class [[nodiscard]] Result {
public:
  bool ok() const noexcept;
  T& value() noexcept;
  Status status() const noexcept;
};

class Connection {
public:
  static Result<std::unique_ptr<Connection>> open(const char* dsn) noexcept;
  static Connection& standard() noexcept;
  Connection(const Connection&) = delete;
  ~Connection();
  Status begin() noexcept;
  Status commit() noexcept;
  void rollback() noexcept;
  Status run(const char* sql, std::initializer_list<long> args = {}) noexcept;
  bool fetch(const char* sql, std::initializer_list<long> args, long& out) noexcept;
};

class Cursor {
public:
  static Cursor* open(Connection& c, const char* sql, long arg) noexcept;
  static void dispose(Cursor* c) noexcept;
  bool next() noexcept;
  bool failed() const noexcept;
  long at(int col) const noexcept;
};

class Pool {
public:
  Status lease(Connection*& out) noexcept;
  void restore(Connection* c) noexcept;
};

class Unit {
public:
  explicit Unit(Connection& c) noexcept;
  Unit(const Unit&) = delete;
  ~Unit();
  bool begun() const noexcept;
  Status commit() noexcept;
  void abandon() noexcept;
};

class LeaseGuard {
public:
  LeaseGuard(Pool& p, Connection** out) noexcept;
  LeaseGuard(const LeaseGuard&) = delete;
  ~LeaseGuard();
};

}  // namespace carelib

namespace ward {

using carelib::Connection;
using carelib::Cursor;
using carelib::LeaseGuard;
using carelib::Pool;
using carelib::Status;
using carelib::Unit;

void note(const char* what) noexcept;

struct Stay {
  long patient = 0;
  long bed = 0;
  long doctor = 0;
};

Status admit(Connection& c, const Stay& stay) noexcept {
  Unit u(c);
  if (!u.begun())
    return Status::fail("cannot begin");
  long busy = 0;
  if (!c.fetch("SELECT busy FROM bed WHERE id = ? FOR UPDATE", {stay.bed}, busy))
    return Status::fail("no such bed");
  if (busy)
    return Status::fail("bed is taken");
  if (Status st = c.run("UPDATE bed SET busy = 1 WHERE id = ?", {stay.bed}); !st.ok())
    return st;
  if (Status st = c.run("INSERT INTO stay VALUES (?, ?, ?)", {stay.patient, stay.bed, stay.doctor}); !st.ok())
    return st;
  return u.commit();
}

Status transfer(Connection& c, long patient, long from, long to) noexcept {
  Status st = c.begin();  // expect: session-unfinished-transaction
  if (!st.ok())
    return st;
  long busy = 0;
  if (!c.fetch("SELECT busy FROM bed WHERE id = ? FOR UPDATE", {to}, busy) || busy) {
    note("target bed not available");
    return Status::fail("bed");
  }
  st = c.run("UPDATE stay SET bed = ? WHERE patient = ? AND bed = ?", {to, patient, from});
  if (st.ok())
    st = c.run("UPDATE bed SET busy = (id = ?) WHERE id IN (?, ?)", {to, from, to});
  if (st.ok())
    st = c.commit();
  if (!st.ok())
    c.rollback();
  return st;
}

Status discharge(Connection& c, long patient) noexcept {
  Status st = c.begin();
  if (!st.ok())
    return st;
  do {
    long bed = 0;
    if (!c.fetch("SELECT bed FROM stay WHERE patient = ?", {patient}, bed)) {
      st = Status::fail("not a patient");
      break;
    }
    st = c.run("UPDATE bed SET busy = 0, clean = 0 WHERE id = ?", {bed});
    if (!st.ok())
      break;
    st = c.run("DELETE FROM stay WHERE patient = ?", {patient});
    if (!st.ok())
      break;
    st = c.commit();
  } while (false);
  if (!st.ok())
    c.rollback();
  return st;
}

bool prescribe(Connection& c, long patient, long drug, long dose) noexcept {
  bool own = false;
  bool good = true;
  long open = 0;
  if (!c.fetch("SELECT in_txn()", {}, open))
    return false;
  if (!open) {
    if (!c.begin().ok())
      return false;
    own = true;
  }
  good = c.run("INSERT INTO rx VALUES (?, ?, ?)", {patient, drug, dose}).ok();
  if (good)
    good = c.run("UPDATE stock SET n = n - ? WHERE drug = ?", {dose, drug}).ok();
  if (own) {
    if (good)
      good = c.commit().ok();
    if (!good)
      c.rollback();
  }
  return good;
}

long occupied_beds(Pool& pool, long floor) noexcept {
  Connection* c = nullptr;
  if (!pool.lease(c).ok())
    return -1;
  Cursor* cur = Cursor::open(*c, "SELECT busy FROM bed WHERE floor = ?", floor);  // waits: session-leak
  if (cur == nullptr) {
    pool.restore(c);
    return -1;
  }
  long n = 0;
  while (cur->next())
    n += cur->at(0);
  if (cur->failed()) {
    note("cursor broke");
    pool.restore(c);
    return -1;
  }
  Cursor::dispose(cur);
  pool.restore(c);
  return n;
}

long dirty_beds(Pool& pool, long floor) noexcept {
  Connection* c = nullptr;
  LeaseGuard lease(pool, &c);
  if (c == nullptr)
    return -1;
  struct Dispose {
    void operator()(Cursor* p) const noexcept { Cursor::dispose(p); }
  };
  std::unique_ptr<Cursor, Dispose> cur(Cursor::open(*c, "SELECT clean FROM bed WHERE floor = ?", floor));
  if (!cur)
    return -1;
  long n = 0;
  while (cur->next())
    n += cur->at(0) == 0 ? 1 : 0;
  return cur->failed() ? -1 : n;
}

Status clean_bed(Pool& pool, long bed) noexcept {
  Connection* c = nullptr;
  if (Status st = pool.lease(c); !st.ok())
    return st;
  Status st = c->run("UPDATE bed SET clean = 1 WHERE id = ?", {bed});
  pool.restore(c);
  if (!st.ok()) {
    c->run("INSERT INTO retry VALUES (?)", {bed}).ok();  // expect: session-use-after-scope
    return st;
  }
  return Status::good();
}

Status close_floor(Pool& pool, long floor) noexcept {
  Connection* c = nullptr;
  Status st = pool.lease(c);
  if (!st.ok())
    return st;
  long left = 0;
  if (!c->fetch("SELECT count(*) FROM bed WHERE busy = 1 AND floor = ?", {floor}, left)) {
    st = Status::fail("count");
    pool.restore(c);
  } else if (left > 0) {
    st = Status::fail("floor is not empty");
  } else {
    st = c->run("UPDATE floor SET open = 0 WHERE id = ?", {floor});
  }
  pool.restore(c);  // expect: session-double-end
  return st;
}

Status open_floor(Pool& pool, long floor) noexcept {
  Connection* c = nullptr;
  Status st = pool.lease(c);
  if (!st.ok())
    return st;
  if (!c->begin().ok()) {
    pool.restore(c);
    return Status::fail("begin");
  }
  st = c->run("UPDATE floor SET open = 1 WHERE id = ?", {floor});
  if (st.ok())
    st = c->run("UPDATE bed SET clean = 0 WHERE floor = ?", {floor});
  if (!st.ok() || !(st = c->commit()).ok())
    c->rollback();
  pool.restore(c);
  return st;
}

Status reassign(Connection& c, long doctor, long successor) noexcept {
  if (!Unit(c).begun())  // expect: session-temporary-guard
    return Status::fail("cannot begin");
  Status st = c.run("UPDATE stay SET doctor = ? WHERE doctor = ?", {successor, doctor});
  if (!st.ok())
    return st;
  return c.run("UPDATE doctor SET active = 0 WHERE id = ?", {doctor});
}

Status merge_patients(Connection& c, long keep, long drop) noexcept {
  if (Unit u(c); u.begun()) {
    if (Status st = c.run("UPDATE stay SET patient = ? WHERE patient = ?", {keep, drop}); !st.ok())
      return st;
    if (Status st = c.run("UPDATE rx SET patient = ? WHERE patient = ?", {keep, drop}); !st.ok())
      return st;
    if (Status st = c.run("DELETE FROM patient WHERE id = ?", {drop}); !st.ok())
      return st;
    return u.commit();
  }
  return Status::fail("cannot begin");
}

Status transplant(Connection& c, long donor, long receiver) noexcept {
  Unit u(c);
  if (!u.begun())
    return Status::fail("cannot begin");
  Status st = c.run("UPDATE organ SET state = 'assigned', receiver = ? WHERE donor = ?", {receiver, donor});
  if (!st.ok())
    return st;
  st = Connection::standard().run("DELETE FROM waiting WHERE patient = ?", {receiver});  // expect: session-transaction-bypass
  if (!st.ok())
    return st;
  st = c.run("INSERT INTO surgery(donor, receiver) VALUES (?, ?)", {donor, receiver});
  if (!st.ok())
    return st;
  return u.commit();
}

Status blood_order(Connection& c, long patient, long units, bool urgent) noexcept {
  Status st = c.begin();
  if (!st.ok())
    return st;
  st = c.run("UPDATE blood SET reserved = reserved + ?", {units});
  if (st.ok() && urgent) {
    st = c.begin();  // expect: session-nested-begin
    if (st.ok())
      st = c.run("INSERT INTO courier VALUES (?, ?)", {patient, units});
  }
  if (st.ok())
    st = c.commit();
  if (!st.ok())
    c.rollback();
  return st;
}

Status blood_return(Connection& c, long patient, long units) noexcept {
  for (int attempt = 0; attempt < 3; ++attempt) {
    Status st = c.begin();
    if (!st.ok())
      return st;
    st = c.run("UPDATE blood SET reserved = reserved - ?", {units});
    if (st.ok())
      st = c.run("DELETE FROM courier WHERE patient = ?", {patient});
    if (st.ok())
      st = c.commit();
    if (st.ok())
      return st;
    c.rollback();
    if (!st.is_conflict())
      return st;
  }
  return Status::fail("too many conflicts");
}

Status invoice(Connection& c, long patient) noexcept {
  long total = 0;
  Status st = c.begin();
  if (!st.ok())
    return st;
  if (!c.fetch("SELECT sum(price) FROM service WHERE patient = ? AND billed = 0", {patient}, total)) {
    c.rollback();
    return Status::fail("nothing to bill");
  }
  if (!(st = c.run("UPDATE service SET billed = 1 WHERE patient = ?", {patient})).ok() || !(st = c.commit()).ok()) {
    c.rollback();
    return st;
  }
  if (!(st = c.begin()).ok())
    return st;
  if (!(st = c.run("INSERT INTO invoice(patient, total) VALUES (?, ?)", {patient, total})).ok() ||
      !(st = c.commit()).ok()) {  // expect: session-multiple-commits
    c.rollback();
  }
  return st;
}

Status pay(Connection& c, long invoice, long amount, bool cash) noexcept {
  Status st = c.begin();
  if (!st.ok())
    return st;
  if (cash) {
    st = c.run("UPDATE till SET sum = sum + ?", {amount});
    if (st.ok())
      st = c.run("UPDATE invoice SET paid = paid + ? WHERE id = ?", {amount, invoice});
    if (st.ok() && (st = c.commit()).ok())
      return st;
    c.rollback();
    return st;
  }
  st = c.run("INSERT INTO transfer_order(invoice, amount) VALUES (?, ?)", {invoice, amount});
  if (st.ok() && (st = c.commit()).ok())
    return st;
  c.rollback();
  return st;
}

Status start_shift(Pool& pool, long doctor, long shift) noexcept {
  Connection* c = nullptr;
  Connection* d = nullptr;
  Status st = pool.lease(c);
  if (!st.ok())
    return st;
  st = c->run("INSERT INTO shift(id, doctor) VALUES (?, ?)", {shift, doctor});
  pool.restore(c);
  if (!st.ok() || !(st = pool.lease(d)).ok())  // expect: session-split-unit-of-work
    return st;
  st = d->run("UPDATE doctor SET current_shift = ? WHERE id = ?", {shift, doctor});
  pool.restore(d);
  return st;
}

std::unique_ptr<Connection> open_ward(const std::string& name, bool readonly) noexcept {
  std::string dsn = "ward:" + name;
  if (readonly)
    dsn += "?mode=ro";
  auto r = Connection::open(dsn.c_str());
  if (!r.ok()) {
    note(r.status().what());
    return nullptr;
  }
  return std::move(r.value());
}

Status nightly(Connection& c, const std::vector<long>& floors) noexcept {
  Status last = Status::good();
  for (long f : floors) {
    Unit u(c);
    if (!u.begun()) {
      last = Status::fail("cannot begin");
      break;
    }
    if (!(last = c.run("UPDATE bed SET clean = 0 WHERE floor = ?", {f})).ok()) {
      u.abandon();
      continue;
    }
    if (!(last = u.commit()).ok())
      note(last.what());
  }
  return last;
}

bool rename_ward(Connection& c, long id, long code) noexcept {
  Status st = Status::good();
  if (!c.begin().ok())
    return false;
  st = c.run("UPDATE ward SET code = ? WHERE id = ?", {code, id});
  if (!st.ok())
    goto undo;
  st = c.run("UPDATE label SET code = ? WHERE ward = ?", {code, id});
  if (!st.ok())
    goto undo;
  if (c.commit().ok())
    return true;
undo:
  c.rollback();
  return false;
}

}  // namespace ward
