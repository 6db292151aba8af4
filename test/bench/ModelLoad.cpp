#include "bench/ModelLoad.h"

#include "bench/Table.h"
#include "model/EmbeddedModels.h"

#include <algorithm>
#include <ctime>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace session_tidy::bench {

namespace {

constexpr int rounds = 200;
constexpr double goal = 5.0; ///< milliseconds

std::string inMilliseconds(double seconds) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(2) << seconds * 1000 << " ms";
  return text.str();
}

} // namespace

void measureModelLoad(double secondsToParse) {
  double least = 1e9;
  for (int round = 0; round < rounds; ++round) {
    const std::clock_t start = std::clock();
    if (!model::loadEmbeddedModels()) throw std::runtime_error("the models cannot be read");
    least = std::min(least, static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  Table table({"models", "processor time"});
  table.add({"loading all of them", inMilliseconds(least)});
  table.add({"clang++ -fsyntax-only of a unit that includes SOCI", inMilliseconds(secondsToParse)});
  std::cout << table.text() << "\nloading : parsing = " << std::fixed << std::setprecision(4)
            << least / secondsToParse
            << ", goal 5 ms: " << (least * 1000 <= goal ? "reached" : "missed") << "\n\n"
            << std::flush;
}

} // namespace session_tidy::bench
