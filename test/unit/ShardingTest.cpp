// Dividing units, and noticing when parts make no whole.
#include "driver/Sharding.h"

#include "report/Shards.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace session_tidy {
namespace {

using driver::readShardNumber;
using driver::UnitTimes;

driver::ReadShardNumber read(const char* text, std::map<std::string, std::string> variables = {}) {
  return readShardNumber(text, [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

void expectPart(const driver::ReadShardNumber& read, unsigned index, unsigned count) {
  EXPECT_EQ(read.error, "");
  EXPECT_EQ(read.number.index, index);
  EXPECT_EQ(read.number.count, count);
}

TEST(ShardNumber, ofText) {
  expectPart(read("1/1"), 1, 1);
  expectPart(read("3/12"), 3, 12);
  for (const char* wrong : {"", "3", "/", "0/4", "5/4", "1/0", "-1/4", "1/4x", "a/b", "1/2/3"})
    EXPECT_NE(read(wrong).error, "") << wrong;
}

TEST(ShardNumber, ofJobArrays) {
  const auto slurm = [](const char* task, const char* count, const char* first, const char* step) {
    return read("auto", {{"SLURM_ARRAY_TASK_ID", task},
                         {"SLURM_ARRAY_TASK_COUNT", count},
                         {"SLURM_ARRAY_TASK_MIN", first},
                         {"SLURM_ARRAY_TASK_STEP", step}});
  };
  expectPart(slurm("0", "4", "0", "1"), 1, 4);
  expectPart(slurm("4", "4", "1", "1"), 4, 4);
  expectPart(slurm("16", "3", "10", "3"), 3, 3);
  EXPECT_NE(slurm("9", "3", "1", "1").error, "") << "--array=1,5,9";
  EXPECT_NE(read("auto", {{"SLURM_ARRAY_TASK_ID", "1"}}).error, "");
  expectPart(read("auto", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "5"}}), 2, 5);
  EXPECT_NE(read("auto", {{"CI_NODE_TOTAL", "1"}}).error, "");
  EXPECT_NE(read("auto", {{"CI_NODE_INDEX", "x"}, {"CI_NODE_TOTAL", "5"}}).error, "");
  EXPECT_NE(read("auto").error, "");
  expectPart(read("1/2", {{"CI_NODE_INDEX", "2"}, {"CI_NODE_TOTAL", "5"}}), 1, 2);
}

TEST(Divide, evenlyWithoutTimes) {
  std::vector<std::string> files;
  for (int i = 0; i < 10; ++i) files.push_back("f" + std::to_string(i) + ".cpp");
  const std::vector<unsigned> parts = driver::divide(files, {}, 4);
  for (unsigned part = 1; part <= 4; ++part) {
    const auto size = std::ranges::count(parts, part);
    EXPECT_TRUE(size == 2 || size == 3) << part;
  }
  EXPECT_EQ(driver::divide({}, {}, 3).size(), 0U);
  EXPECT_EQ(driver::divide({"a"}, {}, 3), (std::vector<unsigned>{1}));
}

TEST(Divide, byTimesThatAreKnown) {
  const UnitTimes times{{"long", 1000}, {"a", 300}, {"b", 300}, {"c", 300}, {"gone", 9000}};
  // "new" counts like the average of the others, 475.
  const std::vector<std::string> files{"a", "b", "c", "long", "new"};
  const std::vector<unsigned> parts = driver::divide(files, times, 2);
  EXPECT_EQ(parts, (std::vector<unsigned>{2, 2, 1, 1, 2}));
  std::vector<std::string> turned(files.rbegin(), files.rend());
  std::vector<unsigned> turnedParts = driver::divide(turned, times, 2);
  std::ranges::reverse(turnedParts);
  EXPECT_EQ(turnedParts, parts) << "in whatever order the files come";
}

TEST(UnitTimesFile, isReadAsItWasWritten) {
  const UnitTimes times{{"src/a b.cpp", 12}, {"/else/where.cpp", 0}};
  EXPECT_EQ(driver::readUnitTimes(driver::writeUnitTimes(times)), times);
  for (const char* other : {"", "{", "[]", R"({"version": 2, "milliseconds": {"a": 1}})",
                            R"({"version": 1, "milliseconds": {"a": "b"}})"})
    EXPECT_TRUE(driver::readUnitTimes(other).empty()) << other;
}

report::ShardFile part(unsigned index, unsigned count, UnitTimes units, std::size_t all = 4,
                       const char* digest = "d") {
  return {.file = std::to_string(index) + ".json",
          .shard = {.number = {.index = index, .count = count},
                    .allUnits = digest,
                    .countOfUnits = all,
                    .units = std::move(units)}};
}

TEST(Shards, makeAWholeOrSayWhatIsMissing) {
  using report::whatIsMissing;
  const auto one = part(1, 3, {{"a", 1}, {"d", 1}});
  const auto two = part(2, 3, {{"b", 1}});
  const auto three = part(3, 3, {{"c", 1}});
  EXPECT_EQ(whatIsMissing({}), "");
  EXPECT_EQ(whatIsMissing({three, one, two}), "");
  EXPECT_EQ(whatIsMissing({one, two, three, two}), "") << "made twice";
  EXPECT_EQ(whatIsMissing({one, three}), "a part is missing: 2/3");
  EXPECT_EQ(whatIsMissing({three}), "parts are missing: 1/3, 2/3");
  EXPECT_EQ(whatIsMissing({one, two, part(3, 4, {})}), "3.json is one of 4 parts, 1.json one of 3");
  EXPECT_NE(whatIsMissing({one, two, part(3, 3, {{"c", 1}}, 4, "other")}), "");
  EXPECT_NE(whatIsMissing({one, two, part(3, 3, {{"c", 1}}, 5)}), "");
  EXPECT_EQ(whatIsMissing({one, two, part(3, 3, {{"b", 1}})}),
            "1 of 4 units are in no part: the machines knew different times (see --times)");
}

} // namespace
} // namespace session_tidy
