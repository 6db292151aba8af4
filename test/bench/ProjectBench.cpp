// Each program runs once over all units, two at a time; what is short is repeated.
#include "bench/ProjectBench.h"

#include "bench/Measure.h"
#include "bench/Project.h"
#include "bench/Table.h"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <utility>

namespace session_tidy::bench {

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr unsigned shortRuns = 7;
constexpr unsigned turns = 3;

Words operator+(Words left, const Words& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

class ProjectBench {
public:
  ProjectBench(const fs::path& folder, unsigned units, unsigned every)
      : project_(generateProject(folder, units)) {
    for (std::size_t i = 0; i < project_.units.size(); i += every)
      sample_.push_back(project_.units[i]);
  }

  void measureAll() {
    fs::remove_all(project_.folder / "cache");
    // Compared per unit, so in turns: what else the machine does then disturbs both.
    std::vector<Sample> syntaxes;
    std::vector<Sample> alls;
    for (unsigned i = 0; i < (sample_.size() < project_.units.size() ? turns : 1); ++i) {
      syntaxes.push_back(slow({"sh", "-c", syntaxOfAll()}));
      alls.push_back(slow(command(Words{"--no-cache", "--all-units"} + sample_)));
    }
    const Sample syntax = row("clang++ -fsyntax-only", syntaxes);
    const Sample all = row("session-tidy, every unit parsed", alls);
    const Sample plugin = addSlow(
        "run-clang-tidy with the plugin",
        clangTidy({std::string("-load=") + SESSION_TIDY_BENCH_PLUGIN, "-checks=-*,session-*"}));
    const Sample useAfterMove = addSlow("run-clang-tidy, bugprone-use-after-move",
                                        clangTidy({"-checks=-*,bugprone-use-after-move"}));
    const Sample cold = add("session-tidy, cold", cached({}));
    const Sample warm = add("session-tidy, nothing changed", cached({}), shortRuns);
    const Sample alone = add("session-tidy, one unit alone", // one with sessions
                             command({"--no-cache", project_.units.front()}), shortRuns);
    Sample touched;
    touchAndMeasure(touched);
    print("run-clang-tidy with the plugin : session-tidy cold", plugin, cold, "at least 8");
    print("run-clang-tidy with use-after-move : session-tidy cold", useAfterMove, cold, "");
    print("run-clang-tidy with the plugin : session-tidy, nothing changed", plugin, warm,
          "at least 100");
    print("session-tidy, every unit parsed : -fsyntax-only", all, syntax, "at most 0.6");
    verdict_ +=
        "one source touched - that unit alone = " + inSeconds(touched.processor - alone.processor) +
        " (elapsed " + inSeconds(touched.elapsed - alone.elapsed) + "; goal at most 0.3 s)\n";
    verdict_ += "memory of a worker : of the compiler = " + asRatio(all.memory / syntax.memory) +
                " (goal at most 1)\n";
  }

  [[nodiscard]] std::string text() const { return table_.text() + "\n" + verdict_ + "\n"; }

private:
  [[nodiscard]] Sample once(const Words& arguments) const {
    return runOnce({.name = arguments.front(),
                    .arguments = arguments,
                    .directory = project_.folder,
                    .exitCodes = {0, 1}});
  }

  Sample add(const std::string& name, const Words& arguments, unsigned repetitions = 1) {
    std::vector<Sample> samples;
    for (unsigned i = 0; i < repetitions; ++i) samples.push_back(once(arguments));
    return row(name, samples);
  }

  /// What parses all units, or those of the sample, whose time stands for the others' as well.
  [[nodiscard]] Sample slow(const Words& arguments) const {
    Sample sample = once(arguments);
    const double weight =
        static_cast<double>(project_.units.size()) / static_cast<double>(sample_.size());
    sample.elapsed *= weight;
    sample.processor *= weight;
    return sample;
  }

  Sample addSlow(const std::string& name, const Words& arguments) {
    return row(name, {slow(arguments)});
  }

  /// The run that took least processor time, which other work on the machine disturbed least.
  Sample row(const std::string& name, const std::vector<Sample>& samples) {
    const Sample best = *std::ranges::min_element(samples, {}, &Sample::processor);
    table_.add(
        {name, inSeconds(best.elapsed), inSeconds(best.processor), inMegabytes(best.memory)});
    std::cerr << name << ": " << inSeconds(best.processor) << '\n'; // there is some time to wait
    return best;
  }

  void touchAndMeasure(Sample& best) {
    std::vector<Sample> samples;
    for (unsigned i = 0; i < shortRuns; ++i) {
      std::ofstream(project_.folder / project_.units.front(), std::ios::app) << "// touched\n";
      samples.push_back(once(cached({})));
    }
    best = row("session-tidy, one source touched", samples);
  }

  void print(const char* what, const Sample& a, const Sample& b, const std::string& goal) {
    verdict_ += std::string(what) + " = " + asRatio(a.processor / b.processor) + " (elapsed " +
                asRatio(a.elapsed / b.elapsed) + (goal.empty() ? "" : "; goal " + goal) + ")\n";
  }

  [[nodiscard]] std::string syntaxOfAll() const {
    std::string text = "printf '%s\\n'";
    for (const std::string& unit : sample_) text += " " + unit;
    text += " | xargs -P 2 -n 1 clang++-" SESSION_TIDY_BENCH_LLVM " -fsyntax-only -w";
    for (const std::string& flag : project_.flags) text += " " + flag;
    return text;
  }

  [[nodiscard]] Words clangTidy(const Words& more) const {
    Words words = Words{"run-clang-tidy-" SESSION_TIDY_BENCH_LLVM, "-j", "2", "-quiet"} + more;
    for (const std::string& unit : sample_) words.push_back(unit + "$"); // they are expressions
    return words;
  }

  static Words command(const Words& more) {
    return Words{SESSION_TIDY_BENCH_COMMAND, "check", "--quiet", "-j", "2"} + more;
  }

  [[nodiscard]] Words cached(const Words& more) const {
    return command(Words{"--cache-dir", project_.folder / "cache"} + more);
  }

  GeneratedProject project_;
  Words sample_; ///< of its units
  Table table_{{std::to_string(project_.units.size()) + " units, " +
                    std::to_string(project_.withSessions) + " with sessions",
                "elapsed", "cpu", "memory of one process"}};
  std::string verdict_;
};

} // namespace

void compareOnProject(const fs::path& folder, unsigned units, unsigned every) {
  ProjectBench bench(folder, units, every);
  bench.measureAll();
  std::cout << bench.text() << std::flush;
}

} // namespace session_tidy::bench
