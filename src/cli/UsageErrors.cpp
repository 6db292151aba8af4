// Wording CLI11's errors.
#include "cli/UsageErrors.h"

#include "cli/RuleNames.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string_view>
#include <utility>

namespace session_tidy::cli {

namespace {

/// The command that was named, as far as its name could be understood.
const CLI::App& commandOf(const CLI::App& root) {
  const CLI::App* command = &root;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return *command;
}

std::string fullName(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  return parent == nullptr ? command.get_name() : fullName(*parent) + " " + command.get_name();
}

std::string didYouMeanOf(const std::string& word, const std::vector<std::string>& known) {
  return didYouMean(word, {known.begin(), known.end()});
}

std::vector<std::string> commandsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> optionsOf(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::string unknownWord(const CLI::App& command, const std::vector<std::string>& words) {
  const auto option =
      std::ranges::find_if(words, [](const std::string& word) { return word.starts_with('-'); });
  if (option != words.end()) {
    const std::string name = option->substr(0, option->find('='));
    return "unknown option '" + name + "'" + didYouMeanOf(name, optionsOf(command));
  }
  const std::string& word = words.front();
  const std::vector<std::string> commands = commandsOf(command);
  if (commands.empty()) return "unexpected argument '" + word + "'";
  return command.get_name() + " has no command '" + word + "'" + didYouMeanOf(word, commands);
}

std::string missingWord(const CLI::App& command, std::string_view what) {
  const std::vector<std::string> commands = commandsOf(command);
  if (commands.empty())
    return command.get_name() + " needs '" +
           std::string(what.substr(0, what.find(" is required"))) + "'";
  return command.get_name() + " needs a command: " +
         model::oneOf(std::vector<std::string_view>(commands.begin(), commands.end()));
}

/// "--since: 1 required REF missing"
std::string missingValue(std::string text) {
  constexpr std::string_view middle = ": 1 required ";
  constexpr std::string_view end = " missing";
  const std::size_t at = text.find(middle);
  if (at == std::string::npos || !text.ends_with(end)) return text;
  text.resize(text.size() - end.size());
  return text.replace(at, middle.size(), " needs ");
}

/// "Could not convert: --fix = maybe". What takes values has checks of its own.
std::string unwantedValue(std::string_view text) {
  text.remove_prefix(std::min(text.find("--"), text.size()));
  return std::string(text.substr(0, text.find(" = "))) + " takes no value";
}

} // namespace

std::string usageError(const CLI::App& root, const CLI::Error& error) {
  const CLI::App& command = commandOf(root);
  const std::vector<std::string> words = root.remaining(true);
  const bool missing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr;
  const bool unknown = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
  std::string text = "session-tidy: ";
  if (missing || unknown)
    text += (words.empty() ? missingWord(command, error.what()) : unknownWord(command, words)) +
            "; see " + fullName(command) + " --help";
  else if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr)
    text += unwantedValue(error.what());
  else
    text += missingValue(error.what());
  return text + "\n";
}

CLI::Validator oneOf(std::vector<std::string> words) {
  return {[words = std::move(words)](const std::string& value) -> std::string {
            const std::vector<std::string_view> known(words.begin(), words.end());
            if (std::ranges::find(known, value) != known.end()) return {};
            return "'" + value + "' is not " + model::oneOf(known);
          },
          ""};
}

CLI::Validator wholeNumber() {
  return {[](const std::string& value) -> std::string {
            unsigned number = 0;
            const char* end = value.data() + value.size();
            const auto read = std::from_chars(value.data(), end, number);
            if (read.ec == std::errc() && read.ptr == end) return {};
            return "'" + value + "' is not a number from 0 to " +
                   std::to_string(std::numeric_limits<unsigned>::max());
          },
          ""};
}

std::string commandMeant(const CLI::App& root, const std::string& path) {
  const std::vector<std::string> commands = commandsOf(root);
  if (std::ranges::find(commands, path) != commands.end())
    return " (the command comes first: session-tidy " + path + ")";
  const std::string_view near = model::nearest(path, {commands.begin(), commands.end()});
  return near.empty() ? "" : " (did you mean the command '" + std::string(near) + "'?)";
}

} // namespace session_tidy::cli
