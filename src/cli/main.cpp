// The session-tidy command: reads the command line and runs what it asks for.
#include "cli/CommandLine.h"
#include "cli/Commands.h"

#include <exception>
#include <iostream>
#include <string>
#include <variant>
#include <vector>

int main(int argc, char* argv[]) {
  using namespace session_tidy::cli;
  try {
    const auto command = readCommandLine(std::vector<std::string>(argv + 1, argv + argc));
    const int* read = std::get_if<int>(&command);
    const int code = read != nullptr ? *read
                                     : std::visit([](const auto& options) { return run(options); },
                                                  std::get<Command>(command));
    if (std::cout.flush()) return code;
    std::cerr << "session-tidy: cannot write to the standard output\n";
    return exit_code::trouble;
  } catch (const std::exception& error) {
    std::cerr << "session-tidy: internal error: " << error.what() << '\n';
    return exit_code::trouble;
  }
}
