// Forking, collecting what the children say, and ending those that take too long.
#include "cli/Workers.h"

#include "cli/Interrupt.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <stdexcept>
#include <utility>
#include <vector>

namespace session_tidy::cli {

namespace {

using Clock = std::chrono::steady_clock;

struct Child {
  pid_t pid = -1;
  int pipe = -1;
  std::size_t task = 0;
  std::string bytes;
  Clock::time_point deadline = Clock::time_point::max();
  bool late = false;
};

bool writeAll(int file, const std::string& bytes) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t count = ::write(file, bytes.data() + done, bytes.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return true;
}

[[noreturn]] void beChild(int pipe, pid_t parent, std::size_t task, const TaskCalls& calls) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL); // nobody waits for what an orphan finds
  if (::getppid() != parent) ::_exit(1);
  Interrupt::forget();
  const rlimit noCore{.rlim_cur = 0, .rlim_max = 0};
  ::setrlimit(RLIMIT_CORE, &noCore);
  int code = 1;
  try {
    code = writeAll(pipe, calls.work(task)) ? 0 : 1;
  } catch (const std::exception& error) {
    const std::string text = std::string("session-tidy: ") + error.what() + "\n";
    writeAll(STDERR_FILENO, text);
  }
  ::_exit(code); // the parent's buffers are not ours to write
}

std::string causeOf(int status) {
  if (WIFSIGNALED(status)) return ::strsignal(WTERMSIG(status));
  return "exit code " + std::to_string(WEXITSTATUS(status));
}

class Pool {
public:
  Pool(std::size_t count, const TaskLimits& limits, const TaskCalls& calls)
      : count_(count), limits_(limits), calls_(calls) {}

  ~Pool() {
    for (Child& child : children_) {
      ::kill(child.pid, SIGKILL);
      reap(child);
    }
  }
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  bool run() {
    while (next_ < count_ || !children_.empty()) {
      if (Interrupt::requested()) return false;
      while (next_ < count_ && children_.size() < limits_.jobs) start(next_++);
      listen();
      endLateOnes();
      calls_.waiting();
    }
    return true;
  }

private:
  void start(std::size_t task) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
      throw std::runtime_error(std::string("cannot make a pipe: ") + std::strerror(errno));
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid == 0) {
      ::close(ends[0]);
      for (const Child& other : children_) ::close(other.pipe);
      beChild(ends[1], parent, task, calls_);
    }
    ::close(ends[1]);
    if (pid < 0) {
      ::close(ends[0]);
      throw std::runtime_error(std::string("cannot start a worker: ") + std::strerror(errno));
    }
    children_.push_back({.pid = pid, .pipe = ends[0], .task = task, .bytes = {}});
    if (limits_.time.count() > 0) children_.back().deadline = Clock::now() + limits_.time;
  }

  /// Waits a little for bytes and takes what there is.
  void listen() {
    constexpr int patience = 100; // milliseconds; a signal ends it at once
    std::vector<pollfd> polls;
    for (const Child& child : children_)
      polls.push_back({.fd = child.pipe, .events = POLLIN, .revents = 0});
    if (::poll(polls.data(), polls.size(), patience) <= 0) return;
    std::vector<pid_t> ended;
    for (std::size_t i = 0; i < polls.size(); ++i)
      if (polls[i].revents != 0 && !readSome(children_[i])) ended.push_back(children_[i].pid);
    for (const pid_t pid : ended) finish(pid);
  }

  /// False at the end of what the child has to say.
  static bool readSome(Child& child) {
    std::array<char, 1 << 16> buffer; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const ssize_t count = ::read(child.pipe, buffer.data(), buffer.size());
    if (count > 0) child.bytes.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
  }

  static int reap(Child& child) {
    ::close(child.pipe);
    int status = 0;
    while (::waitpid(child.pid, &status, 0) < 0 && errno == EINTR) {
    }
    return status;
  }

  void finish(pid_t pid) {
    const auto place = std::ranges::find(children_, pid, &Child::pid);
    Child child = std::move(*place);
    children_.erase(place);
    const int status = reap(child);
    TaskEnd end;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
      end.bytes = std::move(child.bytes);
    else
      end = {.how = child.late ? TaskEnd::How::TimedOut : TaskEnd::How::Died,
             .bytes = {},
             .cause = causeOf(status)};
    calls_.finished(child.task, std::move(end));
  }

  void endLateOnes() {
    const auto now = Clock::now();
    for (Child& child : children_) {
      if (child.late || now < child.deadline) continue;
      child.late = true;
      ::kill(child.pid, SIGKILL); // its pipe closes, and it is collected as the others are
    }
  }

  std::size_t count_;
  TaskLimits limits_;
  const TaskCalls& calls_;
  std::size_t next_ = 0;
  std::vector<Child> children_;
};

} // namespace

bool runTasks(std::size_t count, const TaskLimits& limits, const TaskCalls& calls) {
  return Pool(count, limits, calls).run();
}

} // namespace session_tidy::cli
