// Transactions of SOCI that look odd and are right.
// library: soci
#include <soci/soci.h>

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

void insertItem(soci::session& sql, int order, int item) {
  sql << "INSERT INTO order_items(order_id, item) VALUES(:o, :i)", soci::use(order), soci::use(item);
}

void placeOrder(soci::session& sql, int order, const std::vector<int>& items) {
  soci::transaction tr(sql);
  sql << "INSERT INTO orders(id) VALUES(:id)", soci::use(order);
  for (const int item : items)
    insertItem(sql, order, item);
  tr.commit();
}

// A name that says "nobody asks for it" is a name.
void countVisit(soci::session& sql, const std::string& page) {
  soci::transaction _{sql};
  sql << "UPDATE pages SET visits = visits + 1 WHERE name = :n", soci::use(page);
  sql << "INSERT INTO log(page) VALUES(:n)", soci::use(page);
  _.commit();
}

// Said to be unused, and has a name all the same.
void touch(soci::session& sql) {
  [[maybe_unused]] const soci::transaction guard{sql};
  int n = 0;
  sql << "SELECT count(*) FROM orders", soci::into(n);
}

// An argument lives as long as the call.
int countIn(const soci::transaction& /*proof*/, soci::session& sql) {
  int n = 0;
  sql << "SELECT count(*) FROM orders", soci::into(n);
  return n;
}

int countOrders(soci::session& sql) {
  return countIn(soci::transaction{sql}, sql);
}

// Begun and ended in one statement, on purpose: resets the session's state.
void clearState(soci::session& sql) {
  soci::transaction{sql}.rollback();
  sql << "DELETE FROM locks";
}

// A reference keeps the temporary alive.
void transfer(soci::session& sql, int from, int to, int amount) {
  const soci::transaction& alive = soci::transaction{sql};
  sql << "UPDATE accounts SET n = n - :n WHERE id = :f", soci::use(amount), soci::use(from);
  sql << "UPDATE accounts SET n = n + :n WHERE id = :t", soci::use(amount), soci::use(to);
  const_cast<soci::transaction&>(alive).commit();
}

void transferAgain(soci::session& sql, int from, int to, int amount) {
  auto&& alive = soci::transaction(sql);
  sql << "UPDATE accounts SET n = n - :n WHERE id = :f", soci::use(amount), soci::use(from);
  sql << "UPDATE accounts SET n = n + :n WHERE id = :t", soci::use(amount), soci::use(to);
  alive.commit();
}

// Initialised from a prvalue: one object.
void archive(soci::session& sql) {
  auto tr = soci::transaction(sql);
  sql << "INSERT INTO archive SELECT * FROM orders WHERE done = 1";
  sql << "DELETE FROM orders WHERE done = 1";
  tr.commit();
}

// The caller gets it.
soci::transaction startUnit(soci::session& sql) {
  return soci::transaction{sql};
}

std::unique_ptr<soci::transaction> startSharedUnit(soci::session& sql, bool needed) {
  return needed ? std::make_unique<soci::transaction>(sql) : nullptr;
}

void maybeGuarded(soci::session& sql, bool guarded) {
  std::optional<soci::transaction> tr;
  if (guarded)
    tr.emplace(sql);
  sql << "UPDATE settings SET n = n + 1";
  if (tr)
    tr->commit();
}

class Import {
public:
  explicit Import(soci::session& sql) : sql_(sql), tr_(soci::transaction(sql)) {}

  void row(const std::string& text) { sql_ << "INSERT INTO rows(text) VALUES(:t)", soci::use(text); }
  void finish() { tr_.commit(); }

private:
  soci::session& sql_;
  soci::transaction tr_;
};

// Each holds one with a default member initialiser.
struct Step {
  soci::session& sql;
  soci::transaction tr = soci::transaction(sql);

  void done() { tr.commit(); }
};

void runSteps(soci::session& sql) {
  Step step{sql};
  sql << "UPDATE steps SET n = n + 1";
  step.done();
}

// A guard in the head of an if lives to the end of its branches.
bool reserve(soci::session& sql, int show) {
  if (soci::transaction tr(sql); show > 0) {
    sql << "UPDATE shows SET free = free - 1 WHERE id = :id", soci::use(show);
    tr.commit();
    return true;
  }
  return false;
}

// Several named at once.
void both(soci::session& first, soci::session& second) {
  std::pair<soci::session&, soci::session&> sessions{first, second};
  auto& [a, b] = sessions;
  soci::transaction one(a), two(b);
  a << "UPDATE t SET n = 1";
  b << "UPDATE t SET n = 1";
  one.commit();
  two.commit();
}

// Other temporaries of the same library are no guards.
void justStatements(soci::session& sql, int id) {
  int n = 0;
  soci::details::once_temp_type{sql.once << "UPDATE t SET n = 1"}, soci::use(id);
  soci::rowset<int>((sql.prepare << "SELECT n FROM t")).begin();
  soci::statement{sql};
  sql << "SELECT n FROM t WHERE id = :id", soci::into(n), soci::use(id);
  soci::session(sql.get_backend_name(), "").close();
}
