// Writes roff: each subcommand with its arguments and options.
#include "cli/ManPage.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <string_view>
#include <vector>

namespace session_tidy::cli {

namespace {

constexpr std::string_view introduction = R"(.SH NAME
session-tidy \- find misuse of database sessions in C++
.SH SYNOPSIS
.B session-tidy
.RI [ command ]
.RI [ options ]
.RI [ paths ...]
.RB [ \-\-
.IR "compiler flags" ]
.SH DESCRIPTION
.B session-tidy
lints the units of a compile database: transactions that some path leaves open, sessions that leak, guards without a name,
handlers that forget to roll back.
The command may be left out:
.B session-tidy src/
is
.BR "session-tidy check src/" .
)";

constexpr std::string_view ending = R"(.SH EXIT STATUS
.TP
.B 0
nothing found
.TP
.B 1
findings, of the severity that
.B \-\-fail\-on
names or above
.TP
.B 2
wrong usage or configuration, or something went wrong in session-tidy itself
.TP
.B 3
something did not compile, so findings may be missing
.PP
Interrupted, it ends by the signal, and no file is half written.
.SH ENVIRONMENT
.TP
.B SESSION_TIDY_CACHE_DIR
where results are kept; else
.IR ~/.cache/session-tidy ,
below
.B XDG_CACHE_HOME
if that is set
.TP
.B NO_COLOR
no colours where
.B \-\-color
does not ask for them;
.B FORCE_COLOR
asks for them where there is no terminal
.SH FILES
.TP
.I compile_commands.json
how the units are compiled; looked for from the current folder upward, and in its build folders
.TP
.I .session-tidy.json
settings and the project's own session classes; looked for from each source file upward
.TP
.I .session-tidy-baseline.json
known findings, in the root of the repository
.SH SEE ALSO
.BR clang-tidy (1),
.BR session-clangd (1);
the pages in
.IR /usr/share/doc/session-tidy ,
of which
.B session-tidy explain
shows those of the rules.
)";

/// Text that roff shows as it is: no escapes, no requests at the start of a line.
std::string plain(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\')
      result += "\\e";
    else if (c == '-')
      result += "\\-";
    else
      result += c;
  }
  if (result.starts_with('.') || result.starts_with('\'')) result.insert(0, "\\&");
  return result;
}

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

class Writer {
public:
  std::string run(const CLI::App& app, const std::string& version) {
    text_ =
        ".TH SESSION\\-TIDY 1 \"\" \"session\\-tidy " + plain(version) + "\" \"User Commands\"\n";
    text_ += introduction;
    text_ += ".SH OPTIONS\n";
    options(app);
    text_ += ".SH COMMANDS\n";
    for (const CLI::App* inner : app.get_subcommands({})) command(*inner, inner->get_name());
    text_ += ending;
    return std::move(text_);
  }

private:
  void command(const CLI::App& app, const std::string& name) {
    text_ += ".SS \"" + plain(name);
    for (const CLI::Option* option : shown(app))
      if (option->get_positional()) text_ += " " + plain(upper(option->get_name(true)));
    text_ += "\"\n" + plain(app.get_description()) + ".\n";
    options(app);
    for (const CLI::App* inner : app.get_subcommands({}))
      command(*inner, name + " " + inner->get_name());
  }

  void options(const CLI::App& app) {
    for (const CLI::Option* option : shown(app)) {
      const std::string name =
          option->get_positional() ? upper(option->get_name(true)) : option->get_name(false, true);
      if (name == "-h,--help" && app.get_parent() != nullptr) continue; // said once
      text_ += ".TP\n.B \"" + plain(name);
      if (!option->get_positional() && option->get_type_size() != 0)
        text_ += " " + plain(option->get_type_name());
      text_ += "\"\n" + plain(option->get_description()) + "\n";
    }
  }

  static std::vector<const CLI::Option*> shown(const CLI::App& app) {
    return app.get_options([](const CLI::Option* option) { return !option->get_group().empty(); });
  }

  std::string text_;
};

} // namespace

std::string manPage(const CLI::App& app, const std::string& version) {
  return Writer().run(app, version);
}

} // namespace session_tidy::cli
