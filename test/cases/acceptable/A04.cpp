// A04: a session of one's own only if none was passed.
// library: soci libpqxx sqlitecpp qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <memory>
#include <optional>
#include <string>

int retention(soci::connection_pool& pool, soci::session* given = nullptr) {
  std::optional<soci::session> own;
  soci::session& sql = given != nullptr ? *given : own.emplace(pool);
  int days = 30;
  sql << "SELECT days FROM settings", soci::into(days);
  return days;
}

int version(const std::string& path, SQLite::Database* given) {
  std::unique_ptr<SQLite::Database> own;
  if (given == nullptr) {
    own = std::make_unique<SQLite::Database>(path);
    given = own.get();
  }
  return given->execAndGet("PRAGMA user_version").getInt();
}

// The flag: closed where it was opened.
bool vacuum(QSqlDatabase db) {
  bool shouldClose = false;
  if (!db.isOpen()) {
    if (!db.open())
      return false;
    shouldClose = true;
  }
  const bool good = QSqlQuery(db).exec("VACUUM");
  if (shouldClose)
    db.close();
  return good;
}

// A transaction of one's own only if none was passed.
void addUser(pqxx::connection& conn, const std::string& name, pqxx::work* given = nullptr) {
  std::optional<pqxx::work> own;
  pqxx::work& tx = given != nullptr ? *given : own.emplace(conn);
  tx.exec_params("INSERT INTO users(name) VALUES($1)", name);
  if (own)
    own->commit();
}
