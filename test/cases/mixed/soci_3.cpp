// Points programme on SOCI: several leases in one function, some of them rightly
// library: soci
#include <soci/soci.h>

#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace points {

void collect(soci::connection_pool& pool, int card, int amount) {
  soci::session(pool) << "update card set points = points + :a where id = :c", soci::use(amount), soci::use(card);
}

int balance(soci::connection_pool& pool, int card) {
  soci::session sql(pool);
  int n = 0;
  sql << "select points from card where id = :c", soci::into(n), soci::use(card);
  return sql.got_data() ? n : -1;
}

bool redeem(soci::connection_pool& pool, int card, int amount) {
  if (balance(pool, card) < amount) return false;
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "update card set points = points - :a where id = :c", soci::use(amount), soci::use(card);
  sql << "insert into redemption values(:c, :a)", soci::use(card), soci::use(amount);
  tr.commit();
  return true;
}

void redeemInPieces(soci::connection_pool& pool, int card, int amount) {
  soci::session sql(pool);
  sql << "update card set points = points - :a where id = :c", soci::use(amount), soci::use(card);
  if (amount > 1000) std::clog << "large\n";
  soci::session other(pool);  // expect: session-split-unit-of-work
  other << "insert into redemption values(:c, :a)", soci::use(card), soci::use(amount);
}

void expire(soci::connection_pool& pool, int card) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "update card set points = 0 where id = :c", soci::use(card);
  soci::session(pool) << "insert into expiry values(:c)", soci::use(card);  // expect: session-transaction-bypass
  sql << "delete from pending where card = :c", soci::use(card);
  tr.commit();
}

void expireAll(soci::connection_pool& pool, const std::vector<int>& cards) {
  for (const int card : cards) {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "update card set points = 0 where id = :c", soci::use(card);
    sql << "delete from pending where card = :c", soci::use(card);
    tr.commit();
  }
}

// two steps that may each stand alone
void closeYear(soci::connection_pool& pool, int year) {
  {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "insert into yearly select card, sum(points) from booking where year = :y group by card", soci::use(year);
    tr.commit();
  }
  {
    soci::session sql(pool);
    soci::transaction tr(sql);
    sql << "delete from booking where year = :y", soci::use(year);
    tr.commit();
  }
}

// the second lease only reads
void sync(soci::connection_pool& pool, int card) {
  soci::session reader(pool);
  int total = 0;
  reader << "select sum(points) from booking where card = :c", soci::into(total), soci::use(card);
  soci::session writer(pool);
  soci::transaction tr(writer);
  writer << "update card set points = :p where id = :c", soci::use(total), soci::use(card);
  tr.commit();
}

// one or the other
void note(soci::connection_pool& pool, int card, bool urgent) {
  if (urgent) {
    soci::session sql(pool);
    sql << "insert into alarm values(:c)", soci::use(card);
  } else {
    soci::session sql(pool);
    sql << "insert into reminder values(:c)", soci::use(card);
  }
}

void mergeCards(soci::connection_pool& cards, soci::connection_pool& statistics, int from, int to) {
  {
    soci::session sql(cards);
    soci::transaction tr(sql);
    sql << "update booking set card = :t where card = :f", soci::use(to), soci::use(from);
    sql << "delete from card where id = :f", soci::use(from);
    tr.commit();
  }
  soci::session(statistics) << "update counter set merged = merged + 1";
}

class Card {
public:
  Card(soci::session& sql, int id) : sql_(sql), id_(id) {}
  void add(int amount) { sql_ << "update card set points = points + :a where id = :c", soci::use(amount), soci::use(id_); }
  int points() const {
    int n = 0;
    sql_ << "select points from card where id = :c", soci::into(n), soci::use(id_);
    return n;
  }

private:
  soci::session& sql_;
  int id_;
};

void give(soci::connection_pool& pool, int from, int to, int amount) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  Card giver(sql, from);
  Card taker(sql, to);
  giver.add(-amount);
  taker.add(amount);
  if (giver.points() < 0) return;
  tr.commit();
}

std::optional<Card> find(soci::session& sql, int id) {
  int known = 0;
  sql << "select count(*) from card where id = :c", soci::into(known), soci::use(id);
  if (known == 0) return std::nullopt;
  return Card(sql, id);
}

void reset(soci::session& sql, const std::function<bool(soci::session&)>& sure) {
  sql.begin();
  bool keep = false;
  try {
    sql << "update card set points = 0";
    keep = sure(sql);
    if (keep)
      sql.commit();
    else
      sql.rollback();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

}  // namespace points
