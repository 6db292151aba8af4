// How --help looks: CLI11's, in lines that fit a terminal.
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace session_tidy::cli {

class HelpFormatter : public CLI::Formatter {
public:
  HelpFormatter();

  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override;
  std::string make_option(const CLI::Option* option, bool isPositional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
};

} // namespace session_tidy::cli
