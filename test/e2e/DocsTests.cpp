// What the documentation shows is what the programs do.
//
// In docs/rules/*.md a block marked `bad` (```cpp bad) must give the page's rule and nothing else,
// one marked `good` nothing at all. Rules named as further marks may be given, too; on other pages
// the first mark is the rule that must be given. A block ```json config is the .session-tidy.json
// of the blocks below it, one marked `before` stands before them. Libraries' headers are included
// as their names occur. A block marked `fixed` is what all fixes together make of the `bad` block
// above it.
#include "e2e/DocsBlocks.h"
#include "e2e/DocsExamples.h"
#include "harness/Builds.h"
#include "harness/Diagnostics.h"
#include "harness/Fixture.h"
#include "harness/Libraries.h"
#include "harness/Process.h"
#include "harness/Workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

fs::path root() {
  return testFolder().parent_path();
}

Output runCommand(const fs::path& directory, std::vector<std::string> arguments) {
  const Build* build = findBuild(ownLlvm());
  if (build == nullptr) throw std::runtime_error("the build of these tests is missing");
  arguments.insert(arguments.begin(), build->command());
  return runProcess({.arguments = arguments, .directory = directory, .environment = {}},
                    std::chrono::seconds(240));
}

/// The rules and their summaries, as `session-tidy list` tells them.
std::map<std::string, std::string> listedRules() {
  static const std::regex form(
      R"((session-\S+) +(?:style|warning|error) +(?:fix +)?(?:off +)?(\S.*))");
  std::map<std::string, std::string> rules;
  std::istringstream stream(runCommand(root(), {"list"}).out);
  for (std::string line; std::getline(stream, line);)
    if (std::smatch match; std::regex_match(line, match, form)) rules[match[1]] = match[2];
  return rules;
}

// ---------------------------------------------------------------- examples

/// Every example in a folder of its own, with one compilation database for all.
class ExampleFolder {
public:
  void add(const Example& example) {
    const fs::path folder =
        folder_.path() / example.block.page / ("line" + std::to_string(example.block.line));
    const std::string file = example.block.language == "c" ? "example.c" : "example.cpp";
    fs::create_directories(folder);
    writeFile(folder / file, example.text);
    if (!example.config.empty()) writeFile(folder / ".session-tidy.json", example.config);
    std::vector<std::string> arguments{example.block.language == "c" ? "clang" : "clang++"};
    arguments.insert(arguments.end(), example.flags.begin(), example.flags.end());
    arguments.insert(arguments.end(), {"-c", file});
    database_.push_back({{"directory", folder}, {"file", file}, {"arguments", arguments}});
    examples_[folder / file] = example;
  }

  [[nodiscard]] const std::map<fs::path, Example>& examples() const { return examples_; }

  Output lint() {
    return run({"-p", folder_.path(), "--color", "never", "--output-format", "text",
                "--output-format", "json:findings.json"});
  }

  /// What lint() found, with what the text does not show.
  [[nodiscard]] nlohmann::json findings() const {
    return nlohmann::json::parse(readFile(folder_.path() / "findings.json")).at("findings");
  }

  Output fix() { return run({"fix", "--unsafe-fixes", "-p", folder_.path(), "--color", "never"}); }

  [[nodiscard]] fs::path absolute(const std::string& file) const {
    return (folder_.path() / file).lexically_normal();
  }

private:
  Output run(std::vector<std::string> arguments) {
    writeFile(folder_.path() / "compile_commands.json", database_.dump());
    return runCommand(folder_.path(), std::move(arguments));
  }

  TemporaryFolder folder_;
  nlohmann::json database_ = nlohmann::json::array();
  std::map<fs::path, Example> examples_;
};

/// The confidences and fixes that the list of rules says a rule's findings can have.
struct Listed {
  std::set<std::string> confidences;
  bool safeFixes = false;
  bool unsafeFixes = false;
};

std::map<std::string, Listed> listedPromises() {
  std::map<std::string, Listed> rules;
  static const std::regex form(R"(^\| \[([a-z-]+)\].* \| (\w+)( to (\w+))? \| ([a-z ]+) \|$)");
  std::istringstream stream(runCommand("/", {"list", "--format", "markdown"}).out);
  for (std::string line; std::getline(stream, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, form)) continue;
    Listed& rule = rules[match[1]];
    const std::string highest = match[4].matched ? match[4] : match[2];
    bool inside = false;
    for (const char* confidence : {"possible", "likely", "certain"}) {
      inside = inside || confidence == match[2];
      if (inside) rule.confidences.insert(confidence);
      if (confidence == highest) break;
    }
    const std::string fixes = match[5];
    rule.safeFixes = fixes.starts_with("safe");
    rule.unsafeFixes = fixes.ends_with("unsafe");
  }
  return rules;
}

void judgeAsListed(const nlohmann::json& finding, const Listed& listed) {
  EXPECT_TRUE(listed.confidences.contains(finding.at("confidence"))) << finding.dump(2);
  for (const nlohmann::json& fix : finding.at("fixes"))
    EXPECT_TRUE(fix.at("safe").get<bool>() ? listed.safeFixes : listed.unsafeFixes)
        << finding.dump(2);
}

void judge(const Example& example, const std::vector<ShownFinding>& findings) {
  std::string shown;
  for (const ShownFinding& finding : findings)
    shown += "  " + finding.message + " [" + finding.rule + "]\n";
  const bool bad = example.block.has("bad");
  EXPECT_EQ(bad, std::ranges::find(findings, example.rule, &ShownFinding::rule) != findings.end())
      << example.block.place() << ": " << (bad ? "does not give its rule" : "is not clean") << "\n"
      << shown;
  for (const ShownFinding& finding : findings)
    EXPECT_TRUE(finding.rule == example.rule || (bad && example.block.has(finding.rule)))
        << example.block.place() << ": gives another rule\n"
        << shown;
}

// The one command lints them all: as fast as it gets, and the way that people run it.
TEST(RulePages, ExamplesGiveWhatTheyAreMarkedWith) {
  ExampleFolder folder;
  for (const fs::path& page : pagesIn(root() / "docs"))
    for (const Example& example : examplesOf(page))
      if (example.missingLibrary.empty()) folder.add(example);
  ASSERT_FALSE(folder.examples().empty());

  const Output output = folder.lint();
  EXPECT_LE(output.exitCode, 1) << output.err << output.out;
  std::map<fs::path, std::vector<ShownFinding>> findings;
  for (const ShownFinding& finding : parseClangText(output.out))
    findings[folder.absolute(finding.file)].push_back(finding);
  for (const auto& [file, example] : folder.examples()) judge(example, findings[file]);
  std::map<std::string, Listed> listed = listedPromises();
  for (const nlohmann::json& finding : folder.findings())
    judgeAsListed(finding, listed[finding.at("rule")]);
}

std::vector<fs::path> pagesWithFixes() {
  std::vector<fs::path> pages = pagesIn(root() / "docs/rules");
  pages.push_back(root() / "docs/fixes.md");
  return pages;
}

TEST(RulePages, FixesMakeOfExamplesWhatThePagesShow) {
  ExampleFolder folder;
  for (const fs::path& page : pagesWithFixes())
    for (const Example& example : examplesOf(page))
      if (example.missingLibrary.empty() && !example.fixed.empty()) folder.add(example);
  ASSERT_GE(folder.examples().size(), 8U);
  const Output first = folder.fix();
  EXPECT_LE(first.exitCode, 1) << first.err;
  std::map<fs::path, std::string> texts;
  for (const auto& [file, example] : folder.examples()) {
    texts[file] = readFile(file);
    EXPECT_TRUE(texts[file].ends_with(example.fixed))
        << example.block.place() << ": the fixed example is\n"
        << texts[file] << first.err;
  }
  const Output second = folder.fix();
  EXPECT_LE(second.exitCode, 1) << second.err;
  for (const auto& [file, example] : folder.examples())
    EXPECT_EQ(readFile(file), texts[file])
        << example.block.place() << ": fixing twice changes more";
}

TEST(RulePages, EveryOneHasBadAndGoodExamples) {
  for (const fs::path& page : pagesIn(root() / "docs/rules")) {
    const std::vector<Example> examples = examplesOf(page);
    const auto has = [&](const char* mark) {
      return std::ranges::any_of(examples, [&](const Example& e) { return e.block.has(mark); });
    };
    EXPECT_TRUE(has("bad")) << page.filename() << " has no block marked bad";
    EXPECT_TRUE(has("good")) << page.filename() << " has no block marked good";
    EXPECT_THAT(readFile(page), HasSubstr("\n## What to do\n")) << "the team's report needs it";
  }
}

TEST(RulePages, ThereIsOneForEachRuleThatBeginsWithItsSummary) {
  const auto rules = listedRules();
  ASSERT_FALSE(rules.empty());
  for (const auto& [rule, summary] : rules) {
    const fs::path page = root() / "docs/rules" / (rule + ".md");
    if (!fs::exists(page)) {
      ADD_FAILURE() << rule << " has no page";
      continue;
    }
    EXPECT_TRUE(readFile(page).starts_with("# " + rule + "\n")) << rule << ": its title";
    EXPECT_THAT(readFile(page), HasSubstr(summary)) << rule;
  }
  for (const fs::path& page : pagesIn(root() / "docs/rules"))
    EXPECT_TRUE(rules.contains(page.stem())) << page << " is about no rule";
}

// ---------------------------------------------------------------- README, architecture, links

TEST(Readme, ListsEveryRuleWithItsSummary) {
  const std::string readme = readFile(root() / "README.md");
  for (const auto& [rule, summary] : listedRules())
    EXPECT_THAT(readme,
                HasSubstr("| [" + rule + "](docs/rules/" + rule + ".md) | " + summary + " |"));
}

// Blocks marked `shown` stand in what linting the example prints.
TEST(Readme, ShowsFindingsAsTheyArePrinted) {
  if (!isInstalled("soci")) GTEST_SKIP() << "SOCI is not installed";
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(root() / "examples/shop"))
    if (entry.path().extension() == ".cpp")
      files.push_back(fs::path("examples/shop") / entry.path().filename());
  std::ranges::sort(files);
  files.insert(files.end(), {"--", "-std=c++20"});
  const Output output = runCommand(root(), files);
  EXPECT_EQ(output.exitCode, 1) << output.err;

  unsigned shown = 0;
  for (const CodeBlock& block : readCodeBlocks(root() / "README.md")) {
    if (!block.has("shown")) continue;
    ++shown;
    EXPECT_THAT(output.out, HasSubstr(block.text)) << block.place();
  }
  EXPECT_GT(shown, 0U);
}

// A block marked `dump-ir` is followed by its IR.
TEST(Architecture, ShowsTheIrAsItIsPrinted) {
  const std::vector<CodeBlock> blocks = readCodeBlocks(root() / "docs/architecture.md");
  const auto source =
      std::ranges::find_if(blocks, [](const CodeBlock& block) { return block.has("dump-ir"); });
  ASSERT_NE(source, blocks.end());
  ASSERT_NE(source + 1, blocks.end());
  const TemporaryFolder folder;
  writeFile(folder.path() / "shop.cpp", source->text);
  const Output output = runCommand(
      folder.path(), {"dump-ir", "shop.cpp", "--function", "reserve", "--", "-std=c++20"});
  EXPECT_EQ(output.exitCode, 0) << output.err;
  EXPECT_EQ(output.out, (source + 1)->text) << (source + 1)->place();
}

// The table of layers: | `src/ir` | what it holds | model | no |
TEST(Architecture, LayersIncludeOnlyWhatTheyMay) {
  static const std::regex row(R"(\| `(\S+)` \| [^|]* \| ([^|]*)\| (yes|no) \|)");
  static const std::regex include(R"re(^#include (?:"(\w+)/|<(clang|llvm)[-/]))re");
  unsigned layers = 0;
  for (const std::string& line : readLines(root() / "docs/architecture.md")) {
    std::smatch cells;
    if (!std::regex_match(line, cells, row)) continue;
    ++layers;
    const fs::path folder = root() / cells[1].str();
    ASSERT_TRUE(fs::exists(folder)) << folder;
    const std::string allowed = cells[2].str() + ", support, " + folder.filename().string();
    for (const auto& entry : fs::directory_iterator(folder)) {
      std::istringstream stream(readFile(entry.path()));
      for (std::string text; std::getline(stream, text);) {
        std::smatch target;
        if (!std::regex_search(text, target, include)) continue;
        if (target[1].matched)
          EXPECT_THAT(allowed, testing::ContainsRegex("(^|, )" + target[1].str() + "( |,|$)"))
              << entry.path() << ": " << text;
        else
          EXPECT_EQ(cells[3], "yes") << entry.path() << ": " << text;
      }
    }
  }
  EXPECT_GT(layers, 8U);
}

TEST(Links, LeadToFilesThatAreThere) {
  std::vector<fs::path> pages = pagesIn(root() / "docs");
  pages.push_back(root() / "README.md");
  pages.push_back(root() / "test/bench/README.md");
  for (const fs::path& page : pages)
    for (const std::string& link : readLinks(page)) {
      if (link.find("://") != std::string::npos || link.starts_with("#")) continue;
      const std::string target = link.substr(0, link.find('#'));
      EXPECT_TRUE(fs::exists(page.parent_path() / target)) << page << " links to " << link;
    }
}

} // namespace

} // namespace session_tidy::test
