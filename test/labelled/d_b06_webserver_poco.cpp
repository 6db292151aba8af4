// library: poco
// Booking portal: Poco HTTP handlers over Poco::Data.
#include <Poco/Data/RecordSet.h>
#include <Poco/Data/Session.h>
#include <Poco/Data/SessionPool.h>
#include <Poco/Data/Statement.h>
#include <Poco/Data/Transaction.h>
#include <Poco/Exception.h>
#include <Poco/Logger.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace Poco::Data::Keywords;
using Poco::Data::RecordSet;
using Poco::Data::Session;
using Poco::Data::SessionPool;
using Poco::Data::Statement;
using Poco::Data::Transaction;

static Poco::Logger& logger() { return Poco::Logger::get("portal"); }

struct Seat { int row; int number; };

class BaseHandler : public Poco::Net::HTTPRequestHandler {
 public:
  explicit BaseHandler(SessionPool& pool) : pool_(pool) {}
  void handleRequest(Poco::Net::HTTPServerRequest& req, Poco::Net::HTTPServerResponse& res) override {
    try {
      const std::string body = answer(req.getURI());
      res.setContentLength(static_cast<std::streamsize>(body.size()));
      res.send() << body;
    } catch (const Poco::Exception& e) {
      logger().error(e.displayText());
      res.setStatusAndReason(Poco::Net::HTTPResponse::HTTP_INTERNAL_SERVER_ERROR);
      res.send();
    }
  }

 protected:
  virtual std::string answer(const std::string& uri) = 0;
  SessionPool& pool_;
};

class ReserveHandler : public BaseHandler {
 public:
  using BaseHandler::BaseHandler;

 protected:
  std::string answer(const std::string& uri) override {
    Session s = pool_.get();
    Transaction tx(s);
    int show = static_cast<int>(uri.size());
    s << "UPDATE seat SET taken = 1 WHERE show = ?", use(show), now;
    s << "INSERT INTO reservation(show) VALUES(?)", use(show), now;
    tx.commit();
    return "ok";
  }
};

class CancelHandler : public BaseHandler {
 public:
  using BaseHandler::BaseHandler;

 protected:
  std::string answer(const std::string& uri) override {
    Session s = pool_.get();
    Transaction tx(s);  // expect: session-unfinished-transaction
    int show = static_cast<int>(uri.size());
    s << "UPDATE seat SET taken = 0 WHERE show = ?", use(show), now;
    s << "DELETE FROM reservation WHERE show = ?", use(show), now;
    return "cancelled";
  }
};

class CountHandler : public BaseHandler {
 public:
  using BaseHandler::BaseHandler;

 protected:
  std::string answer(const std::string&) override {
    Session s(pool_.get());
    int n = 0;
    s << "SELECT COUNT(*) FROM seat WHERE taken = 0", into(n), now;
    std::string out = "{\"free\":" + std::to_string(n);
    RecordSet rs(s, "SELECT show, COUNT(*) FROM seat GROUP BY show");
    for (bool more = rs.moveFirst(); more; more = rs.moveNext())
      out += ",\"" + rs[0].convert<std::string>() + "\":" + rs[1].convert<std::string>();
    return out + "}";
  }
};

// A pooled session is rolled back when it is given back, so no handler here.
void moveGuest(SessionPool& pool, int from, int to) {
  Session s = pool.get();
  s.begin();
  s << "UPDATE guest SET room = ? WHERE room = ?", use(to), use(from), now;
  s << "UPDATE room SET dirty = 1 WHERE id = ?", use(from), now;
  s.commit();
}

void moveGuestOn(Session& s, int from, int to) {
  s.begin();
  try {
    s << "UPDATE guest SET room = ? WHERE room = ?", use(to), use(from), now;
    s << "UPDATE room SET dirty = 1 WHERE id = ?", use(from), now;
    s.commit();
  } catch (const Poco::Exception& e) {  // expect: session-missing-rollback
    logger().warning(e.displayText());
    throw;
  }
}

void checkOut(Session& s, int room) {
  s.begin();  // expect: session-missing-rollback
  s << "DELETE FROM guest WHERE room = ?", use(room), now;
  s << "UPDATE room SET dirty = 1 WHERE id = ?", use(room), now;
  s.commit();
}

bool checkIn(Session& s, int room, const std::string& name) {
  bool ok = false;
  s.begin();
  try {
    int free = 0;
    s << "SELECT COUNT(*) FROM guest WHERE room = ?", into(free), use(room), now;
    if (free == 0) {
      std::string n(name);
      s << "INSERT INTO guest(room, name) VALUES(?, ?)", use(room), use(n), now;
      ok = true;
    }
    if (ok) s.commit(); else s.rollback();
  } catch (...) {
    if (s.isTransaction()) s.rollback();
    throw;
  }
  return ok;
}

void priceRun(Session& s, const std::vector<int>& rooms) {
  Transaction tx(s);
  for (int room : rooms) {
    try {
      s << "UPDATE room SET price = price * 1.02 WHERE id = ?", use(room), now;
      s << "INSERT INTO price_history SELECT id, price FROM room WHERE id = ?", use(room), now;
    } catch (const Poco::Exception& e) {  // expect: session-swallow-and-commit
      logger().error(e.displayText());
      continue;
    }
  }
  tx.commit();
}

void priceRunEach(Session& s, const std::vector<int>& rooms) {
  for (int room : rooms) {
    try {
      Transaction tx(s);
      s << "UPDATE room SET price = price * 1.02 WHERE id = ?", use(room), now;
      s << "INSERT INTO price_history SELECT id, price FROM room WHERE id = ?", use(room), now;
      tx.commit();
    } catch (const Poco::Exception& e) {     // tx is rolled back already
      logger().error(e.displayText());
    }
  }
}

void createBooking(SessionPool& pool, int guest, const std::vector<Seat>& seats) {
  int total = static_cast<int>(seats.size());
  Session head = pool.get();
  head << "INSERT INTO booking(guest, seats) VALUES(?, ?)", use(guest), use(total), now;
  Session lines = pool.get();  // expect: session-split-unit-of-work
  for (Seat seat : seats)
    lines << "INSERT INTO booking_seat(row, number) VALUES(?, ?)", use(seat.row), use(seat.number), now;
}

void createBookingOnce(SessionPool& pool, int guest, const std::vector<Seat>& seats) {
  int total = static_cast<int>(seats.size());
  Session s = pool.get();
  Session same = s;                           // shares the implementation: still one connection
  Transaction tx(s);
  s << "INSERT INTO booking(guest, seats) VALUES(?, ?)", use(guest), use(total), now;
  for (Seat seat : seats)
    same << "INSERT INTO booking_seat(row, number) VALUES(?, ?)", use(seat.row), use(seat.number), now;
  tx.commit();
}

void notifyLater(SessionPool& pool, int booking) {
  Session s = pool.get();
  std::thread([s, booking]() mutable {  // expect: session-shared-across-threads
    s << "UPDATE booking SET notified = 1 WHERE id = ?", use(booking), now;
  }).detach();
  s << "INSERT INTO notice(booking) VALUES(?)", use(booking), now;
}

void notifyOwn(SessionPool& pool, int booking) {
  std::thread([&pool, booking]() mutable {    // the pool lives as long as the server
    try {
      Session s = pool.get();
      s << "UPDATE booking SET notified = 1 WHERE id = ?", use(booking), now;
    } catch (const Poco::Exception& e) {
      logger().error(e.displayText());
    }
  }).detach();
}

void purge(Session& s, int days) {
  Transaction{s};  // expect: session-temporary-guard
  s << "DELETE FROM booking WHERE age > ?", use(days), now;
}

void inTransaction(SessionPool& pool, const std::function<void(Session&)>& work) {
  Session s = pool.get();
  Transaction tx(s);
  work(s);
  tx.commit();
}

void season(SessionPool& pool, int factor) {
  inTransaction(pool, [&](Session& s) {
    s << "UPDATE room SET price = price * ?", use(factor), now;
    s << "INSERT INTO season(factor) VALUES(?)", use(factor), now;
  });
}

void closeDay(Session& s, int day) {
  Transaction revenue(s);
  s << "INSERT INTO revenue SELECT * FROM takings WHERE day = ?", use(day), now;
  revenue.commit();
  Transaction wipe(s);
  s << "DELETE FROM takings WHERE day = ?", use(day), now;
  wipe.commit();  // expect: session-multiple-commits
}

std::string roomName(SessionPool& pool, int room) {
  std::unique_ptr<RecordSet> rs;
  {
    Session s = pool.get();
    Statement st(s);
    st << "SELECT name FROM room WHERE id = ?", use(room);
    st.execute();
    rs = std::make_unique<RecordSet>(st);
  }
  return rs->rowCount() ? rs->value("name").convert<std::string>() : std::string();
}

void sweep(Session& s, int room) {
  s.begin();
  try {
    s << "UPDATE room SET dirty = 0 WHERE id = ?", use(room), now;
    s.commit();
  } catch (...) {
    s.rollback();
    throw;
  }
  if (room < 0) s.rollback();  // expect: session-double-end
}

void markClean(Session& s, int room) {
  Transaction tx(s);
  s << "UPDATE room SET dirty = 0 WHERE id = ?", use(room), now;
  s << "INSERT INTO cleaning(room) VALUES(?)", use(room);  // waits: session-statement-not-executed
  tx.commit();
}

std::size_t markAllClean(Session& s, std::vector<int>& rooms) {
  Statement st(s);
  int room = 0;
  st << "UPDATE room SET dirty = 0 WHERE id = ?", use(room);      // executed below
  Transaction tx(s);
  std::size_t n = 0;
  for (int r : rooms) {
    room = r;
    n += st.execute();
  }
  tx.commit();
  return n;
}
