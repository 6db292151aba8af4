// The statements of one function body, read from its tokens.
//
// Reads what fixes have to know and no more: where statements begin and end and how they nest.
// Lambdas and initialisers stay inside the statement they stand in. What cannot be read for sure
// (conditional compilation, macros that hide braces) makes the whole body unreadable: no fix is
// better than a wrong one.
#pragma once

#include "fix/Code.h"

#include <optional>
#include <vector>

namespace session_tidy::fix {

using StatementId = std::size_t;
inline constexpr StatementId noStatement = static_cast<StatementId>(-1);

struct Statement {
  enum class Kind : std::uint8_t {
    Compound,
    Simple, ///< expression or declaration, with its semicolon
    Return, ///< co_return as well
    Jump,   ///< break, continue, goto, throw
    If,
    Loop,
    Switch,
    Try,
    Handler, ///< from `catch` to its closing brace; its child is the block
    Label,   ///< also `case` and `default`; without the statement after it
  };
  Kind kind = Kind::Simple;
  std::size_t first = 0;          ///< token
  std::size_t last = 0;           ///< token, inclusive
  std::size_t headOpen = noToken; ///< the parenthesis of if, loops, switch and handlers
  StatementId parent = noStatement;
  std::vector<StatementId> children; ///< If: then, else. Try: block, handlers
};

class Body {
public:
  /// `body`: with its braces. A body that cannot be read says why.
  Body(const Code& code, const Span& body);

  [[nodiscard]] const std::string& trouble() const { return trouble_; }
  [[nodiscard]] const Code& code() const { return code_; }
  [[nodiscard]] const Statement& at(StatementId id) const { return statements_[id]; }
  [[nodiscard]] const std::vector<Statement>& all() const { return statements_; }
  [[nodiscard]] StatementId root() const { return 0; }
  [[nodiscard]] Span span(StatementId id) const { return code_.spanOf(at(id).first, at(id).last); }

  /// The innermost statement around a span.
  [[nodiscard]] StatementId around(const Span& span) const;
  [[nodiscard]] bool isInside(StatementId inner, StatementId outer) const;
  /// The block that a statement stands directly in; none if it is a branch without braces.
  [[nodiscard]] StatementId blockOf(StatementId id) const;
  /// The statements after this one in its block, in order.
  [[nodiscard]] std::vector<StatementId> after(StatementId id) const;
  /// The statement that is this call (or `(void)` and the call) and nothing else.
  [[nodiscard]] StatementId wholeStatement(const Span& call) const;
  /// Whether it or anything in it leaves: return, break, continue, goto, throw.
  [[nodiscard]] bool leaves(StatementId id) const;
  [[nodiscard]] bool hasGoto() const { return hasGoto_; }

  /// The edit that takes a statement away, with its line if nothing else stands there.
  [[nodiscard]] Edit remove(StatementId id) const;
  /// What `remove` would take.
  [[nodiscard]] Span removal(StatementId id) const;

private:
  StatementId add(Statement::Kind kind, std::size_t first, StatementId parent);
  /// Reads the statement at a token; returns the token after it.
  std::size_t statement(std::size_t token, StatementId parent);
  std::size_t block(std::size_t token, StatementId parent);
  std::size_t controlled(std::size_t token, StatementId parent, Statement::Kind kind);
  std::size_t tryStatement(std::size_t token, StatementId parent);
  std::size_t doLoop(std::size_t token, StatementId parent);
  std::size_t simple(std::size_t token, StatementId parent, Statement::Kind kind);
  std::size_t label(std::size_t token, StatementId parent);
  std::size_t give(std::string why);

  const Code& code_;
  std::vector<Statement> statements_;
  std::size_t end_ = 0; ///< the token after the body
  std::string trouble_;
  bool hasGoto_ = false;
};

} // namespace session_tidy::fix
