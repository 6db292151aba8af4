// A plugin in a clang-tidy of another LLVM must end it with a clear message: silence would pass for
// "clean".
#include "e2e/Sample.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;

struct Pair {
  int plugin;
  int host;
};

class VersionGuard : public testing::TestWithParam<Pair> {
protected:
  void SetUp() override {
    const Pair& pair = GetParam();
    build_ = findBuild(pair.plugin);
    host_ = findTool("clang-tidy", pair.host);
    if (build_ == nullptr || !std::filesystem::exists(build_->plugin())) {
      ASSERT_NE(pair.plugin, ownLlvm()) << "the plugin of this build is missing";
      GTEST_SKIP() << "no plugin for LLVM " << pair.plugin;
    }
    if (host_.empty()) GTEST_SKIP() << "clang-tidy-" << pair.host << " is not installed";
  }

  Output runHost(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), {host_, "--load", build_->plugin()});
    return runProcess({.arguments = arguments, .directory = sample_.folder(), .environment = {}});
  }

  void expectRefusal(const Output& output) const {
    const std::string plugin = std::to_string(GetParam().plugin);
    const std::string host = std::to_string(GetParam().host);
    EXPECT_NE(output.exitCode, 0) << output.out << output.err;
    EXPECT_LT(output.exitCode, 126) << "ended by the system, not by the guard:\n" << output.err;
    EXPECT_THAT(output.err, HasSubstr("built for LLVM " + plugin));
    EXPECT_THAT(output.err, HasSubstr("clang-tidy " + host));
    EXPECT_THAT(output.err, HasSubstr("install"));
    EXPECT_THAT(output.err, HasSubstr("clang-tidy-" + plugin));
  }

  Sample sample_{badSample()};
  const Build* build_ = nullptr;
  std::filesystem::path host_;
};

TEST_P(VersionGuard, RefusesOrLists) {
  const Output output = runHost({"--checks=-*,session-*", "--list-checks"});
  if (GetParam().plugin != GetParam().host) return expectRefusal(output);
  EXPECT_EQ(output.exitCode, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr(sampleRule));
}

TEST_P(VersionGuard, RefusesOrLints) {
  const Output output = runHost({"--checks=-*,session-*", "sample.cpp", "--", "-std=c++20"});
  if (GetParam().plugin != GetParam().host) return expectRefusal(output);
  EXPECT_EQ(output.exitCode, 0) << output.err;
  EXPECT_THAT(output.out, HasSubstr("sample.cpp:11:3: warning: "));
  EXPECT_THAT(output.out, HasSubstr(std::string("[") + sampleRule + "]"));
}

std::vector<Pair> allPairs() {
  std::vector<Pair> pairs;
  for (const int plugin : supportedLlvms)
    for (const int host : supportedLlvms) pairs.push_back({.plugin = plugin, .host = host});
  return pairs;
}

INSTANTIATE_TEST_SUITE_P(Matrix, VersionGuard, testing::ValuesIn(allPairs()), [](const auto& info) {
  return "plugin" + std::to_string(info.param.plugin) + "_host" + std::to_string(info.param.host);
});

} // namespace

} // namespace session_tidy::test
