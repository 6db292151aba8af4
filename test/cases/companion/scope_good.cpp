// The scopes of include/session_tidy, used as they are meant.
// library: session_tidy
// library: soci
// library: sqlite3
// library: sqlitecpp
#include <session_tidy/scope.h>

#include <SQLiteCpp/SQLiteCpp.h>
#include <soci/soci.h>
#include <sqlite3.h>

#include <stdexcept>
#include <string>

void atTheEnd(soci::session& sql, int id) {
  session_tidy::scope work(sql);
  sql << "UPDATE shows SET free = 0 WHERE id = :i", soci::use(id);
}

void withItsType(soci::session& sql) {
  session_tidy::scope<soci::session> work{sql};
  *work << "UPDATE shows SET free = 0";
}

bool rolledBackEarly(sqlite3* db, bool wanted) {
  session_tidy::scope work(db);
  sqlite3_exec(db, "UPDATE shows SET free = 0", nullptr, nullptr, nullptr);
  if (!wanted) {
    work.rollback();
    return false;
  }
  work.commit();
  return true;
}

bool everyOtherWayRollsBack(soci::connection_pool& pool, int wanted) {
  session_tidy::transaction work(pool);
  int free = 0;
  *work << "SELECT free FROM shows", soci::into(free);
  if (free < wanted) return false;
  *work << "UPDATE shows SET free = free - 1";
  work.commit();
  return true;
}

int reads(soci::connection_pool& pool) {
  session_tidy::read_scope work(pool);
  int free = 0;
  *work << "SELECT free FROM shows", soci::into(free);
  return free;
}

void throughTheSession(SQLite::Database& db) {
  session_tidy::transaction<SQLite::Database> work(db);
  db.exec("UPDATE shows SET free = 0");
  work->exec("UPDATE shows SET full = 1");
  work.session().exec("UPDATE shows SET late = 1");
  work.commit();
}

int passedOn(soci::session& sql, int show) {
  return session_tidy::transactional(sql, [show](soci::session& work) {
    work << "UPDATE shows SET free = free - 1 WHERE id = :i", soci::use(show);
    return show;
  });
}

int readOnly(soci::connection_pool& pool) {
  return session_tidy::read_only(pool, [](soci::session& work) {
    int free = 0;
    work << "SELECT free FROM shows", soci::into(free);
    return free;
  });
}

void rolledBackInTheHandler(soci::session& sql) {
  session_tidy::scope work(sql);
  try {
    sql << "UPDATE shows SET free = 0";
    sql << "UPDATE shows SET full = 1";
  } catch (const std::exception&) {
    work.rollback();
  }
}

using Database = session_tidy::handle<sqlite3*, sqlite3_close>;

Database open(const std::string& path) {
  sqlite3* raw = nullptr;
  const int opened = sqlite3_open(path.c_str(), &raw);
  Database db(raw);
  if (opened != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(raw));
  return db;
}

void owned(const std::string& path) {
  const Database db = open(path);
  session_tidy::scope work(db.get());
  sqlite3_exec(*work, "UPDATE shows SET free = 0", nullptr, nullptr, nullptr);
}
