// Letting a generator live as long as its session, and run to its end.
#include "fix/Owner.h"

#include <algorithm>
#include <array>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

/// The type that a function returns, as written in front of its name; empty if it is not plain.
std::string returnType(const Code& code, std::size_t bodyOpen) {
  std::size_t at = bodyOpen;
  while (at > 0 && (code.is(at - 1, "const") || code.is(at - 1, "noexcept") ||
                    code.is(at - 1, "override") || code.is(at - 1, "final")))
    --at;
  if (at == 0 || !code.is(at - 1, ")") || code.partner(at - 1) == noToken) return {};
  std::size_t name = code.partner(at - 1) - 1;
  if (!code.isWord(name)) return {};
  while (name >= 2 && code.is(name - 1, "::") && code.isWord(name - 2)) name -= 2;
  std::size_t first = name;
  while (first > 0) {
    const std::string_view word = code.word(first - 1);
    const bool part = code.isWord(first - 1) || word == "::" || word == "*" || word == "&" ||
                      word == "<" || word == ">" || (word == "," && first > 1);
    if (!part || code.isMacro(first - 1) || code.tokens()[first - 1].kind == Token::Kind::Directive)
      break;
    --first;
  }
  static constexpr std::array<std::string_view, 7> specifiers{
      "static", "inline", "virtual", "constexpr", "explicit", "friend", "extern"};
  while (first < name &&
         std::find(specifiers.begin(), specifiers.end(), code.word(first)) != specifiers.end())
    ++first;
  if (first == name || code.is(first, "template") || code.is(first, "auto") ||
      code.is(first, "else"))
    return {};
  return std::string(code.text(code.spanOf(first, name - 1)));
}

class GeneratorPlan {
public:
  explicit GeneratorPlan(const Site& site) : site_(site), code_(site.code), body_(site.body) {}

  Plan run() {
    const auto at = code_.span(site_.remedy.at);
    if (!at) return Plan::no("it stands in a macro");
    const StatementId id = body_.around(*at);
    if (id == noStatement) return Plan::no("it stands in another function");
    if (body_.at(id).kind == Kind::Simple) return nameGenerator(id);
    loop_ = loopAround(id);
    if (loop_ == noStatement) return Plan::no("the loop could not be found");
    return finishLoop();
  }

private:
  // ---- `*sessions().begin()`: the generator gets a name

  Plan nameGenerator(StatementId id) {
    const Statement& statement = body_.at(id);
    if (body_.blockOf(id) == noStatement) return Plan::no("it is not a statement of its own");
    for (std::size_t i = statement.first; i + 1 < statement.last; ++i) {
      if (!code_.is(i, ".") || !code_.is(i + 1, "begin") || !code_.is(i - 1, ")")) continue;
      const std::size_t open = code_.partner(i - 1);
      if (open == noToken || open < statement.first || !code_.isWord(open - 1)) continue;
      std::size_t first = open - 1;
      while (first > statement.first + 1 &&
             (code_.is(first - 1, "::") || code_.is(first - 1, ".") || code_.is(first - 1, "->")) &&
             code_.isWord(first - 2))
        first -= 2;
      const Span call = code_.spanOf(first, i - 1);
      const std::string name = code_.freeName("generator", site_.remedy.taken, scope(), call.begin);
      const std::string indent(code_.indentAt(body_.span(id).begin));
      Plan plan;
      plan.fix.description = "keep the generator in a variable";
      plan.fix.edits.push_back(
          code_.insert(body_.span(id).begin,
                       "auto " + name + " = " + std::string(code_.text(call)) + ";\n" + indent));
      plan.fix.edits.push_back(code_.edit(call, name));
      return plan;
    }
    return Plan::no("a session cannot outlive the generator that owns it");
  }

  // ---- the loop goes on to its end

  [[nodiscard]] StatementId loopAround(StatementId id) const {
    for (StatementId up = body_.at(id).parent; up != noStatement; up = body_.at(up).parent) {
      const Statement& statement = body_.at(up);
      if (statement.kind == Kind::Switch) return noStatement;
      if (statement.kind != Kind::Loop) continue;
      if (!code_.is(statement.first, "for")) return noStatement;
      for (std::size_t i = statement.headOpen; i < code_.partner(statement.headOpen); ++i)
        if (code_.is(i, ":")) return up;
      return noStatement;
    }
    return noStatement;
  }

  Plan finishLoop() {
    if (body_.blockOf(loop_) == noStatement) return Plan::no("the loop is a branch without braces");
    std::vector<Edit> edits;
    bool returns = false;
    for (StatementId id = 0; id < body_.all().size(); ++id) {
      if (!body_.isInside(id, loop_) || id == loop_) continue;
      const Statement& statement = body_.at(id);
      const bool breaks = code_.is(statement.first, "break");
      if (statement.kind != Kind::Return && !breaks) continue;
      if (breaks && innerTarget(id) != loop_) continue;
      if (!breaks && loopAround(id) != loop_)
        return Plan::no("it is left out of an inner loop or switch");
      if (breaks)
        edits.push_back(code_.edit(code_.spanOf(statement.first, statement.first), "continue"));
      else if (std::string trouble = keepResult(id, edits); !trouble.empty())
        return Plan::no(trouble);
      returns = returns || !breaks;
    }
    if (edits.empty()) return Plan::no("what leaves the loop could not be found");
    if (returns && !type_.empty()) declareResult(edits);
    return {.fix = {.description = "let the loop over the generator run to its end",
                    .safe = true,
                    .edits = std::move(edits)},
            .obstacle = {}};
  }

  /// The loop or switch that a break leaves.
  [[nodiscard]] StatementId innerTarget(StatementId id) const {
    for (StatementId up = body_.at(id).parent; up != noStatement; up = body_.at(up).parent)
      if (body_.at(up).kind == Kind::Loop || body_.at(up).kind == Kind::Switch) return up;
    return noStatement;
  }

  std::string keepResult(StatementId id, std::vector<Edit>& edits) {
    const Statement& statement = body_.at(id);
    if (code_.is(statement.first, "co_return")) return "the function is a coroutine itself";
    if (statement.last == statement.first + 1) {
      if (!body_.after(loop_).empty() || body_.blockOf(loop_) != body_.root())
        return "what follows the loop would run, too";
      edits.push_back(code_.edit(code_.spanOf(statement.first, statement.first), "continue"));
      return {};
    }
    type_ = returnType(code_, code_.tokenAt(code_.span(site_.remedy.body)->begin));
    if (type_.empty() || type_.find('&') != std::string::npos)
      return "the function's result cannot be kept in a variable";
    name_ = code_.freeName("result", site_.remedy.taken, scope(), body_.span(loop_).begin);
    const StatementId block = body_.blockOf(id);
    const bool last =
        block != noStatement && body_.at(block).parent == loop_ && body_.after(id).empty();
    const Span word = code_.spanOf(statement.first, statement.first);
    const std::string indent(code_.indentAt(word.begin));
    if (last) {
      edits.push_back(code_.edit(word, name_ + " ="));
    } else if (block != noStatement) {
      edits.push_back(code_.edit(word, name_ + " ="));
      edits.push_back(code_.insert(body_.span(id).end, "\n" + indent + "continue;"));
    } else {
      edits.push_back(code_.edit(word, "{ " + name_ + " ="));
      edits.push_back(code_.insert(body_.span(id).end, " continue; }"));
    }
    return {};
  }

  void declareResult(std::vector<Edit>& edits) const {
    const Span loop = body_.span(loop_);
    const std::string indent(code_.indentAt(loop.begin));
    edits.push_back(
        code_.insert(loop.begin, "std::optional<" + type_ + "> " + name_ + ";\n" + indent));
    edits.push_back(code_.insert(loop.end, "\n" + indent + "if (" + name_ + ")\n" + indent +
                                               code_.indentUnit() + "return *" + name_ + ";"));
    if (auto include = includeEdit(code_, "<optional>")) edits.push_back(*include);
  }

  [[nodiscard]] std::size_t scope() const { return body_.span(body_.root()).begin; }

  const Site& site_;
  const Code& code_;
  const Body& body_;
  StatementId loop_ = noStatement;
  std::string type_; ///< of the function's result, once one is kept
  std::string name_; ///< of the variable that keeps it
};

} // namespace

Plan finishGenerator(const Site& site) {
  return GeneratorPlan(site).run();
}

} // namespace session_tidy::fix
