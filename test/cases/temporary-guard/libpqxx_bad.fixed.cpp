// Transactions of libpqxx that nobody named.
// library: libpqxx
// checks: session-temporary-guard
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <vector>

struct Event {
  int id = 0;
  std::string payload;
  bool urgent = false;
};

void storeEvent(pqxx::connection& conn, const Event& event) {
  pqxx::work tx{conn}; // expect: session-temporary-guard "pqxx::work"
  pqxx::nontransaction direct{conn};
  direct.exec("INSERT INTO events(id, payload) VALUES(" + direct.quote(event.id) + ", " + direct.quote(event.payload) + ")");
  direct.exec("UPDATE counters SET n = n + 1");
}

// With a name for the server's log, which is not a name for the compiler.
void storeAll(pqxx::connection& conn, const std::vector<Event>& events) {
  std::size_t stored = 0;
  for (const Event& event : events) {
    if (event.payload.empty())
      continue;
    pqxx::work tx(conn, "store"); // expect: session-temporary-guard
    conn.prepare("store" + std::to_string(stored), "INSERT INTO events VALUES($1, $2)");
    ++stored;
  }
}

// Without braces the branch is one statement, the guard's: with a name it would die there all the same.
void maybeGuard(pqxx::work& outer, bool careful, int id) {
  const std::string number = pqxx::to_string(id);
  if (careful)
    pqxx::subtransaction(outer, "careful"); // expect: session-temporary-guard "pqxx::subtransaction" (no fix)
  outer.exec("UPDATE accounts SET locked = true WHERE id = " + number);
  outer.exec("INSERT INTO audit(account) VALUES(" + number + ")");
}

// On the left of a comma there is no room for a declaration.
int claim(pqxx::connection& conn, int id) {
  int claimed = 0;
  pqxx::work{conn}, claimed = id; // expect: session-temporary-guard (no fix)
  return claimed;
}

class Importer {
public:
  explicit Importer(const std::string& dsn) : conn_(std::make_unique<pqxx::connection>(dsn)) {}

  void run(const std::vector<std::string>& rows) {
    pqxx::work tx(*conn_);
    for (const std::string& row : rows) {
      pqxx::subtransaction sub{tx}; // expect: session-temporary-guard
      tx.exec("INSERT INTO rows(text) VALUES(" + tx.quote(row) + ")");
      ++done_;
    }
    tx.commit();
  }

  // Reached through a pointer, in braces: what was meant and not what happens.
  void reset() {
    pqxx::work tx{*conn_}; // expect: session-temporary-guard
    done_ = 0;
  }

private:
  std::unique_ptr<pqxx::connection> conn_;
  int done_ = 0;
};
