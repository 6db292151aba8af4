// Order ledger with events, projections and request middleware.
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace eventdb {

class StoreError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};
class VersionConflict : public StoreError {
public:
  using StoreError::StoreError;
};

struct Record {
  long seq = 0;
  std::string kind;
  std::string body;
};

class Transaction {
public:
  Transaction(Transaction&&) noexcept;
  Transaction& operator=(Transaction&&) noexcept;
  Transaction(const Transaction&) = delete;
  ~Transaction();
  long append(std::string_view stream, const Record& r);
  long exec(std::string_view sql, long a = 0, long b = 0);
  void commit();
  void rollback() noexcept;
  bool active() const noexcept;
};

class Savepoint {
public:
  Savepoint(Savepoint&&) noexcept;
  ~Savepoint();
  void release();
};

class Cursor {
public:
  bool next();
  const Record& current() const noexcept;
};

class Session {
public:
  Session(Session&&) noexcept;
  Session(const Session&) = delete;
  ~Session();
  [[nodiscard]] Transaction transaction();
  Savepoint savepoint();
  void begin();
  void commit();
  void rollback() noexcept;
  long exec(std::string_view sql, long a = 0, long b = 0);
  long append(std::string_view stream, const Record& r);
  long version(std::string_view stream);
  void each(std::string_view stream, const std::function<bool(const Record&)>& f);
  Cursor* open_cursor(std::string_view stream);
  void close_cursor(Cursor* c) noexcept;
};

class Sessions {
public:
  Session open();
};

class Bus {
public:
  void publish(std::string_view topic, const std::string& body);
  void subscribe(std::string_view topic, std::function<void(const Record&)> f);
};

}  // namespace eventdb

namespace orders {

using eventdb::Bus;
using eventdb::Cursor;
using eventdb::Record;
using eventdb::Savepoint;
using eventdb::Session;
using eventdb::Sessions;
using eventdb::StoreError;
using eventdb::Transaction;
using eventdb::VersionConflict;

void info(std::string_view what) noexcept;

struct Request {
  Session& session;
  long order = 0;
  std::string path;
};
struct Response {
  int status = 200;
  std::string body;
};
using Next = std::function<Response(Request&)>;

Response transactional(Request& req, const Next& next) {
  Transaction tx = req.session.transaction();
  Response r = next(req);
  if (r.status >= 400) {
    info("request refused: " + req.path);
    return r;
  }
  tx.commit();
  return r;
}

Response transactional_by_hand(Request& req, const Next& next) {
  req.session.begin();  // expect: session-unfinished-transaction
  try {
    Response r = next(req);
    if (r.status >= 500) {
      req.session.rollback();
      return r;
    }
    if (r.status >= 400)
      return r;
    req.session.commit();
    return r;
  } catch (...) {
    req.session.rollback();
    throw;
  }
}

Response guarded(Request& req, const Next& next) {
  try {
    return transactional(req, next);
  } catch (const VersionConflict& e) {
    return {409, e.what()};
  } catch (const StoreError& e) {
    info(e.what());
    return {500, "storage"};
  }
}

long append_all(Session& s, const std::string& stream, long expected, const std::vector<Record>& events) {
  Transaction tx = s.transaction();
  long at = s.version(stream);
  if (at != expected)
    throw VersionConflict(stream + " is at " + std::to_string(at));
  for (const Record& r : events)
    at = tx.append(stream, r);
  tx.commit();
  return at;
}

long append_lenient(Session& s, const std::string& stream, const std::vector<Record>& events) {
  auto tx = s.transaction();
  long at = 0;
  try {
    for (const Record& r : events) {
      if (r.body.empty())
        throw std::invalid_argument("empty event");
      at = tx.append(stream, r);
    }
    tx.exec("UPDATE stream SET complete = 1");
  } catch (const std::exception& e) {  // expect: session-swallow-and-commit
    info(e.what());
    at = -1;
  }
  tx.commit();
  return at;
}

std::map<std::string, int> histogram(Session& s, const std::string& stream, std::size_t limit) {
  std::map<std::string, int> kinds;
  std::size_t seen = 0;
  s.each(stream, [&](const Record& r) {
    ++kinds[r.kind];
    return ++seen < limit;
  });
  return kinds;
}

void snapshot(Session& s, long order) {
  static_cast<void>(s.transaction());  // expect: session-temporary-guard
  long at = s.version("order-" + std::to_string(order));
  s.exec("DELETE FROM snapshot WHERE ord = ?", order);
  s.exec("INSERT INTO snapshot(ord, version) VALUES (?, ?)", order, at);
}

void rebuild(Session& s, const std::vector<Record>& events) {
  std::size_t in_batch = 0;
  Transaction tx = s.transaction();
  tx.exec("DELETE FROM projection");
  for (const Record& r : events) {
    tx.exec("INSERT INTO projection(seq, len) VALUES (?, ?)", r.seq, static_cast<long>(r.body.size()));
    if (++in_batch == 500) {
      tx.commit();
      tx = s.transaction();
      in_batch = 0;
    }
  }
  tx.commit();
}

long close_order(Session& s, long order) {
  auto tx = s.transaction();
  Record r{0, "closed", std::to_string(order)};
  long seq = tx.append("order-" + std::to_string(order), r);
  tx.exec("UPDATE order_view SET open = 0 WHERE id = ?", order);
  tx.commit();
  if (seq % 100 == 0)
    tx.exec("INSERT INTO snapshot_todo(ord, seq) VALUES (?, ?)", order, seq);  // expect: session-use-after-scope
  return seq;
}

long reopen_order(Session& s, Bus& bus, long order) {
  long seq = 0;
  {
    auto tx = s.transaction();
    seq = tx.append("order-" + std::to_string(order), Record{0, "reopened", ""});
    tx.exec("UPDATE order_view SET open = 1 WHERE id = ?", order);
    tx.commit();
  }
  try {
    bus.publish("order.reopened", std::to_string(order));
  } catch (const std::exception& e) {
    info(e.what());
  }
  return seq;
}

void merge_orders(Session& s, long keep, const std::vector<long>& drop) {
  Transaction all = s.transaction();
  for (long d : drop) {
    Transaction one = s.transaction();  // expect: session-nested-begin
    one.exec("UPDATE order_line SET ord = ? WHERE ord = ?", keep, d);
    one.commit();
  }
  all.exec("UPDATE order_view SET merged = 1 WHERE id = ?", keep);
  all.commit();
}

int merge_best_effort(Session& s, long keep, const std::vector<long>& drop) {
  int merged = 0;
  Transaction all = s.transaction();
  for (long d : drop) {
    try {
      Savepoint sp = s.savepoint();
      all.exec("UPDATE order_line SET ord = ? WHERE ord = ?", keep, d);
      all.exec("DELETE FROM order_view WHERE id = ?", d);
      sp.release();
      ++merged;
    } catch (const StoreError& e) {
      info(std::string("not merged: ") + e.what());
    }
  }
  all.commit();
  return merged;
}

bool cancel_order(Session& s, long order) {
  bool failed = false;
  s.begin();
  try {
    s.append("order-" + std::to_string(order), Record{0, "cancelled", ""});
    s.exec("DELETE FROM order_line WHERE ord = ?", order);
    s.commit();
  } catch (const std::exception& e) {
    info(e.what());
    s.rollback();
    failed = true;
  }
  if (failed) {
    s.rollback();  // expect: session-double-end
    return false;
  }
  return true;
}

bool expire_order(Session& s, long order) {
  bool failed = false;
  s.begin();
  try {
    s.append("order-" + std::to_string(order), Record{0, "expired", ""});
    s.exec("UPDATE order_view SET open = 0 WHERE id = ?", order);
  } catch (const std::exception& e) {
    info(e.what());
    failed = true;
  }
  if (failed) {
    s.rollback();
    return false;
  }
  try {
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
  return true;
}

long check_chain(Session& s, const std::string& stream) {
  Cursor* c = s.open_cursor(stream);  // waits: session-leak
  long last = 0;
  while (c->next()) {
    const Record& r = c->current();
    if (r.seq != last + 1)
      throw StoreError(stream + " has a gap after " + std::to_string(last));
    last = r.seq;
  }
  s.close_cursor(c);
  return last;
}

std::optional<Record> last_of_kind(Session& s, const std::string& stream, std::string_view kind) {
  std::shared_ptr<Cursor> c(s.open_cursor(stream), [&s](Cursor* p) { s.close_cursor(p); });
  std::optional<Record> found;
  while (c->next()) {
    if (c->current().kind == kind)
      found = c->current();
    else if (c->current().kind == "closed")
      return found;
  }
  return found;
}

void add_payment(Session& s, long order, long cents) {
  auto flush = [&s] {
    s.exec("UPDATE stats SET payments = payments + 1");
    s.commit();
  };
  s.begin();
  bool open = true;
  try {
    s.append("order-" + std::to_string(order), Record{0, "paid", std::to_string(cents)});
    flush();
    open = false;
    s.begin();
    open = true;
    s.exec("UPDATE order_view SET paid = paid + ? WHERE id = ?", cents, order);
    s.commit();  // expect: session-multiple-commits
  } catch (...) {
    if (open)
      s.rollback();
    throw;
  }
}

void attach_projection(Bus& bus, Sessions& sessions) {
  bus.subscribe("order.paid", [&sessions](const Record& r) {
    Session s = sessions.open();
    auto tx = s.transaction();
    if (tx.exec("SELECT count(*) FROM seen WHERE seq = ?", r.seq) > 0)
      return;
    tx.exec("INSERT INTO seen(seq) VALUES (?)", r.seq);
    tx.exec("UPDATE totals SET n = n + 1");
    tx.commit();
  });
}

void transfer_order(Sessions& sessions, long order, long customer) {
  Session a = sessions.open();
  auto debit = a.transaction();
  debit.exec("UPDATE order_view SET customer = ? WHERE id = ?", customer, order);
  Session b = sessions.open();  // expect: session-split-unit-of-work
  auto credit = b.transaction();
  credit.exec("UPDATE customer SET orders = orders + 1 WHERE id = ?", customer);
  debit.commit();
  credit.commit();
}

void note_on_order(Session& s, long order, const std::string& text, Transaction* outer) {
  std::optional<Transaction> own;
  if (outer == nullptr)
    own.emplace(s.transaction());
  Transaction& tx = outer ? *outer : *own;
  tx.append("order-" + std::to_string(order), Record{0, "note", text});
  tx.exec("UPDATE order_view SET notes = notes + 1 WHERE id = ?", order);
  if (own)
    own->commit();
}

enum class Verdict { accept, reject, hold };

bool judge(Session& s, long order, Verdict v) {
  auto tx = s.transaction();
  switch (v) {
    case Verdict::accept:
      tx.exec("UPDATE order_view SET state = 1 WHERE id = ?", order);
      tx.commit();
      return true;
    case Verdict::reject:
      tx.exec("UPDATE order_view SET state = 2 WHERE id = ?", order);
      tx.exec("DELETE FROM reservation WHERE ord = ?", order);
      tx.commit();
      return true;
    case Verdict::hold:
      break;
  }
  tx.rollback();
  return false;
}

class Batcher {
public:
  explicit Batcher(Session& s) : s_(s) {}
  Batcher(const Batcher&) = delete;
  ~Batcher() {
    if (open_)
      s_.rollback();
  }
  void start() {
    if (open_)
      return;
    s_.begin();
    open_ = true;
  }
  void add(const std::string& stream, const Record& r) {
    start();
    s_.append(stream, r);
    ++n_;
  }
  std::size_t finish() {
    if (!open_)
      return 0;
    s_.commit();
    open_ = false;
    return std::exchange(n_, 0);
  }

private:
  Session& s_;
  bool open_ = false;
  std::size_t n_ = 0;
};

}  // namespace orders
