// Names for things while a body is lowered: places (variables and members of them) and what
// expressions give.
#pragma once

#include "ir/Ir.h"
#include "lower/ClangHeaders.h"

#include <compare>
#include <string>
#include <vector>

namespace session_tidy::lower {

struct Activation;

/// A variable, `this`, or a temporary, and the members that lead from it to what is meant.
struct Place {
  enum class Root : std::uint8_t { Variable, This, Temporary };

  Root rootKind = Root::Variable;
  const void* root =
      nullptr; ///< VarDecl, CXXRecordDecl of `this`, or the expression that makes the temporary
  unsigned instance = 0; ///< which copy of the function's body: callees are written in place
  std::vector<const clang::FieldDecl*> path;

  friend auto operator<=>(const Place&, const Place&) = default;

  [[nodiscard]] Place member(const clang::FieldDecl* field) const {
    Place inner = *this;
    inner.path.push_back(field);
    return inner;
  }
  [[nodiscard]] const clang::VarDecl* variable() const {
    return rootKind == Root::Variable ? static_cast<const clang::VarDecl*>(root) : nullptr;
  }
  /// Whether this place is, or is inside, `outer`.
  [[nodiscard]] bool within(const Place& outer) const;
};

/// What an expression gives, as far as it matters here.
struct Value {
  enum class Is : std::uint8_t {
    Unknown,
    Place,   ///< the thing at `place`, or what it holds
    Address, ///< a pointer to `place`
    Slot,    ///< what `slot` holds
    Null,
    Constant, ///< `constant`
    Variable, ///< the plain value in `variable`
    Text,     ///< string literal, or how a longer text begins
    Texts,    ///< `text` where `variable` is true, `otherText` where it is not
    Lambda,
  };

  Is is = Is::Unknown;
  Place place;
  std::optional<Place> leadsTo; ///< a pointer in `variable`: to the thing there
  ir::SlotId slot = ir::none;
  ir::VarId variable = ir::none;
  std::int64_t constant = 0;
  std::string text;
  std::string otherText;
  const clang::LambdaExpr* lambda = nullptr;
  bool moved = false; ///< went through std::move, or is a temporary: may be taken over

  [[nodiscard]] bool isText() const { return is == Is::Text || is == Is::Texts; }

  static Value at(Place place) {
    Value value;
    value.is = Is::Place;
    value.place = std::move(place);
    return value;
  }
  static Value addressOf(Place place) {
    Value value = at(std::move(place));
    value.is = Is::Address;
    return value;
  }
  static Value inSlot(ir::SlotId slot) {
    Value value;
    value.is = Is::Slot;
    value.slot = slot;
    return value;
  }
  static Value null() {
    Value value;
    value.is = Is::Null;
    return value;
  }
  static Value ofText(std::string text) {
    Value value;
    value.is = Is::Text;
    value.text = std::move(text);
    return value;
  }
  static Value of(std::int64_t constant) {
    Value value;
    value.is = Is::Constant;
    value.constant = constant;
    return value;
  }
  static Value inVariable(ir::VarId variable) {
    Value value;
    value.is = Is::Variable;
    value.variable = variable;
    return value;
  }
};

/// One function body being written: the root function, or a callee in place of its call.
struct Activation {
  unsigned instance = 0;
  const Activation* caller = nullptr;
  const clang::FunctionDecl* function = nullptr;
  ir::FrameId frame = ir::none;
  SourceRange call; ///< the outermost call, in the root function
  Value thisObject;
  std::size_t depth = 0; ///< of the cleanup stack when it was entered
  ir::BlockId returnTo = ir::none;
  bool writtenInRoot = false;   ///< a lambda of the root function that a callee calls back
  clang::SourceRange leavingAt; ///< where the caller is leaving scopes
  ir::SlotId resultSlot = ir::none;
  ir::VarId resultVariable = ir::none;
  Place resultPlace; ///< for objects with sessions inside
  bool returnsAggregate = false;
  ir::SlotId shown = ir::none; ///< what a returned view or text looks into
  Value result;                ///< when every return gives the same
  bool sawReturn = false;
};

} // namespace session_tidy::lower
