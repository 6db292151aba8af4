// Statements of SQLiteCpp inside the open transaction, or before and after it.
// library: sqlitecpp
#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

// The transaction is the connection's.
void store(SQLite::Database& db, int id) {
  SQLite::Transaction transaction(db);
  db.exec("INSERT INTO items(id) VALUES(" + std::to_string(id) + ")");
  db.exec("UPDATE counters SET items = items + 1");
  transaction.commit();
}

// Prepared on the connection before.
void storeAll(SQLite::Database& db, int first, int last) {
  SQLite::Statement insert(db, "INSERT INTO items(id) VALUES(?)");
  SQLite::Transaction transaction(db);
  for (int id = first; id <= last; ++id) {
    insert.bind(1, id);
    insert.exec();
    insert.reset();
  }
  transaction.commit();
}

// Asked on a connection of its own before the transaction begins.
int next(const std::string& path) {
  return SQLite::Database(path, SQLite::OPEN_READONLY).execAndGet("SELECT max(id) + 1 FROM items").getInt();
}

void append(const std::string& path) {
  const int id = next(path);
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  SQLite::Transaction transaction(db);
  db.exec("INSERT INTO items(id) VALUES(" + std::to_string(id) + ")");
  transaction.commit();
}
