// Folding findings, source texts, compile databases, setups.
#include "driver/DatabaseSearch.h"
#include "driver/Linter.h"
#include "driver/RuleSet.h"
#include "driver/Setup.h"
#include "driver/Words.h"
#include "support/SourceText.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace session_tidy::driver {
namespace {

namespace fs = std::filesystem;

class Driver : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "session-tidy-driver-XXXXXX").string();
    ASSERT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& text = "[]") {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }

  fs::path folder_;
};

TEST(DriverSourceText, linesAndOffsets) {
  const SourceText text("a\r\nbc\rd\n");
  EXPECT_EQ(text.lineCount(), 4U);
  EXPECT_EQ(text.line(1), "a");
  EXPECT_EQ(text.line(2), "bc");
  EXPECT_EQ(text.line(3), "d");
  EXPECT_EQ(text.line(4), "");
  EXPECT_EQ(text.line(5), "");
  EXPECT_EQ(text.offset({2, 2}), 4U);
  EXPECT_EQ(text.offset({4, 1}), 8U);
  EXPECT_EQ(text.offset({4, 2}), std::nullopt);
  EXPECT_EQ(text.offset({0, 1}), std::nullopt);
}

Finding at(Position position, Confidence confidence, const std::string& message) {
  Finding finding;
  finding.rule = "session-leak";
  finding.range = {0, position, position, false};
  finding.confidence = confidence;
  finding.message = message;
  return finding;
}

TEST(DriverTidyUp, sortsAndKeepsTheSurer) {
  std::vector<Finding> findings{at({5, 1}, Confidence::Likely, "late"),
                                at({2, 1}, Confidence::Likely, "weak"),
                                at({2, 1}, Confidence::Certain, "strong")};
  tidyUp(findings);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].message, "strong");
  EXPECT_EQ(findings[1].message, "late");
}

TEST(DriverTidyUp, noEditsInMacros) {
  Finding finding = at({1, 1}, Confidence::Certain, "");
  SourceRange range = finding.range;
  range.inMacro = true;
  finding.fixes.push_back({"", true, {{range, "x"}}});
  std::vector<Finding> findings{finding};
  tidyUp(findings);
  EXPECT_TRUE(findings[0].fixes.empty());
}

TEST_F(Driver, databaseHereAndAbove) {
  const fs::path database = write("compile_commands.json");
  write("src/deep/a.cpp");
  EXPECT_EQ(findDatabase(folder_ / "src/deep"), database);
  EXPECT_EQ(databaseAt(folder_), database);
  EXPECT_EQ(databaseAt(database), database);
  EXPECT_EQ(databaseAt(folder_ / "src"), std::nullopt);
}

TEST_F(Driver, databaseInTheNewestBuildFolder) {
  const fs::path old = write("build-old/compile_commands.json");
  const fs::path young = write("build/debug/compile_commands.json");
  write("src/a.cpp");
  fs::last_write_time(old, fs::last_write_time(young) - std::chrono::hours(1));
  EXPECT_EQ(findDatabase(folder_ / "src"), young);
  fs::last_write_time(old, fs::last_write_time(young) + std::chrono::hours(1));
  EXPECT_EQ(findDatabase(folder_ / "src"), old);
}

TEST_F(Driver, databaseOfAnotherRepository) {
  write("compile_commands.json");
  write("inner/.git/HEAD");
  write("inner/src/a.cpp");
  EXPECT_EQ(findDatabase(folder_ / "inner/src"), std::nullopt);
}

TEST_F(Driver, setupWithoutConfiguration) {
  SetupCache cache;
  const auto loaded = cache.find(folder_ / "a.cpp");
  EXPECT_EQ(loaded.error, "");
  EXPECT_FALSE(loaded.setup->models.libraries().empty());
  EXPECT_EQ(cache.find(folder_ / "b.cpp").setup, loaded.setup) << "kept";
}

TEST_F(Driver, setupFollowsTheFile) {
  SetupCache cache;
  write(".session-tidy.json", "{ \"minConfidence\": \"certain\" }");
  EXPECT_EQ(cache.find(folder_ / "a.cpp").setup->config.minConfidence, "certain");
  write(".session-tidy.json", "{ \"minConfidence\": \"possible\" }");
  EXPECT_EQ(cache.find(folder_ / "a.cpp").setup->config.minConfidence, "possible");
}

TEST_F(Driver, aBrokenConfigurationIsAnErrorWithAPlace) {
  write(".session-tidy.json", "{\n  \"minConfidenc\": \"certain\" }");
  SetupCache cache;
  const auto loaded = cache.find(folder_ / "a.cpp");
  EXPECT_NE(loaded.error.find(".session-tidy.json:2:"), std::string::npos) << loaded.error;
  ASSERT_NE(loaded.setup, nullptr);
  EXPECT_FALSE(loaded.setup->models.libraries().empty());
  EXPECT_NE(cache.find(folder_ / "a.cpp", folder_ / "none.json").error, "");
}

TEST(DriverRuleSet, globsAndConfiguration) {
  model::Config config;
  const auto all = makeAllRules();
  const auto onByDefault =
      std::ranges::count_if(all, [](const auto& rule) { return rule->info().onByDefault; });
  EXPECT_EQ(RuleSet(GlobList("*"), config).rules().size(), static_cast<std::size_t>(onByDefault));
  EXPECT_EQ(RuleSet(GlobList("session-temporary-guard"), config).rules().size(), 1U);
  config.rules["session-temporary-guard"].enabled = false;
  EXPECT_TRUE(RuleSet(GlobList("session-temporary-guard"), config).rules().empty());
}

TEST(DriverRuleSet, offUnlessNamedOrConfigured) {
  constexpr std::string_view rule = "session-held-across-blocking";
  const auto isOn = [&](std::string_view checks, const model::Config& config) {
    const RuleSet set{GlobList(checks), config};
    return std::ranges::any_of(set.rules(),
                               [&](const Rule* one) { return one->info().name == rule; });
  };
  model::Config config;
  EXPECT_FALSE(isOn("session-*", config));
  EXPECT_FALSE(isOn("session-held-*", config));
  EXPECT_TRUE(isOn("session-held-across-blocking", config));
  EXPECT_TRUE(isOn("-*,session-leak,session-held-across-blocking", config));
  EXPECT_TRUE(isOn("session-held-across-blocking,session-*", config));
  EXPECT_FALSE(isOn("session-held-across-blocking,-session-held-*", config));
  config.rules[std::string(rule)] = {};
  EXPECT_TRUE(isOn("session-*", config));
  EXPECT_FALSE(isOn("session-leak", config));
  config.rules[std::string(rule)].enabled = false;
  EXPECT_FALSE(isOn("session-held-across-blocking", config));
}

TEST(DriverRuleSet, collectsWhatRulesWantMarked) {
  model::Config config;
  const auto waits = [&] {
    const RuleSet set{GlobList("session-*"), config};
    return waitsOf(set.rules());
  };
  EXPECT_TRUE(waits().empty());
  model::RuleConfig& rule = config.rules["session-held-across-blocking"];
  EXPECT_TRUE(waits().suspensions);
  EXPECT_THAT(waits().functions, ::testing::Contains("std::this_thread::sleep_for"));
  EXPECT_THAT(waits().safeAwaitables, ::testing::IsEmpty());
  rule.options = {{"AlsoBlocking", "shop::send;shop::Gateway::*"},
                  {"SafeAwaitables", "tick"},
                  {"Suspensions", "false"}};
  EXPECT_FALSE(waits().suspensions);
  EXPECT_THAT(waits().functions,
              ::testing::IsSupersetOf({"sleep", "shop::send", "shop::Gateway::*"}));
  EXPECT_THAT(waits().safeAwaitables, ::testing::ElementsAre("tick"));
  rule.options = {{"BlockingFunctions", "shop::send"}};
  EXPECT_THAT(waits().functions, ::testing::ElementsAre("shop::send"));
}

TEST(DriverWords, thereAndBack) {
  for (const Severity severity : {Severity::Style, Severity::Warning, Severity::Error})
    EXPECT_EQ(readSeverity(word(severity)), severity);
  for (const Confidence confidence :
       {Confidence::Possible, Confidence::Likely, Confidence::Certain})
    EXPECT_EQ(readConfidence(word(confidence)), confidence);
  EXPECT_EQ(readSeverity("fatal"), std::nullopt);
}

} // namespace
} // namespace session_tidy::driver
