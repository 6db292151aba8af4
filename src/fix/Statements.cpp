// Reading statements: recursive descent over tokens.
#include "fix/Statements.h"

#include <algorithm>

namespace session_tidy::fix {

using Kind = Statement::Kind;

Body::Body(const Code& code, const Span& body) : code_(code) {
  const std::size_t first = code.tokenAt(body.begin);
  if (!code.is(first, "{") || code.partner(first) == noToken) {
    trouble_ = "the function's body is not written with braces of its own";
    return;
  }
  end_ = code.partner(first) + 1;
  for (std::size_t i = first; i < end_; ++i)
    if (code.tokens()[i].kind == Token::Kind::Directive) {
      trouble_ = "the function has preprocessor lines in its body";
      return;
    }
  block(first, noStatement);
}

StatementId Body::add(Kind kind, std::size_t first, StatementId parent) {
  Statement statement;
  statement.kind = kind;
  statement.first = first;
  statement.last = first;
  statement.parent = parent;
  statements_.push_back(std::move(statement));
  const StatementId id = statements_.size() - 1;
  if (parent != noStatement) statements_[parent].children.push_back(id);
  return id;
}

std::size_t Body::give(std::string why) {
  if (trouble_.empty()) trouble_ = std::move(why);
  return end_;
}

std::size_t Body::block(std::size_t token, StatementId parent) {
  const StatementId id = add(Kind::Compound, token, parent);
  const std::size_t close = code_.partner(token);
  if (close == noToken || close >= end_) return give("the function's braces do not match");
  for (std::size_t at = token + 1; at < close && trouble_.empty();) at = statement(at, id);
  statements_[id].last = close;
  return close + 1;
}

std::size_t Body::statement(std::size_t token, StatementId parent) {
  const std::string_view word = code_.word(token);
  if (word == "{") return block(token, parent);
  if (word == "if") return controlled(token, parent, Kind::If);
  if (word == "for" || word == "while") return controlled(token, parent, Kind::Loop);
  if (word == "switch") return controlled(token, parent, Kind::Switch);
  if (word == "do") return doLoop(token, parent);
  if (word == "try") return tryStatement(token, parent);
  if (word == "return" || word == "co_return") return simple(token, parent, Kind::Return);
  if (word == "goto") hasGoto_ = true;
  if (word == "break" || word == "continue" || word == "goto" || word == "throw")
    return simple(token, parent, Kind::Jump);
  if (word == "case" || word == "default") return label(token, parent);
  if (word == "else" || word == "catch" || word == "asm")
    return give("the function's statements could not be read");
  if (code_.isWord(token) && code_.is(token + 1, ":") && word != "public") {
    hasGoto_ = true;
    return label(token, parent);
  }
  return simple(token, parent, Kind::Simple);
}

std::size_t Body::controlled(std::size_t token, StatementId parent, Kind kind) {
  const StatementId id = add(kind, token, parent);
  std::size_t at = token + 1;
  while (code_.is(at, "constexpr") || code_.is(at, "co_await")) ++at;
  if (code_.is(at, "!") || code_.is(at, "consteval")) return give("the function uses consteval");
  if (!code_.is(at, "(") || code_.partner(at) == noToken)
    return give("the function's statements could not be read");
  statements_[id].headOpen = at;
  at = code_.partner(at) + 1;
  while (code_.is(at, "[") && code_.is(at + 1, "[")) at = code_.partner(at) + 1; // [[likely]]
  at = statement(at, id);
  if (kind == Kind::If && at < end_ && code_.is(at, "else")) {
    ++at;
    while (code_.is(at, "[") && code_.is(at + 1, "[")) at = code_.partner(at) + 1;
    at = statement(at, id);
  }
  statements_[id].last = at - 1;
  return at;
}

std::size_t Body::doLoop(std::size_t token, StatementId parent) {
  const StatementId id = add(Kind::Loop, token, parent);
  std::size_t at = statement(token + 1, id);
  if (!code_.is(at, "while") || !code_.is(at + 1, "("))
    return give("the function's statements could not be read");
  statements_[id].headOpen = at + 1;
  at = code_.partner(at + 1);
  if (at == noToken || !code_.is(at + 1, ";"))
    return give("the function's statements could not be read");
  statements_[id].last = at + 1;
  return at + 2;
}

std::size_t Body::tryStatement(std::size_t token, StatementId parent) {
  const StatementId id = add(Kind::Try, token, parent);
  if (!code_.is(token + 1, "{")) return give("the function's statements could not be read");
  std::size_t at = block(token + 1, id);
  while (at < end_ && trouble_.empty() && code_.is(at, "catch")) {
    const StatementId handler = add(Kind::Handler, at, id);
    if (!code_.is(at + 1, "(") || code_.partner(at + 1) == noToken)
      return give("the function's statements could not be read");
    statements_[handler].headOpen = at + 1;
    at = code_.partner(at + 1) + 1;
    if (!code_.is(at, "{")) return give("the function's statements could not be read");
    at = block(at, handler);
    statements_[handler].last = at - 1;
  }
  statements_[id].last = at - 1;
  return at;
}

std::size_t Body::label(std::size_t token, StatementId parent) {
  const StatementId id = add(Kind::Label, token, parent);
  std::size_t at = token;
  while (at < end_ && !code_.is(at, ":") && !code_.is(at, ";") && !code_.is(at, "}")) {
    const bool opens = code_.is(at, "(") || code_.is(at, "{");
    at = opens && code_.partner(at) != noToken ? code_.partner(at) + 1 : at + 1;
  }
  if (!code_.is(at, ":")) return give("the function's statements could not be read");
  statements_[id].last = at;
  return at + 1;
}

std::size_t Body::simple(std::size_t token, StatementId parent, Kind kind) {
  const StatementId id = add(kind, token, parent);
  std::size_t at = token;
  while (at < end_ && !code_.is(at, ";")) {
    const std::string_view sign = code_.word(at);
    if (sign == "}" || sign == ")" || sign == "]")
      return give("a macro hides a part of the function");
    if (sign == "(" || sign == "[" || sign == "{") {
      const std::size_t close = code_.partner(at);
      if (close == noToken) return give("the function's brackets do not match");
      // FOREACH(x, list) {...}: a statement of its own kind, whose end is not known here.
      if (sign == "(" && at > 0 && code_.isMacro(at - 1) && at - 1 == token &&
          (code_.is(close + 1, "{") || code_.isWord(close + 1)))
        return give("a macro hides a part of the function");
      at = close + 1;
      continue;
    }
    ++at;
  }
  if (at >= end_) return give("the function's statements could not be read");
  statements_[id].last = at;
  return at + 1;
}

StatementId Body::around(const Span& span) const {
  if (statements_.empty() || !this->span(root()).contains(span)) return noStatement;
  StatementId id = root();
  for (;;) {
    const auto& children = at(id).children;
    const auto inner = std::find_if(children.begin(), children.end(), [&](StatementId child) {
      return this->span(child).contains(span);
    });
    if (inner == children.end()) return id;
    id = *inner;
  }
}

bool Body::isInside(StatementId inner, StatementId outer) const {
  for (StatementId id = inner; id != noStatement; id = at(id).parent)
    if (id == outer) return true;
  return false;
}

StatementId Body::blockOf(StatementId id) const {
  const StatementId parent = at(id).parent;
  return parent != noStatement && at(parent).kind == Kind::Compound ? parent : noStatement;
}

std::vector<StatementId> Body::after(StatementId id) const {
  const StatementId block = blockOf(id);
  if (block == noStatement) return {};
  const auto& all = at(block).children;
  return {std::find(all.begin(), all.end(), id) + 1, all.end()};
}

StatementId Body::wholeStatement(const Span& call) const {
  const StatementId id = around(call);
  if (id == noStatement || at(id).kind != Kind::Simple) return noStatement;
  std::size_t first = at(id).first;
  if (code_.is(first, "(") && code_.is(first + 1, "void") && code_.is(first + 2, ")")) first += 3;
  const Span whole = code_.spanOf(first, at(id).last - 1);
  return whole == call ? id : noStatement;
}

bool Body::leaves(StatementId id) const {
  const Kind kind = at(id).kind;
  if (kind == Kind::Return || kind == Kind::Jump) return true;
  return std::any_of(at(id).children.begin(), at(id).children.end(),
                     [&](StatementId child) { return leaves(child); });
}

Span Body::removal(StatementId id) const {
  Span span = this->span(id);
  const std::size_t lineBegin = code_.lineBegin(span.begin);
  const std::size_t lineEnd = code_.lineEnd(span.end);
  const bool aloneBefore = code_.isBlank(lineBegin, span.begin);
  const bool aloneAfter = code_.isBlank(span.end, lineEnd);
  if (aloneBefore && aloneAfter) {
    span = {lineBegin, lineEnd};
    // A blank line before would be left in front of the closing brace.
    if (lineBegin == 0) return span;
    const std::size_t previous = code_.lineBegin(lineBegin - 1);
    const std::size_t next = lineEnd;
    const std::string_view indent = code_.indentAt(next);
    const bool closes = code_.text().substr(next + indent.size(), 1) == "}";
    if (code_.isBlank(previous, lineBegin) && closes) span.begin = previous;
    return span;
  }
  // `a(); close();` loses the space before, `close(); // why` the one after.
  if (aloneAfter || !aloneBefore)
    while (span.begin > lineBegin && code_.isBlank(span.begin - 1, span.begin)) --span.begin;
  else
    while (span.end < lineEnd && code_.isBlank(span.end, span.end + 1)) ++span.end;
  return span;
}

Edit Body::remove(StatementId id) const {
  return code_.edit(removal(id), "");
}

} // namespace session_tidy::fix
