// What the task service does.
#pragma once

#include "session.h"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace tasks {

/// What a task runs on could not be started.
struct AdapterError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Something outside of the database; a name that begins with "bad" cannot be started.
void startAdapter(const std::string& name);

// task_manager.cpp: one method for each request
class TaskManager {
public:
  explicit TaskManager(std::string database) : database_(std::move(database)) {}
  int create(const std::string& name);
  void finish(int id);
  int createAndStart(const std::string& name);

private:
  std::string database_;
};

// task_queue.cpp
int enqueue(const std::string& name);
int take();

// task_report.cpp
int countTasks(const std::string& state);
std::vector<int> openTasks();

} // namespace tasks
