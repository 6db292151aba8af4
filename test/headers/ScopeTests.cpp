// What scopes do whatever the library: a session that tells what is done to it, and that can fail.
#include <gtest/gtest.h>
#include <mysql.h>
#include <session_tidy/scope.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace companion {
namespace {

struct Boom : std::runtime_error {
  Boom() : std::runtime_error("boom") {}
};

struct Session {
  std::string log;
  bool beginFails = false;
  bool commitFails = false;
  bool rollbackFails = false;

  void begin() { act("begin ", beginFails); }
  void commit() { act("commit ", commitFails); }
  void rollback() { act("rollback ", rollbackFails); }

private:
  void act(const char* what, bool fails) {
    log += what;
    if (fails) throw std::runtime_error(std::string("no ") + what);
  }
};

TEST(Scope, NeverThrowsWhileAnExceptionPasses) {
  Session session;
  session.rollbackFails = true;
  EXPECT_THROW(
      {
        session_tidy::scope work(session);
        throw Boom();
      },
      Boom);
  EXPECT_EQ(session.log, "begin rollback ");
}

TEST(Scope, TellsOfACommitThatFails) {
  Session session;
  session.commitFails = true;
  session.rollbackFails = true;
  std::string told;
  try {
    session_tidy::scope work(session);
  } catch (const std::runtime_error& error) {
    told = error.what();
  }
  EXPECT_EQ(told, "no commit ");
  EXPECT_EQ(session.log, "begin commit rollback ");
}

TEST(Scope, HasNothingToEndWhenItDidNotBegin) {
  Session session;
  session.beginFails = true;
  EXPECT_ANY_THROW(session_tidy::scope work(session));
  EXPECT_EQ(session.log, "begin ");
}

TEST(Scope, CommitsInADestructorThatRunsBecauseOfAnException) {
  Session session;
  struct Cleaner {
    Session& session;
    ~Cleaner() { session_tidy::scope work(session); } // whole, although an exception passes outside
  };
  try {
    const Cleaner cleaner{session};
    throw Boom();
  } catch (const Boom&) {
  }
  EXPECT_EQ(session.log, "begin commit ");
}

TEST(Scope, RollbackByHandTellsOfFailure) {
  Session session;
  session.rollbackFails = true;
  session_tidy::transaction work(session);
  EXPECT_ANY_THROW(work.rollback());
  EXPECT_FALSE(work.is_open());
}

TEST(Scope, ALeaseGoesBackWhenTheCommitFails) {
  static int alive = 0;
  struct Counted : Session {
    Counted() { ++alive; }
    Counted(const Counted&) = delete;
    ~Counted() { --alive; }
  };
  const auto open = [] {
    auto session = std::make_unique<Counted>();
    session->commitFails = true;
    return session;
  };
  EXPECT_ANY_THROW(session_tidy::transactional(open, [](Session&) { EXPECT_EQ(alive, 1); }));
  EXPECT_EQ(alive, 0);
}

TEST(Scope, TakesWhatBeginTellsByBool) {
  struct Polite {
    bool works = true;
    bool begin() const { return works; }
    bool commit() const { return works; }
    void rollback() const {}
  };
  Polite session;
  EXPECT_NO_THROW(session_tidy::scope work(session));
  EXPECT_THROW(
      {
        session_tidy::scope work(session);
        session.works = false;
      },
      session_tidy::error);
  EXPECT_THROW(session_tidy::scope work(session), session_tidy::error);
}

// ---- a class that no shape fits, and a pool of one's own

struct Notebook {
  std::string log;
};

struct Shelf {
  Notebook book;
  int out = 0;
  Notebook* take() {
    ++out;
    return &book;
  }
  void put(Notebook* /*book*/) { --out; }
};

} // namespace
} // namespace companion

template <>
struct session_tidy::session_traits<companion::Notebook> {
  struct page { // a transaction that is an object
    companion::Notebook* book;
    void write(const std::string& text) const { book->log += text; }
  };
  static page begin(companion::Notebook& book) {
    book.log += "open ";
    return {&book};
  }
  static void commit(companion::Notebook& book, page& /*page*/) { book.log += " keep "; }
  static void rollback(companion::Notebook& book, page& /*page*/) { book.log += " tear "; }
};

template <>
struct session_tidy::source_traits<companion::Shelf> {
  using argument = companion::Shelf&;
  class lease {
  public:
    explicit lease(companion::Shelf& shelf) : shelf_(shelf), book_(shelf.take()) {}
    lease(const lease&) = delete;
    ~lease() { shelf_.put(book_); }
    companion::Notebook& session() { return *book_; }

  private:
    companion::Shelf& shelf_;
    companion::Notebook* book_;
  };
};

namespace companion {
namespace {

TEST(Traits, FitWhatHasNoShape) {
  Shelf shelf;
  {
    session_tidy::scope work(shelf);
    EXPECT_EQ(shelf.out, 1);
    work->write("one");
    EXPECT_EQ(&work.session(), &shelf.book);
  }
  EXPECT_EQ(shelf.out, 0);
  EXPECT_EQ(shelf.book.log, "open one keep ");
  EXPECT_THROW(session_tidy::transactional(shelf.book,
                                           [](auto& page) {
                                             page.write("two");
                                             throw Boom();
                                           }),
               Boom);
  EXPECT_EQ(shelf.book.log, "open one keep open two tear ");
}

// ---- MariaDB: no server, but functions of the same names

namespace maria {

struct Db {
  std::string log;
  std::string failing;
};

int act(Db* db, const std::string& what) {
  db->log += what + "; ";
  return db->failing == what ? 1 : 0;
}
int mysql_query(Db* db, const char* text) {
  return act(db, text);
}
bool mysql_commit(Db* db) {
  return act(db, "commit") != 0;
}
bool mysql_rollback(Db* db) {
  return act(db, "rollback") != 0;
}
const char* mysql_error(Db* /*db*/) {
  return "gone away";
}

} // namespace maria

TEST(MariaDb, IsDrivenByItsFunctions) {
  static_assert(session_tidy::detail::is_mysql<MYSQL*>::value);
  static_assert(session_tidy::detail::is_session<MYSQL*>::value);
  maria::Db db;
  maria::Db* handle = &db;
  session_tidy::transactional(handle, [](maria::Db*) {});
  session_tidy::read_only(handle, [](maria::Db*) {});
  EXPECT_EQ(db.log, "START TRANSACTION; commit; START TRANSACTION READ ONLY; rollback; ");
  db.log.clear();
  db.failing = "commit";
  std::string told;
  try {
    session_tidy::scope work(handle);
  } catch (const session_tidy::error& error) {
    told = error.what();
  }
  EXPECT_EQ(told, "commit: gone away");
  EXPECT_EQ(db.log, "START TRANSACTION; commit; rollback; ");
  db.failing = "START TRANSACTION";
  EXPECT_THROW(session_tidy::scope work(handle), session_tidy::error);
}

// What the monitor's marks cost where nobody asked for them.
#if !SESSION_TIDY_MONITOR
static_assert(std::is_empty_v<session_tidy::live_session>);
static_assert(std::is_empty_v<session_tidy::live_transaction>);
static_assert(sizeof(session_tidy::handle<MYSQL*, mysql_close>) == sizeof(MYSQL*));
#endif
static_assert(!std::is_copy_constructible_v<session_tidy::scope<Session>>);
static_assert(!std::is_move_constructible_v<session_tidy::scope<Session>>);
static_assert(!std::is_copy_constructible_v<session_tidy::live_session>);
static_assert(!std::is_constructible_v<session_tidy::scope<Session>, Session>, "would be dangling");

} // namespace
} // namespace companion
