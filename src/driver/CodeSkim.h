// The includes and classes of a C++ text, read without a compiler.
//
// `session-tidy init` looks at a whole project with it, before that project compiles here. Macros,
// templates and #if are taken as they stand: good enough to propose something to a reader.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace session_tidy::driver {

struct SkimmedInclude {
  std::string path; ///< as written, without quotes
  bool quoted = false;
  std::uint32_t line = 0;
};

struct SkimmedClass {
  std::string name; ///< qualified: "shop::Session"
  std::uint32_t line = 0;
  std::vector<std::string> methods; ///< names, in order, each once; no constructors, no operators
  std::vector<std::string> bases;   ///< the words of its base classes: "public", "db", "Session"
};

struct SkimmedCode {
  std::vector<SkimmedInclude> includes;
  std::vector<SkimmedClass> classes; ///< with bodies only
};

SkimmedCode skim(std::string_view text);

} // namespace session_tidy::driver
