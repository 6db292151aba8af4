// A unit's source texts out of Clang's buffers, for the planning of fixes.
#pragma once

#include "lower/Lowering.h"
#include "support/UnitTexts.h"

namespace clang {
class NamedDecl;
}

namespace session_tidy::lower {

class ClangTexts : public UnitTexts {
public:
  ClangTexts(clang::ASTContext& context, const LoweredUnit& unit)
      : context_(context), unit_(unit) {}

  [[nodiscard]] std::string_view text(std::uint32_t file) const override;
  [[nodiscard]] bool isMacro(std::string_view word) const override;
  [[nodiscard]] bool knowsClass(std::string_view name) const override;
  [[nodiscard]] bool hasMethod(std::string_view name, std::string_view method) const override;
  [[nodiscard]] long cplusplus() const override;

private:
  [[nodiscard]] const clang::NamedDecl* find(std::string_view name) const;

  clang::ASTContext& context_;
  const LoweredUnit& unit_;
};

} // namespace session_tidy::lower
