// Ways to leave half of the work with Qt SQL, whose calls tell their trouble by results; see stage.h for what is counted.
#include "stage.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>

#include <exception>
#include <stdexcept>

/// As many projects have one: what fails becomes an exception.
static void must(bool worked) {
  if (!worked) throw std::runtime_error("it failed");
}

static void forgets(QSqlDatabase db) {
  db.transaction();
  try {
    QSqlQuery query(db);
    must(query.exec("INSERT INTO a VALUES(1)"));
    must(query.exec("INSERT INTO b VALUES(1)"));
    db.commit();
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
}

static void passes(QSqlDatabase db) {
  db.transaction();
  try {
    QSqlQuery query(db);
    must(query.exec("INSERT INTO a VALUES(1)"));
    must(query.exec("INSERT INTO b VALUES(1)"));
    db.commit();
  } catch (...) {
    throw;
  }
}

static int second(QSqlDatabase db) {
  db.transaction();
  try {
    QSqlQuery query(db);
    must(query.exec("INSERT INTO a VALUES(1)"));
    must(query.exec("INSERT INTO b VALUES(1)"));
    db.commit();
    return 0;
  } catch (const std::logic_error&) {
    db.rollback();
    return 1;
  } catch (const std::exception&) { return 2; }
}

static void escapes(QSqlDatabase db) {
  db.transaction();
  QSqlQuery query(db);
  must(query.exec("INSERT INTO a VALUES(1)"));
  must(query.exec("INSERT INTO b VALUES(1)"));
  db.commit();
}

static bool unfinished(QSqlDatabase db) {
  db.transaction();
  QSqlQuery query(db);
  query.exec("INSERT INTO a VALUES(1)");
  if (!query.exec("INSERT INTO b VALUES(1)")) return false;
  db.commit();
  return true;
}

static void swallows(QSqlDatabase db) {
  db.transaction();
  try {
    QSqlQuery query(db);
    must(query.exec("INSERT INTO a VALUES(1)"));
    must(query.exec("INSERT INTO b VALUES(1)"));
  } catch (const std::exception& e) {
    std::fprintf(stderr, "%s\n", e.what());
  }
  db.commit();
}

static void halves(QSqlDatabase db) {
  db.transaction();
  QSqlQuery query(db);
  must(query.exec("INSERT INTO a VALUES(1)"));
  db.commit();
  db.transaction();
  must(query.exec("INSERT INTO b VALUES(1)"));
  db.commit();
}

/// Somebody else's connection, whose next commit makes last what it finds open.
static void onDatabase(void (*work)(QSqlDatabase)) {
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", "shop");
    db.setDatabaseName(QString::fromStdString(stage::path));
    db.open();
    try {
      work(db);
    } catch (const std::exception&) {
    }
    db.commit();
    db.close();
  }
  QSqlDatabase::removeDatabase("shop");
}

int main() {
  onDatabase([](QSqlDatabase) {}); // the driver is loaded once, and keeps what it needs
  stage::play("whole:forgets", [] { onDatabase(forgets); });
  stage::play("whole:passes", [] { onDatabase(passes); });
  stage::play("whole:second", [] { onDatabase([](QSqlDatabase db) { second(db); }); });
  stage::play("whole:escapes", [] { onDatabase(escapes); });
  stage::play("whole:unfinished", [] { onDatabase([](QSqlDatabase db) { unfinished(db); }); });
  stage::play("whole:swallows", [] { onDatabase(swallows); });
  stage::play("whole:halves", [] { onDatabase(halves); });
}
