// One script for bash and zsh, which understands bash's, and one for fish.
#include "cli/Completion.h"

namespace session_tidy::cli {

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::string bashScript(const std::vector<CompletedCommand>& commands) {
  std::string cases;
  std::string names;
  for (const CompletedCommand& command : commands) {
    if (command.name.empty()) continue;
    names += (names.empty() ? "" : "|") + command.name;
    cases += "    " + command.name + ") words='" + joined(command.words) + "' ;;\n";
  }
  return "_session_tidy() {\n"
         "  local word=${COMP_WORDS[COMP_CWORD]} command=check words i\n"
         "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
         "    case ${COMP_WORDS[i]} in\n"
         "      " +
         names +
         ") command=${COMP_WORDS[i]}; break ;;\n"
         "      --) return ;;\n"
         "    esac\n"
         "  done\n"
         "  case $command in\n" +
         cases +
         "  esac\n"
         "  ((COMP_CWORD == 1)) && words+=' " +
         joined(commands.front().words) +
         "'\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "  [[ $word == -* ]] || COMPREPLY+=($(compgen -f -- \"$word\"))\n"
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

std::string fishScript(const std::vector<CompletedCommand>& commands) {
  std::string text;
  for (const CompletedCommand& command : commands) {
    if (command.name.empty()) continue;
    std::string description;
    for (const char c : command.description)
      description += c == '\'' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    text += "complete -c session-tidy -n __fish_use_subcommand -a " + command.name + " -d '" +
            description + "'\n";
    for (const std::string& word : command.words) {
      text += "complete -c session-tidy -n '__fish_seen_subcommand_from " + command.name + "' ";
      if (word.starts_with("--"))
        text += "-l " + word.substr(2);
      else if (word.starts_with('-'))
        text += "-s " + word.substr(1);
      else
        text += "-a " + word;
      text += '\n';
    }
  }
  return text;
}

} // namespace

std::optional<std::string> completionScript(std::string_view shell,
                                            const std::vector<CompletedCommand>& commands) {
  if (shell == "bash") return bashScript(commands);
  if (shell == "zsh") return zshScript(commands);
  if (shell == "fish") return fishScript(commands);
  return std::nullopt;
}

} // namespace session_tidy::cli
