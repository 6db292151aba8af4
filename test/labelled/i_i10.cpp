// library: qtsql
#include <QAbstractTableModel>
#include <QDateTime>
#include <QDebug>
#include <QFile>
#include <QScopedPointer>
#include <QSet>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlField>
#include <QSqlQuery>
#include <QSqlQueryModel>
#include <QSqlRecord>
#include <QSqlTableModel>
#include <QUuid>
#include <QVariant>
#include <QVector>

namespace Philatelist {

struct Stamp {
  int id = -1;
  QString country;
  int year = 0;
  double value = 0;
};

class Connection {
 public:
  static QString openAlbum(const QString& file) {
    const QString name = QUuid::createUuid().toString();
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
    db.setDatabaseName(file);
    if (!db.open()) {
      qWarning() << file << db.lastError();
      db = QSqlDatabase();
      QSqlDatabase::removeDatabase(name);
      return QString();
    }
    return name;
  }

  static void closeAlbum(const QString& name) {
    {
      QSqlDatabase db = QSqlDatabase::database(name, false);
      if (db.isOpen()) db.close();
    }
    QSqlDatabase::removeDatabase(name);
  }
};

class AlbumModel : public QAbstractTableModel {
 public:
  explicit AlbumModel(QSqlDatabase db, QObject* parent = nullptr) : QAbstractTableModel(parent), m_db(db) {}

  int rowCount(const QModelIndex& = QModelIndex()) const override { return m_rows.size(); }
  int columnCount(const QModelIndex& = QModelIndex()) const override { return 3; }
  QVariant data(const QModelIndex& index, int role) const override {
    if (role != Qt::DisplayRole || index.row() >= m_rows.size()) return QVariant();
    const Stamp& s = m_rows.at(index.row());
    return index.column() == 0 ? QVariant(s.country) : index.column() == 1 ? QVariant(s.year) : QVariant(s.value);
  }

  bool reload(const QString& country) {
    QSqlQuery q(m_db);
    q.prepare("SELECT id, country, year, value FROM stamp WHERE country = ?");
    q.addBindValue(country);
    if (!q.exec()) return false;
    beginResetModel();
    m_rows.clear();
    while (q.next()) m_rows.append({q.value(0).toInt(), q.value(1).toString(), q.value(2).toInt(), q.value(3).toDouble()});
    endResetModel();
    return true;
  }

  bool save() {
    if (!m_db.transaction()) return false;
    QSqlQuery q(m_db);
    q.prepare("UPDATE stamp SET value = ? WHERE id = ?");
    for (const Stamp& s : qAsConst(m_rows)) {
      q.bindValue(0, s.value);
      q.bindValue(1, s.id);
      if (!q.exec()) {
        qWarning() << "save" << q.lastError();
        m_db.rollback();
        return false;
      }
    }
    if (m_db.commit()) return true;
    m_db.rollback();
    return false;
  }

  bool removeStamps(const QModelIndexList& selection) {
    if (selection.isEmpty()) return false;
    if (!m_db.transaction()) return false;  // expect: session-unfinished-transaction
    QSqlQuery q(m_db);
    q.prepare("DELETE FROM stamp WHERE id = ?");
    for (const QModelIndex& i : selection) {
      if (!i.isValid()) return false;
      q.bindValue(0, m_rows.at(i.row()).id);
      if (!q.exec()) {
        m_db.rollback();
        return false;
      }
    }
    if (!m_db.commit()) {
      m_db.rollback();
      return false;
    }
    return true;
  }

  bool revalue(double factor) {
    m_db.transaction();
    QSqlQuery q(m_db);
    q.prepare("UPDATE stamp SET value = value * ?");
    q.addBindValue(factor);
    const bool ok = q.exec();
    if (!ok) m_db.rollback();
    m_db.commit();  // expect: session-double-end
    return ok;
  }

  bool appraise(const QVector<Stamp>& list) {
    const bool inTransaction = m_db.transaction();
    bool ok = true;
    for (const Stamp& s : list) {
      QSqlQuery q(m_db);
      q.prepare("INSERT INTO appraisal(stamp, value) VALUES(?, ?)");
      q.addBindValue(s.id);
      q.addBindValue(s.value);
      ok = ok && q.exec();
    }
    if (inTransaction) {
      if (ok) ok = m_db.commit();
      if (!ok) m_db.rollback();
    }
    return ok;
  }

  bool lend(int stamp, const QString& friendName) {
    m_db.transaction();
    QSqlQuery q(m_db);
    q.prepare("INSERT INTO loan(stamp, who) VALUES(?, ?)");
    q.addBindValue(stamp);
    q.addBindValue(friendName);
    if (!q.exec()) {
      m_db.rollback();
      return false;
    }
    QSqlQuery log(QString("INSERT INTO history(stamp, what) VALUES(%1, 'lent')").arg(stamp));  // expect: session-transaction-bypass
    if (log.lastError().isValid()) {
      m_db.rollback();
      return false;
    }
    if (m_db.commit()) return true;
    m_db.rollback();
    return false;
  }

 private:
  QSqlDatabase m_db;
  QVector<Stamp> m_rows;
};

class EditPage {
 public:
  explicit EditPage(const QString& connection) : m_connection(connection) {}
  ~EditPage() {
    if (m_editing) QSqlDatabase::database(m_connection).rollback();
  }

  void startEditing() {
    if (!m_editing) m_editing = QSqlDatabase::database(m_connection).transaction();
  }
  bool accept() {
    if (!m_editing) return true;
    QSqlDatabase db = QSqlDatabase::database(m_connection);
    if (!db.commit()) {
      qWarning() << db.lastError();
      return false;
    }
    m_editing = false;
    return true;
  }
  void reject() {
    if (m_editing) QSqlDatabase::database(m_connection).rollback();
    m_editing = false;
  }

 private:
  QString m_connection;
  bool m_editing = false;
};

QSqlTableModel* makeTable(QSqlDatabase db, QObject* owner) {
  auto* model = new QSqlTableModel(owner, db);
  model->setTable("stamp");
  model->setEditStrategy(QSqlTableModel::OnManualSubmit);
  if (!model->select()) qWarning() << model->lastError();
  return model;
}

bool submitTable(QSqlTableModel* model) {
  QSqlDatabase db = model->database();
  if (!db.transaction()) return false;
  if (model->submitAll() && db.commit()) return true;
  qWarning() << "submit" << model->lastError();
  db.rollback();
  return false;
}

bool submitTwoTables(QSqlTableModel* stamps, QSqlTableModel* albums) {
  stamps->database().transaction();
  if (!stamps->submitAll()) {
    stamps->database().rollback();
    return false;
  }
  albums->database().transaction();
  if (!albums->submitAll()) {
    albums->database().rollback();
    stamps->database().rollback();
    return false;
  }
  return stamps->database().commit() && albums->database().commit();
}

int countStamps(const QString& file) {
  int n = 0;
  const QString name = "counter";
  {
    QSqlDatabase db = QSqlDatabase::addDatabase("QSQLITE", name);
    db.setDatabaseName(file);
    if (db.open()) {
      QSqlQuery q("SELECT count(*) FROM stamp", db);
      if (q.next()) n = q.value(0).toInt();
    }
  }
  QSqlDatabase::removeDatabase(name);
  return n;
}

QString newestCountry(const QString& name) {
  QSqlQuery q("SELECT country FROM stamp ORDER BY year DESC LIMIT 1", QSqlDatabase::database(name));
  QSqlDatabase::removeDatabase(name);
  if (!q.next()) return QString();  // expect: session-use-after-scope
  return q.value(0).toString();
}

QStringList countries(const QString& name) {
  QStringList out;
  QSqlQuery q(QSqlDatabase::database(name));
  q.setForwardOnly(true);
  if (q.exec("SELECT DISTINCT country FROM stamp ORDER BY 1"))
    while (q.next()) out << q.value(0).toString();
  return out;
}

bool mergeAlbums(QSqlDatabase target, const QString& file) {
  QSqlQuery q(target);
  q.prepare("ATTACH DATABASE ? AS other");
  q.addBindValue(file);
  if (!q.exec()) return false;
  const bool begun = target.transaction();
  bool ok = begun && q.exec("INSERT OR IGNORE INTO stamp SELECT * FROM other.stamp");
  ok = ok && q.exec("INSERT OR IGNORE INTO album SELECT * FROM other.album");
  ok = ok && target.commit();
  if (begun && !ok) target.rollback();
  q.finish();
  q.exec("DETACH DATABASE other");
  return ok;
}

bool exportCountry(QSqlDatabase db, const QString& country, const QString& path) {
  auto* q = new QSqlQuery(db);  // expect: session-leak
  q->prepare("SELECT year, value FROM stamp WHERE country = ?");
  q->addBindValue(country);
  QFile out(path);
  if (!out.open(QIODevice::WriteOnly) || !q->exec()) {
    qWarning() << path << out.errorString();
    return false;
  }
  while (q->next()) out.write(QString("%1;%2\n").arg(q->value(0).toInt()).arg(q->value(1).toDouble()).toUtf8());
  delete q;
  return true;
}

bool exportAll(QSqlDatabase db, const QString& path) {
  QScopedPointer<QSqlQuery> q(new QSqlQuery(db));
  q->setForwardOnly(true);
  QFile out(path);
  if (!out.open(QIODevice::WriteOnly) || !q->exec("SELECT country, year FROM stamp")) return false;
  while (q->next()) out.write(q->value(0).toString().toUtf8() + '\n');
  return true;
}

bool importRecords(QSqlDatabase db, const QVector<QSqlRecord>& records, QString* error) {
  if (!db.transaction()) {
    *error = db.lastError().text();
    return false;
  }
  auto abandon = [&](const QSqlQuery& q) {
    *error = q.lastError().text();
    db.rollback();
    return false;
  };
  QSqlQuery q(db);
  for (const QSqlRecord& r : records) {
    if (r.isEmpty()) continue;
    if (!q.prepare("INSERT INTO stamp(country, year) VALUES(?, ?)")) return abandon(q);
    q.addBindValue(r.value("country"));
    q.addBindValue(r.value("year"));
    if (!q.exec()) return abandon(q);
  }
  if (!db.commit()) return abandon(q);
  return true;
}

bool renameCountries(QSqlDatabase db, const QMap<QString, QString>& names) {
  QSqlQuery q(db);
  q.prepare("UPDATE stamp SET country = ? WHERE country = ?");
  for (auto it = names.cbegin(); it != names.cend(); ++it) {
    if (!db.transaction()) return false;
    q.bindValue(0, it.value());
    q.bindValue(1, it.key());
    if (!q.exec() || q.numRowsAffected() == 0) {
      if (!db.rollback()) return false;
      continue;
    }
    if (!db.commit()) {
      db.rollback();
      return false;
    }
  }
  return true;
}

bool sellCollection(QSqlDatabase db, const QString& buyer, double price) {
  QSqlQuery q(db);
  if (!db.transaction()) return false;
  q.prepare("INSERT INTO sale(buyer, price) VALUES(?, ?)");
  q.addBindValue(buyer);
  q.addBindValue(price);
  if (!q.exec() || !db.commit()) {
    db.rollback();
    return false;
  }
  const QVariant sale = q.lastInsertId();
  if (!db.transaction()) return false;
  q.prepare("UPDATE stamp SET sale = ?");
  q.addBindValue(sale);
  if (!q.exec()) {
    db.rollback();
    return false;
  }
  if (db.commit()) return true;  // expect: session-multiple-commits
  db.rollback();
  return false;
}

}  // namespace Philatelist
