// Both servers have the same file open and get the same edits, in turns.
#include "bench/Editor.h"

#include "bench/Measure.h"
#include "bench/Table.h"
#include "harness/Builds.h"
#include "harness/LspClient.h"
#include "harness/Workspace.h"

#include <unistd.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

namespace session_tidy::bench {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr double goal = 1.05;

/// Seconds that a process has used, its threads included.
double processorTime(pid_t process) {
  std::ifstream stream("/proc/" + std::to_string(process) + "/stat");
  std::string text;
  std::getline(stream, text);
  std::istringstream fields(text.substr(text.rfind(')') + 2)); // the name may contain anything
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  double user = 0;
  double system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

class Server {
public:
  Server(const std::string& name, const fs::path& program, const fs::path& folder)
      : client_({.arguments = {program, "--log=error", "--background-index=false"},
                 .directory = folder,
                 .environment = {}},
                log_.path() / "stderr.txt") {
    timing_.name = name;
  }

  void open(const fs::path& file, const std::string& text) {
    client_.open(file, text);
    client_.diagnostics(file);
  }

  void edit(const fs::path& file, const std::string& text) {
    const Clock::time_point begin = Clock::now();
    const double used = processorTime(client_.serverProcess());
    client_.change(file, text);
    client_.diagnostics(file);
    const std::chrono::duration<double> elapsed = Clock::now() - begin;
    timing_.samples.push_back(
        {.elapsed = elapsed.count(), .processor = processorTime(client_.serverProcess()) - used});
  }

  void stop() { client_.shutDown(); }
  [[nodiscard]] const Timing& timing() const { return timing_; }

private:
  test::TemporaryFolder log_;
  test::LspClient client_;
  Timing timing_;
};

double total(const Timing& timing) {
  double sum = 0;
  for (const Sample& sample : timing.samples) sum += sample.processor;
  return sum;
}

/// A copy of the example, with what a project has and no settings.
std::string prepare(const fs::path& folder, const std::string& source) {
  for (const char* name : {"shop.h", source.c_str()})
    fs::copy_file(fs::path(SESSION_TIDY_BENCH_SHOP) / name, folder / name);
  test::writeFile(folder / "compile_commands.json",
                  test::compileCommands(folder, source, {"-std=c++20"}));
  return test::readFile(folder / source);
}

} // namespace

void compareEditors(unsigned repetitions) {
  const int llvm = test::ownLlvm();
  const fs::path plain = test::findTool("clangd", llvm);
  const test::Build* build = test::findBuild(llvm);
  if (plain.empty() || build == nullptr || !fs::exists(build->clangd())) {
    std::cout << "editor: no clangd or no session-clangd for LLVM " << llvm << "\n\n";
    return;
  }
  const std::string source = "orders.cpp";
  const test::TemporaryFolder folder;
  const std::string text = prepare(folder.path(), source);
  const fs::path file = folder.path() / source;
  Server clangd("clangd", plain, folder.path());
  Server ours("session-clangd", build->clangd(), folder.path());
  clangd.open(file, text);
  ours.open(file, text);
  const unsigned edits = repetitions * 10;
  for (unsigned i = 0; i < edits; ++i) {
    const std::string edited = text + "int edit" + std::to_string(i) + " = 0;\n";
    // Each goes first as often as the other.
    Server& first = i % 2 == 0 ? clangd : ours;
    Server& second = i % 2 == 0 ? ours : clangd;
    first.edit(file, edited);
    second.edit(file, edited);
  }
  clangd.stop();
  ours.stop();

  Table table({source + ", " + std::to_string(edits) + " edits each", "min", "median",
               "cpu per edit", "ratio", "cpu ratio"});
  const Timing& base = clangd.timing();
  for (const Timing* timing : {&clangd.timing(), &ours.timing()})
    table.add({timing->name, inSeconds(timing->minimum(&Sample::elapsed)),
               inSeconds(timing->median(&Sample::elapsed)), inSeconds(total(*timing) / edits),
               asRatio(timing->median(&Sample::elapsed) / base.median(&Sample::elapsed)),
               asRatio(total(*timing) / total(base))});
  const double ratio =
      ours.timing().median(&Sample::elapsed) / clangd.timing().median(&Sample::elapsed);
  std::cout << table.text() << "\nsession-clangd : clangd = " << asRatio(ratio) << " (goal "
            << asRatio(goal) << ": " << (ratio <= goal ? "reached" : "missed") << ")\n\n"
            << std::flush;
}

} // namespace session_tidy::bench
