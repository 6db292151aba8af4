// library: soci
#include <chrono>
#include <functional>
#include <future>
#include <iostream>
#include <list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>
#include <soci/soci.h>
#include <soci/connection-pool.h>

namespace stock {

enum class Code { ok, missing, conflict, broken };
struct Item {
  int id = 0;
  std::string sku;
  int qty = 0;
};
struct ShortStock : std::runtime_error {
  using std::runtime_error::runtime_error;
};

void trace(const std::string& s) noexcept { std::clog << s << '\n'; }
void notifyBuyers(int item);
std::string render(const Item& item);

template <class Fn> void atomically(soci::connection_pool& pool, Fn fn) {
  soci::session sql(pool);
  sql.begin();
  try {
    fn(sql);
    sql.commit();
  } catch (...) {
    sql.rollback();
    throw;
  }
}

template <class Fn> Code attempt(soci::session& sql, int times, Fn fn) {
  for (int i = 0; i < times; ++i) {
    try {
      soci::transaction tr(sql);
      fn(sql);
      tr.commit();
      return Code::ok;
    } catch (const soci::soci_error& e) {
      trace(e.what());
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  return Code::broken;
}

class Shelf {
public:
  explicit Shelf(soci::connection_pool& pool) : pool_(pool) {}
  std::optional<Item> get(int id);
  Code take(int id, int n);
  Code put(int id, int n);
  void transfer(int from, int to, int n);
  bool count(int id, int seen);
  void receive(const std::list<Item>& delivery);
  void recount(const std::vector<int>& ids);
  int createItem(const std::string& sku);
  Code rename(int id, const std::string& sku);
  Code retire(int id);
  std::string card(int id);
  void discard(int id);
  void rebuildIndex();
  void publishLow();
  Code adjust(int id, int delta, const std::string& who);

private:
  void audit(soci::session& sql, int id, const std::string& what) {
    sql << "insert into audit(item, what) values(:i, :w)", soci::use(id), soci::use(what);
  }
  soci::connection_pool& pool_;
};

std::optional<Item> Shelf::get(int id) {
  soci::session sql(pool_);
  Item it;
  sql << "select id, sku, qty from item where id = :i", soci::into(it.id), soci::into(it.sku), soci::into(it.qty),
      soci::use(id);
  if (!sql.got_data())
    return std::nullopt;
  return it;
}

Code Shelf::take(int id, int n) {
  soci::session sql(pool_);
  sql.begin();  // expect: session-unfinished-transaction
  try {
    int have = 0;
    sql << "select qty from item where id = :i for update", soci::into(have), soci::use(id);
    if (!sql.got_data()) {
      trace("unknown item");
      return Code::missing;
    }
    if (have < n)
      throw ShortStock("only " + std::to_string(have));
    sql << "update item set qty = qty - :n where id = :i", soci::use(n), soci::use(id);
    sql.commit();
  } catch (const std::exception& e) {
    sql.rollback();
    trace(e.what());
    return Code::conflict;
  }
  return Code::ok;
}

Code Shelf::put(int id, int n) {
  soci::session sql(pool_);
  Code code = Code::ok;
  sql.begin();
  try {
    soci::statement st = (sql.prepare << "update item set qty = qty + :n where id = :i", soci::use(n), soci::use(id));
    st.execute(true);
    if (st.get_affected_rows() == 0)
      code = Code::missing;
    else
      audit(sql, id, "put");
    if (code == Code::ok)
      sql.commit();
    else
      sql.rollback();
  } catch (...) {
    sql.rollback();
    throw;
  }
  return code;
}

void Shelf::transfer(int from, int to, int n) {
  atomically(pool_, [&](soci::session& sql) {
    int left = 0;
    sql << "update item set qty = qty - :n where id = :i", soci::use(n), soci::use(from);
    sql << "select qty from item where id = :i", soci::into(left), soci::use(from);
    if (left < 0)
      throw ShortStock("item " + std::to_string(from));
    sql << "update item set qty = qty + :n where id = :i", soci::use(n), soci::use(to);
  });
  trace("moved");
}

bool Shelf::count(int id, int seen) {
  soci::session sql(pool_);
  sql.begin();
  try {
    int qty = 0;
    sql << "select qty from item where id = :i", soci::into(qty), soci::use(id);
    if (qty != seen)
      sql << "update item set qty = :q where id = :i", soci::use(seen), soci::use(id);
    audit(sql, id, "count");
    sql.commit();
    return qty == seen;
  } catch (const soci::soci_error& e) {  // expect: session-missing-rollback
    trace(std::string("count failed: ") + e.what());
    return false;
  }
}

void Shelf::receive(const std::list<Item>& delivery) {
  soci::session sql(pool_);
  soci::transaction tr(sql);
  std::string sku;
  int qty = 0;
  soci::statement ins = (sql.prepare << "insert into receipt(sku, qty) values(:s, :q)", soci::use(sku), soci::use(qty));
  for (const Item& it : delivery) {
    if (it.qty <= 0) {
      trace("skip " + it.sku);
      continue;
    }
    sku = it.sku;
    qty = it.qty;
    ins.execute(true);
  }
  tr.commit();
}

void Shelf::recount(const std::vector<int>& ids) {
  soci::session sql(pool_);
  soci::transaction tr(sql);
  for (int id : ids) {
    sql << "update item set qty = (select sum(qty) from receipt where item = :i) where id = :i", soci::use(id, "i");
    audit(sql, id, "recount");
    if (id >= 1000000) {
      trace("foreign id in the list, recount dropped");
      return;
    }
  }
  tr.commit();
}

int Shelf::createItem(const std::string& sku) {
  soci::session sql(pool_);
  try {
    soci::transaction tr(sql);
    sql << "insert into item(sku, qty) values(:s, 0)", soci::use(sku);
    long long id = 0;
    if (!sql.get_last_insert_id("item", id))
      throw std::runtime_error("no id");
    audit(sql, static_cast<int>(id), "create");
    tr.commit();
    return static_cast<int>(id);
  } catch (const soci::soci_error& e) {
    trace(e.what());
  }
  int id = 0;
  sql << "select id from item where sku = :s", soci::into(id), soci::use(sku);
  return id;
}

Code Shelf::rename(int id, const std::string& sku) {
  soci::session sql(pool_);
  soci::transaction tr(sql);
  try {
    sql << "update item set sku = :s where id = :i", soci::use(sku), soci::use(id);
    sql << "update label set sku = :s where item = :i", soci::use(sku), soci::use(id);
  } catch (const soci::soci_error& e) {
    trace(e.what());
    tr.rollback();
    return Code::conflict;
  }
  tr.commit();
  return Code::ok;
}

Code Shelf::retire(int id) {
  soci::session sql(pool_);
  soci::transaction tr(sql);
  Code result = Code::ok;
  int open = 0;
  sql << "select count(*) from pick where item = :i", soci::into(open), soci::use(id);
  if (open > 0) {
    tr.rollback();
    result = Code::conflict;
  } else {
    sql << "update item set retired = 1 where id = :i", soci::use(id);
    audit(sql, id, "retire");
  }
  tr.commit();  // expect: session-double-end
  return result;
}

std::string Shelf::card(int id) {
  Item it;
  {
    soci::session sql(pool_);
    sql << "select id, sku, qty from item where id = :i", soci::into(it.id), soci::into(it.sku), soci::into(it.qty),
        soci::use(id);
    if (!sql.got_data())
      throw std::out_of_range("card");
  }
  return render(it);
}

void Shelf::discard(int id) {
  soci::session sql(pool_);
  soci::transaction tr(sql);
  sql << "delete from pick where item = :i", soci::use(id);
  pool_.at(0) << "delete from item where id = :i", soci::use(id);  // waits: session-transaction-bypass
  audit(sql, id, "discard");
  tr.commit();
}

void Shelf::rebuildIndex() {
  for (int part = 0; part < 16; ++part) {
    soci::session sql(pool_);
    soci::transaction tr(sql);
    sql << "delete from idx where part = :p", soci::use(part);
    sql << "insert into idx select sku, id, :p from item where mod(id, 16) = :p", soci::use(part, "p");
    tr.commit();
  }
}

void Shelf::publishLow() {
  std::vector<int> low;
  {
    soci::session sql(pool_);
    soci::rowset<int> rs = (sql.prepare << "select id from item where qty < min_qty");
    for (int id : rs)
      low.push_back(id);
  }
  for (int id : low)
    notifyBuyers(id);
}

Code Shelf::adjust(int id, int delta, const std::string& who) {
  soci::session sql(pool_);
  return attempt(sql, 3, [&](soci::session& s) {
    s << "update item set qty = qty + :d where id = :i", soci::use(delta), soci::use(id);
    audit(s, id, who);
  });
}

std::unique_ptr<soci::session> connectTo(const std::string& backend, const std::string& target) {
  auto sql = std::make_unique<soci::session>();
  for (int i = 0; i < 3; ++i) {
    try {
      sql->open(backend, target);
      return sql;
    } catch (const soci::soci_error& e) {
      trace(e.what());
    }
  }
  throw std::runtime_error("no connection to " + target);
}

class Lease {
public:
  explicit Lease(soci::connection_pool& pool) : pool_(pool), pos_(pool.lease()) {}
  Lease(const Lease&) = delete;
  ~Lease() { pool_.give_back(pos_); }
  soci::session& operator*() const { return pool_.at(pos_); }

private:
  soci::connection_pool& pool_;
  std::size_t pos_;
};

int pending(soci::connection_pool& pool) {
  Lease lease(pool);
  int n = 0;
  *lease << "select count(*) from pick", soci::into(n);
  return n;
}

bool tryMark(soci::connection_pool& pool, int item) {
  std::size_t pos = 0;
  if (!pool.try_lease(pos, 200)) {
    trace("pool busy");
    return false;
  }
  try {
    pool.at(pos) << "update item set marked = 1 where id = :i", soci::use(item);
  } catch (...) {
    pool.give_back(pos);
    throw;
  }
  pool.give_back(pos);
  return true;
}

int biggest(soci::connection_pool& pool) {
  const std::size_t pos = pool.lease();  // expect: session-leak
  soci::session& sql = pool.at(pos);
  int id = 0;
  soci::indicator ind = soci::i_null;
  sql << "select max(id) from item", soci::into(id, ind);
  pool.give_back(pos);
  return ind == soci::i_ok ? id : -1;
}

std::future<int> countLater(soci::connection_pool& pool, const std::string& prefix) {
  return std::async(std::launch::async, [&pool, prefix] {
    soci::session sql(pool);
    int n = 0;
    sql << "select count(*) from item where sku like :p", soci::into(n), soci::use(prefix + "%");
    return n;
  });
}

void purgeLater(soci::connection_pool& pool, int days) {
  auto sql = std::make_shared<soci::session>(pool);
  std::thread worker([sql, days] {  // expect: session-shared-across-threads
    soci::transaction tr(*sql);
    *sql << "delete from audit where age > :d", soci::use(days);
    tr.commit();
  });
  int n = 0;
  *sql << "select count(*) from audit", soci::into(n);
  trace("audit rows " + std::to_string(n));
  worker.detach();
}

} // namespace stock
