// The monitor: what it counts, what it tells, and that threads may do as they like.
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <session_tidy/monitor_text.h>
#include <session_tidy/scope.h>

#include <atomic>
#include <optional>
#include <regex>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

namespace companion {
namespace {

using session_tidy::monitor;
using namespace std::chrono_literals;

constexpr auto session = monitor::what::session;
constexpr auto transaction = monitor::what::transaction;

TEST(Monitor, KnowsWhereAndByWhom) {
  monitor watched;
  monitor::ticket other;
  std::thread::id opener;
  const unsigned before = __LINE__;
  const monitor::ticket mine = watched.open(session);
  std::thread([&] {
    opener = std::this_thread::get_id();
    other = watched.open(transaction);
  }).join();
  const monitor::snapshot now = watched.take();
  ASSERT_EQ(now.open.size(), 2U);
  EXPECT_STREQ(now.open[0].at.file, __FILE__);
  EXPECT_EQ(now.open[0].at.line, before + 1);
  EXPECT_STREQ(now.open[0].at.function, "TestBody");
  EXPECT_EQ(now.open[0].thread, std::this_thread::get_id());
  EXPECT_EQ(now.open[1].thread, opener);
  EXPECT_EQ(now.open[1].kind, transaction);
}

TEST(Monitor, CountsAndRemembersTheMost) {
  monitor watched;
  {
    std::vector<monitor::ticket> many(5);
    for (auto& ticket : many) ticket = watched.open(session);
  }
  const monitor::ticket one = watched.open(session);
  monitor::ticket moved = watched.open(transaction);
  monitor::ticket there = std::move(moved);
  there.close(monitor::ending::committed);
  there.close(); // nothing any more
  const monitor::snapshot now = watched.take();
  EXPECT_EQ(now.sessions.opened, 6U);
  EXPECT_EQ(now.sessions.open, 1U);
  EXPECT_EQ(now.sessions.high_water, 5U);
  EXPECT_EQ(now.sessions.ended[0], 5U);
  EXPECT_EQ(now.sessions.ended_ages[0], 5U);
  EXPECT_EQ(now.transactions.opened, 1U);
  EXPECT_EQ(now.transactions.open, 0U);
  EXPECT_EQ(now.transactions.ended[1], 1U);
}

TEST(Monitor, SortsByAge) {
  monitor watched;
  const monitor::ticket one = watched.open(session);
  const auto start = watched.take().open[0].since;
  using Ages = monitor::ages;
  EXPECT_EQ(watched.take(start + 9999ms).sessions.open_ages, (Ages{1, 0, 0, 0}));
  EXPECT_EQ(watched.take(start + 10s).sessions.open_ages, (Ages{0, 1, 0, 0}));
  EXPECT_EQ(watched.take(start + 30s).sessions.open_ages, (Ages{0, 0, 1, 0}));
  EXPECT_EQ(watched.take(start + 60s).sessions.open_ages, (Ages{0, 0, 0, 1}));
  EXPECT_TRUE(watched.take(start + 60s).longer_than(60s).empty());
  ASSERT_EQ(watched.take(start + 61s).longer_than(60s).size(), 1U);
}

TEST(Monitor, NotesRawHandlesByAddress) {
  monitor watched;
  int first = 0;
  int second = 0;
  watched.opened(&first);
  watched.opened(&second);
  watched.opened(&second); // closed by somebody who does not tell, and the address taken again
  EXPECT_EQ(watched.take().sessions.open, 2U);
  EXPECT_TRUE(watched.closed(&first));
  EXPECT_FALSE(watched.closed(&first));
  EXPECT_EQ(watched.take().sessions.open, 1U);
  EXPECT_TRUE(watched.closed(&second));
}

TEST(Monitor, WritesJson) {
  monitor watched;
  const monitor::ticket one = watched.open(session, {"a \"b\"\\c\n.cpp", 7, "f"});
  const monitor::ticket two = watched.open(transaction);
  const auto now = watched.take(watched.take().open[0].since + 45s);
  const auto json = nlohmann::json::parse(session_tidy::to_json(now));
  EXPECT_EQ(json["sessions"]["open"], 1);
  EXPECT_EQ(json["sessions"]["open_ages"]["30_to_60s"], 1);
  EXPECT_EQ(json["transactions"]["ended"]["rolled_back"], 0);
  EXPECT_EQ(json["open"][0]["file"], "a \"b\"\\c\n.cpp");
  EXPECT_EQ(json["open"][0]["age_ms"], 45000);
  EXPECT_EQ(json["open"][1]["kind"], "transaction");
}

TEST(Monitor, WritesForPrometheus) {
  monitor watched;
  const monitor::ticket one = watched.open(session);
  const std::string text = session_tidy::to_prometheus(watched.take());
  std::istringstream lines(text);
  const std::regex form(
      R"(# (HELP|TYPE) session_tidy_[a-z_]+ .+|session_tidy_[a-z_]+\{([a-z]+="[a-z0-9_]+",?)+\} \d+)");
  for (std::string line; std::getline(lines, line);)
    EXPECT_TRUE(std::regex_match(line, form)) << line;
  EXPECT_NE(text.find("session_tidy_open{kind=\"session\",age=\"under_10s\"} 1\n"),
            std::string::npos);
  EXPECT_NE(text.find("session_tidy_opened_total{kind=\"session\"} 1\n"), std::string::npos);
}

TEST(Monitor, WritesForPeople) {
  monitor watched;
  const monitor::ticket one = watched.open(session, {"mail.cpp", 120, "fetch"});
  const auto now = watched.take(watched.take().open[0].since + 73200ms);
  const std::string text = session_tidy::to_text(now.longer_than(60s), now.taken);
  EXPECT_EQ(text.find("session opened 73.2 s ago at mail.cpp:120 in 'fetch' by thread "), 0U)
      << text;
}

TEST(Monitor, TellsWhatWasNeverClosed) {
  monitor watched;
  testing::internal::CaptureStderr();
  const monitor::ticket one = watched.open(session, {"mail.cpp", 120, "fetch"});
  {
    const session_tidy::never_closed_report report(watched);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr().find("never closed:\nsession opened "), 0U);
}

TEST(Monitor, ThreadsOpenMoveCloseAndLookAtOnce) {
  monitor watched;
  std::atomic<bool> done{false};
  std::thread reader([&] {
    while (!done) {
      const auto now = watched.take();
      for (const auto& one : now.open) EXPECT_LT(one.number, watched.next_number());
    }
  });
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i)
    workers.emplace_back([&] {
      std::vector<monitor::ticket> mine;
      for (int round = 0; round < 2000; ++round) {
        mine.push_back(watched.open(round % 2 != 0 ? session : transaction));
        if (mine.size() > 10) mine.clear();
        watched.opened(&mine);
        watched.closed(&mine);
      }
      // Closed by another thread than the one that opened.
      std::thread([held = std::move(mine)]() mutable { held.clear(); }).join();
    });
  for (std::thread& worker : workers) worker.join();
  done = true;
  reader.join();
  const auto now = watched.take();
  EXPECT_TRUE(now.open.empty());
  EXPECT_EQ(now.sessions.opened, 4U * 3000);
  EXPECT_EQ(now.sessions.ended[0], 4U * 3000);
  EXPECT_EQ(now.transactions.opened, 4U * 1000);
}

// ---- what scopes and handles tell

struct Db {
  void begin() {}
  void commit() {}
  void rollback() {}
};

#if SESSION_TIDY_MONITOR

monitor::counters transactions() {
  return monitor::global().take().transactions;
}

TEST(Marks, ScopesTellHowTheyEnded) {
  Db db;
  const auto before = transactions();
  {
    session_tidy::scope work(db);
  }
  {
    session_tidy::transaction work(db);
    work.rollback();
  }
  {
    session_tidy::transaction work(db);
  }
  const auto after = transactions();
  EXPECT_EQ(after.opened - before.opened, 3U);
  EXPECT_EQ(after.ended[1] - before.ended[1], 1U) << "committed";
  EXPECT_EQ(after.ended[2] - before.ended[2], 1U) << "rolled back";
  EXPECT_EQ(after.ended[3] - before.ended[3], 1U) << "abandoned";
  EXPECT_EQ(after.open, before.open);
}

TEST(Marks, APlaceIsThatOfTheScope) {
  Db db;
  const auto first = monitor::global().next_number();
  const auto open = [&] {
    auto all = monitor::global().take().open;
    all.erase(std::remove_if(all.begin(), all.end(), [&](auto& one) { return one.number < first; }),
              all.end());
    return all;
  };
  const session_tidy::scope work(db);
  const unsigned line = __LINE__ - 1;
  ASSERT_EQ(open().size(), 1U);
  EXPECT_EQ(open()[0].at.line, line);
  EXPECT_STREQ(open()[0].at.file, __FILE__);
  unsigned there = 0;
  const auto look = [&](Db&) {
    ASSERT_EQ(open().size(), 3U); // the session that was made, and its transaction
    EXPECT_EQ(open()[1].kind, session);
    EXPECT_EQ(open()[1].at.line, there);
    EXPECT_EQ(open()[2].kind, transaction);
  };
  there = __LINE__ + 1;
  session_tidy::transactional([] { return Db(); }, look);
  EXPECT_EQ(open().size(), 1U);
}

TEST(Marks, LiveSessionsMoveWithTheirOwner) {
  struct Own {
    explicit Own(session_tidy::place at = session_tidy::place::here()) : mark(at) {}
    session_tidy::live_session mark;
  };
  const auto before = monitor::global().take().sessions.open;
  {
    std::vector<Own> all;
    all.emplace_back();
    all.emplace_back();
    EXPECT_EQ(monitor::global().take().sessions.open, before + 2);
  }
  EXPECT_EQ(monitor::global().take().sessions.open, before);
}

#else

TEST(Marks, TellNothingUnlessAsked) {
  Db db;
  {
    session_tidy::scope work(db);
  }
  const session_tidy::live_session mark;
  EXPECT_EQ(monitor::global().take().transactions.opened, 0U);
  EXPECT_EQ(monitor::global().take().sessions.opened, 0U);
}

#endif

} // namespace
} // namespace companion
