// Generates the sources that are measured.
#include "bench/Inputs.h"

#include <algorithm>

namespace session_tidy::bench {

namespace fs = std::filesystem;

namespace {

// ---------------------------------------------------------------- headers

/// `#include <prefix/Name>` for each header in a folder, in order.
std::string includesOf(const fs::path& folder, const std::string& prefix,
                       const std::vector<std::string>& without) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    const std::string extension = entry.path().extension();
    const bool header = extension == ".h" || (extension.empty() && name.starts_with("Q"));
    if (entry.is_regular_file() && header && std::ranges::find(without, name) == without.end())
      names.push_back(name);
  }
  std::ranges::sort(names);
  std::string text;
  for (const std::string& name : names) text += "#include <" + prefix + name + ">\n";
  return text;
}

/// Something to look at besides the headers.
constexpr const char* plainFunctions = R"(
int total(const std::vector<int>& values) {
  int sum = 0;
  for (const int value : values)
    if (value > 0) sum += value;
  return sum;
}
)";

Input qtInput() {
  const fs::path qt = "/usr/include/x86_64-linux-gnu/qt5";
  if (!fs::exists(qt / "QtCore/QtCore")) return {};
  return {.name = "all of QtCore, QtSql",
          .text = "#include <QtCore/QtCore>\n#include <QtSql/QtSql>\n#include <vector>\n" +
                  std::string(plainFunctions),
          .flags = {"-fPIC", "-isystem", qt, "-isystem", qt / "QtCore", "-isystem", qt / "QtSql"}};
}

Input pocoInput() {
  const fs::path poco = "/usr/include/Poco";
  if (!fs::exists(poco / "Data/Session.h")) return {};
  // Only for other systems, or not for C++20.
  const std::vector<std::string> without{"Platform_WIN32.h", "UnWindows.h", "WinTestRunner.h"};
  std::string text = "#include <vector>\n";
  for (const char* name : {"Poco.h", "Any.h", "DateTime.h", "Dynamic/Var.h", "File.h", "Logger.h",
                           "NotificationQueue.h", "Process.h", "RegularExpression.h", "Thread.h",
                           "ThreadPool.h", "URI.h", "UUID.h"})
    text += "#include <Poco/" + std::string(name) + ">\n";
  text += includesOf(poco / "Data", "Poco/Data/", without);
  return {.name = "Poco, all of Poco/Data", .text = text + plainFunctions, .flags = {}};
}

Input llvmInput() {
  const fs::path llvm = "/usr/lib/llvm-" SESSION_TIDY_BENCH_LLVM "/include";
  if (!fs::exists(llvm / "clang/AST/AST.h")) return {};
  std::string text = "#include <vector>\n#include <clang/AST/RecursiveASTVisitor.h>\n"
                     "#include <clang/ASTMatchers/ASTMatchers.h>\n"
                     "#include <clang/Frontend/CompilerInstance.h>\n"
                     "#include <clang/Sema/Sema.h>\n#include <clang/Tooling/Tooling.h>\n"
                     "#include <llvm/IR/IRBuilder.h>\n#include <llvm/IR/Module.h>\n";
  return {.name = "Clang's AST, matchers, Sema",
          .text = text + plainFunctions,
          .flags = {"-isystem", llvm, "-fno-rtti"}};
}

Input sociInput() {
  if (!fs::exists("/usr/include/soci/soci.h")) return {};
  return {.name = "SOCI, included but not used",
          .text = "#include <soci/soci.h>\n#include <vector>\n" + std::string(plainFunctions),
          .flags = {}};
}

// ---------------------------------------------------------------- scaling

/// Stands in for SOCI, so that what is measured is the analysis and not the headers.
constexpr const char* library = R"(namespace soci {
struct session {
  session();
  explicit session(const char* url);
  ~session();
  void begin();
  void commit();
  void rollback();
  session& operator<<(const char* text);
};
}
bool ask(int);
void note(int);
)";

std::string repeated(unsigned count, const std::string& text) {
  std::string result;
  for (unsigned i = 0; i < count; ++i) {
    std::string line = text;
    for (std::size_t at = 0; (at = line.find('#', at)) != line.npos;)
      line.replace(at, 1, std::to_string(i));
    result += line;
  }
  return result;
}

Input scaling(const std::string& name, const std::string& body) {
  return {.name = name,
          .text = std::string(library) + "int work(soci::session& sql, int n) {\n" + body + "}\n",
          .flags = {}};
}

Input plainBranches(unsigned count) {
  return scaling(std::to_string(count) + " branches that matter to nobody",
                 "  sql.begin();\n" + repeated(count, "  if (n > #) note(#);\n") +
                     "  sql.commit();\n  return n;\n");
}

Input workingBranches(unsigned count) {
  return scaling(std::to_string(count) + " branches with statements",
                 "  sql.begin();\n" +
                     repeated(count, "  if (ask(#)) sql << \"UPDATE t SET a = #\";\n") +
                     "  sql.commit();\n  return n;\n");
}

Input leavingBranches(unsigned count) {
  return scaling(std::to_string(count) + " branches that roll back and return",
                 "  sql.begin();\n" +
                     repeated(count, "  if (ask(#)) {\n    sql.rollback();\n    return #;\n  }\n") +
                     "  sql.commit();\n  return n;\n");
}

Input correlatedBranches(unsigned count) {
  return scaling(std::to_string(count) + " pairs of branches on one flag each",
                 repeated(count, "  const bool flag# = ask(#);\n  if (flag#) sql.begin();\n"
                                 "  sql << \"UPDATE t SET a = #\";\n  if (flag#) sql.commit();\n") +
                     "  return n;\n");
}

Input nestedLoops(unsigned depth) {
  std::string body;
  for (unsigned i = 0; i < depth; ++i) {
    const std::string level = std::to_string(i);
    body += "  for (int i" + level + " = 0; i" + level + " < n; ++i" + level + ") {\n  if (ask(i" +
            level +
            ")) { sql.begin(); sql << \"DELETE FROM t\"; if (ask(n)) { sql.rollback(); continue; } "
            "sql.commit(); }\n";
  }
  return scaling("loops nested " + std::to_string(depth) + " deep",
                 body + std::string(depth, '}') + "\n  return n;\n");
}

Input manySessions(unsigned count) {
  return scaling(
      std::to_string(count) + " sessions, one after the other",
      repeated(count,
               "  soci::session s#(\"db\");\n  s#.begin();\n  s# << \"UPDATE t SET a = #\";\n"
               "  s#.commit();\n") +
          "  return n;\n");
}

Input entangledSessions(unsigned count) {
  return scaling(std::to_string(count) + " sessions, each begun on a flag of its own",
                 repeated(count, "  soci::session s#(\"db\");\n") +
                     repeated(count, "  const bool flag# = ask(#);\n  if (flag#) s#.begin();\n") +
                     repeated(count, "  if (flag#) s#.commit();\n") + "  return n;\n");
}

} // namespace

std::vector<Input> headerInputs() {
  std::vector<Input> inputs{sociInput(), pocoInput(), qtInput(), llvmInput()};
  std::erase_if(inputs, [](const Input& input) { return input.name.empty(); });
  return inputs;
}

std::vector<Input> scalingInputs() {
  std::vector<Input> inputs;
  for (const auto make : {plainBranches, workingBranches, leavingBranches, correlatedBranches})
    for (const unsigned count : {10U, 100U, 1000U, 10000U}) inputs.push_back(make(count));
  for (const unsigned depth : {2U, 4U, 8U}) inputs.push_back(nestedLoops(depth));
  for (const unsigned count : {20U, 200U}) inputs.push_back(manySessions(count));
  for (const unsigned count : {20U, 200U}) inputs.push_back(entangledSessions(count));
  return inputs;
}

} // namespace session_tidy::bench
