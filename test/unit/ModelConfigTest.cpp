// The user's configuration: what it becomes, what it is told when it is wrong, how it is found.
#include "model/Config.h"
#include "model/EmbeddedModels.h"

#include <gtest/gtest.h>

#include <fstream>

namespace session_tidy::model {
namespace {

const std::vector<KnownRule> rules = {
    {"session-leak", {{.name = "Owners"}, {.name = "Deep", .isFlag = true}}},
    {"session-nested-begin", {}}};

Config read(std::string_view text) {
  const Result<ModelSet> models = loadEmbeddedModels();
  EXPECT_TRUE(models.ok());
  Result<Config> result = readConfig(text, "c.json", &*models, rules);
  EXPECT_TRUE(result.ok()) << result.error().text();
  return result.ok() ? *result : Config{};
}

TEST(Config, readsEverything) {
  const Config config = read(R"({
    "$schema": "x", "note": "ours",
    "kinds": {
      "session": {"extends": "soci.session", "types": ["shop::Session"], "methods": {"save": "commit"}},
      "tx": {"role": "transaction", "types": ["shop::Tx"]}},
    "functions": {"shop::open": "open result as session"},
    "guard": "shop::Tx", "guardHeader": "<shop/tx.h>", "factories": ["shop::open"], "handlers": ["shop::onError"],
    "exempt": ["test/**"], "minConfidence": "certain",
    "rules": {"session-leak": {"Owners": "a,b", "Deep": true}, "session-nested-begin": false}})");
  ASSERT_EQ(config.library.kinds.size(), 2U);
  EXPECT_EQ(config.library.kinds[0].id, "project.session");
  EXPECT_EQ(config.library.kinds[0].dirtyReturn, DirtyReturn::Kept);
  EXPECT_TRUE(config.library.kinds[1].throws);
  EXPECT_EQ(config.library.functions.at(0).effects.at(0).kind, "project.session");
  EXPECT_EQ(config.guard, "shop::Tx");
  EXPECT_EQ(config.guardHeader, "<shop/tx.h>");
  EXPECT_EQ(config.factories, std::vector<std::string>{"shop::open"});
  EXPECT_EQ(config.handlers, std::vector<std::string>{"shop::onError"});
  EXPECT_EQ(config.minConfidence, "certain");
  EXPECT_TRUE(config.rules.at("session-leak").enabled);
  EXPECT_EQ(config.rules.at("session-leak").options.at("Deep"), "true");
  EXPECT_EQ(config.library.helpers, (std::vector<HelperName>{{"shop::onError", Helper::Finisher}}));
  EXPECT_FALSE(config.rules.at("session-nested-begin").enabled);
}

TEST(Config, mayBeEmpty) {
  EXPECT_TRUE(read("{}").library.kinds.empty());
}

TEST(Config, saysWhatIsWrongAndWhere) {
  const std::pair<const char*, const char*> table[] = {
      {R"({"kindz": {}})", "1:2: unknown key 'kindz' in the configuration (did you mean 'kinds'?)"},
      {R"([])", "1:1: the configuration must be an object, not an array"},
      {R"({"guard": "a b"})",
       "1:11: 'a b' is no qualified name (expected a name like 'soci::session', without template "
       "arguments, '&', '*' or a leading '::')"},
      {R"({"guard": 1})", "1:11: 'guard' must be a string, not a number"},
      {R"({"guardHeader": "tx.h"})", "1:17: the header 'tx.h' has no marks (write \"<tx.h>\")"},
      {R"({"factories": "f"})", "1:15: 'factories' must be an array of strings, not a string"},
      {R"({"exempt": ["a\\b"]})", "1:13: '\\' in a path (write '/' on every system)"},
      {R"({"exempt": ["test/"]})",
       "1:13: 'test/' names a folder (write 'test/**' for what is in it)"},
      {R"({"minConfidence": "sure"})",
       "1:19: unknown minConfidence 'sure' (expected 'possible', 'likely' or 'certain')"},
      {R"({"minConfidence": "likly"})",
       "1:19: unknown minConfidence 'likly' (did you mean 'likely'?)"},
      {R"({"rules": []})", "1:11: 'rules' must be an object, not an array"},
      {R"({"rules": {"session-leek": true}})",
       "1:12: unknown rule 'session-leek' (did you mean 'session-leak'?)"},
      {R"({"rules": {"session-leak": "off"}})",
       "1:28: 'session-leak' must be true, false or an object of options, not a string"},
      {R"({"rules": {"session-leak": {"Owner": "x"}}})",
       "1:29: unknown option 'Owner' of 'session-leak' (did you mean 'Owners'?)"},
      {R"({"rules": {"session-nested-begin": {"x": 1}}})",
       "1:37: unknown option 'x' of 'session-nested-begin' (it has none)"},
      {R"({"rules": {"session-leak": {"Owners": []}}})",
       "1:39: 'Owners' must be a string, not an array"},
      {R"({"rules": {"session-leak": {"Deep": 3}}})",
       "1:37: 'Deep' must be true or false, not a number"},
      {R"({"rules": {"session-leak": {"Deep": "maybe"}}})",
       "1:37: 'Deep' must be true or false, not a string"},
      {R"({"helpers": {"scopeguard": ["A"]}})",
       "1:14: unknown helper 'scopeguard' (did you mean 'scope-guard'?)"},
      {R"({"kinds": {"s": {"extends": "soci.sesion", "types": ["S"]}}})",
       "1:29: unknown kind 'soci.sesion' (did you mean 'soci.session'?)"},
      {R"({"kinds": {"s": {"extends": "soci.session", "types": ["S"], "methods": {"save": "comit"}}}})",
       "1:82: unknown operation 'comit' (did you mean 'commit'?)"},
      {"{\"rules\": {\n  \"session-leak\": true,,\n}}",
       "2:24: not JSON: unexpected ','; expected string literal"},
      {"", "1:1: not JSON: unexpected end of input; expected '[', '{', or a literal"},
  };
  const Result<ModelSet> models = loadEmbeddedModels();
  for (const auto& [text, expected] : table) {
    const Result<Config> result = readConfig(text, "c.json", &*models, rules);
    ASSERT_FALSE(result.ok()) << text;
    EXPECT_EQ(result.error().text(), std::string("c.json:") + expected) << text;
  }
}

TEST(Config, isFoundUpwardFromTheSource) {
  namespace fs = std::filesystem;
  const fs::path root = fs::path(testing::TempDir()) / "session-tidy-config";
  fs::create_directories(root / "src" / "deep");
  std::ofstream(root / configFileName) << "{\"guard\": \"Tx\"}";
  const auto found = findConfig(root / "src" / "deep" / "a.cpp");
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(*found, root / configFileName);
  EXPECT_EQ(readConfigFile(*found)->guard, "Tx");
  const Result<Config> missing = readConfigFile(root / "none.json");
  EXPECT_EQ(missing.error().message, "cannot read the configuration");
  EXPECT_FALSE(readConfigFile(root).ok());
  fs::remove_all(root);
}

TEST(Config, exemptsPathsRelativeToItself) {
  Config config;
  config.path = "/p/.session-tidy.json";
  config.exempt = {"test/**", "**/generated/*.cpp", "one.cpp"};
  EXPECT_TRUE(config.isExempt("/p/test/a.cpp"));
  EXPECT_TRUE(config.isExempt("/p/test/deep/a.cpp"));
  EXPECT_TRUE(config.isExempt("/p/x/../test/a.cpp"));
  EXPECT_TRUE(config.isExempt("/p/src/generated/a.cpp"));
  EXPECT_TRUE(config.isExempt("/p/one.cpp"));
  EXPECT_FALSE(config.isExempt("/p/src/generated/deep/a.cpp"));
  EXPECT_FALSE(config.isExempt("/p/src/test.cpp"));
  EXPECT_FALSE(config.isExempt("/p/src/one.cpp"));
  EXPECT_FALSE(config.isExempt("/q/test/a.cpp"));
}

TEST(Glob, matchesWholePaths) {
  const std::tuple<const char*, const char*, bool> table[] = {
      {"a.cpp", "a.cpp", true},
      {"a.cpp", "*.cpp", true},
      {"a/b.cpp", "*.cpp", false},
      {"a/b.cpp", "**/*.cpp", true},
      {"b.cpp", "**/*.cpp", true},
      {"a/b/c.cpp", "a/**/c.cpp", true},
      {"a/c.cpp", "a/**/c.cpp", true},
      {"a/xc.cpp", "a/**/c.cpp", false},
      {"a/b", "a/?", true},
      {"a/b", "a?b", false},
      {"a/b/c", "a/*", false},
      {"a/b/c", "a/**", true},
      {"a", "a/**", false},
      {"abcabd", "*ab?", true},
      {"", "**", true},
      {"x/test/y/test/z", "**/test/z", true},
      {"a/b.h", "**.h", true},
      {"aaaaaaaaaaaaaaaaaaaab", "*a*a*a*a*a*a*c", false},
      {"a/q/b/x.c", "**/b/*.c", true},
      {"b/q/b/y/x.c", "**/b/*.c", false},
  };
  for (const auto& [path, glob, expected] : table)
    EXPECT_EQ(matchesGlob(path, glob), expected) << path << " " << glob;
}

} // namespace
} // namespace session_tidy::model
