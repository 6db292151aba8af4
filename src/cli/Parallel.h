// Work on several threads, results in the order of the tasks.
#pragma once

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace session_tidy::cli {

/// Calls `work(i)` for every i below `count`, on at most `jobs` threads.
template <class Work>
void forEachInParallel(std::size_t count, unsigned jobs, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto loop = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> threads;
  for (unsigned t = 1; t < jobs && t < count; ++t) threads.emplace_back(loop);
  loop();
}

} // namespace session_tidy::cli
