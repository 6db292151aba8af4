// Use files: C++ functions that each make one use of a library, and what the lowering sees in it.
//
//   void f7(soci::session& self) { self.begin(); }
//   //= self soci.session; begin self throws
#pragma once

#include "model/ModelSet.h"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace clang {
class ASTUnit;
}

namespace session_tidy::test {

/// What each function does, by its name: "self soci.session; begin self throws".
using Deeds = std::map<std::string, std::string>;

class UseFile {
public:
  /// Reads and compiles a file.
  UseFile(const std::filesystem::path& path, const std::vector<std::string>& flags);
  ~UseFile();

  [[nodiscard]] const std::string& text() const { return text_; }

  /// Why it does not compile; empty when it does.
  [[nodiscard]] const std::string& errors() const { return errors_; }

  /// What the `//=` lines say.
  [[nodiscard]] Deeds expected() const;

  /// What the functions do under these models; lambdas, and what touches no session, are left out.
  [[nodiscard]] Deeds deeds(const model::ModelSet& models) const;

  /// The text with other `//=` lines.
  [[nodiscard]] std::string withExpectations(const Deeds& deeds) const;

private:
  std::string text_;
  std::string errors_;
  std::unique_ptr<clang::ASTUnit> unit_;
};

} // namespace session_tidy::test
