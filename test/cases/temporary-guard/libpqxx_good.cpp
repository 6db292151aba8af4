// Transactions of libpqxx that look odd and are right.
// library: libpqxx
#include <pqxx/pqxx>

#include <memory>
#include <string>
#include <utility>
#include <vector>

// One statement long, and meant so: the library's own manual writes it like this.
int countEvents(pqxx::connection& conn) {
  return pqxx::work(conn).exec("SELECT count(*) FROM events")[0][0].as<int>();
}

void refreshView(pqxx::connection& conn) {
  pqxx::nontransaction(conn).exec("REFRESH MATERIALIZED VIEW totals");
  pqxx::work{conn}.exec("SELECT pg_notify('totals', '')");
}

std::vector<int> readIds(pqxx::connection& conn) {
  std::vector<int> ids;
  pqxx::read_transaction tx{conn};
  for (const auto& row : tx.exec("SELECT id FROM events"))
    ids.push_back(row[0].as<int>());
  return ids;
}

void store(pqxx::work& tx, const std::string& payload) {
  pqxx::subtransaction sub(tx, "store");
  sub.exec("INSERT INTO events(payload) VALUES(" + sub.quote(payload) + ")");
  sub.commit();
}

std::string quoted(const pqxx::transaction_base& tx, const std::string& text) {
  return tx.quote(text);
}

// A temporary as argument.
std::string quoteOnce(pqxx::connection& conn, const std::string& text) {
  const std::string result = quoted(pqxx::nontransaction(conn), text);
  return quoted(pqxx::work{conn}, result);
}

// Owned by a pointer from here on.
struct UnitOfWork {
  explicit UnitOfWork(pqxx::connection& conn) : tx(std::make_unique<pqxx::work>(conn)) {}
  explicit UnitOfWork(std::unique_ptr<pqxx::work> given) : tx(std::move(given)) {}

  void finish() {
    tx->commit();
    tx.reset();
  }

  std::unique_ptr<pqxx::work> tx;
};

void run(pqxx::connection& conn, const std::vector<std::string>& statements) {
  UnitOfWork unit{std::unique_ptr<pqxx::work>(new pqxx::work(conn))};
  for (const std::string& statement : statements)
    unit.tx->exec(statement);
  unit.finish();
}

void restart(UnitOfWork& unit, pqxx::connection& conn) {
  unit.tx = nullptr;
  unit.tx.reset(new pqxx::work{conn});
}

// Made in a list and kept there.
void several(pqxx::connection& first, pqxx::connection& second) {
  std::vector<std::unique_ptr<pqxx::work>> open;
  open.push_back(std::make_unique<pqxx::work>(first));
  open.emplace_back(new pqxx::work(second));
  for (const auto& tx : open)
    tx->exec("UPDATE t SET n = 1");
  for (const auto& tx : open)
    tx->commit();
}

// Work handed over as an object: libpqxx's own wrapper.
void retried(pqxx::connection& conn, int id) {
  pqxx::perform([&conn, id] {
    pqxx::work tx{conn};
    tx.exec("UPDATE jobs SET n = n + 1 WHERE id = " + pqxx::to_string(id));
    tx.commit();
  });
}
