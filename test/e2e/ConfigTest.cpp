// Every key of .session-tidy.json changes what is found, wherever it is read; and what cannot be
// read is said aloud.
#include "e2e/Sample.h"

#include <gmock/gmock.h>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// A session class of which nothing can be guessed, and functions that misuse it.
constexpr const char* shop = R"(namespace shop {
class Store {
public:
  Store();
  ~Store();
  void note();
  void engrave();
  void forget();
  bool put(const char* text) noexcept;
};
Store* fetch();
void handBack(Store* store);
}
void work(shop::Store& store, bool quick) {
  store.note();
  store.put("UPDATE page SET n = 1");
  if (quick) return;
  store.engrave();
}
void lease() {
  shop::Store* store = shop::fetch();
  store->put("SELECT 1");
}
)";

/// What makes a session of it.
std::string kindOf(const std::string& more = "") {
  return R"("kinds": {"store": {"role": "session", "types": ["shop::Store"], )" + more +
         R"("methods": {"note": "begin", "engrave": "commit", "forget": "rollback"}}})";
}

constexpr const char* unfinished = "[session-unfinished-transaction]";

class Configuration : public testing::Test {
protected:
  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_.path() / name).parent_path());
    writeFile(folder_.path() / name, text);
  }

  Output command(std::vector<std::string> arguments = {"src/shop.cpp"}) {
    arguments.insert(arguments.begin(), findBuild(ownLlvm())->command());
    arguments.insert(arguments.end(), {"--min-confidence", "likely", "--", "-std=c++20"});
    return runProcess({.arguments = arguments, .directory = folder_.path(), .environment = {}});
  }

  /// What the command finds under a configuration.
  std::string found(const std::string& config, const std::string& source = shop) {
    write("src/shop.cpp", source);
    write(".session-tidy.json", config);
    const Output output = runProcess(
        {.arguments = {findBuild(ownLlvm())->command(), "src/shop.cpp", "--", "-std=c++20"},
         .directory = folder_.path(),
         .environment = {}});
    EXPECT_EQ(output.err, "");
    return output.out;
  }

  TemporaryFolder folder_;
};

TEST_F(Configuration, OwnKindsAreKnown) {
  EXPECT_THAT(found("{}"), IsEmpty());
  EXPECT_THAT(found("{" + kindOf() + "}"), HasSubstr(unfinished));
}

TEST_F(Configuration, KindsExtendThoseOfLibraries) {
  const std::string extends =
      R"({"kinds": {"store": {"extends": "soci.session", "types": ["shop::Store"],
    "methods": {"note": "begin", "engrave": "commit"}}}})";
  EXPECT_THAT(found(extends), HasSubstr(unfinished));
}

TEST_F(Configuration, FunctionsAreKnown) {
  EXPECT_THAT(found("{" + kindOf() + "}"), Not(HasSubstr("[session-leak]")));
  EXPECT_THAT(found("{" + kindOf() + R"(, "functions": {"shop::fetch": "open result as store",
    "shop::handBack": "close arg0"}})"),
              HasSubstr("[session-leak]"));
}

TEST_F(Configuration, CallsThrowUnlessItSaysOtherwise) {
  std::string source = shop;
  source.replace(source.find("bool put(const char* text) noexcept"), 35,
                 "bool put(const char* text)");
  source.replace(source.find("  if (quick) return;\n"), 21, "");
  EXPECT_THAT(found("{" + kindOf() + "}", source), HasSubstr("[session-missing-rollback]"));
  EXPECT_THAT(found("{" + kindOf() + R"(, "throws": false})", source), IsEmpty());
}

TEST_F(Configuration, RulesAreTurnedOff) {
  EXPECT_THAT(found("{" + kindOf() + R"(, "rules": {"session-unfinished-transaction": false}})"),
              IsEmpty());
}

TEST_F(Configuration, RulesAreTurnedOn) {
  const std::string source = std::string(shop) + "extern \"C\" unsigned sleep(unsigned);\n"
                                                 "void wait(shop::Store& store) {\n"
                                                 "  store.note();\n"
                                                 "  sleep(1);\n"
                                                 "  store.engrave();\n"
                                                 "}\n";
  constexpr const char* held = "[session-held-across-blocking]";
  EXPECT_THAT(found("{" + kindOf() + "}", source), Not(HasSubstr(held)));
  EXPECT_THAT(
      found("{" + kindOf() + R"(, "rules": {"session-held-across-blocking": true}})", source),
      HasSubstr(held));
  EXPECT_THAT(found("{" + kindOf() +
                        R"(, "rules": {"session-held-across-blocking": {"OwnSessions": false}}})",
                    source),
              HasSubstr(held));
  EXPECT_THAT(
      found("{" + kindOf() +
                R"(, "rules": {"session-held-across-blocking": {"BlockingFunctions": "doze"}}})",
            source),
      Not(HasSubstr(held)));
}

TEST_F(Configuration, PathsAreExempt) {
  EXPECT_THAT(found("{" + kindOf() + R"(, "exempt": ["src/**"]})"), IsEmpty());
  EXPECT_THAT(found("{" + kindOf() + R"(, "exempt": ["test/**"]})"), HasSubstr(unfinished));
}

TEST_F(Configuration, FactoriesMayMakeSessions) {
  const std::string source = std::string(shop) +
                             "shop::Store* open() { return new shop::Store(); }\n"
                             "void make() { shop::Store own; own.put(\"\"); }\n";
  const std::string strict =
      R"(, "rules": {"session-raw-construction": {"RequireFactory": "true"}})";
  EXPECT_THAT(found("{" + kindOf() + strict + "}", source),
              HasSubstr("past the sanctioned factories"));
  EXPECT_THAT(found("{" + kindOf() + strict + R"(, "factories": ["make"]})", source),
              Not(HasSubstr("own' is made directly here")));
}

TEST_F(Configuration, TheLeastConfidenceIsSet) {
  const std::string certain = found("{" + kindOf() + R"(, "minConfidence": "certain"})");
  const std::string possible = found("{" + kindOf() + R"(, "minConfidence": "possible"})");
  EXPECT_GE(possible.size(), certain.size());
  EXPECT_THAT(possible, HasSubstr(unfinished));
}

TEST_F(Configuration, TheNearestFileCountsAlone) {
  write("src/.session-tidy.json", "{}");
  EXPECT_THAT(found("{" + kindOf() + "}"), IsEmpty());
}

// ---------------------------------------------------------------- what cannot be read

struct Mistake {
  const char* text;
  const char* message;
};

constexpr Mistake mistakes[] = {
    {"{\n  \"kind\": {}\n}\n", ".session-tidy.json:2:3: unknown key 'kind'"},
    {"{\n  \"exempt\": 3\n}\n", ".session-tidy.json:2:13: "},
    {"{\n  \"kinds\": {\n", ".session-tidy.json:3:"},
    {"{\"kinds\": {\"a\": {\"extends\": \"b\", \"types\": [\"A\"]},\n"
     "\"b\": {\"extends\": \"a\", \"types\": [\"B\"]}}}\n",
     "in turn"},
    {"{\"kinds\": {\"a\": {\"role\": \"session\", \"types\": [\"A\"],\n"
     "  \"methods\": {\"x\": \"comit\"}}}}\n",
     ".session-tidy.json:2:21: unknown operation 'comit' (did you mean 'commit'?)"},
    {"{\"rules\": {\n  \"session-leek\": false}}\n", "(did you mean 'session-leak'?)"},
};

TEST_F(Configuration, MistakesEndTheCommandWithOneErrorAtTheirPlace) {
  write("src/shop.cpp", shop);
  for (const auto& [text, message] : mistakes) {
    write(".session-tidy.json", text);
    const Output output = command();
    EXPECT_EQ(output.exitCode, 2) << text << output.out;
    EXPECT_THAT(output.err, HasSubstr(message)) << text;
    EXPECT_THAT(output.out, IsEmpty());
  }
}

TEST_F(Configuration, MistakesAreSeenInClangTidy) {
  const fs::path clangTidy = findTool("clang-tidy", ownLlvm());
  const fs::path plugin = findBuild(ownLlvm())->plugin();
  if (clangTidy.empty() || !fs::exists(plugin)) GTEST_SKIP() << "no plugin";
  write("src/shop.cpp", shop);
  const auto tidy = [&](const std::string& config) {
    write(".session-tidy.json", config);
    return runProcess({.arguments = {clangTidy, "--load", plugin, "--checks=-*,session-*",
                                     "src/shop.cpp", "--", "-std=c++20"},
                       .directory = folder_.path(),
                       .environment = {}});
  };
  EXPECT_THAT(tidy("{" + kindOf() + "}").out, HasSubstr(unfinished)) << "the file is read";
  for (const auto& [text, message] : mistakes) {
    const Output output = tidy(text);
    EXPECT_NE(output.exitCode, 0) << text;
    EXPECT_THAT(output.out, HasSubstr("error: ")) << text;
    EXPECT_THAT(output.out, HasSubstr(message)) << text;
  }
}

TEST_F(Configuration, OptionsOfClangTidyNameAnotherFileAndConfidence) {
  const fs::path clangTidy = findTool("clang-tidy", ownLlvm());
  const fs::path plugin = findBuild(ownLlvm())->plugin();
  if (clangTidy.empty() || !fs::exists(plugin)) GTEST_SKIP() << "no plugin";
  write("src/shop.cpp", shop);
  write("elsewhere.json", "{" + kindOf() + "}");
  const std::string file = (folder_.path() / "elsewhere.json").string();
  const std::string config =
      "--config={Checks: '-*,session-*', CheckOptions: {session-tidy.ConfigFile: '" + file + "'}}";
  const Output output = runProcess(
      {.arguments = {clangTidy, "--load", plugin, config, "src/shop.cpp", "--", "-std=c++20"},
       .directory = folder_.path(),
       .environment = {}});
  EXPECT_THAT(output.out, HasSubstr(unfinished)) << output.err;
}

// A glob brings in all checks of clang-tidy; one that is off by default wants its whole name, and
// takes its options from either side.
TEST_F(Configuration, WhatIsOffByDefaultIsNamedInClangTidy) {
  const fs::path clangTidy = findTool("clang-tidy", ownLlvm());
  const fs::path plugin = findBuild(ownLlvm())->plugin();
  if (clangTidy.empty() || !fs::exists(plugin)) GTEST_SKIP() << "no plugin";
  write("src/shop.cpp",
        "namespace soci { struct session { void begin(); void commit() noexcept; }; }\n"
        "void doze() noexcept;\n"
        "void wait(soci::session& sql) {\n"
        "  sql.begin();\n"
        "  doze();\n"
        "  sql.commit();\n"
        "}\n");
  const std::string rule = "session-held-across-blocking";
  const auto tidy = [&](const std::string& checks, const std::string& options) {
    return runProcess({.arguments = {clangTidy, "--load", plugin,
                                     "--config={Checks: '-*," + checks + "', CheckOptions: {" +
                                         options + "}}",
                                     "src/shop.cpp", "--", "-std=c++20"},
                       .directory = folder_.path(),
                       .environment = {}})
        .out;
  };
  const std::string option = rule + ".AlsoBlocking: doze";
  EXPECT_THAT(tidy("session-*", option), Not(HasSubstr("[" + rule)));
  EXPECT_THAT(tidy(rule, option), HasSubstr("[" + rule));
  EXPECT_THAT(tidy("session-*," + rule, option), HasSubstr("[" + rule));
  EXPECT_THAT(tidy(rule, ""), Not(HasSubstr("[" + rule)));
  write(".session-tidy.json", "{\"rules\": {\"" + rule + "\": true}}");
  EXPECT_THAT(tidy("session-*", option), HasSubstr("[" + rule));
}

} // namespace

} // namespace session_tidy::test
