// Handlers that commit one unit of work in pieces.
// library: soci
#include <soci/soci.h>

#include <string>
#include <vector>

struct Failure {
  int task = 0;
  std::string node;
  std::string text;
};

// Three commits: a failure in between leaves a part behind.
void recordFailure(soci::session& sql, const Failure& failure) {
  {
    soci::transaction tr(sql);
    sql << "UPDATE tasks SET node = :n WHERE id = :i", soci::use(failure.node), soci::use(failure.task);
    tr.commit();
  }
  {
    soci::transaction tr(sql);
    sql << "UPDATE tasks SET state = 'failed' WHERE id = :i", soci::use(failure.task);
    tr.commit(); // expect: session-multiple-commits
  }
  {
    soci::transaction tr(sql);
    sql << "INSERT INTO failures(task, text) VALUES(:i, :t)", soci::use(failure.task), soci::use(failure.text);
    tr.commit(); // expect: session-multiple-commits
  }
}

// Committed only to read the new id.
int createJob(soci::session& sql, const std::vector<std::string>& tasks) {
  long long id = 0;
  soci::transaction parent(sql);
  sql << "INSERT INTO jobs(state) VALUES('new')";
  parent.commit();
  sql.get_last_insert_id("jobs", id); // expect-note: "a new id is known before the commit"
  soci::transaction children(sql);
  for (const std::string& task : tasks)
    sql << "INSERT INTO tasks(job, name) VALUES(:j, :n)", soci::use(id), soci::use(task);
  children.commit(); // expect: session-multiple-commits
  return static_cast<int>(id);
}

// The helper's commit came first.
static void saveHeader(soci::session& sql, int order, int customer) {
  soci::transaction tr(sql);
  sql << "INSERT INTO orders(id, customer) VALUES(:o, :c)", soci::use(order), soci::use(customer);
  tr.commit();
}

void placeOrder(soci::session& sql, int order, int customer, const std::vector<int>& items) {
  saveHeader(sql, order, customer);
  soci::transaction tr(sql);
  for (const int item : items)
    sql << "INSERT INTO order_items(order_id, item) VALUES(:o, :i)", soci::use(order), soci::use(item);
  tr.commit(); // expect: session-multiple-commits
}

// The helper's commit is the later one.
static void writeAudit(soci::session& sql, int account, double amount) {
  soci::transaction tr(sql);
  sql << "INSERT INTO audit(account, amount) VALUES(:a, :m)", soci::use(account), soci::use(amount);
  tr.commit();
}

void book(soci::session& sql, int account, double amount) {
  {
    soci::transaction tr(sql);
    sql << "UPDATE accounts SET balance = balance + :m WHERE id = :a", soci::use(amount), soci::use(account);
    tr.commit();
  }
  writeAudit(sql, account, amount); // expect: session-multiple-commits
}

// Only in one of the cases are there two.
void ship(soci::session& sql, int order, bool notify) {
  {
    soci::transaction tr(sql);
    sql << "UPDATE orders SET state = 'shipped' WHERE id = :o", soci::use(order);
    tr.commit();
  }
  if (notify) {
    soci::transaction tr(sql);
    sql << "INSERT INTO outbox(order_id) VALUES(:o)", soci::use(order);
    tr.commit(); // expect: session-multiple-commits
  }
}
