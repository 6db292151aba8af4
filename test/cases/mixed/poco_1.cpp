// Device management server on Poco::Data: pooled sessions, guards, tasks
// library: poco
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionFactory.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>

#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

namespace devices {

struct Device {
  int id = 0;
  std::string name;
  std::string firmware;
};

void logError(const std::string& text) { std::cerr << text << std::endl; }

std::optional<Device> find(SessionPool& pool, int id) {
  Session session = pool.get();
  Device d;
  Statement select(session);
  select << "SELECT id, name, firmware FROM device WHERE id = ?", into(d.id), into(d.name), into(d.firmware), use(id), now;
  RecordSet rs(select);
  if (rs.rowCount() == 0) return std::nullopt;
  return d;
}

std::vector<std::string> names(Session& session) {
  std::vector<std::string> all;
  session << "SELECT name FROM device ORDER BY name", into(all), now;
  return all;
}

int countOnline(SessionPool& pool) {
  int n = 0;
  pool.get() << "SELECT COUNT(*) FROM device WHERE online = 1", into(n), now;
  return n;
}

int add(SessionPool& pool, const Device& device, const std::vector<std::string>& groups) {
  Session session = pool.get();
  Transaction tx(session);
  std::string name = device.name;
  int id = 0;
  session << "INSERT INTO device(name) VALUES(?)", use(name), now;
  session << "SELECT last_insert_rowid()", into(id), now;
  for (std::string group : groups) session << "INSERT INTO member VALUES(?, ?)", use(id), use(group), now;
  tx.commit();
  return id;
}

void addQuietly(SessionPool& pool, std::string name) {
  Session session = pool.get();
  Transaction tx(session);  // expect: session-unfinished-transaction
  session << "INSERT INTO device(name) VALUES(?)", use(name), now;
  session << "INSERT INTO history(what) VALUES(?)", use(name), now;
}

bool rename(SessionPool& pool, int id, std::string name) {
  Session session = pool.get();
  Transaction tx(session);
  int known = 0;
  session << "SELECT COUNT(*) FROM device WHERE id = ?", into(known), use(id), now;
  if (known == 0) {
    logError("no device");
    return false;
  }
  session << "UPDATE device SET name = ? WHERE id = ?", use(name), use(id), now;
  tx.commit();
  return true;
}

// leased sessions roll back when they return to the pool
void retire(SessionPool& pool, int id) {
  Session session = pool.get();
  session.begin();
  session << "DELETE FROM member WHERE device = ?", use(id), now;
  session << "UPDATE device SET retired = 1 WHERE id = ?", use(id), now;
  session.commit();
}

void retireOn(Session& session, int id) {
  session.begin();  // expect: session-missing-rollback
  session << "DELETE FROM member WHERE device = ?", use(id), now;
  session << "UPDATE device SET retired = 1 WHERE id = ?", use(id), now;
  session.commit();
}

bool activate(Session& session, int id) {
  session.begin();
  try {
    session << "UPDATE device SET retired = 0 WHERE id = ?", use(id), now;
    session << "INSERT INTO history(device) VALUES(?)", use(id), now;
    session.commit();
    return true;
  } catch (const Poco::Exception& e) {
    session.rollback();
    logError(e.displayText());
    return false;
  }
}

bool deactivate(Session& session, int id) {
  session.begin();
  try {
    session << "UPDATE device SET active = 0 WHERE id = ?", use(id), now;
    session << "INSERT INTO history(device) VALUES(?)", use(id), now;
    session.commit();
  } catch (const Poco::Exception& e) {  // expect: session-missing-rollback
    logError(e.displayText());
    return false;
  }
  return true;
}

bool upgrade(Session& session, int id, std::string firmware) {
  session.begin();  // expect: session-unfinished-transaction
  try {
    std::string current;
    session << "SELECT firmware FROM device WHERE id = ?", into(current), use(id), now;
    if (current == firmware) return false;
    session << "UPDATE device SET firmware = ? WHERE id = ?", use(firmware), use(id), now;
    session.commit();
    return true;
  } catch (...) {
    session.rollback();
    throw;
  }
}

void upgradeAll(SessionPool& pool, const std::vector<int>& ids, std::string firmware) {
  Session session = pool.get();
  Transaction tx(session);
  for (int id : ids) {
    try {
      session << "UPDATE device SET firmware = ? WHERE id = ?", use(firmware), use(id), now;
      session << "INSERT INTO rollout(device) VALUES(?)", use(id), now;
    } catch (const Poco::Data::DataException& e) {  // expect: session-swallow-and-commit
      logError(e.displayText());
    }
  }
  tx.commit();
}

void upgradeEach(SessionPool& pool, const std::vector<int>& ids, std::string firmware) {
  Session session = pool.get();
  for (int id : ids) {
    try {
      Transaction tx(session);
      session << "UPDATE device SET firmware = ? WHERE id = ?", use(firmware), use(id), now;
      session << "INSERT INTO rollout(device) VALUES(?)", use(id), now;
      tx.commit();
    } catch (const Poco::Data::DataException& e) {
      logError(e.displayText());
    }
  }
}

void swapNames(SessionPool& pool, int a, int b, std::string nameA, std::string nameB) {
  Session first = pool.get();
  Session second = pool.get();  // expect: session-split-unit-of-work
  first << "UPDATE device SET name = ? WHERE id = ?", use(nameB), use(a), now;
  second << "UPDATE device SET name = ? WHERE id = ?", use(nameA), use(b), now;
}

void swapNamesAtomically(SessionPool& pool, int a, int b, std::string nameA, std::string nameB) {
  Session session = pool.get();
  auto swap = [&](Session& s) {
    s << "UPDATE device SET name = ? WHERE id = ?", use(nameB), use(a), now;
    s << "UPDATE device SET name = ? WHERE id = ?", use(nameA), use(b), now;
  };
  Transaction tx(session, swap);
}

void reassign(SessionPool& pool, int device, int owner) {
  Session session = pool.get();
  Transaction tx(session);
  session << "UPDATE device SET owner = ? WHERE id = ?", use(owner), use(device), now;
  pool.get() << "INSERT INTO audit(device, owner) VALUES(?, ?)", use(device), use(owner), now;  // expect: session-transaction-bypass
  tx.commit();
}

void reassignAndCount(SessionPool& pool, SessionPool& statistics, int device, int owner) {
  {
    Session session = pool.get();
    Transaction tx(session);
    session << "UPDATE device SET owner = ? WHERE id = ?", use(owner), use(device), now;
    tx.commit();
  }
  statistics.get() << "UPDATE counter SET reassigned = reassigned + 1", now;
}

void logIn(Session& session, int device) {
  Transaction tx(session);
  session << "UPDATE device SET online = 1 WHERE id = ?", use(device), now;
  tx.commit();
}

void pair(Session& session, int device, int other) {
  Transaction tx(session);
  session << "INSERT INTO pair VALUES(?, ?)", use(device), use(other), now;
  logIn(session, device);  // expect: session-nested-begin
  tx.commit();
}

void logInAll(Session& session, const std::vector<int>& devices) {
  for (const int device : devices) logIn(session, device);
}

void enroll(SessionPool& pool, std::string name) {
  Session session = pool.get();
  int id = 0;
  {
    Transaction tx(session);
    session << "INSERT INTO device(name) VALUES(?)", use(name), now;
    tx.commit();
  }
  session << "SELECT last_insert_rowid()", into(id), now;
  Transaction tx(session);
  session << "INSERT INTO credential(device) VALUES(?)", use(id), now;
  session << "INSERT INTO member VALUES(?, 'new')", use(id), now;
  tx.commit();  // expect: session-multiple-commits
}

void block(Session& session, int id) {
  Transaction{session};  // expect: session-temporary-guard
  session << "UPDATE device SET blocked = 1 WHERE id = ?", use(id), now;
  session << "DELETE FROM token WHERE device = ?", use(id), now;
}

void report(SessionPool& pool, const std::function<void(const std::string&)>& send) {
  Session session = pool.get();
  std::string text;
  std::thread sender([&session, send] {  // expect: session-shared-across-threads
    std::string line;
    session << "SELECT text FROM report", into(line), now;
    send(line);
  });
  session << "SELECT text FROM summary", into(text), now;
  send(text);
  sender.join();
}

void reportInBackground(SessionPool& pool, const std::function<void(const std::string&)>& send) {
  std::thread([&pool, send] {
    std::string line;
    Session session = pool.get();
    session << "SELECT text FROM report", into(line), now;
    send(line);
  }).detach();
}

int vacuum(const std::string& file) {
  auto* session = new Session("SQLite", file);  // expect: session-leak
  *session << "VACUUM", now;
  int pages = 0;
  *session << "PRAGMA page_count", into(pages), now;
  delete session;
  return pages;
}

bool probe(const std::string& connector, const std::string& address) {
  Session* session = nullptr;
  bool alive = false;
  try {
    session = new Session(connector, address);  // expect: session-raw-construction
    *session << "SELECT 1", now;
    alive = session->isConnected();
  } catch (const Poco::Exception& e) {
    logError(e.displayText());
  }
  delete session;
  return alive;
}

std::unique_ptr<Session> connect(const std::string& address) {
  auto session = std::make_unique<Session>("SQLite", address);
  *session << "PRAGMA foreign_keys = ON", now;
  return session;
}

int closedCount(const std::string& file) {
  Session session("SQLite", file);
  int n = 0;
  session << "SELECT COUNT(*) FROM device", into(n), now;
  session.close();
  if (n == 0) session << "INSERT INTO device(name) VALUES('first')", now;  // expect: session-use-after-scope
  return n;
}

int closedAfterAll(const std::string& file) {
  Session session("SQLite", file);
  int n = 0;
  session << "SELECT COUNT(*) FROM device", into(n), now;
  if (n == 0) session << "INSERT INTO device(name) VALUES('first')", now;
  session.close();
  return n;
}

void purge(Session& session) {
  std::size_t removed = 0;
  do {
    Transaction tx(session);
    Statement st(session);
    st << "DELETE FROM history WHERE id IN (SELECT id FROM history LIMIT 100)";
    removed = st.execute();
    tx.commit();
  } while (removed > 0);
}

bool withRetry(SessionPool& pool, const std::function<void(Session&)>& work) {
  for (int i = 0; i < 4; ++i) {
    try {
      Session session = pool.get();
      Transaction tx(session);
      work(session);
      tx.commit();
      return true;
    } catch (const Poco::TimeoutException&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
  }
  return false;
}

}  // namespace devices
