// Recipe manager: models and dialogs' backend on Qt SQL
// library: qtsql
#include <QDebug>
#include <QList>
#include <QPair>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QSqlRecord>
#include <QString>
#include <QStringList>
#include <QVariant>

#include <exception>
#include <functional>
#include <memory>
#include <thread>

namespace recipes {

struct Recipe {
  int id = 0;
  QString title;
  QStringList ingredients;
};

static bool report(const QSqlQuery& q) {
  qWarning() << q.lastQuery() << q.lastError().text();
  return false;
}

class Rollback {
public:
  explicit Rollback(QSqlDatabase db) : db_(db), active_(db_.transaction()) {}
  ~Rollback() {
    if (active_) db_.rollback();
  }
  Rollback(const Rollback&) = delete;
  Rollback& operator=(const Rollback&) = delete;
  bool active() const { return active_; }
  bool commit() {
    if (!active_ || !db_.commit()) return false;
    active_ = false;
    return true;
  }

private:
  QSqlDatabase db_;
  bool active_;
};

bool openDatabase(const QString& file, const QString& name) {
  QSqlDatabase db = QSqlDatabase::contains(name) ? QSqlDatabase::database(name, false) : QSqlDatabase::addDatabase("QSQLITE", name);
  if (db.isOpen()) return true;
  db.setDatabaseName(file);
  if (!db.open()) {
    qCritical() << "cannot open" << file << db.lastError().text();
    return false;
  }
  QSqlQuery q(db);
  return q.exec("PRAGMA foreign_keys = ON") || report(q);
}

void closeDatabase(const QString& name) {
  {
    QSqlDatabase db = QSqlDatabase::database(name, false);
    if (db.isOpen()) db.close();
  }
  QSqlDatabase::removeDatabase(name);
}

QList<Recipe> all(QSqlDatabase db) {
  QList<Recipe> list;
  QSqlQuery q(db);
  q.setForwardOnly(true);
  if (!q.exec("SELECT id, title FROM recipe ORDER BY title")) {
    report(q);
    return list;
  }
  while (q.next()) {
    Recipe r;
    r.id = q.value(0).toInt();
    r.title = q.value(1).toString();
    list.append(r);
  }
  return list;
}

int countIn(const QString& name) {
  QSqlDatabase db = QSqlDatabase::database(name);
  QSqlQuery q(db);
  const bool ok = q.exec("SELECT count(*) FROM recipe");
  db.close();
  if (!ok || !q.next()) return -1;  // expect: session-use-after-scope
  return 0;
}

int countAndClose(const QString& name) {
  int n = -1;
  {
    QSqlDatabase db = QSqlDatabase::database(name);
    QSqlQuery q("SELECT count(*) FROM recipe", db);
    if (q.next()) n = q.value(0).toInt();
  }
  closeDatabase(name);
  return n;
}

bool insertIngredients(QSqlDatabase db, int recipe, const QStringList& ingredients) {
  QSqlQuery q(db);
  if (!q.prepare("INSERT INTO ingredient(recipe, name) VALUES (?, ?)")) return report(q);
  for (const QString& name : ingredients) {
    q.bindValue(0, recipe);
    q.bindValue(1, name);
    if (!q.exec()) return report(q);
  }
  return true;
}

bool save(QSqlDatabase db, Recipe& recipe) {
  if (!db.transaction()) {
    qWarning() << db.lastError().text();
    return false;
  }
  QSqlQuery q(db);
  q.prepare("INSERT INTO recipe(title) VALUES (:title)");
  q.bindValue(":title", recipe.title);
  if (!q.exec()) {
    report(q);
    db.rollback();
    return false;
  }
  recipe.id = q.lastInsertId().toInt();
  if (!insertIngredients(db, recipe.id, recipe.ingredients)) {
    db.rollback();
    return false;
  }
  if (!db.commit()) {
    db.rollback();
    return false;
  }
  return true;
}

bool update(QSqlDatabase db, const Recipe& recipe) {
  if (!db.transaction()) return false;  // expect: session-unfinished-transaction
  QSqlQuery q(db);
  q.prepare("UPDATE recipe SET title = ? WHERE id = ?");
  q.addBindValue(recipe.title);
  q.addBindValue(recipe.id);
  if (!q.exec()) {
    db.rollback();
    return report(q);
  }
  QSqlQuery old(db);
  old.prepare("DELETE FROM ingredient WHERE recipe = ?");
  old.addBindValue(recipe.id);
  if (!old.exec()) return report(old);
  if (!insertIngredients(db, recipe.id, recipe.ingredients)) {
    db.rollback();
    return false;
  }
  return db.commit();
}

bool remove(QSqlDatabase db, int id) {
  Rollback guard(db);
  if (!guard.active()) return false;
  for (const char* sql : {"DELETE FROM ingredient WHERE recipe = ?", "DELETE FROM recipe WHERE id = ?"}) {
    QSqlQuery q(db);
    q.prepare(sql);
    q.addBindValue(id);
    if (!q.exec()) return report(q);
  }
  return guard.commit();
}

bool removeAll(QSqlDatabase db, const QList<int>& ids) {
  bool ok = true;
  for (const int id : ids) ok &= remove(db, id);
  return ok;
}

bool removeCategory(QSqlDatabase db, int category, const QList<int>& recipes) {
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("DELETE FROM category WHERE id = ?");
  q.addBindValue(category);
  bool ok = q.exec();
  if (ok && !recipes.isEmpty()) ok = remove(db, recipes.first());  // expect: session-nested-begin
  if (!ok) {
    db.rollback();
    return false;
  }
  return db.commit();
}

bool rate(QSqlDatabase db, int id, int stars) {
  db.transaction();
  QSqlQuery q(db);
  q.prepare("UPDATE recipe SET stars = ? WHERE id = ?");
  q.addBindValue(stars);
  q.addBindValue(id);
  const bool ok = q.exec() && q.numRowsAffected() == 1;
  if (ok)
    db.commit();
  else
    db.rollback();
  return ok;
}

bool rateTwice(QSqlDatabase db, int id, int stars) {
  db.transaction();
  QSqlQuery q(db);
  q.prepare("UPDATE recipe SET stars = ? WHERE id = ?");
  q.addBindValue(stars);
  q.addBindValue(id);
  if (!q.exec()) {
    report(q);
    db.rollback();
  }
  return db.commit();  // expect: session-double-end
}

bool rename(const QString& connection, int id, const QString& title) {
  QSqlDatabase db = QSqlDatabase::database(connection);
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("UPDATE recipe SET title = ? WHERE id = ?");
  q.addBindValue(title);
  q.addBindValue(id);
  QSqlQuery log("INSERT INTO history(what) VALUES ('rename')");  // expect: session-transaction-bypass
  if (!q.exec()) {
    db.rollback();
    return false;
  }
  return db.commit();
}

// everything here is on the default connection, the transaction too
bool renameDefault(int id, const QString& title) {
  QSqlDatabase db = QSqlDatabase::database();
  if (!db.transaction()) return false;
  QSqlQuery q;
  q.prepare("UPDATE recipe SET title = ? WHERE id = ?");
  q.addBindValue(title);
  q.addBindValue(id);
  QSqlQuery log("INSERT INTO history(what) VALUES ('rename')");
  if (!q.exec() || log.lastError().isValid()) {
    db.rollback();
    return false;
  }
  return db.commit();
}

void noteVisit(int id) {
  QSqlQuery q;
  q.prepare("UPDATE recipe SET visits = visits + 1 WHERE id = ?");
  q.addBindValue(id);
  if (!q.exec()) report(q);
}

bool convertUnits(QSqlDatabase db) {
  const QList<QPair<QString, double>> factors{{"oz", 28.35}, {"lb", 453.6}};
  if (!db.transaction()) return false;
  QSqlQuery q(db);
  q.prepare("UPDATE ingredient SET amount = amount * ?, unit = 'g' WHERE unit = ?");
  for (const auto& factor : factors) {
    q.addBindValue(factor.second);
    q.addBindValue(factor.first);
    if (!q.exec()) {
      db.rollback();
      return report(q);
    }
  }
  if (!db.commit()) return false;
  if (!db.transaction()) return false;
  QSqlQuery mark(db);
  if (!mark.exec("UPDATE setting SET units = 'metric'")) {
    db.rollback();
    return report(mark);
  }
  return db.commit();  // expect: session-multiple-commits
}

bool importFile(QSqlDatabase db, const QStringList& titles) {
  constexpr int chunk = 100;
  for (int start = 0; start < titles.size(); start += chunk) {
    if (!db.transaction()) return false;
    QSqlQuery q(db);
    q.prepare("INSERT INTO recipe(title) VALUES (?)");
    for (int i = start; i < qMin(start + chunk, titles.size()); ++i) {
      q.addBindValue(titles.at(i));
      if (!q.exec()) {
        db.rollback();
        return report(q);
      }
    }
    if (!db.commit()) {
      db.rollback();
      return false;
    }
  }
  return true;
}

bool migrate(QSqlDatabase db, int from) {
  const bool own = db.transaction();
  QSqlQuery q(db);
  bool ok = true;
  switch (from) {
    case 1: ok = q.exec("ALTER TABLE recipe ADD COLUMN stars INTEGER"); Q_FALLTHROUGH();
    case 2: ok = ok && q.exec("ALTER TABLE recipe ADD COLUMN visits INTEGER"); break;
    default: qWarning() << "unknown version" << from; ok = false;
  }
  if (own) ok ? db.commit() : db.rollback();
  return ok;
}

void loadThumbnailsSafely(const QString& file) {
  std::thread([file] {
    const QString name = "thumbnails-worker";
    {
      QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
      db.setDatabaseName(file);
      if (db.open()) {
        QSqlQuery q(db);
        q.exec("UPDATE recipe SET thumbnail = NULL");
      }
    }
    QSqlDatabase::removeDatabase(name);
  }).detach();
}

}  // namespace recipes
