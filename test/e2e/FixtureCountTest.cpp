// How much the fixtures show of each rule: enough functions with the defect and without it, over
// enough libraries, and each acceptable pattern in several variations.
//
// A function counts as bad for a rule that it is expected to give. It counts as good in the rule's
// folder when nothing is expected of it, and when it has more than one line: a deleter or an
// accessor shows nothing.
#include "harness/Builds.h"
#include "harness/Fixture.h"
#include "harness/Process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

constexpr unsigned wantedBad = 12;
constexpr unsigned wantedGood = 20;
constexpr unsigned wantedLibraries = 5;
constexpr unsigned wantedVariations = 3;

struct Lines {
  unsigned first = 0;
  unsigned last = 0;
};

std::string blank(const std::string& text, const char* pattern) {
  const std::regex form(pattern);
  std::string result;
  auto at = text.begin();
  for (std::sregex_iterator match(text.begin(), text.end(), form), end; match != end; ++match) {
    result.append(at, (*match)[0].first).append(match->length(), ' ');
    at = (*match)[0].second;
  }
  return result.append(at, text.end());
}

/// The functions of a source text with their lines: whatever has braces after a parameter list,
/// outside other functions.
class FunctionScan {
public:
  explicit FunctionScan(const std::string& text) {
    for (const char c :
         blank(blank(text, R"re("(\\.|[^"\\\n])*"|'(\\.|[^'\\\n])')re"), R"((//|[ \t]*#)[^\n]*)"))
      read(c);
  }

  [[nodiscard]] const std::vector<Lines>& functions() const { return functions_; }

private:
  void read(char c) {
    if (c == '\n') ++line_;
    if (depth_ > 0) {
      depth_ += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth_ > 0) return;
      if (inFunction_) functions_.push_back({headLine_, line_});
      head_.clear();
    } else if (c == '{' && isScope()) {
      head_.clear();
    } else if (c == '{') {
      inFunction_ = head_.find('(') != head_.npos;
      depth_ = 1;
    } else if (c == ';' || c == '}') {
      head_.clear();
    } else if (!head_.empty() || std::isspace(static_cast<unsigned char>(c)) == 0) {
      if (head_.empty()) headLine_ = line_;
      head_ += c;
    }
  }

  /// A namespace or class, whose functions are looked for.
  [[nodiscard]] bool isScope() const {
    static const std::regex form(
        R"(^((public|private|protected):\s*)?((inline\s+)?namespace\b|extern\b|(template\s*<[^{]*>\s*)?(class|struct|union)\s[^()]*$))");
    return std::regex_search(head_, form);
  }

  std::vector<Lines> functions_;
  std::string head_;
  unsigned line_ = 1;
  unsigned headLine_ = 1;
  int depth_ = 0;
  bool inFunction_ = false;
};

std::vector<Lines> functionsOf(const std::string& text) {
  return FunctionScan(text).functions();
}

struct Count {
  unsigned bad = 0;
  unsigned good = 0;
  std::set<std::string> libraries;
};

void add(const Fixture& fixture, std::map<std::string, Count>& counts) {
  const std::string folder = "session-" + fixture.path.parent_path().filename().string();
  for (const Lines& lines : functionsOf(fixture.text)) {
    std::set<std::string> rules;
    for (const Expectation& expected : fixture.findings)
      if (expected.file == fixture.path.filename() && expected.line >= lines.first &&
          expected.line <= lines.last)
        rules.insert(expected.rule);
    for (const std::string& rule : rules) {
      ++counts[rule].bad;
      counts[rule].libraries.insert(fixture.libraries.begin(), fixture.libraries.end());
      if (fixture.libraries.empty()) counts[rule].libraries.insert("classes of its own");
    }
    if (rules.empty() && lines.last > lines.first + 1) ++counts[folder].good;
  }
}

std::vector<std::string> ruleNames() {
  const Output output = runProcess({.arguments = {findBuild(ownLlvm())->command(), "list"},
                                    .directory = "/",
                                    .environment = {}});
  std::vector<std::string> names;
  std::istringstream stream(output.out);
  for (std::string line; std::getline(stream, line);)
    names.push_back(line.substr(0, line.find(' ')));
  return names;
}

TEST(Fixtures, FunctionsAreFoundInATextByTheirLines) {
  const std::vector<Lines> functions = functionsOf(R"(#include <a>
namespace n {
// Not { this.
class C : public D {
public:
  explicit C(int x) : x_(x) {}
  int y() const {
    return "}"[0];
  }
};
template <class T> int
g(T t) {
  if (t) { return 1; }
  return 2;
}
constexpr int values[] = {1, 2};
}
)");
  ASSERT_EQ(functions.size(), 3U);
  EXPECT_EQ(functions[0].first, 5U); // with its 'public:'
  EXPECT_EQ(functions[1].first, 7U);
  EXPECT_EQ(functions[1].last, 9U);
  EXPECT_EQ(functions[2].first, 11U);
  EXPECT_EQ(functions[2].last, 15U);
}

TEST(Fixtures, ShowEachRuleInManyFunctionsAndLibraries) {
  std::map<std::string, Count> counts;
  for (const Fixture& fixture : readFixtures(testFolder() / "cases")) add(fixture, counts);
  ASSERT_FALSE(ruleNames().empty());
  for (const std::string& rule : ruleNames()) {
    const Count& count = counts[rule];
    EXPECT_GE(count.bad, wantedBad) << rule << ": functions with the defect";
    EXPECT_GE(count.good, wantedGood) << rule << ": functions without it";
    EXPECT_GE(count.libraries.size(), wantedLibraries)
        << rule << ": only in " << testing::PrintToString(count.libraries);
  }
}

// Their files are named after the pattern, and a variation is a function.
TEST(Fixtures, ShowEachAcceptablePatternInSeveralVariations) {
  std::map<std::string, unsigned> variations;
  for (const Fixture& fixture : readFixtures(testFolder() / "cases/acceptable")) {
    EXPECT_TRUE(fixture.findings.empty()) << fixture.name;
    for (const Lines& lines : functionsOf(fixture.text))
      if (lines.last > lines.first + 1) ++variations[fixture.path.stem()];
  }
  for (int pattern = 1; pattern <= 24; ++pattern) {
    const std::string name = (pattern < 10 ? "A0" : "A") + std::to_string(pattern);
    EXPECT_GE(variations[name], wantedVariations) << name;
  }
}

} // namespace

} // namespace session_tidy::test
