// What is said about a command line that cannot be understood.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace session_tidy::cli {

/// One sentence, with what may have been meant, and where to read on.
std::string usageError(const CLI::App& root, const CLI::Error& error);

/// A check for options and arguments whose values are a few words. Says nothing in --help.
CLI::Validator oneOf(std::vector<std::string> words);

/// A check for numbers.
CLI::Validator wholeNumber();

/// For a path that is not there: the command that may have been meant, in brackets; or nothing.
std::string commandMeant(const CLI::App& root, const std::string& path);

} // namespace session_tidy::cli
