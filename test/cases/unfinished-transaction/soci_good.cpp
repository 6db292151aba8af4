// Transactions of SOCI that end, though not where one looks first.
// library: soci
#include <soci/soci.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// Left early on purpose: the guard rolls back.
bool reserve(soci::session& sql, int show, int wanted) {
  soci::transaction tr(sql);
  int seats = 0;
  sql << "SELECT free FROM shows WHERE id = :id FOR UPDATE", soci::into(seats), soci::use(show);
  if (seats < wanted)
    return false;
  sql << "UPDATE shows SET free = free - :n WHERE id = :id", soci::use(wanted), soci::use(show);
  tr.commit();
  return true;
}

// Reads only: nothing to commit.
int countFree(soci::session& sql) {
  soci::transaction tr(sql);
  int shows = 0;
  int seats = 0;
  sql << "SELECT count(*) FROM shows", soci::into(shows);
  sql << "SELECT sum(free) FROM shows", soci::into(seats);
  return shows == 0 ? 0 : seats / shows;
}

// Only tried out.
bool wouldFit(soci::session& sql, int show, int wanted) {
  soci::transaction tr(sql);
  int left = 0;
  sql << "UPDATE shows SET free = free - :n WHERE id = :s", soci::use(wanted), soci::use(show);
  sql << "SELECT free FROM shows WHERE id = :s", soci::into(left), soci::use(show);
  tr.rollback();
  return left >= 0;
}

// Begun and committed under the same flag.
void addTitles(soci::session& sql, const std::vector<std::string>& titles) {
  const bool many = titles.size() > 1;
  if (many)
    sql.begin();
  try {
    for (const std::string& title : titles)
      sql << "INSERT INTO shows(title) VALUES(:t)", soci::use(title);
    if (many)
      sql.commit();
  } catch (...) {
    if (many)
      sql.rollback();
    throw;
  }
}

// A unit of work whose begin and end are methods.
class Unit {
public:
  explicit Unit(soci::session& sql) : sql_(sql) {}
  void start() {
    sql_.begin();
    open_ = true;
  }
  void finish(bool good) {
    if (!open_)
      return;
    open_ = false;
    if (good)
      sql_.commit();
    else
      sql_.rollback();
  }

private:
  soci::session& sql_;
  bool open_ = false;
};

// Handed to the caller, who commits.
std::unique_ptr<soci::transaction> openSeason(soci::session& sql, int year) {
  auto tr = std::make_unique<soci::transaction>(sql);
  sql << "INSERT INTO seasons(year) VALUES(:y)", soci::use(year);
  return tr;
}

// Committed by a helper that gets the guard.
void commitAndLog(soci::transaction& tr, soci::session& sql, int show) {
  sql << "INSERT INTO log(show) VALUES(:s)", soci::use(show);
  tr.commit();
}

void cancelShow(soci::session& sql, int show) {
  soci::transaction tr(sql);
  sql << "DELETE FROM seats WHERE show = :s", soci::use(show);
  sql << "DELETE FROM shows WHERE id = :s", soci::use(show);
  commitAndLog(tr, sql, show);
}

// Committed by a lambda.
int moveShow(soci::session& sql, int show, int hall) {
  soci::transaction tr(sql);
  const auto done = [&](int code) {
    tr.commit();
    return code;
  };
  int current = 0;
  sql << "SELECT hall FROM shows WHERE id = :s", soci::into(current), soci::use(show);
  if (current == hall)
    return done(0);
  sql << "UPDATE shows SET hall = :h WHERE id = :s", soci::use(hall), soci::use(show);
  return done(1);
}

// Only where it is needed.
void setPrices(soci::session& sql, const std::vector<double>& prices) {
  std::optional<soci::transaction> tr;
  if (prices.size() > 1)
    tr.emplace(sql);
  int show = 0;
  for (const double price : prices) {
    ++show;
    sql << "UPDATE shows SET price = :p WHERE id = :s", soci::use(price), soci::use(show);
  }
  if (tr)
    tr->commit();
}

// A guard that lives as long as the import, in a member.
class Import {
public:
  explicit Import(soci::session& sql) : sql_(sql), tr_(sql) { sql_ << "DELETE FROM staging"; }
  void row(const std::string& text) { sql_ << "INSERT INTO staging(text) VALUES(:t)", soci::use(text); }
  void done() { tr_.commit(); }

private:
  soci::session& sql_;
  soci::transaction tr_;
};

// One way or the other at the end.
bool settle(soci::session& sql, int booking) {
  sql.begin();
  try {
    int due = 0;
    sql << "UPDATE bookings SET settled = 1 WHERE id = :b", soci::use(booking);
    sql << "SELECT due FROM bookings WHERE id = :b", soci::into(due), soci::use(booking);
    const bool good = due == 0;
    if (good)
      sql.commit();
    else
      sql.rollback();
    return good;
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// Every round ends what it began, also the one that breaks off.
int sell(soci::session& sql, const std::vector<int>& bookings) {
  int sold = 0;
  for (const int booking : bookings) {
    sql.begin();
    try {
      int state = 0;
      sql << "SELECT state FROM bookings WHERE id = :b", soci::into(state), soci::use(booking);
      if (state > 1) {
        sql.rollback();
        break;
      }
      if (state == 1) {
        sql.rollback();
        continue;
      }
      sql << "UPDATE bookings SET state = 2 WHERE id = :b", soci::use(booking);
      sql.commit();
      ++sold;
    } catch (...) {
      sql.rollback();
      throw;
    }
  }
  return sold;
}
