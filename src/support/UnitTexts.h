// The source texts of one translation unit, as the compiler saw them; in an editor they are not
// those on disk.
#pragma once

#include <cstdint>
#include <string_view>

namespace session_tidy {

class UnitTexts {
public:
  UnitTexts() = default;
  virtual ~UnitTexts() = default;
  UnitTexts(const UnitTexts&) = delete;
  UnitTexts& operator=(const UnitTexts&) = delete;

  /// By the number that files have in the unit's IR. Empty where there is none that may be edited.
  [[nodiscard]] virtual std::string_view text(std::uint32_t file) const = 0;
  [[nodiscard]] virtual bool isMacro(std::string_view word) const = 0;
  /// Whether a class of this qualified name is declared where the unit ends.
  [[nodiscard]] virtual bool knowsClass(std::string_view name) const = 0;
  /// Whether such a class has a method of this name; true for classes that are not known.
  [[nodiscard]] virtual bool hasMethod(std::string_view name, std::string_view method) const = 0;
  /// The value of __cplusplus; 0 for C.
  [[nodiscard]] virtual long cplusplus() const = 0;
};

} // namespace session_tidy
