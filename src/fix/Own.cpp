// Letting an owner hold what a raw pointer held.
#include "fix/Owner.h"

#include <algorithm>
#include <cctype>

namespace session_tidy::fix {

using Kind = Statement::Kind;

namespace {

Declaration refuse(Declaration declaration, std::string why) {
  declaration.obstacle = std::move(why);
  return declaration;
}

/// Reads what stands between the name and the semicolon.
Declaration readValue(const Code& code, Declaration declaration, std::size_t semicolon) {
  const std::size_t name = declaration.nameToken;
  std::size_t first = name + 1;
  std::size_t last = semicolon - 1;
  if (first <= last && code.is(first, "=")) {
    ++first;
  } else if (first <= last) {
    if ((!code.is(first, "(") && !code.is(first, "{")) || code.partner(first) != last)
      return refuse(declaration, "its declaration could not be read");
    ++first;
    --last;
  }
  for (std::size_t i = first; i <= last; ++i) {
    if (code.is(i, ",")) return refuse(declaration, "it is declared together with others");
    if (code.partner(i) != noToken && code.partner(i) > i) i = code.partner(i);
  }
  if (first > last) return declaration;
  declaration.firstOfValue = first;
  declaration.lastOfValue = last;
  return declaration;
}

std::string rawName(const std::string& name) {
  if (name.find('_') != std::string::npos) return "raw_" + name;
  std::string result = "raw" + name;
  result[3] = static_cast<char>(std::toupper(static_cast<unsigned char>(result[3])));
  return result;
}

/// The plan for one variable.
class OwnPlan {
public:
  explicit OwnPlan(const Site& site)
      : site_(site), code_(site.code), body_(site.body), remedy_(site.remedy),
        declaration_(readDeclaration(site)) {}

  Plan run() {
    if (!declaration_.obstacle.empty()) return Plan::no(declaration_.obstacle);
    const auto acquired = code_.span(remedy_.at);
    if (!acquired) return Plan::no("it is made in a macro");
    if (body_.around(*acquired) == noStatement) return Plan::no("it is made in another function");
    acquired_ = *acquired;
    if (body_.hasGoto()) return Plan::no("the function uses goto");
    if (site_.cplusplus < 201103) return Plan::no("there is no std::unique_ptr before C++11");
    if (declaredInSwitch()) return Plan::no("it is declared in a switch");
    const bool deletes = remedy_.fromNew || remedy_.byDelete;
    const std::string closer = deletes ? "" : closerName();
    if (!deletes && closer.empty()) return Plan::no("how it is released is not known");
    if (declaration_.type.empty()) declaration_.type = remedy_.type;
    OwnerUses uses(site_, declaration_, closer);
    uses.run(acquired_);
    if (!uses.obstacle().empty()) return Plan::no(uses.obstacle());
    name_ = std::string(code_.word(declaration_.nameToken));
    changes_ = uses.changes();
    edits_ = std::move(uses.edits());
    if (deletes) {
      pointee_ = "std::unique_ptr<" + declaration_.type + ">";
    } else {
      Deleter deleter = deleterFor(site_, declaration_.type, closer);
      pointee_ = "std::unique_ptr<" + declaration_.type + ", " + deleter.name + ">";
      if (deleter.insertion) edits_.push_back(*deleter.insertion);
    }
    const std::string trouble = uses.addresses().empty() ? declareOwner() : fill(uses.addresses());
    if (!trouble.empty()) return Plan::no(trouble);
    unwrapTries(site_, uses.removed(), edits_);
    if (auto include = includeEdit(code_, "<memory>")) edits_.push_back(*include);
    return {.fix = {.description = "let a std::unique_ptr own '" + name_ + "'",
                    .safe = !remedy_.doubtful,
                    .edits = std::move(edits_)},
            .obstacle = {}};
  }

private:
  /// The function that the library releases it by; otherwise the one that this code calls.
  [[nodiscard]] std::string closerName() const {
    if (!remedy_.closer.empty()) return remedy_.closer;
    for (const SourceRange& range : remedy_.ends) {
      const auto call = code_.span(range);
      if (!call) continue;
      const std::size_t open = code_.text(*call).find('(');
      const std::string name(code_.text(*call).substr(0, open));
      const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '_' || c == ':';
      });
      const std::string rest(code_.text({call->begin + name.size(), call->end}));
      if (plain && rest == "(" + remedy_.object + ")") return name;
    }
    return {};
  }

  [[nodiscard]] bool declaredInSwitch() const {
    const StatementId block = body_.blockOf(declaration_.statement);
    if (block == noStatement) return false;
    const StatementId around = body_.at(block).parent;
    return around != noStatement && body_.at(around).kind == Kind::Switch;
  }

  [[nodiscard]] std::string constness() const { return changes_ ? "" : "const "; }

  // ---- `T* v = make();`

  std::string declareOwner() {
    const Span whole = body_.span(declaration_.statement);
    if (declaration_.firstOfValue == noToken || isNull(declaration_.firstOfValue)) {
      edits_.push_back(code_.edit({whole.begin, whole.end - 1}, pointee_ + " " + name_));
      return {};
    }
    const Span value = code_.spanOf(declaration_.firstOfValue, declaration_.lastOfValue);
    if (value != acquired_ && !(remedy_.fromNew && code_.is(declaration_.firstOfValue, "new")))
      return "'" + name_ + "' is made inside of a larger expression";
    if (remedy_.fromNew && canMakeUnique()) return declareMakeUnique(whole);
    edits_.push_back(
        code_.edit({whole.begin, value.begin}, constness() + pointee_ + " " + name_ + "("));
    edits_.push_back(code_.edit({value.end, whole.end - 1}, ")"));
    return {};
  }

  [[nodiscard]] bool isNull(std::size_t token) const {
    const bool null = code_.is(token, "nullptr") || code_.is(token, "NULL") || code_.is(token, "0");
    return null && declaration_.firstOfValue == declaration_.lastOfValue;
  }

  /// The bracket after the type in `new T(...)`, or noToken.
  [[nodiscard]] std::size_t argumentsOpen() const {
    for (std::size_t i = declaration_.firstOfValue + 1; i <= declaration_.lastOfValue; ++i)
      if (code_.is(i, "(") || code_.is(i, "{") || code_.is(i, "[")) return i;
    return noToken;
  }

  /// Some arguments cannot be handed through a template: braces, a null that is a number.
  [[nodiscard]] bool canMakeUnique() const {
    const std::size_t open = argumentsOpen();
    if (site_.cplusplus < 201402) return false;
    if (open == noToken) return true;
    if (!code_.is(open, "(") || code_.partner(open) != declaration_.lastOfValue ||
        open == declaration_.firstOfValue + 1)
      return false;
    for (std::size_t i = open + 1; i < declaration_.lastOfValue; ++i)
      if (code_.is(i, "{") || code_.is(i, "NULL") || code_.is(i, "0") || code_.isMacro(i))
        return false;
    return true;
  }

  std::string declareMakeUnique(const Span& whole) {
    const std::size_t open = argumentsOpen();
    const std::size_t typeFirst = declaration_.firstOfValue + 1;
    const std::size_t typeLast = open == noToken ? declaration_.lastOfValue : open - 1;
    const std::string type(code_.text(code_.spanOf(typeFirst, typeLast)));
    const std::string spelled =
        type == declaration_.type || declaration_.isAuto ? "auto" : pointee_;
    const std::size_t end = code_.tokens()[typeLast].end;
    edits_.push_back(code_.edit({whole.begin, end}, constness() + spelled + " " + name_ +
                                                        " = std::make_unique<" + type + ">" +
                                                        (open == noToken ? "()" : "")));
    // `v{new T(...)}` and `v(new T(...))` close once more.
    const std::size_t valueEnd = code_.tokens()[declaration_.lastOfValue].end;
    if (valueEnd != whole.end - 1) edits_.push_back(code_.edit({valueEnd, whole.end - 1}, ""));
    return {};
  }

  // ---- `open(path, &v)`

  std::string fill(const std::vector<std::size_t>& addresses) {
    if (declaration_.firstOfValue != noToken && !isNull(declaration_.firstOfValue))
      return "'" + name_ + "' has another value first";
    raw_ = code_.freeName(rawName(name_), remedy_.taken, scope(),
                          code_.tokens()[declaration_.nameToken].begin);
    const Token& name = code_.tokens()[declaration_.nameToken];
    const bool bare = declaration_.firstOfValue == noToken;
    edits_.push_back(
        code_.edit({name.begin, name.end},
                   raw_ + (bare && code_.is(declaration_.nameToken + 1, ";") ? " = nullptr" : "")));
    const bool direct = addresses.size() == 1 && isDirect(addresses.front());
    if (!direct) {
      changes_ = true;
      const std::string indent(code_.indentAt(name.begin));
      insertBehind(body_.span(declaration_.statement).end, indent, pointee_ + " " + name_ + ";");
    }
    for (const std::size_t address : addresses) {
      const std::string trouble = fillAt(address, direct);
      if (!trouble.empty()) return trouble;
    }
    return {};
  }

  [[nodiscard]] std::size_t scope() const { return code_.span(remedy_.body)->begin; }

  /// The first mention of all, in the declaration's own block.
  [[nodiscard]] bool isDirect(std::size_t address) const {
    for (std::size_t i = declaration_.nameToken + 1; i < address; ++i)
      if (code_.is(i, name_) && !code_.is(i - 1, ".") && !code_.is(i - 1, "->")) return false;
    const StatementId around = body_.around(code_.spanOf(address, address));
    return body_.blockOf(around) == body_.blockOf(declaration_.statement);
  }

  std::string fillAt(std::size_t address, bool direct) {
    std::size_t open = address;
    while (open > 0 && !(code_.is(open, "(") && code_.partner(open) != noToken &&
                         code_.partner(open) > address))
      --open;
    const std::size_t close = code_.partner(open);
    std::size_t first = open - 1;
    if (!code_.isWord(first) || code_.isMacro(first))
      return "the address of '" + name_ + "' is taken";
    while (first >= 2 && code_.is(first - 1, "::")) first -= code_.isWord(first - 2) ? 2 : 1;
    const Span call = code_.spanOf(first, close);
    const bool known =
        call == acquired_ ||
        code_.text(code_.spanOf(first, open)) ==
            code_.text(acquired_).substr(0, code_.text(code_.spanOf(first, open)).size());
    if (!known) return "the address of '" + name_ + "' is taken";
    edits_.push_back(code_.edit(code_.spanOf(address, address), raw_));
    const std::string takeOver = direct ? constness() + pointee_ + " " + name_ + "(" + raw_ + ");"
                                        : name_ + ".reset(" + raw_ + ");";
    return hoist(first, close, takeOver);
  }

  /// On a line of its own, behind a comment that ends the line.
  void insertBehind(std::size_t end, const std::string& indent, const std::string& text) {
    const std::size_t lineEnd = code_.lineEnd(end);
    const std::size_t next = code_.tokenAt(end);
    const bool lastOnLine =
        (next >= code_.tokens().size() || code_.tokens()[next].begin >= lineEnd) && lineEnd > end &&
        code_.text()[lineEnd - 1] == '\n';
    if (lastOnLine && code_.text({end, lineEnd}).find("/*") == std::string_view::npos)
      edits_.push_back(code_.insert(lineEnd, indent + text + "\n"));
    else
      edits_.push_back(code_.insert(end, "\n" + indent + text));
  }

  /// Puts a statement behind a call: behind its own statement, or between it and the `if` that asks
  /// for its result.
  std::string hoist(std::size_t first, std::size_t last, const std::string& text) {
    const StatementId id = body_.around(code_.spanOf(first, last));
    const Statement& statement = body_.at(id);
    const std::string indent(code_.indentAt(body_.span(id).begin));
    if (body_.blockOf(id) == noStatement) return "it is opened in a branch without braces";
    if (statement.kind == Kind::Simple) {
      for (std::size_t i = statement.first; i < first; ++i)
        if (code_.is(i, "&&") || code_.is(i, "||") || code_.is(i, "?"))
          return "it is opened inside of a larger expression";
      for (std::size_t i = last; i < statement.last; ++i)
        if (code_.is(i, name_)) return "it is opened inside of a larger expression";
      insertBehind(body_.span(id).end, indent, text);
      return {};
    }
    if (statement.kind != Kind::If) return "it is opened in the head of a loop or a return";
    const std::size_t headClose = code_.partner(statement.headOpen);
    std::size_t semicolon = noToken;
    for (std::size_t i = statement.headOpen + 1; i < headClose; ++i) {
      if (code_.is(i, ";")) semicolon = i;
      if (code_.partner(i) != noToken && code_.partner(i) > i) i = code_.partner(i);
    }
    if (semicolon != noToken) return hoistInit(id, last, semicolon, indent, text);
    return hoistCondition(id, first, last, indent, text);
  }

  /// `if (int rc = open(&v); rc != OK)`: the variable comes before the `if`.
  std::string hoistInit(StatementId id, std::size_t last, std::size_t semicolon,
                        const std::string& indent, const std::string& text) {
    const Statement& statement = body_.at(id);
    if (last > semicolon) return "it is opened inside of a larger expression";
    // The variable now lives on: its name must be free from here to the block's end.
    std::size_t variable = semicolon;
    for (std::size_t i = statement.headOpen + 1; i < semicolon && variable == semicolon; ++i)
      if (code_.is(i, "=") || code_.is(i, "{") || code_.is(i, "(")) variable = i - 1;
    const StatementId block = body_.blockOf(id);
    for (std::size_t i = body_.at(block).first; i < body_.at(block).last; ++i) {
      const bool inside = i >= statement.first && i <= statement.last;
      if (!inside && code_.is(i, code_.word(variable)))
        return "'" + std::string(code_.word(variable)) + "' is used outside of the 'if' as well";
    }
    edits_.push_back(
        code_.edit({body_.span(id).begin, code_.tokens()[statement.headOpen].end}, ""));
    edits_.push_back(
        code_.edit({code_.tokens()[semicolon].end, code_.tokens()[semicolon + 1].begin},
                   "\n" + indent + text + "\n" + indent + "if ("));
    return {};
  }

  /// `if (open(&v) != OK)`, `if ((rc = open(&v)) != OK)`, `if (!open(&v))`.
  std::string hoistCondition(StatementId id, std::size_t first, std::size_t last,
                             const std::string& indent, const std::string& text) {
    const Statement& statement = body_.at(id);
    std::size_t prefixEnd = first; // tokens [headOpen + 1, prefixEnd) go behind the call
    std::string result;
    std::string start;
    if (code_.is(first - 1, "=") && code_.isWord(first - 2)) {
      result = std::string(code_.word(first - 2));
      prefixEnd = first - 2;
      start = result + " = ";
      if (code_.isWord(first - 3)) return "it is opened inside of a larger expression";
    } else {
      result = code_.freeName(resultName(code_.word(first)), remedy_.taken, scope(),
                              code_.tokens()[first].begin);
      start = "const auto " + result + " = ";
    }
    for (std::size_t i = statement.headOpen + 1; i < prefixEnd; ++i) {
      const std::string_view word = code_.word(i);
      const bool plain = word == "(" || word == "!" || word == "==" || word == "!=" ||
                         (code_.isWord(i) && (code_.is(i + 1, "==") || code_.is(i + 1, "!=")));
      if (!plain) return "it is opened inside of a larger expression";
    }
    // The parentheses of `(rc = open(&v)) != OK` have nothing left to hold together.
    std::size_t tail = last;
    while (prefixEnd > statement.headOpen + 1 && code_.partner(prefixEnd - 1) == tail + 1) {
      --prefixEnd;
      ++tail;
    }
    const std::string prefix(prefixEnd == statement.headOpen + 1
                                 ? std::string_view()
                                 : code_.text({code_.tokens()[statement.headOpen + 1].begin,
                                               code_.tokens()[prefixEnd].begin}));
    edits_.push_back(code_.edit({body_.span(id).begin, code_.tokens()[first].begin}, start));
    edits_.push_back(code_.edit({code_.tokens()[last].end, code_.tokens()[tail].end},
                                ";\n" + indent + text + "\n" + indent + "if (" + prefix + result));
    return {};
  }

  static std::string resultName(std::string_view callee) {
    if (callee.find("open") != std::string_view::npos) return "opened";
    if (callee.find("prepare") != std::string_view::npos) return "prepared";
    return "result";
  }

  const Site& site_;
  const Code& code_;
  const Body& body_;
  const Remedy& remedy_;
  Declaration declaration_;
  Span acquired_;
  std::string name_;
  std::string pointee_; ///< the owner's type
  std::string raw_;     ///< name of the plain pointer that the open call fills in
  bool changes_ = false;
  std::vector<Edit> edits_;
};

} // namespace

Declaration readDeclaration(const Site& site) {
  const Code& code = site.code;
  Declaration declaration;
  const auto declared = code.span(site.remedy.declared);
  if (!declared || !site.remedy.local || site.remedy.object.empty())
    return refuse(declaration, "it has no variable of its own in this function");
  declaration.statement = site.body.around(*declared);
  if (declaration.statement == noStatement)
    return refuse(declaration, "it is declared in another function");
  const Statement& statement = site.body.at(declaration.statement);
  if (statement.kind != Kind::Simple)
    return refuse(declaration, "it is declared in the head of a statement");
  const std::size_t name = code.tokenAt(declared->begin);
  declaration.nameToken = name;
  if (!code.is(name, site.remedy.object))
    return refuse(declaration, "its declaration could not be read");
  std::size_t star = name - 1;
  if (code.is(star, "const")) --star;
  const bool isAuto = code.is(star, "auto") || (code.is(star, "*") && code.is(star - 1, "auto"));
  if (!code.is(star, "*") && !isAuto)
    return refuse(declaration, "its type is not written as a pointer");
  declaration.isAuto = isAuto;
  for (std::size_t i = statement.first; i < star; ++i) {
    if (code.is(i, "static") || code.is(i, "thread_local") || code.is(i, "extern"))
      return refuse(declaration, "it outlives the function");
    if (code.is(i, "*") || code.isMacro(i) || code.is(i, ","))
      return refuse(declaration, "its declaration could not be read");
  }
  if (!isAuto) {
    if (star == statement.first) return refuse(declaration, "its declaration could not be read");
    declaration.type = std::string(code.text(code.spanOf(statement.first, star - 1)));
  }
  return readValue(code, declaration, statement.last);
}

Plan own(const Site& site) {
  return OwnPlan(site).run();
}

} // namespace session_tidy::fix
