// Where a finding is shown once and nothing is edited: macros and templates.
// library: soci sqlitecpp
// checks: session-temporary-guard
#include <SQLiteCpp/SQLiteCpp.h>
#include <soci/soci.h>

#include <string>

#define GUARDED(session) soci::transaction{session}
#define IN_TRANSACTION(database, work) \
  do {                                 \
    SQLite::Transaction{database};     \
    work;                              \
  } while (false)

void touch(soci::session& sql, int id) {
  GUARDED(sql); // expect: session-temporary-guard (no fix)
  sql << "UPDATE t SET n = n + 1 WHERE id = :id", soci::use(id);
}

void rebuild(SQLite::Database& db) {
  IN_TRANSACTION(db, db.exec("DELETE FROM t")); // expect: session-temporary-guard (no fix)
}

template <typename Row>
void insertRow(soci::session& sql, const Row& row) {
  soci::transaction{sql}; // expect: session-temporary-guard (no fix)
  sql << "INSERT INTO t(value) VALUES(:v)", soci::use(row);
  sql << "UPDATE counters SET n = n + 1";
}

template <typename Value>
class Store {
public:
  explicit Store(SQLite::Database& db) : db_(db) {}

  void put(const Value& value) {
    SQLite::Transaction{db_}; // expect: session-temporary-guard (no fix)
    SQLite::Statement insert(db_, "INSERT INTO store(value) VALUES(?)");
    insert.bind(1, value);
    insert.exec();
  }

private:
  SQLite::Database& db_;
};

void useThem(soci::session& sql, SQLite::Database& db) {
  insertRow(sql, 1);
  insertRow(sql, std::string("two"));
  insertRow(sql, 3.0);
  Store<int>(db).put(1);
  Store<std::string>(db).put("two");
}
