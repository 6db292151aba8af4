#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

// ---- as in royalty/data/session.h ----
namespace royalty::data {

enum class Errc { none, busy, constraint, gone };

class Outcome {
public:
  Outcome(Errc e = Errc::none) noexcept : e_(e) {}
  explicit operator bool() const noexcept { return e_ == Errc::none; }
  Errc error() const noexcept { return e_; }

private:
  Errc e_;
};

struct SessionOptions {
  std::string dsn;
  std::chrono::seconds idle{30};
  bool readOnly = false;
};

class Session {
public:
  explicit Session(const SessionOptions& opt) noexcept;
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  bool connected() const noexcept;
  Outcome run(const char* sql) noexcept;
  Outcome run(const char* sql, std::int64_t a) noexcept;
  Outcome run(const char* sql, std::int64_t a, std::int64_t b) noexcept;
  std::optional<std::int64_t> scalar(const char* sql, std::int64_t a) noexcept;
  std::vector<std::int64_t> column(const char* sql, std::int64_t a) noexcept;
  Outcome begin() noexcept;
  Outcome commit() noexcept;
  Outcome rollback() noexcept;
};

class UnitOfWork {
public:
  explicit UnitOfWork(Session& s) noexcept;
  ~UnitOfWork();
  UnitOfWork(const UnitOfWork&) = delete;
  UnitOfWork& operator=(const UnitOfWork&) = delete;
  Outcome commit() noexcept;
  void rollback() noexcept;
};

class SessionFactory {
public:
  virtual ~SessionFactory();
  virtual std::unique_ptr<Session> open() noexcept = 0;
  virtual std::shared_ptr<Session> shared() noexcept = 0;
};

}  // namespace royalty::data

namespace royalty {
void note(const char* what, std::int64_t id) noexcept;
bool validIsrc(const std::string& code);
}  // namespace royalty
// ---- end of header part ----

namespace royalty {

using data::Errc;
using data::Outcome;
using data::Session;
using data::SessionFactory;
using data::SessionOptions;
using data::UnitOfWork;

struct Play {
  std::int64_t track = 0;
  std::int64_t account = 0;
  int seconds = 0;
};

Outcome withTransaction(Session& s, const std::function<Outcome(Session&)>& body) {
  UnitOfWork uow(s);
  Outcome r = body(s);
  if (!r) {
    uow.rollback();
    return r;
  }
  return uow.commit();
}

template <class F>
class Finally {
public:
  explicit Finally(F f) : f_(std::move(f)) {}
  Finally(const Finally&) = delete;
  Finally& operator=(const Finally&) = delete;
  ~Finally() { f_(); }

private:
  F f_;
};

std::int64_t balanceOf(SessionFactory& factory, std::int64_t account) {
  Session& s = *factory.open();
  note("balance", account);
  const auto v = s.scalar("select cents from account where id = ?", account);  // expect: session-use-after-scope
  return v.value_or(0);
}

std::int64_t pendingOf(SessionFactory& factory, std::int64_t account) {
  const std::unique_ptr<Session>& s = factory.open();
  if (!s || !s->connected()) return -1;
  const auto v = s->scalar("select sum(cents) from pending where account = ?", account);
  const auto held = s->scalar("select held from account where id = ?", account);
  return v.value_or(0) + held.value_or(0);
}

Session* reportingSession(SessionFactory& factory, bool verbose) {
  auto s = factory.open();
  if (!s) return nullptr;
  if (!s->run("set application_name = 'report'") && verbose) note("application_name refused", 0);
  return s.get();  // expect: session-use-after-scope
}

std::unique_ptr<Session> auditSession(SessionFactory& factory) {
  for (int i = 0; i < 3; ++i) {
    auto s = factory.open();
    if (!s || !s->connected()) continue;
    if (s->run("set role auditor")) return s;
  }
  return nullptr;
}

Outcome debit(Session& s, std::int64_t account, std::int64_t cents) {
  UnitOfWork uow(s);
  if (auto r = s.run("update account set cents = cents - ? where id = ?", cents, account); !r) return r;
  if (auto r = s.run("insert into entry(account, cents) values(?, -?)", account, cents); !r) return r;
  return uow.commit();
}

Outcome moveAdvance(SessionFactory& factory, std::int64_t from, std::int64_t to, std::int64_t cents) {
  auto s = factory.open();
  if (!s) return Errc::gone;
  if (auto r = debit(*s, from, cents); !r) return r;
  UnitOfWork uow(*s);
  if (auto r = s->run("update account set cents = cents + ? where id = ?", cents, to); !r) return r;
  if (auto r = s->run("insert into entry(account, cents) values(?, ?)", to, cents); !r) return r;
  return uow.commit();  // expect: session-multiple-commits
}

Outcome chargeOrWaive(SessionFactory& factory, std::int64_t account, std::int64_t cents, bool waive) {
  auto s = factory.open();
  if (!s) return Errc::gone;
  if (!waive) return debit(*s, account, cents);
  UnitOfWork uow(*s);
  if (auto r = s->run("update account set waived = waived + ? where id = ?", cents, account); !r) return r;
  return uow.commit();
}

Outcome setDealState(Session& s, std::int64_t deal, int state) {
  if (auto r = s.begin(); !r) return r;  // expect: session-unfinished-transaction
  Outcome r = s.run("update deal set touched = 1 where id = ?", deal);
  if (!r) {
    s.rollback();
    return r;
  }
  switch (state) {
    case 0:
      r = s.run("update deal set state = 'DRAFT' where id = ?", deal);
      break;
    case 1:
      r = s.run("update deal set state = 'LIVE' where id = ?", deal);
      break;
    default:
      note("unknown state", state);
      return Errc::constraint;
  }
  if (r) r = s.commit();
  if (!r) s.rollback();
  return r;
}

Outcome renewDeal(Session& s, std::int64_t deal, int years) {
  if (auto r = s.begin(); !r) return r;
  bool done = false;
  Finally undo([&]() noexcept {
    if (!done) s.rollback();
  });
  if (years <= 0) return Errc::constraint;
  if (auto r = s.run("update deal set until = until + ? where id = ?", years, deal); !r) return r;
  const auto n = s.scalar("select count(*) from clash where deal = ?", deal);
  if (!n || *n > 0) return Errc::constraint;
  const Outcome r = s.commit();
  done = static_cast<bool>(r);
  return r;
}

int probeLatency(const SessionOptions& opt, int rounds) {
  auto* s = new Session(opt);  // expect: session-raw-construction
  int good = 0;
  for (int i = 0; i < rounds; ++i) {
    if (!s->connected()) break;
    if (s->run("select 1")) ++good;
  }
  delete s;
  return good;
}

class Catalogue {
public:
  Catalogue(SessionFactory& f, std::unique_ptr<Session> own) : factory_(f), session_(std::move(own)) {}

  Outcome mergeTracks(std::int64_t keep, std::int64_t drop) {
    auto work = factory_.open();
    if (!work) return Errc::gone;
    UnitOfWork uow(*work);
    if (auto r = work->run("update play set track = ? where track = ?", keep, drop); !r) return r;
    if (auto r = session_->run("delete from track where id = ?", drop); !r) return r;  //  // waits: session-transaction-bypass
    return uow.commit();
  }

  Outcome splitTrack(std::int64_t track, std::int64_t copy) {
    UnitOfWork uow(*session_);
    Session& s = *session_;
    if (auto r = s.run("insert into track(id, origin) values(?, ?)", copy, track); !r) return r;
    if (auto r = session_->run("update play set track = ? where track = ?", copy, track); !r) return r;
    return uow.commit();
  }

  bool bind() {
    auto fresh = factory_.open();
    if (!fresh || !fresh->connected()) return false;
    current_ = fresh.get();  // expect: session-use-after-scope
    return true;
  }

  bool rebind() {
    auto fresh = factory_.open();
    if (!fresh || !fresh->connected()) return false;
    current_ = fresh.get();
    session_ = std::move(fresh);
    return true;
  }

  std::optional<std::int64_t> lookup(std::int64_t isrc) {
    if (!session_ || !session_->connected()) {
      current_ = nullptr;
      session_.reset();
      session_ = factory_.open();
    }
    return session_ ? session_->scalar("select id from track where isrc = ?", isrc) : std::nullopt;
  }

  std::int64_t viaCurrent() const noexcept { return current_ ? current_->scalar("select max(id) from track", 0).value_or(0) : 0; }

private:
  SessionFactory& factory_;
  std::unique_ptr<Session> session_;
  Session* current_ = nullptr;
};

void refreshCharts(SessionFactory& factory, const std::vector<std::int64_t>& regions) {
  auto s = factory.shared();
  if (!s) return;
  std::thread([s, n = static_cast<std::int64_t>(regions.size())] {  // expect: session-shared-across-threads
    for (std::int64_t i = 0; i < n; ++i)
      if (!s->run("update chart set dirty = 1 where region = ?", i)) note("chart", i);
  }).detach();
  for (const auto r : regions)
    if (!s->run("delete from chart_cache where region = ?", r)) note("cache", r);
}

void refreshAlbums(SessionFactory& factory, std::vector<std::int64_t> albums) {
  auto s = factory.open();
  if (!s) return;
  for (const auto a : albums) s->run("update album set dirty = 1 where id = ?", a);
  std::thread([own = std::move(s), albums = std::move(albums)] {
    for (const auto a : albums)
      if (!own->run("update album set plays = (select count(*) from play where album = ?)", a)) note("album", a);
  }).detach();
  note("album refresh started", 0);
}

Outcome recordPlays(SessionFactory& factory, const std::vector<Play>& plays) {
  auto s = factory.open();
  if (!s) return Errc::gone;
  std::map<std::int64_t, std::int64_t> perAccount;
  return withTransaction(*s, [&](Session& tx) -> Outcome {
    for (const auto& p : plays) {
      if (p.seconds < 30) continue;
      if (auto r = tx.run("insert into play(track, account) values(?, ?)", p.track, p.account); !r) return r;
      ++perAccount[p.account];
    }
    for (const auto& [acc, n] : perAccount)
      if (auto r = s->run("update account set plays = plays + ? where id = ?", n, acc); !r) return r;
    return {};
  });
}

Outcome closePeriod(SessionFactory& factory, std::int64_t period) {
  auto s = factory.open();
  if (!s) return Errc::gone;
  UnitOfWork uow(*s);
  if (auto r = s->run("update period set closed = 1 where id = ?", period); !r) return r;
  const Outcome r = withTransaction(*s, [&](Session& tx) {  // expect: session-nested-begin
    return tx.run("insert into statement_run(period) values(?)", period);
  });
  return r ? uow.commit() : r;
}

class PayoutBatch {
public:
  explicit PayoutBatch(std::shared_ptr<Session> s) : s_(std::move(s)) {}
  bool add(std::int64_t account, std::int64_t cents) {
    if (!uow_) uow_ = std::make_unique<UnitOfWork>(*s_);
    if (!s_->run("insert into payout(account, cents) values(?, ?)", account, cents)) {
      uow_.reset();
      count_ = 0;
      return false;
    }
    if (++count_ < 100) return true;
    return flush();
  }
  bool flush() {
    if (!uow_) return true;
    auto done = std::exchange(uow_, nullptr);
    count_ = 0;
    return static_cast<bool>(done->commit());
  }

private:
  std::shared_ptr<Session> s_;
  std::unique_ptr<UnitOfWork> uow_;
  int count_ = 0;
};

Outcome purge(SessionFactory& factory, std::int64_t account, Session* borrowed) {
  std::unique_ptr<Session> own;
  if (!borrowed) {
    own = factory.open();
    borrowed = own.get();
  }
  if (!borrowed) return Errc::gone;
  return withTransaction(*borrowed, [account](Session& s) -> Outcome {
    if (auto r = s.run("delete from play where account = ?", account); !r) return r;
    return s.run("delete from account where id = ?", account);
  });
}

Outcome reprice(SessionFactory& factory, const std::string& isrc, std::int64_t track, std::int64_t cents) {
  auto s = factory.open();
  if (!s) return Errc::gone;
  bool valid = false;
  try {
    valid = validIsrc(isrc);
  } catch (const std::exception&) {
    note("isrc check failed", track);
  }
  if (!valid) return Errc::constraint;
  for (int attempt = 0; attempt < 5; ++attempt) {
    if (!s->begin()) return Errc::gone;
    Outcome r = s->run("update price set cents = ? where track = ?", cents, track);
    if (r) r = s->commit();
    if (r) return r;
    s->rollback();
    if (r.error() != Errc::busy) return r;
    std::this_thread::sleep_for(std::chrono::milliseconds(10 << attempt));
  }
  return Errc::busy;
}

Outcome reverse(Session& s, std::int64_t payout) {
  if (auto r = s.begin(); !r) return r;
  Outcome r = s.run("update payout set state = 'R' where id = ?", payout);
  if (r) r = s.run("insert into reversal(payout) values(?)", payout);
  if (!r) {
    note("reversal refused", payout);
    s.rollback();
  } else if (s.commit()) {
    note("reversed", payout);
    return r;
  }
  s.rollback();  // expect: session-double-end
  return r ? Outcome(Errc::busy) : r;
}

}  // namespace royalty
