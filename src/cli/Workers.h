// Work in child processes: one for each task, several at a time.
//
// Processes and not threads, because nothing that happens to a compiler can be undone in a thread:
// it runs out of memory, loops, overflows its stack, calls exit. A child that dies costs its own
// task and leaves nothing behind, and memory never adds up from task to task. A fork of the loaded
// program costs a millisecond.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>

namespace session_tidy::cli {

/// How a task ended.
struct TaskEnd {
  enum class How : unsigned char { Finished, Died, TimedOut };
  How how = How::Finished;
  std::string bytes; ///< Finished: what the work returned
  std::string cause; ///< Died: "Segmentation fault"
};

struct TaskCalls {
  std::function<std::string(std::size_t)> work;       ///< in the child; its bytes are sent back
  std::function<void(std::size_t, TaskEnd)> finished; ///< in this process, in any order
  std::function<void()> waiting;                      ///< now and then, between the others
};

struct TaskLimits {
  unsigned jobs = 1;
  std::chrono::milliseconds time{0}; ///< of one task; 0: none
};

/// Runs tasks 0 to `count` - 1. False if the user interrupted it: the children are dead then.
/// This process must have no other threads.
bool runTasks(std::size_t count, const TaskLimits& limits, const TaskCalls& calls);

} // namespace session_tidy::cli
