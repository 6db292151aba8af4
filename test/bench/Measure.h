// Running programs side by side and taking their time.
//
// Repetitions are interleaved (a b c, a b c, ...), so that a busy moment of the machine hits all
// alike, and processor time is taken besides elapsed time: it is what a shared machine disturbs
// least.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace session_tidy::bench {

struct Program {
  std::string name;
  std::vector<std::string> arguments; ///< the program first
  std::filesystem::path directory;    ///< where it runs
  std::vector<int> exitCodes{0};      ///< those that are all right
};

struct Sample {
  double elapsed = 0;   ///< seconds
  double processor = 0; ///< seconds, user and system, with the program's children
  double memory = 0;    ///< megabytes at the peak
};

struct Timing {
  std::string name;
  std::vector<Sample> samples;

  [[nodiscard]] double minimum(double Sample::* what) const;
  [[nodiscard]] double median(double Sample::* what) const;
};

/// Runs each program once; its output is thrown away. Throws when it cannot run or ends with a
/// wrong code.
Sample runOnce(const Program& program);

/// What a program prints on its standard output.
std::string outputOf(const Program& program);

/// All programs, interleaved, after one round that does not count.
std::vector<Timing> measure(const std::vector<Program>& programs, unsigned repetitions);

} // namespace session_tidy::bench
