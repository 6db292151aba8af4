// Functions with several commits in their text, and one on each path or each for itself.
// library: soci
#include <soci/soci.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

struct Failure {
  int task = 0;
  std::string node;
  std::string text;
};

void logError(const std::string& what);

// All or nothing.
void recordFailure(soci::session& sql, const Failure& failure) {
  soci::transaction tr(sql);
  sql << "UPDATE tasks SET node = :n WHERE id = :i", soci::use(failure.node), soci::use(failure.task);
  sql << "UPDATE tasks SET state = 'failed' WHERE id = :i", soci::use(failure.task);
  sql << "INSERT INTO failures(task, text) VALUES(:i, :t)", soci::use(failure.task), soci::use(failure.text);
  tr.commit();
}

// Exclusive branches.
bool settle(soci::session& sql, int order, bool paid) {
  if (paid) {
    soci::transaction tr(sql);
    sql << "UPDATE orders SET state = 'paid' WHERE id = :o", soci::use(order);
    tr.commit();
    return true;
  }
  soci::transaction tr(sql);
  sql << "UPDATE orders SET reminders = reminders + 1 WHERE id = :o", soci::use(order);
  tr.commit();
  return false;
}

enum class Event { Opened, Closed, Deleted };

void apply(soci::session& sql, Event event, int ticket) {
  soci::transaction tr(sql);
  switch (event) {
  case Event::Opened:
    sql << "INSERT INTO tickets(id) VALUES(:t)", soci::use(ticket);
    tr.commit();
    break;
  case Event::Closed:
    sql << "UPDATE tickets SET closed = 1 WHERE id = :t", soci::use(ticket);
    tr.commit();
    break;
  case Event::Deleted:
    sql << "DELETE FROM tickets WHERE id = :t", soci::use(ticket);
    tr.commit();
    break;
  }
}

// Batches: a transaction for each round.
void importAll(soci::session& sql, const std::vector<std::vector<std::string>>& batches) {
  for (const auto& batch : batches) {
    soci::transaction tr(sql);
    for (const std::string& name : batch)
      sql << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
    tr.commit();
  }
}

// Attempts: at most one succeeds.
bool launch(soci::session& sql, int task) {
  for (int attempt = 0; attempt < 5; ++attempt) {
    try {
      soci::transaction tr(sql);
      sql << "UPDATE tasks SET state = 'running' WHERE id = :t", soci::use(task);
      tr.commit();
      return true;
    } catch (const soci::soci_error& e) {
      logError(e.what());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10 << attempt));
  }
  return false;
}

// Get or create: the first attempt returns when it has committed.
int idOf(soci::session& sql, const std::string& name) {
  int id = 0;
  try {
    soci::transaction tr(sql);
    sql << "INSERT INTO names(name) VALUES(:n)", soci::use(name);
    sql << "SELECT id FROM names WHERE name = :n", soci::into(id), soci::use(name);
    tr.commit();
    return id;
  } catch (const soci::soci_error&) {
    logError(name + " exists");
  }
  soci::transaction tr(sql);
  sql << "UPDATE names SET used = used + 1 WHERE name = :n", soci::use(name);
  sql << "SELECT id FROM names WHERE name = :n", soci::into(id), soci::use(name);
  tr.commit();
  return id;
}

// Two databases, a commit for each.
void transfer(soci::session& shop, soci::session& books, int order) {
  soci::transaction first(shop);
  soci::transaction second(books);
  shop << "UPDATE orders SET booked = 1 WHERE id = :o", soci::use(order);
  books << "INSERT INTO entries(order_id) VALUES(:o)", soci::use(order);
  second.commit();
  first.commit();
}

// Savepoints are released inside, and committed once.
void addItems(soci::session& sql, int order, const std::vector<int>& items) {
  soci::transaction tr(sql);
  for (const int item : items) {
    sql << "SAVEPOINT item";
    sql << "INSERT INTO order_items(order_id, item) VALUES(:o, :i)", soci::use(order), soci::use(item);
    sql << "RELEASE SAVEPOINT item";
  }
  tr.commit();
}

// The second transaction only reads.
int finish(soci::session& sql, int task) {
  {
    soci::transaction tr(sql);
    sql << "UPDATE tasks SET state = 'done' WHERE id = :t", soci::use(task);
    tr.commit();
  }
  soci::transaction tr(sql);
  int left = 0;
  sql << "SELECT count(*) FROM tasks WHERE state <> 'done'", soci::into(left);
  return left;
}

// The second is tried and taken back.
bool check(soci::session& sql, int task) {
  {
    soci::transaction tr(sql);
    sql << "UPDATE tasks SET checked = 1 WHERE id = :t", soci::use(task);
    tr.commit();
  }
  soci::transaction trial(sql);
  int left = 0;
  sql << "DELETE FROM tasks WHERE checked = 1";
  sql << "SELECT count(*) FROM tasks", soci::into(left);
  trial.rollback();
  return left > 0;
}

// Helpers, one of which runs.
static void openTicket(soci::session& sql, int id) {
  soci::transaction tr(sql);
  sql << "INSERT INTO tickets(id) VALUES(:t)", soci::use(id);
  tr.commit();
}

static void closeTicket(soci::session& sql, int id) {
  soci::transaction tr(sql);
  sql << "UPDATE tickets SET closed = 1 WHERE id = :t", soci::use(id);
  tr.commit();
}

void toggle(soci::session& sql, int id, bool open) {
  if (open)
    closeTicket(sql, id);
  else
    openTicket(sql, id);
}
