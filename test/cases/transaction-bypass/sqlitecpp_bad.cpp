// Statements of SQLiteCpp that run beside the open transaction, on a connection of their own.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

// The other connection waits for the lock that this one holds, or writes what is not rolled back.
void store(const std::string& path, int id) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  SQLite::Transaction transaction(db);
  db.exec("INSERT INTO items(id) VALUES(" + std::to_string(id) + ")");
  SQLite::Database(path, SQLite::OPEN_READWRITE).exec("UPDATE counters SET items = items + 1"); // expect: session-transaction-bypass
  transaction.commit();
}
