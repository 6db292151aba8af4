// A unit's source texts out of Clang's buffers, for the planning of fixes.
#pragma once

#include "lower/Lowering.h"
#include "support/UnitTexts.h"

namespace session_tidy::lower {

class ClangTexts : public UnitTexts {
public:
  ClangTexts(clang::ASTContext& context, const LoweredUnit& unit)
      : context_(context), unit_(unit) {}

  [[nodiscard]] std::string_view text(std::uint32_t file) const override;
  [[nodiscard]] bool isMacro(std::string_view word) const override;
  [[nodiscard]] long cplusplus() const override;

private:
  clang::ASTContext& context_;
  const LoweredUnit& unit_;
};

} // namespace session_tidy::lower
