// Connections of libpqxx and threads, each connection with one of them.
// library: libpqxx
#include <pqxx/pqxx>

#include <functional>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

static int countOf(pqxx::connection& conn, const std::string& table) {
  pqxx::nontransaction direct(conn);
  return direct.exec1("SELECT count(*) FROM " + table)[0].as<int>();
}

void later(const std::string& dsn, int mail) {
  std::thread([dsn, mail] {
    pqxx::connection conn(dsn);
    pqxx::work tx(conn);
    tx.exec_params("UPDATE mails SET sent = true WHERE id = $1", mail);
    tx.commit();
  }).detach();
}

int both(pqxx::connection& conn) {
  std::thread worker([&conn] { countOf(conn, "items"); });
  worker.join();
  return countOf(conn, "orders");
}

int sum(pqxx::connection& conn, const std::string& dsn) {
  auto items = std::async(std::launch::async, [dsn] {
    pqxx::connection own(dsn);
    return countOf(own, "items");
  });
  return countOf(conn, "orders") + items.get();
}

int first(pqxx::connection& conn) {
  auto items = std::async(std::launch::async, countOf, std::ref(conn), "items");
  items.wait();
  return countOf(conn, "orders") + items.get();
}

// Two connections, one for each.
int pair(pqxx::connection& mine, pqxx::connection& yours) {
  int n = 0;
  std::thread worker([&yours, &n] { n = countOf(yours, "items"); });
  const int m = countOf(mine, "orders");
  worker.join();
  return n + m;
}

class Worker {
public:
  explicit Worker(std::unique_ptr<pqxx::connection> conn) : conn_(std::move(conn)) {}
  void operator()() const { countOf(*conn_, "items"); }

private:
  std::unique_ptr<pqxx::connection> conn_;
};

// Goes with its worker.
void start(const std::string& dsn) {
  auto conn = std::make_unique<pqxx::connection>(dsn);
  conn->prepare("one", "SELECT 1");
  std::thread(Worker(std::move(conn))).detach();
}

// Values go to the thread, not the transaction they were read in.
void notifyAll(pqxx::connection& conn, const std::function<void(int)>& notify) {
  std::vector<int> ids;
  pqxx::read_transaction tx(conn);
  for (const pqxx::row& row : tx.exec("SELECT id FROM users"))
    ids.push_back(row[0].as<int>());
  std::thread([ids, notify] {
    for (const int id : ids)
      notify(id);
  }).detach();
}

pqxx::connection& local() {
  thread_local pqxx::connection conn("dbname=shop");
  return conn;
}

int inThread() {
  std::jthread worker([] { countOf(local(), "items"); });
  return countOf(local(), "orders");
}
