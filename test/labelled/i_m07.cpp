// library: poco
#include <algorithm>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <Poco/Exception.h>
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Data/SQLite/Connector.h>

namespace clinic {

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

struct Response {
  int status = 200;
  std::string text;
};
struct Patient {
  int id = 0;
  std::string name;
  std::string ward;
};
struct Refused : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void write(const std::string& s) noexcept { std::clog << s << "\n"; }
void page(const std::string& who, const std::string& text);
std::string normalise(const std::string& name);

class Patients {
public:
  explicit Patients(SessionPool& pool) : pool_(pool) {}

  std::optional<Patient> find(int id) {
    Session s = pool_.get();
    Patient p;
    Statement q(s);
    q << "SELECT id, name, ward FROM patient WHERE id = ?", into(p.id), into(p.name), into(p.ward), use(id), limit(1);
    if (q.execute() == 0)
      return std::nullopt;
    return p;
  }

  Response admit(Patient p) {
    try {
      Session s = pool_.get();
      Transaction tx(s);
      p.name = normalise(p.name);
      s << "INSERT INTO patient(name, ward) VALUES(?, ?)", use(p.name), use(p.ward), now;
      s << "SELECT last_insert_rowid()", into(p.id), now;
      s << "UPDATE ward SET used = used + 1 WHERE name = ?", use(p.ward), now;
      int used = 0, beds = 0;
      s << "SELECT used, beds FROM ward WHERE name = ?", into(used), into(beds), use(p.ward), now;
      if (used > beds)
        return {409, "ward full"};
      tx.commit();
      return {201, std::to_string(p.id)};
    } catch (const Poco::Exception& e) {
      write(e.displayText());
      return {500, "admit"};
    }
  }

  Response discharge(int id) {
    Session s = pool_.get();
    s.begin();
    s << "UPDATE ward SET used = used - 1 WHERE name = (SELECT ward FROM patient WHERE id = ?)", use(id), now;
    Statement del(s);
    del << "DELETE FROM patient WHERE id = ?", use(id);
    if (del.execute() == 0) {
      s.rollback();
      return {404, {}};
    }
    s.commit();
    return {204, {}};
  }

  void transfer(int id, std::string ward) {
    Session s = pool_.get();
    Transaction tx(s);
    s << "UPDATE patient SET ward = ? WHERE id = ?", use(ward), use(id), now;
    Session other = pool_.get();  // expect: session-split-unit-of-work
    other << "INSERT INTO move_log(patient, ward) VALUES(?, ?)", use(id), use(ward), now;
    tx.commit();
  }

  std::vector<std::string> wards() {
    Session s(pool_.get());
    Statement q = (s << "SELECT name FROM ward ORDER BY name");
    q.execute();
    RecordSet rs(q);
    std::vector<std::string> out;
    for (bool more = rs.moveFirst(); more; more = rs.moveNext())
      out.push_back(rs["name"].convert<std::string>());
    return out;
  }

  void closeWard(std::string ward) {
    Session s = pool_.get();
    Transaction tx(s);
    s << "UPDATE ward SET name = 'closing' WHERE name = ?", use(ward), now;
    tx.execute("DELETE FROM duty WHERE ward = 'closing'", false);
    tx.execute("DELETE FROM ward WHERE name = 'closing'");
    write("closed " + ward);
  }

  bool hold(int id) {
    Session s = pool_.get();
    Transaction tx(s);  // expect: session-unfinished-transaction
    int state = 0;
    s << "SELECT state FROM patient WHERE id = ?", into(state), use(id), now;
    if (state == 2)
      return false;
    s << "UPDATE patient SET state = 2 WHERE id = ?", use(id), now;
    s << "INSERT INTO hold(patient) VALUES(?)", use(id), now;
    write("held");
    return true;
  }

private:
  SessionPool& pool_;
};

struct BookSlot {
  int patient;
  int slot;
  void operator()(Session& s) const {
    int p = patient, n = slot;
    s << "INSERT INTO booking(patient, slot) VALUES(?, ?)", use(p), use(n), now;
    s << "UPDATE slot SET free = free - 1 WHERE id = ?", use(n), now;
  }
};

bool book(SessionPool& pool, int patient, int slot) {
  Session s = pool.get();
  BookSlot order{patient, slot};
  try {
    Transaction tx(s, order);
  } catch (const Poco::Data::DataException& e) {
    write(e.displayText());
    return false;
  }
  return true;
}

class Desk {
public:
  explicit Desk(const std::string& file) : session_("SQLite", file) {}

  bool checkIn(int booking) {
    std::lock_guard<std::mutex> lock(mutex_);
    session_.begin();
    try {
      session_ << "UPDATE booking SET arrived = 1 WHERE id = ?", use(booking), now;
      session_ << "INSERT INTO queue(booking) VALUES(?)", use(booking), now;
      session_.commit();
    } catch (const Poco::TimeoutException&) {
      session_.rollback();
      return false;
    } catch (const Poco::Exception& e) {  // expect: session-missing-rollback
      write(e.displayText());
      return false;
    }
    return true;
  }

  void callNext() {
    std::lock_guard<std::mutex> lock(mutex_);
    std::string name;
    {
      Transaction tx(session_);
      int id = 0;
      session_ << "SELECT id, name FROM queue_view LIMIT 1", into(id), into(name), now;
      if (id == 0)
        return;
      session_ << "DELETE FROM queue WHERE id = ?", use(id), now;
      tx.commit();
    }
    page(name, "please come in");
  }

  void reset() {
    std::lock_guard<std::mutex> lock(mutex_);
    session_.begin();
    try {
      session_ << "DELETE FROM queue", now;
      session_ << "UPDATE booking SET arrived = 0", now;
      session_.commit();
    } catch (...) {
      session_.rollback();
      throw;
    }
  }

  int skip(int booking) {
    std::lock_guard<std::mutex> lock(mutex_);
    int rows = 0;
    try {
      Transaction tx(session_);
      rows = static_cast<int>(
          (session_ << "UPDATE queue SET pos = pos + 1 WHERE booking = ?", use(booking)).execute());
      if (rows == 0)
        throw Refused("not queued");
      session_ << "UPDATE queue SET pos = pos - 1 WHERE booking <> ?", use(booking), now;
      tx.commit();
    } catch (const Refused& e) {
      write(e.what());
    }
    return rows;
  }

  void printLater() {
    Session copy = session_;
    std::thread([copy]() mutable {  // waits: session-shared-across-threads
      int n = 0;
      copy << "SELECT count(*) FROM queue", into(n), now;
      write("queue of " + std::to_string(n));
    }).detach();
  }

  int waiting() {
    std::lock_guard<std::mutex> lock(mutex_);
    int n = 0;
    session_ << "SELECT count(*) FROM queue", into(n), now;
    return n;
  }

private:
  std::mutex mutex_;
  Session session_;
};

void nightly(SessionPool& pool, const std::vector<int>& wards) {
  for (int ward : wards) {
    Session s = pool.get();
    Transaction tx(s);
    int w = ward;
    s << "INSERT INTO occupancy SELECT ward, count(*) FROM patient WHERE ward = ?", use(w), now;
    s << "DELETE FROM move_log WHERE ward = ?", use(w), now;
    tx.commit();
  }
}

Response correct(SessionPool& pool, int id, std::string name) {
  Session s = pool.get();
  Transaction tx(s);
  s << "INSERT INTO history SELECT * FROM patient WHERE id = ?", use(id), now;
  Response r;
  try {
    std::string clean = normalise(name);
    s << "UPDATE patient SET name = ? WHERE id = ?", use(clean), use(id), now;
    s << "UPDATE card SET printed = 0 WHERE patient = ?", use(id), now;
  } catch (Poco::Exception& e) {  // expect: session-swallow-and-commit
    r.status = 422;
    r.text = e.displayText();
  }
  tx.commit();
  return r;
}

Response prescribe(SessionPool& pool, int patient, std::string drug) {
  Session s = pool.get();
  Transaction tx(s);
  try {
    s << "INSERT INTO prescription(patient, drug) VALUES(?, ?)", use(patient), use(drug), now;
    s << "UPDATE stock SET n = n - 1 WHERE drug = ?", use(drug), now;
  } catch (const Poco::Exception& e) {
    write(e.displayText());
    if (tx.isActive())
      tx.rollback();
    return {409, e.message()};
  }
  tx.commit();
  return {201, {}};
}

void rebuildDuty(Session& s, int week) {
  s.begin();
  try {
    s << "DELETE FROM duty WHERE week = ?", use(week), now;
    s << "INSERT INTO duty SELECT * FROM plan WHERE week = ?", use(week), now;
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
}

void publishPlan(Session& s, int week) {
  s.begin();
  try {
    s << "UPDATE plan SET state = 'public' WHERE week = ?", use(week), now;
    s.begin();  // expect: session-nested-begin
    s << "INSERT INTO plan_log(week) VALUES(?)", use(week), now;
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
}

Session* sessionFor(std::map<std::string, std::unique_ptr<Session>>& cache, const std::string& file) {
  auto& slot = cache[file];
  if (!slot)
    slot = std::make_unique<Session>("SQLite", file);
  if (!slot->isConnected())
    slot->reconnect();
  return slot.get();
}

int exportWards(const std::string& file, std::ostream& out) {
  auto s = std::make_unique<Session>("SQLite", file);
  std::vector<std::string> names;
  *s << "SELECT name FROM ward", into(names), now;
  Session* raw = s.get();
  s.reset();
  for (const auto& n : names)
    out << n << '\n';
  int beds = 0;
  *raw << "SELECT sum(beds) FROM ward", into(beds), now;  // expect: session-use-after-scope
  out << beds << '\n';
  return beds;
}

long importCsv(const std::string& file, std::istream& in) {
  Session* s = new Session("SQLite", file);  // expect: session-leak
  long n = 0;
  std::string line;
  Transaction tx(*s);
  while (std::getline(in, line)) {
    if (line.empty())
      break;
    *s << "INSERT INTO raw(line) VALUES(?)", use(line), now;
    ++n;
  }
  tx.commit();
  return n;
}

void cancel(SessionPool& pool, int booking) {
  Session s = pool.get();
  Transaction tx(s);
  int slot = 0;
  s << "SELECT slot FROM booking WHERE id = ?", into(slot), use(booking), now;
  if (slot == 0) {
    tx.rollback();
    write("no booking");
  } else {
    s << "DELETE FROM booking WHERE id = ?", use(booking), now;
    s << "UPDATE slot SET free = free + 1 WHERE id = ?", use(slot), now;
    tx.commit();
  }
}

void expire(Session& s, int before) {
  s.begin();
  bool done = false;
  try {
    s << "DELETE FROM booking WHERE day < ?", use(before), now;
    s.commit();
    done = true;
    write("expired");
  } catch (const Poco::Exception& e) {
    write(e.displayText());
    s.rollback();
  }
  if (!done)
    s.rollback();  // expect: session-double-end
}

std::future<int> countFuture(SessionPool& pool, std::string ward) {
  return std::async(std::launch::async, [&pool, ward]() mutable {
    Session s = pool.get();
    int n = 0;
    s << "SELECT count(*) FROM patient WHERE ward = ?", into(n), use(ward), now;
    return n;
  });
}

} // namespace clinic
