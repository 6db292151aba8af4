// Several sessions of SOCI in one function, and nothing split.
// library: soci
#include <soci/soci.h>

#include <map>
#include <string>
#include <thread>
#include <vector>

// One session for all of it.
void placeOrder(soci::connection_pool& pool, int order, double total) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
  sql << "INSERT INTO invoices(order_id, total) VALUES(:o, :t)", soci::use(order), soci::use(total);
  tr.commit();
}

// The second only reads.
void refresh(soci::connection_pool& pool, int order) {
  soci::session writer(pool);
  soci::session reader(pool);
  double total = 0;
  reader << "SELECT sum(price) FROM order_items WHERE order_id = :o", soci::into(total), soci::use(order);
  writer << "UPDATE orders SET total = :t WHERE id = :o", soci::use(total), soci::use(order);
}

// Two databases.
void archive(soci::connection_pool& shop, soci::connection_pool& history, int order) {
  soci::session from(shop);
  soci::session to(history);
  soci::transaction second(to);
  soci::transaction first(from);
  to << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
  from << "DELETE FROM orders WHERE id = :o", soci::use(order);
  second.commit();
  first.commit();
}

void copy(const std::string& fromDsn, const std::string& toDsn, int order) {
  soci::session from(fromDsn);
  soci::session to(toDsn);
  to << "INSERT INTO orders(id) VALUES(:o)", soci::use(order);
  from << "DELETE FROM orders WHERE id = :o", soci::use(order);
}

// Bulk helpers, each with a lease of its own, one after the other.
static void insertNodes(soci::connection_pool& pool, const std::vector<int>& nodes) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "INSERT INTO nodes(id) VALUES(:n)", soci::use(nodes);
  tr.commit();
}

static void insertEdges(soci::connection_pool& pool, const std::vector<int>& edges) {
  soci::session sql(pool);
  soci::transaction tr(sql);
  sql << "INSERT INTO edges(id) VALUES(:e)", soci::use(edges);
  tr.commit();
}

void insertGraph(soci::connection_pool& pool, const std::vector<int>& nodes, const std::vector<int>& edges) {
  insertNodes(pool, nodes);
  insertEdges(pool, edges);
}

// One or the other.
void toggle(soci::connection_pool& pool, int ticket, bool open) {
  if (open) {
    soci::session sql(pool);
    sql << "UPDATE tickets SET closed = 1 WHERE id = :t", soci::use(ticket);
  } else {
    soci::session sql(pool);
    sql << "UPDATE tickets SET closed = 0 WHERE id = :t", soci::use(ticket);
  }
}

// A session for each shard, each with its own part of the work.
void clean(const std::vector<std::string>& shards) {
  for (const std::string& shard : shards) {
    soci::session sql(shard);
    sql << "DELETE FROM carts WHERE age > 7";
  }
}

// Nothing is written at all.
int compare(soci::connection_pool& pool) {
  soci::session first(pool);
  soci::session second(pool);
  int a = 0;
  int b = 0;
  first << "SELECT count(*) FROM orders", soci::into(a);
  second << "SELECT count(*) FROM invoices", soci::into(b);
  return a - b;
}

// Each worker its own.
void inParallel(soci::connection_pool& pool, const std::vector<int>& parts) {
  std::vector<std::thread> workers;
  for (const int part : parts)
    workers.emplace_back([&pool, part] {
      soci::session sql(pool);
      sql << "UPDATE parts SET done = 1 WHERE id = :p", soci::use(part);
    });
  for (std::thread& worker : workers)
    worker.join();
}
