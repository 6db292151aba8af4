// The fenced code blocks of a Markdown page.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace session_tidy::test {

/// ```cpp bad session-leak   has the language "cpp" and the marks "bad" and "session-leak".
struct CodeBlock {
  std::string page; ///< file name
  unsigned line = 0;
  std::string language;
  std::vector<std::string> marks;
  std::string text;

  [[nodiscard]] bool has(const std::string& mark) const;
  /// "session-leak.md:12"
  [[nodiscard]] std::string place() const { return page + ":" + std::to_string(line); }
};

std::vector<CodeBlock> readCodeBlocks(const std::filesystem::path& page);

/// A page's lines outside of its blocks.
std::vector<std::string> readLines(const std::filesystem::path& page);

/// The targets of a page's links, `[text](target)`, outside of its blocks.
std::vector<std::string> readLinks(const std::filesystem::path& page);

std::vector<std::string> linesOf(const std::string& text);

/// Whether a program prints these lines; a line "..." stands for any lines.
bool printsWhatIsShown(const std::string& printed, const std::vector<std::string>& shown);

} // namespace session_tidy::test
