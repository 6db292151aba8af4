// session-tidy against the compiler's own -fsyntax-only and against clang-tidy with the plugin.
//
//   session-tidy-bench [--repetitions N] [--units N] [--every N] [--folder DIR] [example] [headers]
//   [scaling] [models] [project] [editor]
#include "analysis/Engine.h"
#include "bench/Editor.h"
#include "bench/Inputs.h"
#include "bench/Measure.h"
#include "bench/ModelLoad.h"
#include "bench/ProjectBench.h"
#include "bench/Table.h"
#include "ir/IrText.h"

#include <unistd.h>

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <set>
#include <span>
#include <stdexcept>

namespace session_tidy::bench {

namespace {

namespace fs = std::filesystem;

constexpr double goal = 1.1; ///< session-tidy on the example, against -fsyntax-only

/// A folder for generated sources, removed at the end.
class Folder {
public:
  Folder() : path_(fs::temp_directory_path() / ("session-tidy-bench-" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

private:
  fs::path path_;
};

struct Sources {
  std::vector<std::string> files;
  std::vector<std::string> flags;
  fs::path directory;
};

using Words = std::vector<std::string>;

Words operator+(Words left, const Words& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

std::vector<Program> programsFor(const Sources& sources, bool withPlugin) {
  const std::string llvm = SESSION_TIDY_BENCH_LLVM;
  const Words flags = Words{"-std=c++20"} + sources.flags;
  std::vector<Program> programs{
      {.name = "clang++ -fsyntax-only",
       .arguments = Words{"clang++-" + llvm, "-fsyntax-only", "-w"} + flags + sources.files,
       .directory = sources.directory},
      {.name = "session-tidy",
       .arguments =
           Words{SESSION_TIDY_BENCH_COMMAND, "-j", "1", "--quiet", "--no-cache", "--all-units"} +
           sources.files + Words{"--"} + flags,
       .directory = sources.directory,
       .exitCodes = {0, 1}}};
  if (withPlugin)
    programs.push_back({.name = "clang-tidy with plugin",
                        .arguments = Words{"clang-tidy-" + llvm, "--quiet", "--load",
                                           SESSION_TIDY_BENCH_PLUGIN, "--checks=-*,session-*"} +
                                     sources.files + Words{"--"} + flags,
                        .directory = sources.directory});
  return programs;
}

Sources written(const Input& input, const Folder& folder) {
  std::ofstream(folder.path() / "unit.cpp") << input.text;
  return {.files = {"unit.cpp"}, .flags = input.flags, .directory = folder.path()};
}

void addRows(Table& table, const std::string& what, const std::vector<Timing>& timings) {
  const Timing& base = timings.front();
  for (const Timing& timing : timings) {
    const double processor = timing.minimum(&Sample::processor) / base.minimum(&Sample::processor);
    const double elapsed = timing.minimum(&Sample::elapsed) / base.minimum(&Sample::elapsed);
    table.add({what + timing.name, inSeconds(timing.minimum(&Sample::elapsed)),
               inSeconds(timing.median(&Sample::elapsed)),
               inSeconds(timing.minimum(&Sample::processor)),
               inMegabytes(timing.median(&Sample::memory)), asRatio(elapsed), asRatio(processor)});
  }
}

Table comparison(const std::string& first) {
  return Table({first, "min", "median", "cpu min", "memory", "ratio", "cpu ratio"});
}

/// The example: is it cheaper than 1.1 times what the compiler needs to read the same files?
void compareOnExample(unsigned repetitions) {
  Sources shop{.files = {}, .flags = {}, .directory = SESSION_TIDY_BENCH_SHOP};
  for (const auto& entry : fs::directory_iterator(shop.directory))
    if (entry.path().extension() == ".cpp") shop.files.push_back(entry.path().filename());
  std::ranges::sort(shop.files);

  const std::vector<Timing> timings = measure(programsFor(shop, true), repetitions);
  Table table = comparison("examples/shop, " + std::to_string(shop.files.size()) + " files");
  addRows(table, "", timings);
  const double ratio =
      timings[1].minimum(&Sample::processor) / timings[0].minimum(&Sample::processor);
  const double toPlugin =
      timings[1].minimum(&Sample::processor) / timings[2].minimum(&Sample::processor);
  std::cout << table.text() << "\nsession-tidy : clang++ -fsyntax-only = " << asRatio(ratio)
            << " (goal " << asRatio(goal) << ": " << (ratio <= goal ? "reached" : "missed")
            << ")\nsession-tidy : clang-tidy with plugin = " << asRatio(toPlugin) << "\n\n"
            << std::flush;
}

void compareOnHeaders(unsigned repetitions) {
  const Folder folder;
  Table table = comparison("headers, and no session");
  for (const Input& input : headerInputs())
    addRows(table, input.name + ": ",
            measure(programsFor(written(input, folder), true), repetitions));
  std::cout << table.text() << '\n' << std::flush;
}

void compareModelLoad(unsigned repetitions) {
  const Folder folder;
  const Input unit{.name = "SOCI", .text = "#include <soci/soci.h>\n", .flags = {}};
  const std::vector<Program> programs = programsFor(written(unit, folder), false);
  const std::vector<Timing> timings = measure({programs.front()}, repetitions);
  measureModelLoad(timings.front().minimum(&Sample::processor));
}

/// What the engine makes of a unit: "1203 steps", or that it gave up, which the command does not
/// tell.
std::string engineOn(const Sources& sources) {
  const ir::ParseResult parsed =
      ir::parse(outputOf({.name = "dump-ir",
                          .arguments = Words{SESSION_TIDY_BENCH_COMMAND, "dump-ir"} +
                                       sources.files + Words{"--", "-std=c++20"},
                          .directory = sources.directory}));
  if (!parsed.unit) return parsed.error.text();
  std::size_t steps = 0;
  for (const ir::Function& function : parsed.unit->functions) {
    const analysis::FunctionResult result = analysis::analyse(*parsed.unit, function);
    if (result.gaveUp) return "gave up";
    steps += result.steps;
  }
  return std::to_string(steps) + " steps";
}

void scale(unsigned repetitions) {
  const Folder folder;
  const std::vector<Input> inputs = scalingInputs();
  std::vector<std::vector<Timing>> timings;
  for (const Input& input : inputs)
    timings.push_back(measure(programsFor(written(input, folder), false), repetitions));

  // Only now: the system counts the memory of the process that starts a program as the program's
  // own.
  Table table(
      {"one function with", "-fsyntax-only", "session-tidy", "difference", "memory", "engine"});
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const double base = timings[i][0].minimum(&Sample::processor);
    const double ours = timings[i][1].minimum(&Sample::processor);
    table.add(
        {inputs[i].name, inSeconds(base), inSeconds(ours), inSeconds(std::max(0.0, ours - base)),
         inMegabytes(timings[i][1].median(&Sample::memory)), engineOn(written(inputs[i], folder))});
  }
  std::cout << table.text() << '\n' << std::flush;
}

int run(std::span<char*> arguments) {
  unsigned units = 400;
  unsigned every = 1;
  unsigned repetitions = 7;
  std::string folder;
  std::set<std::string> wanted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string argument = arguments[i];
    if (argument == "--repetitions" && i + 1 < arguments.size()) {
      repetitions = std::max(1, std::stoi(arguments[++i]));
    } else if (argument == "--units" && i + 1 < arguments.size()) {
      units = static_cast<unsigned>(std::max(1, std::stoi(arguments[++i])));
    } else if (argument == "--every" && i + 1 < arguments.size()) {
      every = static_cast<unsigned>(std::max(1, std::stoi(arguments[++i])));
    } else if (argument == "--folder" && i + 1 < arguments.size()) {
      folder = fs::absolute(arguments[++i]);
    } else if (argument == "project" || argument == "example" || argument == "headers" ||
               argument == "scaling" || argument == "models" || argument == "editor") {
      wanted.insert(argument);
    } else {
      throw std::runtime_error("unknown argument '" + argument + "'");
    }
  }
  const auto asked = [&](const char* what) { return wanted.empty() || wanted.contains(what); };
  std::cout << "LLVM " SESSION_TIDY_BENCH_LLVM ", " << repetitions << " interleaved repetitions\n\n"
            << std::flush;
  if (asked("example")) compareOnExample(repetitions);
  if (asked("headers")) compareOnHeaders(repetitions);
  if (asked("project"))
    compareOnProject(folder.empty() ? Folder().path() : fs::path(folder), units, every);
  if (asked("editor")) compareEditors(repetitions);
  if (asked("models")) compareModelLoad(repetitions);
  if (asked("scaling")) scale(std::min(repetitions, 3U));
  return 0;
}

} // namespace

} // namespace session_tidy::bench

int main(int argc, char** argv) {
  try {
    return session_tidy::bench::run(std::span(argv, static_cast<std::size_t>(argc)).subspan(1));
  } catch (const std::exception& error) {
    std::cerr << "bench: " << error.what() << '\n';
    return 2;
  }
}
