// Transactions of libpqxx that stay open while the program waits for something else.
// library: libpqxx
// config: {"rules": {"session-held-across-blocking": {"AlsoBlocking": "http_post"}}}
#include <pqxx/pqxx>

#include <chrono>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

extern "C" int curl_easy_perform(void* handle);
void http_post(const char* url, const char* body);
int shown(const std::string& text);

// ---- bad

void deliver(pqxx::connection& c, int id) {
  pqxx::work tx(c); // expect-note: "a transaction begins here"
  auto body = tx.exec_params("SELECT body FROM mail WHERE id=$1 FOR UPDATE", id);
  http_post("https://mail/api", body[0][0].c_str()); // expect: session-held-across-blocking "blocking call 'http_post' while transaction 'tx' is open"
  tx.exec_params("UPDATE mail SET sent = true WHERE id=$1", id);
  tx.commit();
}

bool upload(pqxx::connection& c, void* curl, int id) {
  auto tx = std::make_unique<pqxx::work>(c);
  tx->exec_params("UPDATE files SET state = 'busy' WHERE id = $1", id);
  if (curl_easy_perform(curl) != 0) { // expect: session-held-across-blocking "curl_easy_perform"
    tx->abort();
    return false;
  }
  tx->commit();
  return true;
}

// A pause between the steps, in one transaction.
void migrate(pqxx::connection& c, const std::vector<int>& ids) {
  pqxx::work tx(c);
  for (const int id : ids) {
    tx.exec_params("UPDATE items SET version = 2 WHERE id = $1", id);
    std::this_thread::sleep_for(std::chrono::milliseconds(50)); // expect: session-held-across-blocking "std::this_thread::sleep_for"
  }
  tx.commit();
}

// A helper that waits.
static void settle() {
  shown("settling");
  usleep(100000);
}

void rebuild(pqxx::connection& c) {
  pqxx::work tx(c);
  tx.exec("DELETE FROM search_index");
  settle(); // expect: session-held-across-blocking "'settle', which calls the blocking 'usleep'"
  tx.exec("INSERT INTO search_index SELECT id, text FROM items");
  tx.commit();
}

// Reading only: the snapshot is kept all the same.
std::string exported(pqxx::connection& c) {
  pqxx::read_transaction tx(c);
  const auto rows = tx.exec("SELECT name FROM reports");
  const int code = std::system("make-report"); // expect: session-held-across-blocking "blocking call 'system'"
  return code == 0 ? tx.exec("SELECT text FROM reports")[0][0].as<std::string>() : rows[0][0].as<std::string>();
}

// What another thread computes, and nobody waits for with less in hand.
void price(pqxx::connection& c, int id) {
  pqxx::work tx(c);
  std::future<int> answer = std::async(std::launch::async, [id] { return shown(std::to_string(id)); });
  tx.exec_params("UPDATE items SET state = 'asked' WHERE id = $1", id);
  const int found = answer.get(); // expect: session-held-across-blocking "std::future::get"
  tx.exec_params("UPDATE items SET price = $2 WHERE id = $1", id, found);
  tx.commit();
}

// Only on one path, and in a lambda that runs at once.
void retire(pqxx::connection& c, int id, bool ask) {
  pqxx::work tx(c);
  tx.exec_params("UPDATE items SET retired = true WHERE id = $1", id);
  const auto tell = [&] {
    if (ask) http_post("https://shop/api", "retired");
  };
  tell(); // expect: session-held-across-blocking "http_post"
  tx.commit();
}

// A connection of its own that nobody needs meanwhile.
int counted(const std::string& dsn) {
  pqxx::connection c(dsn); // expect-note: "'c' is made here"
  {
    pqxx::work tx(c);
    tx.exec("DELETE FROM jobs WHERE done");
    tx.commit();
  }
  sleep(5); // expect: session-held-across-blocking "'c' is kept open for later"
  pqxx::work tx(c); // expect-note: "it is used again here"
  const int left = tx.exec("SELECT count(*) FROM jobs")[0][0].as<int>();
  tx.commit();
  return left;
}

// ---- good

void deliverFirst(pqxx::connection& c, int id) {
  std::string body = [&] {
    pqxx::work tx(c);
    auto r = tx.exec_params("UPDATE mail SET state='sending' WHERE id=$1 RETURNING body", id);
    tx.commit();
    return r[0][0].as<std::string>();
  }();
  http_post("https://mail/api", body.c_str());
  pqxx::work tx(c);
  tx.exec_params("UPDATE mail SET state='sent' WHERE id=$1", id);
  tx.commit();
}

void waitThenWrite(pqxx::connection& c, int id) {
  std::this_thread::sleep_for(std::chrono::seconds(1));
  pqxx::work tx(c);
  tx.exec_params("UPDATE items SET seen = true WHERE id = $1", id);
  tx.commit();
}

void writeThenWait(pqxx::connection& c, int id) {
  {
    pqxx::work tx(c);
    tx.exec_params("UPDATE items SET seen = true WHERE id = $1", id);
    tx.commit();
  }
  http_post("https://shop/api", "seen");
}

// The transaction is over, though its object is not.
void afterCommit(pqxx::connection& c, int id) {
  pqxx::work tx(c);
  tx.exec_params("UPDATE items SET seen = true WHERE id = $1", id);
  tx.commit();
  http_post("https://shop/api", "seen");
}

// Rolled back before the next attempt waits for its turn.
bool attempts(pqxx::connection& c, int id) {
  for (int attempt = 0; attempt < 3; ++attempt) {
    try {
      pqxx::work tx(c);
      tx.exec_params("UPDATE items SET stock = stock - 1 WHERE id = $1", id);
      tx.commit();
      return true;
    } catch (const pqxx::serialization_failure&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  }
  return false;
}

// One connection serves all rounds of a worker.
void worker(const std::string& dsn, const bool& stop) {
  pqxx::connection c(dsn);
  while (!stop) {
    {
      pqxx::work tx(c);
      tx.exec("DELETE FROM jobs WHERE done");
      tx.commit();
    }
    sleep(60);
  }
}

// The caller's connection, outside any transaction.
int callersOwn(pqxx::connection& c) {
  sleep(1);
  pqxx::work tx(c);
  const int found = tx.exec("SELECT count(*) FROM jobs")[0][0].as<int>();
  sleep(static_cast<unsigned>(found)); // expect: session-held-across-blocking "sleep"
  return found;
}

// What the thread does is the transaction's own work.
int together(pqxx::connection& c) {
  pqxx::work tx(c);
  std::future<int> answer = std::async(std::launch::async, [&tx] { return tx.exec("SELECT 1")[0][0].as<int>(); });
  const int found = answer.get();
  tx.commit();
  return found;
}

// The wait is for later.
std::future<void> queued(pqxx::connection& c, int id) {
  pqxx::work tx(c);
  tx.exec_params("UPDATE items SET queued = true WHERE id = $1", id);
  auto later = std::async(std::launch::deferred, [] { sleep(1); });
  tx.commit();
  return later;
}
