// Code of the application's own that throws, around sessions that do not.
// library: qtsql
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace brewery {

double gravityOf(const std::string& text) {
  const double gravity = std::stod(text);
  if (gravity < 0.9) throw std::out_of_range("gravity " + text);
  return gravity;
}

// Nothing takes the transaction back when a line is wrong.
void bottle(QSqlDatabase db, const std::vector<std::string>& lines) {
  if (!db.transaction()) throw std::runtime_error("transaction"); // expect: session-missing-rollback
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO measured(gravity) VALUES(?)");
  bool good = true;
  for (const auto& line : lines) {
    insert.addBindValue(gravityOf(line));
    good = good && insert.exec();
  }
  if (!good || !db.commit()) db.rollback();
}

void bottleParsed(QSqlDatabase db, const std::vector<std::string>& lines) {
  std::vector<double> parsed;
  for (const auto& line : lines) parsed.push_back(gravityOf(line));
  if (!db.transaction()) throw std::runtime_error("transaction");
  QSqlQuery insert(db);
  insert.prepare("INSERT INTO measured(gravity) VALUES(?)");
  bool good = true;
  for (double gravity : parsed) {
    insert.addBindValue(gravity);
    good = good && insert.exec();
  }
  if (!good || !db.commit()) db.rollback();
}

// Who catches knows that something throws.
bool read(QSqlDatabase db, const std::vector<int>& sheets, const std::function<QString(int)>& scan) {
  if (!db.transaction()) return false;
  try {
    for (int id : sheets) {
      QSqlQuery update(db);
      update.prepare("UPDATE sheet SET text = ? WHERE id = ?");
      update.addBindValue(scan(id));
      update.addBindValue(id);
      if (!update.exec()) {
        db.rollback();
        return false;
      }
    }
    if (db.commit()) return true;
    db.rollback();
  } catch (const std::runtime_error& e) { // expect: session-missing-rollback
    qWarning("%s", e.what());
  }
  return false;
}

bool readCarefully(QSqlDatabase db, int id, const std::function<QString(int)>& scan) {
  if (!db.transaction()) return false;
  try {
    QSqlQuery update(db);
    update.prepare("UPDATE sheet SET text = ? WHERE id = ?");
    update.addBindValue(scan(id));
    update.addBindValue(id);
    if (update.exec() && db.commit()) return true;
  } catch (const std::runtime_error& e) {
    qWarning("%s", e.what());
  }
  db.rollback();
  return false;
}

// The query is used when its connection has gone from the register.
int specimens() {
  QSqlDatabase db = QSqlDatabase::database(QStringLiteral("report"));
  QSqlQuery query(db);
  query.prepare("SELECT count(*) FROM specimen");
  QSqlDatabase::removeDatabase(QStringLiteral("report"));
  if (!query.exec() || !query.next()) // expect: session-use-after-scope
    return -1;
  return query.value(0).toInt();
}

// Whoever began it, half of it is committed here.
int arrive(QSqlDatabase& db, int ferry, const std::function<void(int)>& tell) {
  if (!db.transaction()) return -1;
  int code = 0;
  try {
    QSqlQuery update(db);
    update.exec(QString("UPDATE ferry SET at_sea = 0 WHERE id = %1").arg(ferry));
    tell(ferry);
    update.exec(QString("INSERT INTO fee(ferry) VALUES(%1)").arg(ferry));
  } catch (const std::exception&) { // expect: session-swallow-and-commit
    code = 1;
  }
  db.commit();
  return code;
}

} // namespace brewery
