// A15: tried again with a transaction for each attempt; nothing is open while waiting.
// library: soci libpqxx sqlitecpp qtsql poco
#include <Poco/Data/Session.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QThread>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <chrono>
#include <string>
#include <thread>

bool launch(soci::session& sql, int task) {
  for (int i = 0; i < 5; ++i) {
    try {
      soci::transaction tr(sql);
      sql << "UPDATE tasks SET state = 'L' WHERE id = :t", soci::use(task);
      tr.commit();
      return true;
    } catch (const soci::soci_error&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(2 << i));
    }
  }
  return false;
}

void upsert(pqxx::connection& conn, const std::string& name) {
  int attempts = 0;
  bool done = false;
  while (!done) {
    try {
      pqxx::work tx(conn);
      tx.exec_params("INSERT INTO names(name) VALUES($1) ON CONFLICT DO NOTHING", name);
      tx.commit();
      done = true;
    } catch (const pqxx::serialization_failure&) {
      if (++attempts == 5)
        throw;
    }
  }
}

bool claim(SQLite::Database& db, int job) {
  for (int i = 0; i < 10; ++i) {
    if (db.tryExec("BEGIN IMMEDIATE") == 0) {
      if (db.tryExec("UPDATE jobs SET state = 1 WHERE id = " + std::to_string(job)) == 0 && db.tryExec("COMMIT") == 0)
        return true;
      db.tryExec("ROLLBACK");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

bool touch(QSqlDatabase& db, int id) {
  int left = 3;
  do {
    if (!db.transaction())
      return false;
    QSqlQuery query(db);
    query.prepare("UPDATE items SET touched = 1 WHERE id = ?");
    query.addBindValue(id);
    if (query.exec() && db.commit())
      return true;
    db.rollback();
    QThread::msleep(10);
  } while (--left > 0);
  return false;
}

bool store(Poco::Data::Session& session, int id, int attempts) {
  using namespace Poco::Data::Keywords;
  try {
    Poco::Data::Transaction transaction(session);
    session << "INSERT INTO orders(id) VALUES(?)", use(id), now;
    transaction.commit();
    return true;
  } catch (const Poco::Exception&) {
    if (attempts == 0)
      throw;
  }
  return store(session, id, attempts - 1);
}
