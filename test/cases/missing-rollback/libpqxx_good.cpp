// libpqxx's transactions roll back by themselves; the ones said in SQL are rolled back here.
// library: libpqxx
#include <pqxx/pqxx>

#include <chrono>
#include <exception>
#include <memory>
#include <string>
#include <thread>
#include <vector>

struct Reading {
  int sensor = 0;
  double value = 0;
};

void logError(const std::string& what);

// No handler: the destructor aborts.
void storeReadings(pqxx::connection& conn, const std::vector<Reading>& readings) {
  pqxx::work tx(conn);
  for (const Reading& reading : readings)
    tx.exec_params("INSERT INTO readings(sensor, value) VALUES($1, $2)", reading.sensor, reading.value);
  tx.commit();
}

// The handler is outside the transaction.
bool retire(pqxx::connection& conn, int sensor) {
  try {
    pqxx::work tx(conn);
    tx.exec_params("DELETE FROM readings WHERE sensor = $1", sensor);
    tx.exec_params("UPDATE sensors SET retired = true WHERE id = $1", sensor);
    tx.commit();
    return true;
  } catch (const std::exception& e) {
    logError(e.what());
    return false;
  }
}

// The handler is inside its scope, and leaves it.
bool calibrate(pqxx::connection& conn, int sensor, double offset) {
  pqxx::work tx(conn, "calibrate");
  try {
    tx.exec_params("UPDATE readings SET value = value + $1 WHERE sensor = $2", offset, sensor);
    tx.exec_params("UPDATE sensors SET shift = $1 WHERE id = $2", offset, sensor);
    tx.commit();
  } catch (const pqxx::sql_error& e) {
    logError(e.what() + (": " + e.query()));
    return false;
  }
  return true;
}

// Aborts by hand, which is not needed and not wrong.
void rename(pqxx::connection& conn, int sensor, const std::string& name) {
  pqxx::work tx(conn);
  try {
    tx.exec_params("UPDATE sensors SET name = $1 WHERE id = $2", name, sensor);
    tx.commit();
  } catch (...) {
    tx.abort();
    throw;
  }
}

// A fresh transaction for each attempt.
bool claim(pqxx::connection& conn, int job) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      pqxx::transaction<pqxx::serializable> tx(conn);
      tx.exec_params("UPDATE jobs SET state = 'claimed' WHERE id = $1 AND state = 'new'", job);
      tx.commit();
      return true;
    } catch (const pqxx::serialization_failure&) {
      logError("claimed by another");
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10 << attempt));
  }
  return false;
}

// A savepoint's handler, outside the savepoint.
int sensorId(pqxx::work& tx, const std::string& name) {
  try {
    pqxx::subtransaction part(tx, "insert_sensor");
    part.exec_params("INSERT INTO sensors(name) VALUES($1)", name);
    part.commit();
  } catch (const pqxx::unique_violation&) {
    logError(name + " is known");
  }
  return tx.exec_params1("SELECT id FROM sensors WHERE name = $1", name)[0].as<int>();
}

// Said in SQL, and said to the end.
bool recount(pqxx::connection& conn) {
  pqxx::nontransaction direct(conn);
  direct.exec("BEGIN");
  try {
    direct.exec("DELETE FROM counts");
    direct.exec("INSERT INTO counts SELECT sensor, count(*) FROM readings GROUP BY sensor");
    direct.exec("COMMIT");
    return true;
  } catch (const std::exception& e) {
    direct.exec("ROLLBACK");
    logError(e.what());
    return false;
  }
}

// The transaction is in an owner, which ends it on every way out.
bool replay(pqxx::connection& conn, const std::vector<std::string>& statements, bool dry) {
  auto tx = std::make_unique<pqxx::work>(conn);
  try {
    for (const std::string& statement : statements)
      tx->exec(statement);
    if (!dry)
      tx->commit();
  } catch (const std::exception& e) {
    logError(e.what());
    tx.reset();
    return false;
  }
  return true;
}

// Each statement stands for itself: nothing to roll back.
int sweep(pqxx::connection& conn) {
  pqxx::nontransaction direct(conn);
  int failed = 0;
  for (const char* table : {"readings", "sensors", "counts"}) {
    try {
      direct.exec(std::string("VACUUM ") + table);
    } catch (const pqxx::sql_error& e) {
      logError(e.what());
      ++failed;
    }
  }
  return failed;
}
