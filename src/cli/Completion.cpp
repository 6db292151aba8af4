// What can be typed is read off the grammar. One script for bash and zsh, which understands bash's,
// and one for fish.
#include "cli/Completion.h"

#include <utility>

namespace session_tidy::cli {

namespace {

/// An option that takes a value: `values`, if they are known, or else a file, or anything.
struct CompletedOption {
  std::vector<std::string> names; ///< with their dashes
  std::string description;
  std::vector<std::string> values;
  bool takesValue = false;
  bool takesFile = false;
};

struct CompletedCommand {
  std::string name; ///< "baseline update"; empty: session-tidy itself
  std::string description;
  std::vector<CompletedOption> options;
  std::vector<std::string> commands; ///< below this one
  std::vector<std::string> words;    ///< values of arguments
  bool takesFiles = false;           ///< as arguments
};

CompletedOption completed(const CLI::Option& option, const OptionValues& values) {
  CompletedOption result{.names = {},
                         .description = option.get_description(),
                         .values = {},
                         .takesValue = option.get_type_size() != 0,
                         .takesFile = false};
  for (const std::string& name : option.get_lnames()) result.names.push_back("--" + name);
  for (const std::string& name : option.get_snames()) result.names.push_back("-" + name);
  const std::string type = option.get_type_name();
  result.takesFile = type == "FILE" || type == "DIR";
  if (const auto known = values.find(&option); known != values.end()) result.values = known->second;
  return result;
}

void describe(const CLI::App& app, const std::string& name, const OptionValues& values,
              std::vector<CompletedCommand>& commands) {
  CompletedCommand command{.name = name,
                           .description = app.get_description(),
                           .options = {},
                           .commands = {},
                           .words = {},
                           .takesFiles = false};
  for (const CLI::Option* option : app.get_options()) {
    if (option->get_group().empty()) continue;
    const CompletedOption one = completed(*option, values);
    if (!option->get_positional())
      command.options.push_back(one);
    else if (one.values.empty())
      command.takesFiles = true;
    else
      command.words = one.values;
  }
  for (const CLI::App* inner : app.get_subcommands({}))
    command.commands.push_back(inner->get_name());
  commands.push_back(std::move(command));
  for (const CLI::App* inner : app.get_subcommands({}))
    describe(*inner, (name.empty() ? "" : name + " ") + inner->get_name(), values, commands);
}

std::string joined(const std::vector<std::string>& words, std::string_view between = " ") {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : std::string(between)) + word;
  return text;
}

/// In single quotes, as bash and fish both read them.
std::string inQuotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
  return result + "'";
}

/// Every command's name, quoted, with something between them.
std::string namesOf(const std::vector<CompletedCommand>& commands, std::string_view between) {
  std::vector<std::string> names;
  for (const CompletedCommand& command : commands)
    if (!command.name.empty()) names.push_back(inQuotes(command.name));
  return joined(names, between);
}

/// Cases for the option before the cursor: what completes its value.
std::string bashValueCases(const std::vector<CompletedCommand>& commands) {
  std::map<std::string, std::vector<std::string>> patterns; // by what is to be done
  for (const CompletedCommand& command : commands)
    for (const CompletedOption& option : command.options) {
      if (!option.takesValue) continue;
      const std::string todo = !option.values.empty() ? "words=" + inQuotes(joined(option.values))
                               : option.takesFile     ? "files=1"
                                                      : "return";
      for (const std::string& name : option.names)
        patterns[todo].push_back(inQuotes(command.name + " " + name));
    }
  std::string cases;
  for (const auto& [todo, names] : patterns)
    cases += "    " + joined(names, "|") + ") " + todo + " ;;\n";
  return cases;
}

std::string optionNames(const CompletedCommand& command) {
  std::vector<std::string> names;
  for (const CompletedOption& option : command.options)
    names.insert(names.end(), option.names.begin(), option.names.end());
  return joined(names);
}

std::string bashCommandCases(const std::vector<CompletedCommand>& commands) {
  std::string cases;
  for (const CompletedCommand& command : commands)
    if (!command.name.empty())
      cases += "      " + inQuotes(command.name) + ") options=" + inQuotes(optionNames(command)) +
               " words=" + inQuotes(joined(command.commands) + joined(command.words)) +
               " files=" + (command.takesFiles ? "1" : "") + " ;;\n";
  return cases;
}

std::string bashScript(const std::vector<CompletedCommand>& commands) {
  return "_session_tidy() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
         "  local command= options= words= files= longer i\n"
         "  COMPREPLY=()\n"
         "  if [[ $before == = ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
         "  if [[ $word == = ]]; then word=; fi\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
         "    if [[ ${COMP_WORDS[i]} == -- ]]; then return; fi\n"
         "    longer=\"${command:+$command }${COMP_WORDS[i]}\"\n"
         "    case $longer in\n"
         "      " +
         namesOf(commands, "|") +
         ") command=$longer ;;\n"
         "    esac\n"
         "  done\n"
         "  case \"${command:-check} $before\" in\n" +
         bashValueCases(commands) +
         "  esac\n"
         "  if [[ -z $words$files ]]; then\n"
         "    case ${command:-check} in\n" +
         bashCommandCases(commands) +
         "    esac\n"
         "    if [[ -z $command ]]; then options+=" +
         inQuotes(" " + optionNames(commands.front())) +
         " words=" + inQuotes(joined(commands.front().commands)) +
         "; fi\n"
         "    if [[ $word == -* ]]; then words=$options files=; fi\n"
         "  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "  local IFS=$'\\n'\n"
         "  if [[ -n $files ]]; then COMPREPLY+=($(compgen -f -- \"$word\")); fi\n"
         "}\n"
         "complete -o filenames -F _session_tidy session-tidy\n";
}

// Works from ~/.zshrc and as a file of zsh's completion folders, which is first read when it is
// first needed: then it completes at once.
std::string zshScript(const std::vector<CompletedCommand>& commands) {
  return "#compdef session-tidy\n"
         "autoload -U +X bashcompinit && bashcompinit\n" +
         bashScript(commands) +
         "[[ ${funcstack[1]} == _session-tidy ]] && _bash_complete -o filenames -F _session_tidy\n";
}

std::string fishOption(const CompletedOption& option) {
  std::string text;
  for (const std::string& name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.values.empty())
    text += " -x -a " + inQuotes(joined(option.values));
  else if (option.takesValue)
    text += option.takesFile ? " -r -F" : " -x";
  return text + " -d " + inQuotes(option.description);
}

std::string fishScript(const std::vector<CompletedCommand>& commands) {
  std::string text = "# Whether the command that was typed so far is this one.\n"
                     "function __session_tidy_is\n"
                     "    set -l command\n"
                     "    for word in (commandline -opc)[2..-1]\n"
                     "        set -l longer (string trim \"$command $word\")\n"
                     "        if contains -- $longer " +
                     namesOf(commands, " ") +
                     "\n"
                     "            set command $longer\n"
                     "        end\n"
                     "    end\n"
                     "    test \"$command\" = \"$argv\"\n"
                     "end\n"
                     "complete -c session-tidy -f\n";
  for (const CompletedCommand& command : commands) {
    std::string when = "__session_tidy_is " + command.name;
    if (command.name == "check") when += "; or __session_tidy_is"; // it may be left out
    const std::string start = "complete -c session-tidy -n " + inQuotes(when);
    const std::size_t last = command.name.rfind(' ');
    if (!command.name.empty()) {
      const std::string outer = last == std::string::npos ? "" : command.name.substr(0, last);
      text += "complete -c session-tidy -n " + inQuotes("__session_tidy_is " + outer) + " -a " +
              command.name.substr(last + 1) + " -d " + inQuotes(command.description) + "\n";
    }
    for (const CompletedOption& option : command.options) text += start + fishOption(option) + "\n";
    if (command.takesFiles) text += start + " -F\n";
    if (!command.words.empty()) text += start + " -a " + inQuotes(joined(command.words)) + "\n";
  }
  return text;
}

} // namespace

std::optional<std::string> completionScript(std::string_view shell, const CLI::App& grammar,
                                            const OptionValues& values) {
  std::vector<CompletedCommand> commands;
  describe(grammar, "", values, commands);
  if (shell == "bash") return bashScript(commands);
  if (shell == "zsh") return zshScript(commands);
  if (shell == "fish") return fishScript(commands);
  return std::nullopt;
}

} // namespace session_tidy::cli
