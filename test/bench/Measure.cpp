// Running programs and taking their time from the system.
#include "bench/Measure.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <stdexcept>

namespace session_tidy::bench {

namespace {

double seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

[[noreturn]] void become(const Program& program, int output) {
  std::vector<char*> arguments;
  for (const std::string& argument : program.arguments)
    arguments.push_back(
        const_cast<char*>(argument.c_str())); // execvp's signature, nothing is written
  arguments.push_back(nullptr);
  const int nothing = open("/dev/null", O_RDWR);
  dup2(output < 0 ? nothing : output, STDOUT_FILENO);
  dup2(nothing, STDERR_FILENO);
  if (chdir(program.directory.c_str()) == 0) execvp(arguments[0], arguments.data());
  _exit(127);
}

std::vector<double> sorted(const std::vector<Sample>& samples, double Sample::* what) {
  std::vector<double> values;
  values.reserve(samples.size());
  for (const Sample& sample : samples) values.push_back(sample.*what);
  std::ranges::sort(values);
  return values;
}

std::string commandLine(const Program& program) {
  std::string text = "cd " + program.directory.string() + " &&";
  for (const std::string& argument : program.arguments) text += " " + argument;
  return text;
}

Sample runInto(const Program& program, int output) {
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("cannot start a process");
  if (child == 0) become(program, output);
  int status = 0;
  rusage usage{};
  if (wait4(child, &status, 0, &usage) != child)
    throw std::runtime_error("cannot wait for a process");
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (std::ranges::find(program.exitCodes, code) == program.exitCodes.end())
    throw std::runtime_error("exit code " + std::to_string(code) + " of " + commandLine(program));
  return {.elapsed = elapsed.count(),
          .processor = seconds(usage.ru_utime) + seconds(usage.ru_stime),
          .memory = static_cast<double>(usage.ru_maxrss) / 1024};
}

} // namespace

double Timing::minimum(double Sample::* what) const {
  return sorted(samples, what).front();
}

double Timing::median(double Sample::* what) const {
  const std::vector<double> values = sorted(samples, what);
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}

Sample runOnce(const Program& program) {
  return runInto(program, -1);
}

std::string outputOf(const Program& program) {
  std::FILE* file = std::tmpfile();
  if (file == nullptr) throw std::runtime_error("cannot make a temporary file");
  runInto(program, fileno(file));
  std::string text;
  std::rewind(file);
  for (int character = 0; (character = std::fgetc(file)) != EOF;)
    text += static_cast<char>(character);
  std::fclose(file);
  return text;
}

std::vector<Timing> measure(const std::vector<Program>& programs, unsigned repetitions) {
  std::vector<Timing> timings;
  for (const Program& program : programs) {
    runOnce(program); // brings files into memory, and tells at once what does not work
    timings.push_back({program.name, {}});
  }
  for (unsigned repetition = 0; repetition < repetitions; ++repetition)
    for (std::size_t i = 0; i < programs.size(); ++i)
      timings[i].samples.push_back(runOnce(programs[i]));
  return timings;
}

} // namespace session_tidy::bench
