// Child processes: run to the end with a time limit, or talked to while they run.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::test {

using Milliseconds = std::chrono::milliseconds;

struct ProcessError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Command {
  std::vector<std::string> arguments;             ///< the program first
  std::filesystem::path directory;                ///< where it runs; empty: here
  std::map<std::string, std::string> environment; ///< added to ours; see runProcess
};

/// The command as one could type it, for messages.
std::string describe(const Command& command);

struct Output {
  int exitCode = 0; ///< 128 + signal when killed by one
  bool timedOut = false;
  std::string out;
  std::string err;
};

/// Runs a command to its end. The user's own settings are kept away from it (home, locale, clangd's
/// flags).
Output runProcess(const Command& command, Milliseconds limit = std::chrono::seconds(120));

/// A running process with pipes to its input and from its output; its error stream goes to a file.
class ChildProcess {
public:
  ChildProcess(const Command& command, const std::filesystem::path& errorFile);
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  void write(std::string_view text);
  /// Some more output; empty when the time is up. Throws when the process has closed its output.
  std::string readSome(Milliseconds limit);
  void closeInput();
  /// Waits for the end and gives the exit code; kills the process when the time is up.
  int wait(Milliseconds limit);
  [[nodiscard]] pid_t id() const { return pid_; }

private:
  pid_t pid_ = -1;
  int input_ = -1;
  int output_ = -1;
};

} // namespace session_tidy::test
