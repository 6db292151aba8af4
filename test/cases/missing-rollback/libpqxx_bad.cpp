// Transactions said in SQL over a nontransaction: no destructor ends these.
// library: libpqxx
#include <pqxx/pqxx>

#include <exception>
#include <string>
#include <vector>

struct Reading {
  int sensor = 0;
  double value = 0;
};

void logError(const std::string& what);

// Caught, logged, still open on the caller's connection.
bool storeReadings(pqxx::connection& conn, const std::vector<Reading>& readings) {
  pqxx::nontransaction direct(conn);
  direct.exec("BEGIN");
  try {
    for (const Reading& reading : readings)
      direct.exec_params("INSERT INTO readings(sensor, value) VALUES($1, $2)", reading.sensor, reading.value);
    direct.exec("COMMIT");
    return true;
  } catch (const std::exception& e) { // expect: session-missing-rollback
    logError(e.what());
    return false;
  }
}

// Nothing catches.
void retire(pqxx::connection& conn, int sensor) {
  pqxx::nontransaction direct(conn);
  direct.exec("BEGIN"); // expect: session-missing-rollback
  direct.exec_params("DELETE FROM readings WHERE sensor = $1", sensor);
  direct.exec_params("UPDATE sensors SET retired = true WHERE id = $1", sensor);
  direct.exec("COMMIT");
}

// One of two handlers forgets.
int recount(pqxx::nontransaction& direct) {
  direct.exec("BEGIN ISOLATION LEVEL SERIALIZABLE");
  try {
    direct.exec("DELETE FROM counts");
    direct.exec("INSERT INTO counts SELECT sensor, count(*) FROM readings GROUP BY sensor");
    direct.exec("COMMIT");
  } catch (const pqxx::unique_violation&) { // expect: session-missing-rollback
    return -1;
  } catch (const std::exception& e) {
    direct.exec("ROLLBACK");
    logError(e.what());
    return 0;
  }
  return 1;
}

// Passed on without an end.
void rename(pqxx::nontransaction& direct, int sensor, const std::string& name) {
  direct.exec("BEGIN");
  try {
    direct.exec_params("UPDATE sensors SET name = $1 WHERE id = $2", name, sensor);
    direct.exec_params("INSERT INTO renames(sensor, name) VALUES($1, $2)", sensor, name);
    direct.exec("COMMIT");
  } catch (const pqxx::sql_error& e) { // expect: session-missing-rollback
    throw std::runtime_error("rename of sensor " + std::to_string(sensor) + ": " + e.what());
  }
}
