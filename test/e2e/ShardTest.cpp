// Units divided among machines: the parts together are what one machine finds, and a part that is
// missing is noticed.
#include "e2e/Project.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

/// Six units with a defect each, and one in a header that two of them include.
class Shards : public testing::Test {
protected:
  void SetUp() override {
    project_.shell("git init -q .");
    project_.write("lib.h", "#pragma once\n" + badSample());
    for (const char* name : {"a.cpp", "b.cpp", "c.cpp", "d.cpp"}) project_.unit(name, badSample());
    const std::string user =
        "#include \"lib.h\"\nvoid use(soci::session& s) { soci::transaction{s}; }\n";
    project_.unit("e.cpp", user);
    project_.unit("src/f.cpp", "#include \"../lib.h\"\n" + user.substr(user.find('\n') + 1));
  }

  /// Makes a part's file, parts/INDEX.json.
  Output part(unsigned index, unsigned count, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments{
        "--shard", std::to_string(index) + "/" + std::to_string(count), "--output-format",
        "json:parts/" + std::to_string(index) + ".json"};
    fs::create_directories(project_.folder() / "parts");
    arguments.insert(arguments.end(), more.begin(), more.end());
    return project_.check(arguments);
  }

  void makeParts(unsigned count) const {
    for (unsigned index = 1; index <= count; ++index) {
      const Output made = part(index, count);
      EXPECT_EQ(made.exitCode, 0) << made.err;
    }
  }

  json shard(unsigned index) const {
    return json::parse(project_.read("parts/" + std::to_string(index) + ".json")).at("shard");
  }

  Output merge(std::vector<std::string> arguments) const {
    std::vector<std::string> all{"merge"};
    for (const auto& entry : fs::directory_iterator(project_.folder() / "parts"))
      all.push_back(fs::relative(entry.path(), project_.folder()));
    all.insert(all.end(), arguments.begin(), arguments.end());
    return project_.run(all);
  }

  Project project_;
};

TEST_F(Shards, TogetherAreWhatOneMachineFinds) {
  makeParts(3);
  for (const char* format : {"text", "json", "sarif", "gitlab", "checkstyle"}) {
    const Output whole = project_.check({"--output-format", format});
    EXPECT_EQ(whole.exitCode, 1);
    const Output merged = merge({"--output-format", format});
    EXPECT_EQ(merged.out, whole.out) << format;
    EXPECT_EQ(merged.exitCode, 1) << merged.err;
  }
}

TEST_F(Shards, AMissingPartIsNoticed) {
  makeParts(3);
  project_.shell("rm parts/2.json");
  const Output merged = merge({"--output-format", "sarif:all.sarif"});
  EXPECT_EQ(merged.exitCode, 2);
  EXPECT_THAT(merged.err, HasSubstr("a part is missing: 2/3; nothing was written"));
  EXPECT_FALSE(fs::exists(project_.folder() / "all.sarif"));
  EXPECT_EQ(part(2, 4).exitCode, 0);
  EXPECT_THAT(merge({}).err, HasSubstr("one of 4 parts"));
  EXPECT_EQ(part(2, 3).exitCode, 0);
  EXPECT_EQ(merge({}).exitCode, 1);
}

TEST_F(Shards, PartsOfOtherUnitsAreNoticed) {
  makeParts(2);
  project_.unit("new.cpp", badSample());
  EXPECT_EQ(part(2, 2).exitCode, 0);
  const Output merged = merge({});
  EXPECT_EQ(merged.exitCode, 2);
  EXPECT_THAT(merged.err, HasSubstr("is a part of other units than"));
}

TEST_F(Shards, AreJudgedTogether) {
  EXPECT_EQ(project_.run({"baseline", "update"}).exitCode, 0);
  project_.write("d.cpp",
                 badSample() + "void more(soci::session& sql) {\n  soci::transaction{sql};\n}\n");
  makeParts(3);
  const Output merged = merge({"--output-format", "concise"});
  EXPECT_EQ(merged.exitCode, 1);
  EXPECT_EQ(merged.out, project_.check({"--output-format", "concise"}).out);
  EXPECT_THAT(merged.out, AllOf(HasSubstr("d.cpp:14:3: "), Not(HasSubstr("d.cpp:11:3: "))));
  EXPECT_EQ(merge({"--fail-on", "never"}).exitCode, 0);
  project_.write("a.cpp", "#error broken\n");
  makeParts(3);
  EXPECT_EQ(merge({}).exitCode, 3);
}

TEST_F(Shards, AreBalancedByTheTimesThatMergeKeeps) {
  makeParts(2);
  EXPECT_EQ(merge({"--times", "times.json"}).exitCode, 1);
  const json times = json::parse(project_.read("times.json"));
  EXPECT_EQ(times.at("milliseconds").size(), 6U);
  // As if one unit took as long as all others together.
  json changed = times;
  for (auto& [name, time] : changed.at("milliseconds").items()) time = name == "b.cpp" ? 500 : 100;
  project_.write("times.json", changed.dump());
  for (const unsigned index : {1U, 2U})
    EXPECT_EQ(part(index, 2, {"--times", "times.json"}).exitCode, 0);
  EXPECT_EQ(shard(1).at("milliseconds").size(), 1U);
  EXPECT_TRUE(shard(1).at("milliseconds").contains("b.cpp"));
  EXPECT_EQ(merge({"--times", "times.json"}).exitCode, 1);
  // Machines that know other times leave units out, or do them twice.
  EXPECT_EQ(part(1, 2, {"--times", "nowhere.json"}).exitCode, 0);
  EXPECT_EQ(part(2, 2, {"--times", "nowhere.json"}).exitCode, 0);
  project_.write("times.json", changed.dump());
  EXPECT_EQ(part(1, 2, {"--times", "times.json"}).exitCode, 0);
  const Output merged = merge({});
  EXPECT_EQ(merged.exitCode, 2);
  EXPECT_THAT(merged.err, HasSubstr("of 6 units are in no part"));
}

TEST_F(Shards, KeepTheirTimesInTheCache) {
  makeParts(2);
  EXPECT_EQ(merge({}).exitCode, 1);
  EXPECT_TRUE(fs::exists(project_.folder() / ".cache/session-tidy/times.json"));
  makeParts(3);
  EXPECT_EQ(merge({}).exitCode, 1) << "units are in one part each";
}

TEST_F(Shards, HaveSarifIdsOfTheirOwn) {
  EXPECT_EQ(part(2, 3, {"--output-format", "sarif:two.sarif"}).exitCode, 0);
  const json run = json::parse(project_.read("two.sarif")).at("runs").at(0);
  EXPECT_EQ(run.at("automationDetails").at("id"), "session-tidy/2-of-3/");
}

TEST_F(Shards, TakeTheirNumberFromAJobArray) {
  const std::map<std::string, std::string> slurm{
      {"SLURM_ARRAY_TASK_ID", "7"}, {"SLURM_ARRAY_TASK_COUNT", "3"}, {"SLURM_ARRAY_TASK_MIN", "5"}};
  const Output output =
      project_.check({"--shard", "auto", "--output-format", "json:part.json"}, slurm);
  EXPECT_EQ(output.exitCode, 0) << output.err;
  const json shard = json::parse(project_.read("part.json")).at("shard");
  EXPECT_EQ(shard.at("index"), 3);
  EXPECT_EQ(shard.at("count"), 3);
}

TEST_F(Shards, RefuseWhatCannotBe) {
  const auto trouble = [&](const std::vector<std::string>& arguments, const std::string& message) {
    const Output output = project_.check(arguments);
    EXPECT_EQ(output.exitCode, 2);
    EXPECT_THAT(output.err, HasSubstr(message));
  };
  trouble({"--shard", "1/2"}, "needs --output-format json:FILE");
  trouble({"--shard", "3/2", "--output-format", "json"}, "parts are 1/N to N/N");
  trouble({"--shard", "auto", "--output-format", "json"}, "SLURM_ARRAY_TASK_ID");
  trouble({"--shard", "1/2", "--output-format", "json", "--fix"}, "fixes are made on one machine");
}

} // namespace

} // namespace session_tidy::test
