// The progress bar: on a terminal's stderr only, gone when the work is done.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace session_tidy::cli {

class Progress {
public:
  /// Shows nothing where stderr is no terminal (or a dumb one) or `quiet`.
  Progress(std::size_t total, bool quiet);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// One more is done; `file` was the last.
  void step(std::size_t newFindings, const std::string& file);

  /// Draws again if it is time to.
  void refresh();

  /// Takes the bar off the screen, so that others can write.
  void clear();

private:
  using Clock = std::chrono::steady_clock;

  void draw();
  [[nodiscard]] std::string line(std::size_t width) const;
  [[nodiscard]] std::string timeLeft() const;

  std::size_t total_;
  std::size_t done_ = 0;
  std::size_t findings_ = 0;
  std::string file_;
  bool shown_;
  bool drawn_ = false;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_;
};

} // namespace session_tidy::cli
