// Child processes, with the plain POSIX calls.
#include "harness/Process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <thread>

namespace session_tidy::test {

namespace {

using Clock = std::chrono::steady_clock;

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe makePipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw ProcessError(std::string("pipe: ") + std::strerror(errno));
  return {.read = ends[0], .write = ends[1]};
}

void closeEnd(int& end) {
  if (end >= 0) ::close(end);
  end = -1;
}

bool isKeptAway(std::string_view variable) {
  static constexpr std::array names{
      "HOME=",    "XDG_",        "CLANGD_",  "LC_",     "LANG",   "SESSION_TIDY_",      "GTEST_",
      "CLICOLOR", "FORCE_COLOR", "NO_COLOR", "GITHUB_", "CPATH=", "CPLUS_INCLUDE_PATH="};
  return std::ranges::any_of(names, [&](std::string_view n) { return variable.starts_with(n); });
}

// Nothing of the user's settings may change what a test sees.
std::vector<std::string> makeEnvironment(const Command& command) {
  std::map<std::string, std::string> settings{
      {"LC_ALL", "C"}, {"HOME", command.directory.empty() ? "/nonexistent" : command.directory}};
  for (const auto& [name, value] : command.environment) settings[name] = value;
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view variable = *entry;
    if (!isKeptAway(variable) &&
        !settings.contains(std::string(variable.substr(0, variable.find('=')))))
      result.emplace_back(variable);
  }
  for (const auto& [name, value] : settings) result.push_back(name + "=" + value);
  return result;
}

std::vector<char*> pointersTo(std::vector<std::string>& strings) {
  std::vector<char*> result;
  for (std::string& string : strings) result.push_back(string.data());
  result.push_back(nullptr);
  return result;
}

pid_t spawn(const Command& command, int in, int out, int err) {
  std::vector<std::string> arguments = command.arguments;
  std::vector<std::string> environment = makeEnvironment(command);
  const std::vector<char*> argv = pointersTo(arguments);
  const std::vector<char*> envp = pointersTo(environment);
  const pid_t pid = ::fork();
  if (pid < 0) throw ProcessError(std::string("fork: ") + std::strerror(errno));
  if (pid > 0) return pid;
  ::dup2(in, STDIN_FILENO);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(err, STDERR_FILENO);
  if (!command.directory.empty() && ::chdir(command.directory.c_str()) != 0) ::_exit(126);
  ::execvpe(argv[0], argv.data(), envp.data());
  const std::string trouble = arguments[0] + ": " + std::strerror(errno) + "\n";
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, trouble.data(), trouble.size());
  ::_exit(127);
}

int toExitCode(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// Adds what can be read now; false at the end.
bool readInto(int end, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t count = ::read(end, buffer.data(), buffer.size());
  if (count < 0 && errno == EINTR) return true;
  if (count <= 0) return false;
  text.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

int millisecondsUntil(Clock::time_point deadline) {
  const auto left = std::chrono::duration_cast<Milliseconds>(deadline - Clock::now()).count();
  return static_cast<int>(std::max<long long>(0, left));
}

} // namespace

std::string describe(const Command& command) {
  std::string text;
  if (!command.directory.empty()) text = "cd " + command.directory.string() + " &&";
  for (const std::string& argument : command.arguments) {
    const bool plain =
        !argument.empty() && argument.find_first_of(" '\"*$&;|<>()\\") == argument.npos;
    text += (text.empty() ? "" : " ") + (plain ? argument : "'" + argument + "'");
  }
  return text;
}

Output runProcess(const Command& command, Milliseconds limit) {
  Pipe out = makePipe();
  Pipe err = makePipe();
  int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const pid_t pid = spawn(command, null, out.write, err.write);
  closeEnd(null);
  closeEnd(out.write);
  closeEnd(err.write);
  Output result;
  const auto deadline = Clock::now() + limit;
  while (out.read >= 0 || err.read >= 0) {
    std::array<pollfd, 2> ends{pollfd{.fd = out.read, .events = POLLIN, .revents = 0},
                               pollfd{.fd = err.read, .events = POLLIN, .revents = 0}};
    const int ready = ::poll(ends.data(), ends.size(), millisecondsUntil(deadline));
    if (ready == 0) {
      result.timedOut = true;
      ::kill(pid, SIGKILL);
      break;
    }
    if (ends[0].revents != 0 && !readInto(out.read, result.out)) closeEnd(out.read);
    if (ends[1].revents != 0 && !readInto(err.read, result.err)) closeEnd(err.read);
  }
  closeEnd(out.read);
  closeEnd(err.read);
  int status = 0;
  ::waitpid(pid, &status, 0);
  result.exitCode = toExitCode(status);
  return result;
}

ChildProcess::ChildProcess(const Command& command, const std::filesystem::path& errorFile) {
  std::signal(SIGPIPE, SIG_IGN);
  Pipe in = makePipe();
  Pipe out = makePipe();
  int err = ::open(errorFile.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  pid_ = spawn(command, in.read, out.write, err);
  closeEnd(in.read);
  closeEnd(out.write);
  closeEnd(err);
  input_ = in.write;
  output_ = out.read;
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0) wait(Milliseconds(0));
  closeEnd(input_);
  closeEnd(output_);
}

void ChildProcess::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(input_, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw ProcessError("the process no longer reads its input");
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string ChildProcess::readSome(Milliseconds limit) {
  pollfd end{.fd = output_, .events = POLLIN, .revents = 0};
  std::string text;
  if (::poll(&end, 1, static_cast<int>(limit.count())) > 0 && !readInto(output_, text))
    throw ProcessError("the process has ended");
  return text;
}

void ChildProcess::closeInput() {
  closeEnd(input_);
}

int ChildProcess::wait(Milliseconds limit) {
  const auto deadline = Clock::now() + limit;
  int status = 0;
  while (::waitpid(pid_, &status, WNOHANG) == 0) {
    if (Clock::now() >= deadline) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, &status, 0);
      break;
    }
    std::this_thread::sleep_for(Milliseconds(2));
  }
  pid_ = -1;
  return toExitCode(status);
}

} // namespace session_tidy::test
