// Transactions of SOCI, one at a time.
// library: soci
#include <soci/soci.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

struct Item {
  int id = 0;
  double price = 0;
};

void logError(const std::string& what);

// The helper works within the caller's.
static void saveItem(soci::session& sql, const Item& item) {
  sql << "UPDATE items SET price = :p WHERE id = :i", soci::use(item.price), soci::use(item.id);
}

void saveAll(soci::session& sql, const std::vector<Item>& items) {
  soci::transaction tr(sql);
  for (const Item& item : items)
    saveItem(sql, item);
  tr.commit();
}

// Savepoints nest.
int addNames(soci::session& sql, const std::vector<std::string>& names) {
  int bad = 0;
  soci::transaction tr(sql);
  for (const std::string& name : names) {
    sql << "SAVEPOINT one";
    try {
      sql << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
      sql << "RELEASE SAVEPOINT one";
    } catch (const soci::soci_error& e) {
      sql << "ROLLBACK TO SAVEPOINT one";
      logError(e.what());
      ++bad;
    }
  }
  tr.commit();
  return bad;
}

// One in each branch.
void toggle(soci::session& sql, int id, bool on) {
  if (on) {
    soci::transaction tr(sql);
    sql << "INSERT INTO switches(id) VALUES(:i)", soci::use(id);
    tr.commit();
  } else {
    soci::transaction tr(sql);
    sql << "DELETE FROM switches WHERE id = :i", soci::use(id);
    tr.commit();
  }
}

// One in each round.
void importAll(soci::session& sql, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    sql.begin();
    try {
      sql << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
      sql.commit();
    } catch (const soci::soci_error& e) {
      sql.rollback();
      logError(e.what());
    }
  }
}

// Two sessions, one transaction on each.
void transfer(soci::session& from, soci::session& to, int id) {
  soci::transaction out(from);
  soci::transaction in(to);
  to << "INSERT INTO inbox(id) VALUES(:i)", soci::use(id);
  from << "DELETE FROM outbox WHERE id = :i", soci::use(id);
  in.commit();
  out.commit();
}

// The first has been given up before the second begins.
void reprice(soci::session& sql, double factor, double limit) {
  sql.begin();
  try {
    double sum = 0;
    sql << "UPDATE items SET price = price * :f", soci::use(factor);
    sql << "SELECT sum(price) FROM items", soci::into(sum);
    if (sum > limit) {
      sql.rollback();
      sql.begin();
      sql << "UPDATE items SET marked = 1";
    }
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// Begun only if nobody else has.
class Unit {
public:
  explicit Unit(soci::session& sql) : sql_(sql) {}

  void ensureOpen() {
    if (open_)
      return;
    sql_.begin();
    open_ = true;
  }
  void write(int id) {
    ensureOpen();
    sql_ << "INSERT INTO writes(id) VALUES(:i)", soci::use(id);
  }
  void flush() {
    if (!open_)
      return;
    sql_.commit();
    open_ = false;
  }

private:
  soci::session& sql_;
  bool open_ = false;
};

// Begun here or by the caller; a flag tells.
void touch(soci::session& sql, int id, bool inTransaction) {
  std::optional<soci::transaction> tr;
  if (!inTransaction)
    tr.emplace(sql);
  sql << "UPDATE items SET touched = 1 WHERE id = :i", soci::use(id);
  sql << "INSERT INTO touches(id) VALUES(:i)", soci::use(id);
  if (tr)
    tr->commit();
}

void touchBoth(soci::session& sql, int first, int second) {
  soci::transaction tr(sql);
  touch(sql, first, true);
  touch(sql, second, true);
  tr.commit();
}

// A session of its own for the inner one.
void archive(soci::session& sql, const std::string& archiveDsn, int order) {
  soci::transaction tr(sql);
  sql << "DELETE FROM orders WHERE id = :o", soci::use(order);
  {
    soci::session old(archiveDsn);
    soci::transaction inner(old);
    old << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
    inner.commit();
  }
  tr.commit();
}

// The inner block has ended before the next begins.
void twoTrials(soci::session& sql) {
  {
    soci::transaction trial(sql);
    sql << "DELETE FROM items WHERE price = 0";
    trial.rollback();
  }
  soci::transaction tr(sql);
  sql << "UPDATE items SET checked = 1";
  tr.commit();
}
