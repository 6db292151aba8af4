// The manual page says all that the command's help says.
#include "e2e/Project.h"

#include <gmock/gmock.h>

#include <regex>
#include <set>
#include <sstream>

namespace session_tidy::test {

namespace {

using testing::HasSubstr;

std::string help(Project& project, std::vector<std::string> command) {
  command.emplace_back("--help");
  const Output output = project.run(command);
  EXPECT_EQ(output.exitCode, 0) << output.err;
  return output.out;
}

/// The first words of the lines below "Subcommands:".
std::vector<std::string> subcommands(const std::string& help) {
  std::vector<std::string> names;
  std::istringstream stream(help.substr(std::min(help.find("Subcommands:"), help.size())));
  std::string line;
  std::getline(stream, line);
  while (std::getline(stream, line) && line.starts_with("  "))
    if (line[2] != ' ') names.push_back(line.substr(2, line.find(' ', 2) - 2));
  return names;
}

std::set<std::string> options(const std::string& help) {
  static const std::regex form(R"((?:^|\n)  (-[-a-zA-Z,]+))");
  std::set<std::string> names;
  for (auto at = std::sregex_iterator(help.begin(), help.end(), form); at != std::sregex_iterator();
       ++at)
    names.insert((*at)[1]);
  return names;
}

/// Without roff's backslash before hyphens.
std::string asRead(std::string page) {
  std::erase(page, '\\');
  return page;
}

/// The part of the page that begins with this heading.
std::string section(const std::string& page, const std::string& command) {
  const auto begin = page.find("\n.SS \"" + command);
  if (begin == page.npos) return "";
  return page.substr(begin, page.find("\n.S", begin + 1) - begin);
}

TEST(ManPage, NamesEveryCommandAndOption) {
  Project project;
  const std::string page = asRead(project.run({"man"}).out);
  EXPECT_THAT(page, testing::StartsWith(".TH SESSION-TIDY 1"));
  EXPECT_THAT(page, HasSubstr("session-tidy " SESSION_TIDY_VERSION));
  const std::vector<std::string> commands = subcommands(help(project, {}));
  EXPECT_THAT(commands, testing::IsSupersetOf({"check", "fix", "baseline", "man"}));
  for (const std::string& command : commands) {
    const std::string text = help(project, {command});
    EXPECT_NE(section(page, command), "") << command;
    for (const std::string& option : options(text))
      if (option != "-h,--help")
        EXPECT_THAT(section(page, command), HasSubstr(".B \"" + option)) << command;
    for (const std::string& inner : subcommands(text))
      EXPECT_NE(section(page, command + " " + inner), "") << command << " " << inner;
  }
}

TEST(ManPage, HasNothingThatRoffWouldTakeForARequest) {
  Project project;
  std::istringstream page(project.run({"man"}).out);
  static const std::regex request(R"(\.(TH|SH|SS|TP|B|I|BR|RB|RI|IR|PP)( .*)?)");
  for (std::string line; std::getline(page, line);)
    if (line.starts_with('.') || line.starts_with('\''))
      EXPECT_TRUE(std::regex_match(line, request)) << line;
}

} // namespace

} // namespace session_tidy::test
