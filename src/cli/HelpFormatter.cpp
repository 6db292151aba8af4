// Two columns; what does not fit beside stands below.
#include "cli/HelpFormatter.h"

#include <sstream>
#include <utility>

namespace session_tidy::cli {

namespace {

constexpr std::size_t lineWidth = 80;
constexpr std::size_t firstColumn = 28;

std::string entry(const std::string& name, const std::string& description) {
  std::string text = "  " + name;
  std::size_t column = text.size();
  const auto startLine = [&] {
    text += "\n" + std::string(firstColumn, ' ');
    column = firstColumn;
  };
  if (column + 2 > firstColumn) {
    startLine();
  } else {
    text.append(firstColumn - column, ' ');
    column = firstColumn;
  }
  std::istringstream words(description);
  for (std::string word; words >> word;) {
    if (column > firstColumn && column + 1 + word.size() > lineWidth) startLine();
    if (column > firstColumn) text += ' ';
    column += word.size() + (column > firstColumn ? 1 : 0);
    text += word;
  }
  return text + "\n";
}

} // namespace

HelpFormatter::HelpFormatter() {
  label("SUBCOMMAND", "COMMAND");
  label("OPTIONS", "options");
}

std::string HelpFormatter::make_help(const CLI::App* app, std::string name,
                                     CLI::AppFormatMode mode) const {
  std::string text = CLI::Formatter::make_help(app, std::move(name), mode);
  // One empty line between groups is enough, and none is needed at the end.
  for (std::size_t at = 0; (at = text.find("\n\n\n", at)) != std::string::npos;) text.erase(at, 1);
  while (text.ends_with("\n\n")) text.pop_back();
  return text;
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool isPositional) const {
  std::string name = make_option_name(option, isPositional);
  if (!isPositional) name += make_option_opts(option);
  return entry(name, make_option_desc(option));
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_name(), command->get_description());
}

} // namespace session_tidy::cli
