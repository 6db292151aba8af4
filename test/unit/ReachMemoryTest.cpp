// What is kept about the units' reach never gives another answer than looking anew.
#include "driver/ReachMemory.h"

#include "model/EmbeddedModels.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

namespace session_tidy::driver {
namespace {

namespace fs = std::filesystem;

const std::string sessions = "namespace soci { class session {}; }\n";

class ReachKept : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "session-tidy-reach-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = fs::path(name) / "project";
    kept_ = fs::path(name) / "one.reach";
    auto models = model::loadEmbeddedModels();
    ASSERT_TRUE(models);
    models_ = vocabulary_.add(*models);
    paths_.folders = {{(folder_ / "inc").string(), false}, {(folder_ / "far/off").string(), false}};
    write("main.cpp", "#include <a.h>\n#include \"b.h\"\n");
    write("inc/a.h", "");
    write("inc/b.h", "");
  }
  void TearDown() override { fs::remove_all(folder_.parent_path()); }

  void write(const std::string& name, const std::string& text) const {
    // File systems tell times apart in steps of some milliseconds.
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
  }

  bool anew(const std::string& unit, ReachMemory* memory = nullptr) const {
    IncludeGraph graph(vocabulary_);
    const Reach reach = graph.reach((folder_ / unit).string(), paths_);
    const bool answer = reach.missing || reach.opaque ||
                        vocabulary_.mentionsSession(models_, reach.all, reach.users);
    if (memory != nullptr) memory->keep(unit, answer, reach);
    return answer;
  }

  /// As if everything had been there for long.
  [[nodiscard]] ReachMemory later() const {
    return ReachMemory(kept_, ReachMemory::Clock::now() + std::chrono::hours(1));
  }

  void lookAndSave(const std::string& unit) const {
    ReachMemory memory = later();
    anew(unit, &memory);
    memory.save();
  }

  std::optional<bool> kept(const std::string& unit) const { return later().recall(unit); }

  fs::path folder_;
  fs::path kept_;
  Vocabulary vocabulary_;
  std::size_t models_ = 0;
  SearchPaths paths_;
};

TEST_F(ReachKept, holdsWhileNothingChanges) {
  EXPECT_EQ(kept("main.cpp"), std::nullopt);
  lookAndSave("main.cpp");
  EXPECT_EQ(kept("main.cpp"), false);
  EXPECT_EQ(kept("main.cpp"), false);
  EXPECT_EQ(kept("other.cpp"), std::nullopt);
}

TEST_F(ReachKept, endsWithAChangedFile) {
  lookAndSave("main.cpp");
  write("inc/a.h", sessions);
  EXPECT_EQ(kept("main.cpp"), std::nullopt);
  lookAndSave("main.cpp");
  EXPECT_EQ(kept("main.cpp"), true);
}

TEST_F(ReachKept, endsWithAFileThatIsGone) {
  lookAndSave("main.cpp");
  fs::remove(folder_ / "inc/b.h");
  EXPECT_EQ(kept("main.cpp"), std::nullopt);
}

TEST_F(ReachKept, endsWithAFileWhereThereWasNone) {
  for (const char* place : {"b.h", "far/off/a.h"}) {
    lookAndSave("main.cpp");
    EXPECT_EQ(kept("main.cpp"), false);
    write(place, sessions);
    EXPECT_EQ(kept("main.cpp"), std::nullopt) << place;
    fs::remove(folder_ / place);
    fs::remove_all(folder_ / "far");
  }
}

TEST_F(ReachKept, holdsWhereAnEditorHasWrittenAside) {
  write("other.cpp", "");
  lookAndSave("main.cpp");
  write("other.cpp~", "int x;");
  fs::rename(folder_ / "other.cpp~", folder_ / "other.cpp");
  EXPECT_EQ(kept("main.cpp"), false) << "the folder has changed, but not what is in it";
}

TEST_F(ReachKept, trustsNothingThatWasChangedJustNow) {
  ReachMemory memory(kept_);
  anew("main.cpp", &memory);
  memory.save();
  EXPECT_EQ(kept("main.cpp"), std::nullopt);
}

TEST_F(ReachKept, damageIsNoAnswer) {
  lookAndSave("main.cpp");
  const fs::path file = kept_;
  const auto size = fs::file_size(file);
  std::fstream(file, std::ios::in | std::ios::out).seekp(40) << 'x';
  EXPECT_EQ(kept("main.cpp"), std::nullopt);
  fs::resize_file(file, size / 2);
  EXPECT_EQ(kept("main.cpp"), std::nullopt);
  std::ofstream(file) << "something else altogether";
  EXPECT_EQ(kept("main.cpp"), std::nullopt);
}

TEST_F(ReachKept, doesNotGrowWithEveryChange) {
  lookAndSave("main.cpp");
  const auto size = fs::file_size(kept_);
  for (int i = 0; i < 20; ++i) {
    write("inc/a.h", std::string(static_cast<std::size_t>(i), ' '));
    lookAndSave("main.cpp");
  }
  EXPECT_LE(fs::file_size(kept_), size + 16);
}

/// Three units, headers in three folders that come, change and go.
TEST_F(ReachKept, isNeverAnotherAnswer) {
  std::mt19937 random(20261122);
  const auto below = [&](std::size_t count) { return random() % count; };
  const std::vector<std::string> units{"main.cpp", "deep/u1.cpp", "deep/u2.cpp"};
  const std::vector<std::string> headers{"inc/a.h", "inc/b.h", "far/off/a.h", "deep/b.h",
                                         "deep/x/c.h"};
  const std::vector<std::string> texts{"", sessions, "#include \"b.h\"\n", "#include <x/c.h>\n",
                                       "#include \"x/c.h\"\n#include <a.h>\n"};
  unsigned recalled = 0;
  for (int step = 0; step < 600; ++step) {
    switch (below(4)) {
    case 0:
      write(units[below(units.size())], "#include <a.h>\n" + texts[below(texts.size())]);
      break;
    case 1:
      fs::remove(folder_ / headers[below(headers.size())]);
      break;
    case 2:
      if (below(3) == 0) fs::remove_all(folder_ / (below(2) == 0 ? "far" : "deep/x"));
      break;
    default:
      write(headers[below(headers.size())], texts[below(texts.size())]);
    }
    ReachMemory memory = later();
    for (const std::string& unit : units) {
      const std::optional<bool> known = memory.recall(unit);
      const bool now = anew(unit);
      ASSERT_EQ(known.value_or(now), now) << unit << " in step " << step;
      recalled += known ? 1 : 0;
      if (!known) anew(unit, &memory);
    }
    memory.save();
  }
  EXPECT_GT(recalled, 600U);
}

} // namespace
} // namespace session_tidy::driver
