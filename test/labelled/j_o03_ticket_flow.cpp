#include <coroutine>
#include <exception>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// ---- ticket/flow.h ----
namespace ticket {

template <class T>
class Flow {
public:
  struct promise_type {
    T* current = nullptr;
    std::exception_ptr error;
    Flow get_return_object() { return Flow{std::coroutine_handle<promise_type>::from_promise(*this)}; }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(T& v) noexcept { current = &v; return {}; }
    void return_void() noexcept {}
    void unhandled_exception() { error = std::current_exception(); }
  };
  using Handle = std::coroutine_handle<promise_type>;

  class iterator {
  public:
    explicit iterator(Handle h) : h_(h) {}
    T& operator*() const { return *h_.promise().current; }
    T* operator->() const { return h_.promise().current; }
    iterator& operator++() { advance(h_); return *this; }
    bool operator==(std::default_sentinel_t) const { return h_.done(); }
  private:
    Handle h_;
  };

  explicit Flow(Handle h) : h_(h) {}
  Flow(Flow&& o) noexcept : h_(std::exchange(o.h_, {})) {}
  Flow(const Flow&) = delete;
  ~Flow() { if (h_) h_.destroy(); }
  iterator begin() { advance(h_); return iterator(h_); }
  std::default_sentinel_t end() const noexcept { return {}; }

private:
  static void advance(Handle h) {
    h.resume();
    if (h.done() && h.promise().error) std::rethrow_exception(h.promise().error);
  }
  Handle h_;
};

class Hits {
public:
  ~Hits();
  Hits(Hits&&) noexcept;
  bool next();
  int asInt(int col) const;
  std::string asText(int col) const;
};

class Conn {
public:
  Conn(Conn&&) noexcept;
  Conn(const Conn&) = delete;
  ~Conn();
  template <class... A> void put(const char* sql, const A&... a);
  template <class... A> Hits ask(const char* sql, const A&... a);
};

class Booking {
public:
  explicit Booking(Conn& c);
  Booking(const Booking&) = delete;
  ~Booking();
  void commit();
  void rollback();
};

class Hub {
public:
  static Hub& instance();
  Conn take();
};

Flow<Conn> lease(Hub& hub);
// ---- end of flow.h ----

struct Seat { int row = 0; int col = 0; };
struct ShowCfg { int maxSeats = 8; bool waitList = false; };

void note(const std::string& s) noexcept;

Flow<Conn> lease(Hub& hub) {
  Conn c = hub.take();
  co_yield c;
}

Flow<Conn> unitOfWork(Hub& hub) {
  Conn c = hub.take();
  Booking b(c);
  co_yield c;
  b.commit();
}

Flow<Conn> shards(std::vector<Hub*> hubs) {
  for (Hub* h : hubs) {
    Conn c = h->take();
    co_yield c;
  }
}

Flow<int> soldOut(Conn& c) {
  Hits h = c.ask("SELECT id FROM show WHERE free = 0");
  while (h.next()) {
    int id = h.asInt(0);
    co_yield id;
  }
}

int sellSeat(Hub& hub, int show, Seat seat) {
  int ticket = 0;
  for (Conn& c : unitOfWork(hub)) {
    c.put("UPDATE seat SET sold = 1 WHERE show = ? AND r = ? AND k = ?", show, seat.row, seat.col);
    auto h = c.ask("INSERT INTO ticket(show) VALUES (?) RETURNING id", show);
    if (h.next()) ticket = h.asInt(0);
  }
  return ticket;
}

int sellStanding(Hub& hub, int show) {
  for (Conn& c : unitOfWork(hub)) {
    c.put("UPDATE show SET standing = standing - 1 WHERE id = ?", show);
    auto h = c.ask("INSERT INTO ticket(show, standing) VALUES (?, 1) RETURNING id", show);
    if (!h.next()) throw std::runtime_error("no ticket id");
    return h.asInt(0);  // expect: session-generator-early-return
  }
  return 0;
}

std::string showTitle(Hub& hub, int show) {
  for (Conn& c : lease(hub)) {
    auto h = c.ask("SELECT title FROM show WHERE id = ?", show);
    if (h.next()) return h.asText(0);
  }
  return "unknown";
}

void cancelTickets(Hub& hub, const std::vector<int>& tickets) {
  for (Conn& c : unitOfWork(hub)) {
    std::size_t done = 0;
    for (int t : tickets) {
      if (t == 0) continue;
      c.put("DELETE FROM ticket WHERE id = ?", t);
      if (++done == 100) break;
    }
    c.put("INSERT INTO cancel_log(n) VALUES (?)", static_cast<int>(done));
  }
}

void moveShow(Hub& hub, int show, int hall, const ShowCfg& cfg) {
  for (Conn& c : unitOfWork(hub)) {
    c.put("UPDATE show SET hall = ? WHERE id = ?", hall, show);
    c.put("DELETE FROM seat_plan WHERE show = ?", show);
    if (!cfg.waitList) {
      note("no wait list for " + std::to_string(show));
      break;  // expect: session-generator-early-return
    }
    c.put("INSERT INTO wait_list(show) VALUES (?)", show);
  }
}

void refund(Hub& hub, int ticket, int cents) {
  for (Conn& c : unitOfWork(hub)) {
    auto h = c.ask("SELECT refunded FROM ticket WHERE id = ?", ticket);
    if (h.next() && h.asInt(0) != 0) {
      note("already refunded");
      continue;
    }
    c.put("UPDATE ticket SET refunded = 1 WHERE id = ?", ticket);
    c.put("INSERT INTO refund(ticket, cents) VALUES (?, ?)", ticket, cents);
  }
}

void changePrice(Hub& hub, int show, int cents) {
  for (Conn& c : unitOfWork(hub)) {
    if (cents < 0) throw std::invalid_argument("negative price");
    c.put("UPDATE show SET price = ? WHERE id = ?", cents, show);
    c.put("INSERT INTO price_log(show, cents) VALUES (?, ?)", show, cents);
  }
}

void openBoxOffice(Hub& hub, int office) {
  Conn& c = *lease(hub).begin();  // expect: session-generator-early-return
  Booking b(c);
  c.put("UPDATE office SET open = 1 WHERE id = ?", office);
  b.commit();
}

void closeBoxOffice(Hub& hub, int office) {
  auto flow = lease(hub);
  auto it = flow.begin();
  if (it == flow.end()) return;
  Conn& c = *it;
  Booking b(c);
  c.put("UPDATE office SET open = 0 WHERE id = ?", office);
  c.put("INSERT INTO office_log(office) VALUES (?)", office);
  b.commit();
}

class Turnstile {
public:
  explicit Turnstile(Hub& hub) : hub_(hub) {}

  void connect() {
    for (Conn& c : lease(hub_)) {
      conn_ = &c;  // expect: session-generator-early-return
    }
    note("turnstile connected");
  }

  void pass(int ticket) {
    if (!conn_) connect();
    conn_->put("UPDATE ticket SET used = 1 WHERE id = ?", ticket);
  }

private:
  Hub& hub_;
  Conn* conn_ = nullptr;
};

class Gate {
public:
  explicit Gate(Hub& hub) : flow_(lease(hub)), it_(flow_.begin()) {}

  bool admit(int ticket) {
    Conn& c = *it_;
    Booking b(c);
    auto h = c.ask("SELECT used FROM ticket WHERE id = ?", ticket);
    if (!h.next() || h.asInt(0) != 0) return false;
    c.put("UPDATE ticket SET used = 1 WHERE id = ?", ticket);
    c.put("UPDATE gate SET n = n + 1");
    b.commit();
    return true;
  }

private:
  Flow<Conn> flow_;
  Flow<Conn>::iterator it_;
};

int findOnAnyShard(const std::vector<Hub*>& hubs, const std::string& code) {
  int found = -1;
  for (Conn& c : shards(hubs)) {
    auto h = c.ask("SELECT id FROM ticket WHERE code = ?", code);
    if (h.next()) {
      found = h.asInt(0);
      break;
    }
  }
  return found;
}

int firstSoldOut(Hub& hub) {
  Conn c = hub.take();
  for (int id : soldOut(c)) {
    if (id > 0) return id;
  }
  return 0;
}

void hideSoldOut(Hub& hub) {
  Conn c = hub.take();
  std::vector<int> ids;
  for (int id : soldOut(c)) ids.push_back(id);
  Booking b(c);
  for (int id : ids) c.put("UPDATE show SET visible = 0 WHERE id = ?", id);
  b.commit();
}

bool upgradeSeat(Hub& hub, int ticket, Seat to) {
  Conn c = hub.take();
  Booking b(c);
  c.put("UPDATE seat SET sold = 1 WHERE r = ? AND k = ?", to.row, to.col);
  try {
    c.put("UPDATE ticket SET r = ?, k = ? WHERE id = ?", to.row, to.col, ticket);
    c.put("INSERT INTO upgrade(ticket) VALUES (?)", ticket);
  } catch (const std::exception& e) {
    note(e.what());
    b.rollback();
    return false;
  }
  b.commit();
  return true;
}

bool swapSeats(Hub& hub, int a, int b) {
  bool ok = true;
  for (Conn& c : unitOfWork(hub)) {
    try {
      c.put("UPDATE ticket SET seat = (SELECT seat FROM ticket WHERE id = ?) WHERE id = ?", b, a);
      c.put("UPDATE ticket SET swapped = 1 WHERE id IN (?, ?)", a, b);
    } catch (const std::exception& e) {  //  // waits: session-swallow-and-commit
      note(e.what());
      ok = false;
    }
  }
  return ok;
}

std::optional<int> reserveGroup(Hub& hub, int show, const std::vector<Seat>& seats, const ShowCfg& cfg) {
  if (static_cast<int>(seats.size()) > cfg.maxSeats) return std::nullopt;
  std::optional<int> group;
  try {
    for (Conn& c : unitOfWork(hub)) {
      auto h = c.ask("INSERT INTO party(show) VALUES (?) RETURNING id", show);
      if (!h.next()) throw std::runtime_error("no group id");
      const int id = h.asInt(0);
      for (const Seat& s : seats)
        c.put("UPDATE seat SET party = ? WHERE show = ? AND r = ? AND k = ?", id, show, s.row, s.col);
      group = id;
    }
  } catch (const std::exception& e) {
    note(std::string("group refused: ") + e.what());
    group.reset();
  }
  return group;
}

Conn* stationConn(Hub& hub, const std::string& station) {
  for (Conn& c : lease(hub)) {
    c.put("UPDATE station SET online = 1 WHERE name = ?", station);
    return &c;  // expect: session-generator-early-return
  }
  return nullptr;
}

void printQueue(Hub& hub, const std::vector<int>& tickets) {
  Conn c = hub.take();
  {
    Booking b(c);
    for (int t : tickets) c.put("INSERT INTO print_queue(ticket) VALUES (?)", t);
    b.commit();
  }
  for (auto h = c.ask("SELECT id FROM print_queue ORDER BY id"); h.next();)
    note("print " + std::to_string(h.asInt(0)));
}

void expireHolds(Hub& hub, int minutes) {
  Conn c = hub.take();
  Booking b(c);
  c.put("UPDATE seat SET held = 0 WHERE held_for > ?", minutes);
  if (minutes > 5) {
    c.put("DELETE FROM hold_cache");
    b.commit();
  }
  note("holds expired");
  b.commit();  // expect: session-double-end
}

void blockRow(Hub& hub, int show, int row) {
  for (Conn& c : unitOfWork(hub)) {
    c.put("UPDATE seat SET blocked = 1 WHERE show = ? AND r = ?", show, row);
    Booking extra(c);  //  // waits: session-nested-begin
    c.put("INSERT INTO block_log(show, r) VALUES (?, ?)", show, row);
    extra.commit();
  }
}

Conn eventConn(Hub& hub, const std::string& station) {
  Conn c = hub.take();
  c.put("UPDATE station SET online = 1 WHERE name = ?", station);
  return c;
}

std::map<int, int> takings(Hub& hub) {
  std::map<int, int> out;
  for (Conn& c : lease(hub)) {
    Booking snapshot(c);
    for (auto h = c.ask("SELECT show, sum(cents) FROM ticket GROUP BY show"); h.next();)
      out[h.asInt(0)] = h.asInt(1);
  }
  return out;
}

}  // namespace ticket
