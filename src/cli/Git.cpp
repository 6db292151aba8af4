// Running git.
#include "cli/Git.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace session_tidy::cli {

namespace {

[[noreturn]] void beGit(const std::string& folder, std::vector<std::string>& arguments, int out,
                        int error) {
  ::dup2(out, STDOUT_FILENO);
  ::dup2(error, STDERR_FILENO);
  if (::chdir(folder.c_str()) != 0) ::_exit(126);
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  ::execvp("git", words.data());
  ::_exit(127);
}

/// Reads both pipes to their ends.
void drain(int out, int error, GitOutput& output) {
  std::array<pollfd, 2> polls{
      {{.fd = out, .events = POLLIN, .revents = 0}, {.fd = error, .events = POLLIN, .revents = 0}}};
  std::array<std::string*, 2> texts{&output.out, &output.error};
  std::array<char, 1 << 14> buffer{};
  while (polls[0].fd >= 0 || polls[1].fd >= 0) {
    if (::poll(polls.data(), polls.size(), -1) < 0 && errno != EINTR) return;
    for (std::size_t i = 0; i < polls.size(); ++i) {
      if (polls[i].fd < 0 || polls[i].revents == 0) continue;
      const ssize_t count = ::read(polls[i].fd, buffer.data(), buffer.size());
      if (count > 0) texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
      if (count == 0 || (count < 0 && errno != EINTR)) polls[i].fd = -1;
    }
  }
}

} // namespace

GitOutput runGit(const std::string& folder, std::vector<std::string> arguments) {
  const std::vector<std::string> first{"git", "-c", "core.quotePath=true", "-c",
                                       "diff.noprefix=false"};
  arguments.insert(arguments.begin(), first.begin(), first.end());
  GitOutput output;
  std::array<int, 2> out{};
  std::array<int, 2> error{};
  if (::pipe(out.data()) != 0 || ::pipe(error.data()) != 0)
    return {.exitCode = 127, .out = {}, .error = std::strerror(errno)};
  const pid_t pid = ::fork();
  if (pid == 0) beGit(folder, arguments, out[1], error[1]);
  ::close(out[1]);
  ::close(error[1]);
  if (pid > 0) drain(out[0], error[0], output);
  ::close(out[0]);
  ::close(error[0]);
  int status = -1;
  while (pid > 0 && ::waitpid(pid, &status, 0) < 0 && errno == EINTR) {
  }
  output.exitCode = pid > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 127;
  if (output.exitCode == 127 && output.error.empty()) output.error = "git cannot be run";
  while (output.error.ends_with('\n')) output.error.pop_back();
  return output;
}

} // namespace session_tidy::cli
