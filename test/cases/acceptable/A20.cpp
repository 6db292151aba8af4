// A20: effects after the commit, or remembered until then.
// library: sqlitecpp soci libpqxx qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QVariant>
#include <SQLiteCpp/SQLiteCpp.h>
#include <pqxx/pqxx>
#include <soci/soci.h>

#include <functional>
#include <string>
#include <vector>

void publish(const std::string& topic, int id);

class AfterCommit {
public:
  void add(std::function<void()> effect) { effects_.push_back(std::move(effect)); }
  void run() {
    for (const auto& effect : effects_)
      effect();
    effects_.clear();
  }

private:
  std::vector<std::function<void()>> effects_;
};

void finish(SQLite::Database& db, int job) {
  AfterCommit hooks;
  {
    SQLite::Transaction transaction(db);
    SQLite::Statement update(db, "UPDATE jobs SET state = 1 WHERE id = ?");
    update.bind(1, job);
    update.exec();
    hooks.add([job] { publish("done", job); });
    transaction.commit();
  }
  hooks.run();
}

void place(soci::session& sql, int order) {
  {
    soci::transaction tr(sql);
    sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
    tr.commit();
  }
  publish("order placed", order);
}

int take(pqxx::connection& conn) {
  int job = 0;
  {
    pqxx::work tx(conn);
    const pqxx::result rows = tx.exec("UPDATE jobs SET state = 1 WHERE state = 0 RETURNING id");
    if (rows.empty())
      return 0;
    job = rows[0][0].as<int>();
    tx.commit();
  }
  publish("taken", job);
  return job;
}

bool close(QSqlDatabase& db, int order) {
  if (!db.transaction())
    return false;
  QSqlQuery query(db);
  query.prepare("UPDATE orders SET open = 0 WHERE id = ?");
  query.addBindValue(order);
  if (!query.exec() || !db.commit()) {
    db.rollback();
    return false;
  }
  publish("order closed", order);
  return true;
}
