// A clinic's own data layer: DbSession, UnitOfWork, SessionFactory; repositories and services on top
#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <queue>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace data {

struct DbError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class DbSession {
public:
  DbSession();
  explicit DbSession(const std::string& dsn);
  DbSession(DbSession&&) noexcept;
  DbSession& operator=(DbSession&&) noexcept;
  ~DbSession();

  void open(const std::string& dsn);
  void close();
  void beginTransaction();
  void commitTransaction();
  void rollbackTransaction();
  long exec(const std::string& sql);
  long scalar(const std::string& sql) const;
  bool inTransaction() const noexcept;

private:
  struct Handle;
  std::unique_ptr<Handle> handle_;
};

class UnitOfWork {
public:
  explicit UnitOfWork(DbSession& session) : session_(&session) { session_->beginTransaction(); }
  UnitOfWork(UnitOfWork&& other) noexcept : session_(std::exchange(other.session_, nullptr)) {}
  UnitOfWork& operator=(UnitOfWork&&) = delete;
  ~UnitOfWork() {
    if (session_ == nullptr) return;
    try {
      session_->rollbackTransaction();
    } catch (...) {
    }
  }
  void commit() {
    session_->commitTransaction();
    session_ = nullptr;
  }

private:
  DbSession* session_;
};

class SessionFactory {
public:
  explicit SessionFactory(std::string dsn) : dsn_(std::move(dsn)) {}
  std::unique_ptr<DbSession> openSession() const {
    auto session = std::make_unique<DbSession>();
    session->open(dsn_);
    session->exec("SET NAMES utf8");
    return session;
  }
  std::shared_ptr<DbSession> sharedSession() {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto session = shared_.lock();
    if (!session) {
      session = openSession();
      shared_ = session;
    }
    return session;
  }

private:
  std::string dsn_;
  std::mutex mutex_;
  std::weak_ptr<DbSession> shared_;
};

}  // namespace data

namespace clinic {

using data::DbSession;
using data::UnitOfWork;

void logLine(const std::string& text) noexcept;

struct Patient {
  long id = 0;
  std::string name;
  std::vector<std::string> allergies;
};

class PatientRepository {
public:
  explicit PatientRepository(DbSession& session) : session_(session) {}
  long add(const std::string& name) {
    session_.exec("INSERT INTO patient(name) VALUES ('" + name + "')");
    return session_.scalar("SELECT last_id()");
  }
  void addAllergy(long patient, const std::string& what) {
    session_.exec("INSERT INTO allergy VALUES (" + std::to_string(patient) + ", '" + what + "')");
  }
  bool exists(long patient) const { return session_.scalar("SELECT count(*) FROM patient WHERE id = " + std::to_string(patient)) > 0; }
  void remove(long patient) { session_.exec("DELETE FROM patient WHERE id = " + std::to_string(patient)); }

private:
  DbSession& session_;
};

long admit(const data::SessionFactory& factory, const Patient& patient) {
  const auto session = factory.openSession();
  PatientRepository patients(*session);
  UnitOfWork work(*session);
  const long id = patients.add(patient.name);
  for (const std::string& allergy : patient.allergies) patients.addAllergy(id, allergy);
  work.commit();
  return id;
}

long admitQuickly(const data::SessionFactory& factory, const std::string& name) {
  const auto session = factory.openSession();
  UnitOfWork work(*session);  // expect: session-unfinished-transaction
  const long id = PatientRepository(*session).add(name);
  session->exec("INSERT INTO queue VALUES (" + std::to_string(id) + ")");
  return id;
}

std::variant<long, std::string> tryAdmit(const data::SessionFactory& factory, const Patient& patient) {
  if (patient.name.empty()) return "a name, please";
  try {
    return admit(factory, patient);
  } catch (const data::DbError& e) {
    return std::string(e.what());
  }
}

bool discharge(DbSession& session, long id) {
  PatientRepository patients(session);
  if (!patients.exists(id)) return false;
  session.beginTransaction();
  try {
    patients.remove(id);
    session.exec("DELETE FROM bed WHERE patient = " + std::to_string(id));
    session.commitTransaction();
  } catch (const data::DbError& e) {
    session.rollbackTransaction();
    logLine(e.what());
    return false;
  }
  return true;
}

bool dischargeLoudly(DbSession& session, long id) {
  session.beginTransaction();
  try {
    session.exec("DELETE FROM bed WHERE patient = " + std::to_string(id));
    session.exec("DELETE FROM patient WHERE id = " + std::to_string(id));
    session.commitTransaction();
  } catch (const data::DbError& e) {  // expect: session-missing-rollback
    logLine(std::string("discharge: ") + e.what());
    return false;
  }
  return true;
}

// joins the caller's transaction, or makes its own
void assignBed(DbSession& session, long patient, int bed) {
  std::optional<UnitOfWork> own;
  if (!session.inTransaction()) own.emplace(session);
  session.exec("UPDATE bed SET patient = " + std::to_string(patient) + " WHERE id = " + std::to_string(bed));
  session.exec("UPDATE patient SET bed = " + std::to_string(bed) + " WHERE id = " + std::to_string(patient));
  if (own) own->commit();
}

void transfer(DbSession& session, long patient, int bed) {
  session.beginTransaction();  // expect: session-missing-rollback
  session.exec("UPDATE bed SET patient = NULL WHERE patient = " + std::to_string(patient));
  session.exec("UPDATE bed SET patient = " + std::to_string(patient) + " WHERE id = " + std::to_string(bed));
  session.commitTransaction();
}

bool swapBeds(DbSession& session, long a, long b) {
  UnitOfWork work(session);
  const long bedA = session.scalar("SELECT bed FROM patient WHERE id = " + std::to_string(a));
  const long bedB = session.scalar("SELECT bed FROM patient WHERE id = " + std::to_string(b));
  if (bedA == bedB) return false;
  const std::array<std::pair<long, long>, 2> changes{{{a, bedB}, {b, bedA}}};
  for (const auto& [patient, bed] : changes)
    session.exec("UPDATE patient SET bed = " + std::to_string(bed) + " WHERE id = " + std::to_string(patient));
  work.commit();
  return true;
}

void record(DbSession& session, const std::string& what) {
  UnitOfWork work(session);
  session.exec("INSERT INTO record(text) VALUES ('" + what + "')");
  work.commit();
}

void prescribe(DbSession& session, long patient, const std::string& drug) {
  UnitOfWork work(session);
  session.exec("INSERT INTO prescription VALUES (" + std::to_string(patient) + ", '" + drug + "')");
  record(session, "prescribed " + drug);  // expect: session-nested-begin
  work.commit();
}

void prescribeThenRecord(DbSession& session, long patient, const std::string& drug) {
  {
    UnitOfWork work(session);
    session.exec("INSERT INTO prescription VALUES (" + std::to_string(patient) + ", '" + drug + "')");
    work.commit();
  }
  record(session, "prescribed " + drug);  // expect: session-multiple-commits
}

void recordAll(DbSession& session, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) record(session, line);
}

void importLab(DbSession& session, const std::map<long, double>& values) {
  UnitOfWork work(session);
  for (const auto& [patient, value] : values) {
    try {
      session.exec("INSERT INTO lab VALUES (" + std::to_string(patient) + ", " + std::to_string(value) + ")");
      session.exec("UPDATE patient SET lab = now() WHERE id = " + std::to_string(patient));
    } catch (const data::DbError& e) {  // expect: session-swallow-and-commit
      logLine(e.what());
    }
  }
  work.commit();
}

void importLabStrictly(DbSession& session, const std::map<long, double>& values) {
  UnitOfWork work(session);
  try {
    for (const auto& [patient, value] : values)
      session.exec("INSERT INTO lab VALUES (" + std::to_string(patient) + ", " + std::to_string(value) + ")");
  } catch (const data::DbError& e) {
    logLine(e.what());
    throw;
  }
  work.commit();
}

bool archive(DbSession& session, int year, bool reallyDelete) {
  session.beginTransaction();
  bool done = false;
  try {
    session.exec("INSERT INTO archive SELECT * FROM patient WHERE year = " + std::to_string(year));
    if (reallyDelete) session.exec("DELETE FROM patient WHERE year = " + std::to_string(year));
    session.commitTransaction();
    done = true;
  } catch (const data::DbError& e) {
    logLine(e.what());
  }
  if (!done) session.rollbackTransaction();
  return done;
}

bool archiveTwice(DbSession& session, int year) {
  session.beginTransaction();
  try {
    session.exec("INSERT INTO archive SELECT * FROM patient WHERE year = " + std::to_string(year));
    session.commitTransaction();
  } catch (const data::DbError& e) {
    logLine(e.what());
    session.rollbackTransaction();
  }
  session.commitTransaction();  // expect: session-double-end
  return true;
}

void anonymise(DbSession& session) {
  UnitOfWork{session};  // expect: session-temporary-guard
  session.exec("UPDATE patient SET name = 'x'");
  session.exec("DELETE FROM contact");
}

UnitOfWork lockedWard(DbSession& session, int ward) {
  UnitOfWork work(session);
  session.exec("SELECT 1 FROM ward WHERE id = " + std::to_string(ward) + " FOR UPDATE");
  return work;
}

void closeWard(DbSession& session, int ward) {
  UnitOfWork work = lockedWard(session, ward);
  session.exec("UPDATE ward SET closed = 1 WHERE id = " + std::to_string(ward));
  work.commit();
}

void reopenWard(DbSession& session, int ward) {
  UnitOfWork work = lockedWard(session, ward);
  UnitOfWork mine = std::move(work);
  session.exec("UPDATE ward SET closed = 0 WHERE id = " + std::to_string(ward));
  mine.commit();
}

template <class F>
bool retrying(DbSession& session, int times, F f) {
  while (times-- > 0) {
    try {
      UnitOfWork work(session);
      f(session);
      work.commit();
      return true;
    } catch (const data::DbError& e) {
      logLine(e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  return false;
}

bool renumberBeds(DbSession& session) {
  return retrying(session, 3, [](DbSession& s) {
    s.exec("UPDATE bed SET id = -id");
    s.exec("UPDATE bed SET id = -id + 1000");
  });
}

class VisitLog {
public:
  explicit VisitLog(DbSession& session) : session_(session) { session_.beginTransaction(); }
  ~VisitLog() {
    session_.commitTransaction();  // expect: session-commit-in-destructor
  }
  void visit(long patient) { session_.exec("INSERT INTO visit VALUES (" + std::to_string(patient) + ")"); }

private:
  DbSession& session_;
};

// says by done() that everything went well
class ShiftLog {
public:
  explicit ShiftLog(DbSession& session) : session_(session) { session_.beginTransaction(); }
  ~ShiftLog() {
    try {
      if (success_)
        session_.commitTransaction();
      else
        session_.rollbackTransaction();
    } catch (const data::DbError& e) {
      logLine(e.what());
    }
  }
  void line(const std::string& text) { session_.exec("INSERT INTO shift VALUES ('" + text + "')"); }
  void done() { success_ = true; }

private:
  DbSession& session_;
  bool success_ = false;
};

class Clinic {
public:
  explicit Clinic(const std::string& dsn) { session_.open(dsn); }
  ~Clinic() {
    try {
      session_.close();
    } catch (...) {
    }
  }

  void startShift() { session_.beginTransaction(); }
  void endShift(bool keep) {
    if (!session_.inTransaction()) return;
    if (keep)
      session_.commitTransaction();
    else
      session_.rollbackTransaction();
  }

  std::future<long> countLater() {
    const std::string dsn = dsn_;
    return std::async(std::launch::async, [dsn] {
      DbSession own;
      own.open(dsn);
      return own.scalar("SELECT count(*) FROM patient");
    });
  }

private:
  std::string dsn_;
  DbSession session_;
};

long statistics(const data::SessionFactory& factory) {
  const auto session = factory.openSession();
  auto men = std::async(std::launch::async, [&session] { return session->scalar("SELECT count(*) FROM patient WHERE sex = 'm'"); });  // expect: session-shared-across-threads
  const long women = session->scalar("SELECT count(*) FROM patient WHERE sex = 'f'");
  return women + men.get();
}

long statisticsInTurn(const data::SessionFactory& factory) {
  const auto session = factory.openSession();
  auto men = std::async(std::launch::async, [&session] { return session->scalar("SELECT count(*) FROM patient WHERE sex = 'm'"); });
  const long total = men.get();
  return total + session->scalar("SELECT count(*) FROM patient WHERE sex = 'f'");
}

long closedTooEarly(const std::string& dsn) {
  DbSession session;
  session.open(dsn);
  session.exec("ANALYZE");
  session.close();
  return session.scalar("SELECT count(*) FROM patient");  // expect: session-use-after-scope
}

long reopened(const std::string& first, const std::string& second) {
  DbSession session;
  session.open(first);
  long n = session.scalar("SELECT count(*) FROM patient");
  session.close();
  session.open(second);
  n += session.scalar("SELECT count(*) FROM patient");
  session.close();
  return n;
}

long movedAway(DbSession session, std::vector<DbSession>& kept) {
  const long n = session.scalar("SELECT count(*) FROM bed");
  kept.push_back(std::move(session));
  if (n == 0) session.exec("INSERT INTO bed VALUES (1)");  // expect: session-use-after-scope
  return n;
}

long movedLast(DbSession session, std::vector<DbSession>& kept) {
  const long n = session.scalar("SELECT count(*) FROM bed");
  if (n == 0) session.exec("INSERT INTO bed VALUES (1)");
  kept.push_back(std::move(session));
  return n;
}

DbSession* makeSession(const std::string& dsn) {
  auto session = std::make_unique<DbSession>();
  session->open(dsn);
  return session.release();
}

long leaky(const std::string& dsn, int ward) {
  DbSession* session = new DbSession(dsn);  // expect: session-leak
  const long n = session->scalar("SELECT count(*) FROM bed WHERE ward = " + std::to_string(ward));
  session->close();
  delete session;
  return n;
}

bool reachable(const std::string& dsn) {
  auto* session = new DbSession(dsn);  // expect: session-raw-construction
  bool ok = true;
  try {
    ok = session->scalar("SELECT 1") == 1;
  } catch (const data::DbError&) {
    ok = false;
  }
  delete session;
  return ok;
}

class Mailbox {
public:
  void post(std::function<void(DbSession&)> job) {
    const std::lock_guard<std::mutex> lock(mutex_);
    jobs_.push(std::move(job));
  }
  void run(DbSession& session) {
    for (;;) {
      std::function<void(DbSession&)> job;
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (jobs_.empty()) return;
        job = std::move(jobs_.front());
        jobs_.pop();
      }
      UnitOfWork work(session);
      job(session);
      work.commit();
    }
  }

private:
  std::mutex mutex_;
  std::queue<std::function<void(DbSession&)>> jobs_;
};

void runMailbox(Mailbox& mailbox, const data::SessionFactory& factory) {
  std::thread worker([&mailbox, &factory] {
    const auto session = factory.openSession();
    mailbox.run(*session);
  });
  worker.join();
}

int dispatch(DbSession& session, const std::string& command, long argument) {
  const std::map<std::string, std::function<bool()>> commands{
      {"discharge", [&] { return discharge(session, argument); }},
      {"close", [&] {
         closeWard(session, static_cast<int>(argument));
         return true;
       }},
  };
  const auto found = commands.find(command);
  return found != commands.end() && found->second() ? 0 : 1;
}

}  // namespace clinic
