// Transactions of SOCI that end neither way.
// library: soci
#include <soci/soci.h>

#include <string>
#include <vector>

struct Seat {
  int row = 0;
  int number = 0;
};

// Written, and never committed: all of it is rolled back.
void addSeats(soci::session& sql, int show, const std::vector<Seat>& seats) {
  soci::transaction tr(sql); // expect: session-unfinished-transaction
  for (const Seat& seat : seats)
    sql << "INSERT INTO seats(show, rownum, number) VALUES(:s, :r, :n)", soci::use(show), soci::use(seat.row),
        soci::use(seat.number);
  sql << "UPDATE shows SET free = free + 1 WHERE id = :s", soci::use(show);
}

// The early return leaves it open on the caller's session.
bool reserve(soci::session& sql, int show, int wanted) {
  sql.begin(); // expect: session-unfinished-transaction
  try {
    int seats = 0;
    sql << "SELECT free FROM shows WHERE id = :id FOR UPDATE", soci::into(seats), soci::use(show);
    if (seats < wanted)
      return false;
    sql << "UPDATE shows SET free = free - :n WHERE id = :id", soci::use(wanted), soci::use(show);
    sql.commit();
    return true;
  } catch (...) {
    sql.rollback();
    throw;
  }
}

enum class Outcome { Sold, Refunded, Ignored };

// One case of the switch has neither.
void finish(soci::session& sql, int booking, Outcome outcome) {
  sql.begin(); // expect: session-unfinished-transaction
  try {
    sql << "UPDATE bookings SET touched = 1 WHERE id = :b", soci::use(booking);
    switch (outcome) {
    case Outcome::Sold:
      sql << "UPDATE bookings SET state = 'sold' WHERE id = :b", soci::use(booking);
      sql.commit();
      break;
    case Outcome::Refunded:
      sql << "DELETE FROM bookings WHERE id = :b", soci::use(booking);
      sql.commit();
      break;
    case Outcome::Ignored:
      break;
    }
  } catch (...) {
    sql.rollback();
    throw;
  }
}

// Pooled, and the loop is left in the middle of a transaction.
int sell(soci::connection_pool& pool, const std::vector<int>& bookings) {
  soci::session sql(pool);
  int sold = 0;
  for (const int booking : bookings) {
    sql.begin(); // expect: session-unfinished-transaction
    try {
      int state = 0;
      sql << "SELECT state FROM bookings WHERE id = :b", soci::into(state), soci::use(booking);
      if (state > 1)
        break;
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

// Said in SQL.
bool rename(soci::session& sql, int show, const std::string& title) {
  sql << "BEGIN"; // expect: session-unfinished-transaction
  try {
    sql << "UPDATE shows SET title = :t WHERE id = :s", soci::use(title), soci::use(show);
    if (title.empty())
      return false;
    sql << "COMMIT";
  } catch (...) {
    sql << "ROLLBACK";
    throw;
  }
  return true;
}

class BoxOffice {
public:
  explicit BoxOffice(soci::session& sql) : sql_(sql) {}

  // The guard is never told that all went well.
  bool refund(int booking) {
    soci::transaction tr(sql_); // expect: session-unfinished-transaction
    int paid = 0;
    sql_ << "SELECT paid FROM bookings WHERE id = :b", soci::into(paid), soci::use(booking);
    if (paid == 0) {
      tr.rollback();
      return false;
    }
    sql_ << "UPDATE bookings SET paid = 0 WHERE id = :b", soci::use(booking);
    sql_ << "INSERT INTO refunds(booking, amount) VALUES(:b, :a)", soci::use(booking), soci::use(paid);
    return true;
  }

private:
  soci::session& sql_;
};
