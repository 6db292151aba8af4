// Reads what the tests of the documentation need of Markdown.
#include "e2e/DocsBlocks.h"

#include "harness/Fixture.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace session_tidy::test {

namespace {

/// The number of backticks that a fence begins with; 0 for other lines.
std::size_t fenceOf(const std::string& line) {
  const std::size_t count = std::min(line.find_first_not_of('`'), line.size());
  return count >= 3 ? count : 0;
}

CodeBlock openBlock(const std::string& page, unsigned line, const std::string& info) {
  CodeBlock block{.page = page, .line = line, .language = {}, .marks = {}, .text = {}};
  std::istringstream words(info);
  words >> block.language;
  for (std::string word; words >> word;) block.marks.push_back(word);
  return block;
}

/// Calls `open` for the first line of a block, `inside` for its lines, `outside` for all other
/// lines.
template <typename Open, typename Inside, typename Outside>
void walk(const std::filesystem::path& page, Open open, Inside inside, Outside outside) {
  std::istringstream stream(readFile(page));
  std::size_t opened = 0; // the length of the fence that we are in
  unsigned number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    const std::size_t fence = fenceOf(line);
    if (opened == 0 && fence != 0) {
      opened = fence;
      open(line.substr(fence), number);
    } else if (opened != 0 && fence >= opened && fence == line.size()) {
      opened = 0;
    } else if (opened != 0) {
      inside(line);
    } else {
      outside(line);
    }
  }
}

} // namespace

std::vector<std::string> linesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

namespace {

/// Whether the lines from `at` on are those shown from `from` on.
bool matches(const std::vector<std::string>& lines, std::size_t at,
             const std::vector<std::string>& shown, std::size_t from) {
  if (from == shown.size()) return at == lines.size();
  if (shown[from] == "...") {
    for (std::size_t next = at; next <= lines.size(); ++next)
      if (matches(lines, next, shown, from + 1)) return true;
    return false;
  }
  return at < lines.size() && lines[at] == shown[from] && matches(lines, at + 1, shown, from + 1);
}

} // namespace

bool printsWhatIsShown(const std::string& printed, const std::vector<std::string>& shown) {
  return matches(linesOf(printed), 0, shown, 0);
}

bool CodeBlock::has(const std::string& mark) const {
  return std::ranges::find(marks, mark) != marks.end();
}

std::vector<CodeBlock> readCodeBlocks(const std::filesystem::path& page) {
  std::vector<CodeBlock> blocks;
  walk(
      page,
      [&](const std::string& info, unsigned line) {
        blocks.push_back(openBlock(page.filename(), line, info));
      },
      [&](const std::string& line) { blocks.back().text += line + "\n"; },
      [](const std::string&) {});
  return blocks;
}

std::vector<std::string> readLines(const std::filesystem::path& page) {
  std::vector<std::string> lines;
  walk(
      page, [](const std::string&, unsigned) {}, [](const std::string&) {},
      [&](const std::string& line) { lines.push_back(line); });
  return lines;
}

std::vector<std::string> readLinks(const std::filesystem::path& page) {
  static const std::regex link(R"(\]\(([^)\s]+)\))");
  std::vector<std::string> links;
  for (const std::string& line : readLines(page))
    for (std::sregex_iterator at(line.begin(), line.end(), link), end; at != end; ++at)
      links.push_back((*at)[1]);
  return links;
}

} // namespace session_tidy::test
