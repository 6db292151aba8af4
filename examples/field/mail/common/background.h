// Tasks that run beside the requests.
#pragma once

#include <future>
#include <utility>
#include <vector>

namespace mail {

class Background {
public:
  template <class Task>
  void add(Task task) {
    running_.push_back(std::async(std::launch::async, std::move(task)));
  }

  /// Until all that were added have come to their end.
  void wait() {
    for (std::future<void>& task : running_) task.wait();
    running_.clear();
  }

private:
  std::vector<std::future<void>> running_;
};

} // namespace mail
