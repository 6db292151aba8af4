// Pieces of work written through two sessions of one database of Poco::Data.
// library: poco
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>

#include <string>

using namespace Poco::Data::Keywords;
using Poco::Data::Session;
using Poco::Data::Transaction;

void startAdapter(int id);

// Each statement gets a session of its own.
void createTask(Poco::Data::SessionPool& pool, int id) {
  pool.get() << "INSERT INTO tasks(id, state) VALUES(?, 'new')", use(id), now;
  startAdapter(id);
  pool.get() << "UPDATE tasks SET state = 'run' WHERE id = ?", use(id), now; // expect: session-split-unit-of-work
}

// Two leases at the same time, each with its transaction.
void transfer(Poco::Data::SessionPool& pool, int from, int to, double amount) {
  Session debit(pool.get());
  Session credit(pool.get()); // expect: session-split-unit-of-work
  Transaction first(debit);
  Transaction second(credit);
  debit << "UPDATE accounts SET balance = balance - ? WHERE id = ?", use(amount), use(from), now;
  credit << "UPDATE accounts SET balance = balance + ? WHERE id = ?", use(amount), use(to), now;
  first.commit();
  second.commit();
}

// The same file opened twice.
void place(const std::string& path, int order) {
  Session orders("SQLite", path);
  Session stock("SQLite", path); // expect: session-split-unit-of-work
  orders << "INSERT INTO orders(id) VALUES(?)", use(order), now;
  stock << "UPDATE stock SET amount = amount - 1 WHERE item = ?", use(order), now;
}
