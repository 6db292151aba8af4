// Transactions that a session's methods and factories give, guards that are only asked a question,
// statements and queries of which only the declaration is seen.
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace events {

class StoreError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

class Transaction {
public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  Transaction(const Transaction&) = delete;
  ~Transaction();
  long exec(const char* sql, long a = 0);
  void commit();
  void rollback() noexcept;
  bool active() const noexcept;
};

class Statement {
public:
  Statement(Statement&&) noexcept;
  ~Statement();
  Statement& bind(long value);
  long run();
};

class Session {
public:
  Session(Session&&) noexcept;
  Session(const Session&) = delete;
  ~Session();
  Transaction transaction();
  Statement prepare(const char* sql);
  void begin();
  void commit();
  void rollback() noexcept;
  long exec(const char* sql, long a = 0);
};

class Sessions {
public:
  Session open();
};

class Unit {
public:
  explicit Unit(Session& session) noexcept;
  Unit(const Unit&) = delete;
  ~Unit();
  bool begun() const noexcept;
  void commit();
  void abandon() noexcept;
};

void note(const char* what) noexcept;

void discarded(Session& s) {
  static_cast<void>(s.transaction()); // expect: session-temporary-guard
  s.exec("DELETE FROM snapshot");
  s.exec("INSERT INTO snapshot VALUES (?)", 1);
}

bool onlyAsked(Session& s, long doctor) {
  if (!Unit(s).begun()) return false; // expect: session-temporary-guard
  s.exec("UPDATE stay SET doctor = ?", doctor);
  return s.exec("UPDATE doctor SET active = 0 WHERE id = ?", doctor) == 1;
}

bool askedAndKept(Session& s, long doctor) {
  if (Unit unit(s); unit.begun()) {
    s.exec("UPDATE stay SET doctor = ?", doctor);
    unit.commit();
    return true;
  }
  return false;
}

long usedAfterCommit(Session& s, long order) {
  auto tx = s.transaction();
  const long seq = tx.exec("UPDATE orders SET closed = 1 WHERE id = ?", order);
  tx.commit();
  if (seq % 100 == 0) tx.exec("INSERT INTO todo VALUES (?)", seq); // expect: session-use-after-scope
  return seq;
}

void batch(Session& s, const std::vector<long>& ids) {
  int pending = 0;
  Transaction tx = s.transaction();
  for (long id : ids) {
    tx.exec("INSERT INTO projection VALUES (?)", id);
    if (++pending == 500) {
      tx.commit();
      tx = s.transaction();
      pending = 0;
    }
  }
  tx.commit();
}

void nested(Session& s, const std::vector<long>& ids) {
  Transaction all = s.transaction();
  for (long id : ids) {
    Transaction one = s.transaction(); // expect: session-nested-begin
    one.exec("UPDATE line SET done = 1 WHERE id = ?", id);
    one.commit();
  }
  all.commit();
}

long swallowed(Session& s, const std::vector<long>& ids) {
  auto tx = s.transaction();
  long last = 0;
  try {
    for (long id : ids) last = tx.exec("INSERT INTO log VALUES (?)", id);
  } catch (const std::exception&) { // expect: session-swallow-and-commit
    note("not all of it");
  }
  tx.commit();
  return last;
}

void givenOrOwn(Session& s, Transaction* outer) {
  std::optional<Transaction> own;
  if (outer == nullptr) own.emplace(s.transaction());
  Transaction& tx = outer ? *outer : *own;
  tx.exec("INSERT INTO note VALUES (1)");
  if (own) own->commit();
}

Statement outlives(Sessions& sessions, long rack) {
  Session s = sessions.open();
  Statement st = s.prepare("SELECT id FROM sample WHERE rack = ?");
  st.bind(rack);
  return st; // expect: session-use-after-scope
}

Statement onTheCallers(Session& s, long rack) {
  Statement st = s.prepare("SELECT id FROM sample WHERE rack = ?");
  st.bind(rack);
  return st;
}

void oneMaker(Sessions& sessions, long order, long customer) {
  Session a = sessions.open();
  auto debit = a.transaction();
  debit.exec("UPDATE orders SET customer = ?", customer);
  Session b = sessions.open(); // expect: session-split-unit-of-work
  auto credit = b.transaction();
  credit.exec("UPDATE customer SET orders = orders + 1 WHERE id = ?", order);
  debit.commit();
  credit.commit();
}

void twoMakers(Sessions& here, Sessions& there) {
  Session a = here.open();
  a.exec("UPDATE orders SET sent = 1");
  Session b = there.open();
  b.exec("INSERT INTO received VALUES (1)");
}

} // namespace events
