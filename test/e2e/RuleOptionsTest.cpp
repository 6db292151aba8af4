// Every option of every rule changes what is found, or how it is mended: given in
// .session-tidy.json to the command and to clang-tidy, and in clang-tidy's CheckOptions.
#include "e2e/Sample.h"

#include <gmock/gmock.h>

#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// What the sources below use.
constexpr const char* libraries = R"(namespace soci {
struct session {
  explicit session(const char*);
  ~session();
  void begin();
  void commit();
  void rollback();
  session& operator<<(const char*);
};
struct transaction {
  explicit transaction(session&);
  ~transaction();
  void commit();
};
}
struct ShopSession {
  void begin();
  void commit();
  void rollback();
  void exec(const char* sql);
};
struct sqlite3;
extern "C" {
int sqlite3_open(const char*, sqlite3**);
int sqlite3_close(sqlite3*);
int sqlite3_exec(sqlite3*, const char*, int (*)(void*, int, char**, char**), void*, char**);
unsigned sleep(unsigned);
}
namespace std {
template <class R, class... A>
struct coroutine_traits { using promise_type = typename R::promise_type; };
template <class P = void>
struct coroutine_handle {
  static coroutine_handle from_address(void*) noexcept;
  operator coroutine_handle<>() const noexcept;
};
}
struct Wait {
  bool await_ready() noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  void await_resume() noexcept;
};
struct Task {
  struct promise_type {
    Task get_return_object();
    Wait initial_suspend() noexcept;
    Wait final_suspend() noexcept;
    void unhandled_exception();
    void return_void();
  };
};
)";

struct OptionCase {
  const char* rule;
  const char* option;
  const char* value;
  const char* code;        ///< one function with one finding, or none
  const char* appears;     ///< what is in the report with the option, and not without
  const char* disappears;  ///< what is in the report without the option, and not with it
  const char* beside = ""; ///< the option without which this one means nothing: set in both
};

std::ostream& operator<<(std::ostream& out, const OptionCase& one) {
  return out << one.rule << '.' << one.option;
}

constexpr OptionCase cases[] = {
    {"session-leak", "CheckExceptions", "false",
     "void f(bool bad) {\n"
     "  sqlite3* db = nullptr;\n"
     "  if (sqlite3_open(\"a\", &db) != 0) { sqlite3_close(db); return; }\n"
     "  if (bad) throw 1;\n"
     "  sqlite3_close(db);\n"
     "}\n",
     "", "when the exception of line"},
    {"session-leak", "CheckFailedOpen", "false",
     "void f() {\n"
     "  sqlite3* db = nullptr;\n"
     "  if (sqlite3_open(\"a\", &db) != 0) return;\n"
     "  sqlite3_close(db);\n"
     "}\n",
     "", "is not released when 'sqlite3_open' fails"},
    {"session-double-end", "Handlers", "undo",
     "void undo(soci::session& sql) { sql.rollback(); }\n"
     "void f() {\n"
     "  soci::session sql(\"a\");\n"
     "  undo(sql);\n"
     "}\n",
     "", "nothing was begun on 'sql'"},
    {"session-missing-rollback", "CheckEscapes", "false",
     "void f(soci::session& sql) { sql.begin(); sql << \"UPDATE a SET b = 1\"; sql.commit(); }\n",
     "", "nothing rolls back the transaction begun here"},
    {"session-missing-rollback", "Guard", "shop::Unit",
     "void f(ShopSession& db) {\n"
     "  db.begin();\n"
     "  db.exec(\"UPDATE a SET b = 1\");\n"
     "  db.commit();\n"
     "}\n",
     "shop::Unit", "", R"("GuardHeader": "<shop/unit.h>")"},
    {"session-missing-rollback", "GuardHeader", "<shop/unit.h>",
     "void f(ShopSession& db) {\n"
     "  db.begin();\n"
     "  db.exec(\"UPDATE a SET b = 1\");\n"
     "  db.commit();\n"
     "}\n",
     "<shop/unit.h>", "", R"("Guard": "shop::Unit")"},
    {"session-unfinished-transaction", "CheckGuards", "false",
     "void f(soci::session& sql) { soci::transaction tr(sql); sql << \"UPDATE a SET b = 1\"; }\n",
     "", "writes and is never committed"},
    {"session-unfinished-transaction", "Guard", "shop::Unit",
     "void f(ShopSession& db, bool quick) {\n"
     "  db.begin();\n"
     "  if (quick) return;\n"
     "  db.exec(\"UPDATE a SET b = 1\");\n"
     "  db.commit();\n"
     "}\n",
     "shop::Unit", "", R"("GuardHeader": "<shop/unit.h>")"},
    {"session-unfinished-transaction", "GuardHeader", "<shop/unit.h>",
     "void f(ShopSession& db, bool quick) {\n"
     "  db.begin();\n"
     "  if (quick) return;\n"
     "  db.exec(\"UPDATE a SET b = 1\");\n"
     "  db.commit();\n"
     "}\n",
     "<shop/unit.h>", "", R"("Guard": "shop::Unit")"},
    {"session-multiple-commits", "BatchFunctions", "nightly",
     "void nightly(soci::session& sql) {\n"
     "  sql.begin(); sql << \"UPDATE a SET b = 1\"; sql.commit();\n"
     "  sql.begin(); sql << \"UPDATE a SET b = 2\"; sql.commit();\n"
     "}\n",
     "", "already and is committed again here"},
    {"session-multiple-commits", "AllowLoopCommits", "true",
     "void f(soci::session& sql, int n) {\n"
     "  sql.begin();\n"
     "  for (int i = 0; i < n; ++i) { sql << \"UPDATE a SET b = 1\"; sql.commit(); }\n"
     "}\n",
     "", "is committed in every round of this loop"},
    {"session-raw-construction", "Factories", "make",
     "void make() {\n"
     "  sqlite3* db = nullptr;\n"
     "  if (sqlite3_open(\"a\", &db) != 0) { sqlite3_close(db); return; }\n"
     "  sqlite3_close(db);\n"
     "}\n",
     "", "holds a session by a bare pointer"},
    {"session-raw-construction", "RequireFactory", "true",
     "void f() { soci::session sql(\"a\"); sql << \"SELECT 1\"; }\n",
     "past the sanctioned factories", ""},
    {"session-split-unit-of-work", "AllowSequentialSessions", "true",
     "void f() {\n"
     "  { soci::session a(\"x\"); a << \"UPDATE a SET b = 1\"; }\n"
     "  soci::session b(\"x\");\n"
     "  b << \"UPDATE a SET b = 2\";\n"
     "}\n",
     "", "a second session of"},
    {"session-held-across-blocking", "BlockingFunctions", "doze",
     "void doze() noexcept;\n"
     "void f(soci::session& sql) { sql.begin(); sleep(1); sql.commit(); }\n",
     "", "'sleep'"},
    {"session-held-across-blocking", "AlsoBlocking", "doze",
     "void doze() noexcept;\n"
     "void f(soci::session& sql) { sql.begin(); doze(); sql.commit(); }\n",
     "'doze'", ""},
    {"session-held-across-blocking", "Suspensions", "false",
     "Task f(soci::session& sql, Wait wait) { sql.begin(); co_await wait; sql.commit(); }\n", "",
     "this co_await suspends"},
    {"session-held-across-blocking", "SafeAwaitables", "Wait",
     "Task f(soci::session& sql, Wait wait) { sql.begin(); co_await wait; sql.commit(); }\n", "",
     "this co_await suspends"},
    {"session-held-across-blocking", "OwnSessions", "false",
     "void f() { soci::session sql(\"a\"); sleep(1); sql << \"SELECT 1\"; }\n", "", "'sleep'"},
};

class RuleOptions : public testing::TestWithParam<OptionCase> {
protected:
  void write(const std::string& name, const std::string& text) {
    writeFile(folder_.path() / name, text);
  }

  std::string run(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"a.cpp", "--", "-std=c++20"});
    const Output output =
        runProcess({.arguments = arguments, .directory = folder_.path(), .environment = {}});
    return output.out + output.err + edits();
  }

  /// The fixes that the last run has written down.
  std::string edits() {
    std::string text;
    if (fs::exists(folder_.path() / "fixes.yaml")) text = readFile(folder_.path() / "fixes.yaml");
    fs::remove(folder_.path() / "fixes.yaml");
    return text;
  }

  std::string command(const std::string& config) {
    write(".session-tidy.json", config);
    return run({findBuild(ownLlvm())->command(), "--no-cache", "--output-format", "json"});
  }

  std::string clangTidy(const std::string& config, const std::string& checkOptions) {
    write(".session-tidy.json", config);
    return run({findTool("clang-tidy", ownLlvm()), "--load", findBuild(ownLlvm())->plugin(),
                "--export-fixes=fixes.yaml",
                "--config={Checks: '-*," + std::string(GetParam().rule) + "', CheckOptions: {" +
                    checkOptions + "}}"});
  }

  /// The report with the option against that without it.
  void expectChange(const std::string& with, const std::string& without) {
    const OptionCase& one = GetParam();
    const std::string tag = one.rule;
    for (const auto& [text, there, missing] :
         {std::tuple{one.appears, &with, &without}, std::tuple{one.disappears, &without, &with}}) {
      if (*text == '\0') continue;
      EXPECT_THAT(*there, HasSubstr(tag));
      EXPECT_THAT(*there, HasSubstr(text));
      EXPECT_THAT(*missing, testing::Not(HasSubstr(text)));
    }
  }

  TemporaryFolder folder_;
};

TEST_P(RuleOptions, ChangesWhatIsReported) {
  const OptionCase& one = GetParam();
  const fs::path tool = findTool("clang-tidy", ownLlvm());
  const fs::path plugin = findBuild(ownLlvm())->plugin();
  if (tool.empty() || !fs::exists(plugin)) GTEST_SKIP() << "no plugin";
  write("a.cpp", libraries + std::string(one.code));
  const std::string head = R"({"rules": {")" + std::string(one.rule) + R"(": {)";
  const std::string beside = one.beside;
  const std::string without = beside.empty()
                                  ? "{\"rules\": {\"" + std::string(one.rule) + "\": true}}"
                                  : head + beside + "}}}";
  const std::string with = head + beside + (beside.empty() ? "\"" : ", \"") + one.option +
                           "\": \"" + one.value + "\"}}}";
  const std::string checkOption =
      std::string(one.rule) + "." + one.option + ": '" + one.value + "'";
  expectChange(command(with), command(without));
  expectChange(clangTidy(with, ""), clangTidy(without, ""));
  expectChange(clangTidy(without, checkOption), clangTidy(without, ""));
}

TEST_P(RuleOptions, ComesBackOutOfClangTidy) {
  const OptionCase& one = GetParam();
  const fs::path tool = findTool("clang-tidy", ownLlvm());
  const fs::path plugin = findBuild(ownLlvm())->plugin();
  if (tool.empty() || !fs::exists(plugin)) GTEST_SKIP() << "no plugin";
  const std::string name = std::string(one.rule) + "." + one.option;
  const std::string dumped =
      runProcess({.arguments = {tool, "--load", plugin, "--dump-config",
                                "--config={Checks: '-*," + std::string(one.rule) +
                                    "', CheckOptions: {" + name + ": '" + one.value + "'}}"},
                  .directory = folder_.path(),
                  .environment = {}})
          .out;
  std::istringstream lines(dumped);
  bool found = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.find(name) == std::string::npos) continue;
    std::string next; // some versions write the value behind the name, others below it
    std::getline(lines, next);
    found = (line + next).find(one.value) != std::string::npos;
    break;
  }
  EXPECT_TRUE(found) << dumped;
}

INSTANTIATE_TEST_SUITE_P(All, RuleOptions, testing::ValuesIn(cases), [](const auto& instance) {
  std::string name = std::string(instance.param.rule) + "_" + instance.param.option;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

std::string outputOf(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {findBuild(ownLlvm())->command()};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return runProcess({.arguments = all, .directory = {}, .environment = {}}).out;
}

TEST(RuleOptionsTable, WrongFlagsAreToldOf) {
  const fs::path tool = findTool("clang-tidy", ownLlvm());
  const fs::path plugin = findBuild(ownLlvm())->plugin();
  if (tool.empty() || !fs::exists(plugin)) GTEST_SKIP() << "no plugin";
  const Sample sample(goodSample());
  const Output output =
      runProcess({.arguments = {tool, "--load", plugin,
                                "--config={Checks: '-*,session-leak', CheckOptions: "
                                "{session-leak.CheckExceptions: maybe}}",
                                "sample.cpp", "--", "-std=c++20"},
                  .directory = sample.folder(),
                  .environment = {}});
  EXPECT_THAT(output.out + output.err, HasSubstr("invalid configuration value 'maybe' for option "
                                                 "'session-leak.CheckExceptions'"));
}

TEST(RuleOptionsTable, HasEveryOptionOfEveryRule) {
  std::set<std::string> tested;
  for (const OptionCase& one : cases) tested.insert(std::string(one.rule) + "." + one.option);
  std::set<std::string> there;
  std::istringstream rules(outputOf({"list"}));
  for (std::string line; std::getline(rules, line);) {
    if (!line.starts_with("session-")) continue;
    const std::string rule = line.substr(0, line.find(' '));
    std::istringstream page(outputOf({"explain", rule}));
    for (line.clear(); std::getline(page, line);)
      if (const std::size_t end = line.find(" (default '");
          line.starts_with("- ") && end != std::string::npos)
        there.insert(rule + "." + line.substr(2, end - 2));
  }
  EXPECT_EQ(tested, there);
}

} // namespace

} // namespace session_tidy::test
