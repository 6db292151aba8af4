// One struct per handle type that ends it: found in the file or put before the code that needs it.
#include "fix/Includes.h"
#include "fix/Owner.h"

#include <cctype>
#include <vector>

namespace session_tidy::fix {

namespace {

std::string camel(std::string_view name) {
  std::string result;
  bool start = true;
  for (const char c : name) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) {
      start = true;
      continue;
    }
    result += start ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    start = false;
  }
  return result;
}

/// The namespaces around a token, outermost first ("" for an unnamed one).
struct Scope {
  std::vector<std::string> namespaces;
  std::size_t inside = noToken; ///< the brace of the outermost thing that is no namespace
};

Scope scopeOf(const Code& code, std::size_t token) {
  Scope scope;
  for (std::size_t i = 0; i < token; ++i) {
    const std::size_t close = code.partner(i);
    if (close == noToken || close < i) continue;
    if (close < token || !code.is(i, "{")) {
      if (close < token) i = close;
      continue;
    }
    std::size_t first = i;
    while (first > 0 && (code.isWord(first - 1) || code.is(first - 1, "::")) &&
           !code.is(first, "namespace"))
      --first;
    if (code.is(first, "namespace")) {
      std::string name;
      for (std::size_t part = first + 1; part < i; ++part) name += code.word(part);
      scope.namespaces.push_back(name);
    } else if (!(i > 1 && code.is(i - 2, "extern"))) {
      scope.inside = i;
      return scope;
    }
  }
  return scope;
}

std::string joined(const std::vector<std::string>& namespaces) {
  std::string path;
  for (const std::string& name : namespaces) path += name + "::";
  return path;
}

/// Whether the braces hold one operator() and a call of the closer.
bool isDeleter(const Code& code, std::size_t open, const std::string& closer) {
  bool calls = false;
  std::size_t operators = 0;
  for (std::size_t i = open + 1; i < code.partner(open); ++i) {
    if (code.is(i, "operator") && code.is(i + 1, "(") && code.is(i + 2, ")")) ++operators;
    const std::string_view rest = code.text({code.tokens()[i].begin, code.text().size()});
    if (operators == 1 && !code.is(i - 1, "::") && rest.starts_with(closer + "(")) calls = true;
  }
  return calls && operators == 1;
}

/// The name of a struct above `before`, visible there, that calls the closer in its operator();
/// empty without one.
std::string existing(const Code& code, const std::string& closer, std::size_t before) {
  const std::string here = joined(scopeOf(code, code.tokenAt(before)).namespaces);
  for (std::size_t i = 0; i + 2 < code.tokens().size() && code.tokens()[i].begin < before; ++i) {
    if ((!code.is(i, "struct") && !code.is(i, "class")) || !code.isWord(i + 1)) continue;
    if (!code.is(i + 2, "{") || code.partner(i + 2) == noToken) continue;
    if (!isDeleter(code, i + 2, closer)) continue;
    const Scope scope = scopeOf(code, i);
    if (scope.inside == noToken && here.starts_with(joined(scope.namespaces)))
      return std::string(code.word(i + 1));
  }
  return {};
}

/// The first token of the declaration, of those right in its namespace, that a token stands in.
std::size_t declarationStart(const Code& code, std::size_t token) {
  const Scope scope = scopeOf(code, token);
  std::size_t start = scope.inside == noToken ? token : scope.inside;
  while (start > 0) {
    const std::size_t previous = start - 1;
    if (code.is(previous, ";") || code.is(previous, "{") ||
        code.tokens()[previous].kind == Token::Kind::Directive)
      break;
    const std::size_t partner = code.partner(previous);
    if (code.is(previous, "}") && partner != noToken) {
      // The end of what comes before, unless it is an initialiser: `f(x) : a{1}, b{2} {`.
      if (!code.is(start, ",") && !code.is(start, "{")) break;
      start = partner;
      continue;
    }
    start = (code.is(previous, ")") || code.is(previous, "]")) && partner != noToken ? partner
                                                                                     : previous;
  }
  return start;
}

/// Where the declaration's line begins, or the first of the comment lines that touch it.
std::size_t withComments(const Code& code, std::size_t token) {
  std::size_t at = code.lineBegin(code.tokens()[token].begin);
  bool inside = false; // a comment of several lines, of which the end was seen
  while (at > 0) {
    const std::size_t previous = code.lineBegin(at - 1);
    const std::size_t text = previous + code.indentAt(previous).size();
    const std::string_view line = code.text({text, code.lineEnd(previous)});
    const bool opens = line.find("/*") != std::string_view::npos;
    const bool ends = line.find("*/") != std::string_view::npos && line.starts_with("*");
    if (!inside && !ends && !line.starts_with("//") && !line.starts_with("/*")) break;
    inside = (inside || ends) && !opens;
    at = previous;
  }
  return at;
}

} // namespace

Deleter deleterFor(const Site& site, const std::string& type, const std::string& closer) {
  const Code& code = site.code;
  const std::size_t body = code.span(site.remedy.body)->begin;
  if (std::string name = existing(code, closer, body); !name.empty())
    return {.name = name, .insertion = {}};
  const std::string bare =
      closer.substr(closer.rfind(':') == std::string::npos ? 0 : closer.rfind(':') + 1);
  // The same name for all functions of the file: the struct is put there once.
  std::string name = camel(bare) + "Deleter";
  while (code.uses(name)) name += "_";
  const std::string unit = code.indentUnit();
  Deleter deleter{.name = name, .insertion = {}};
  const std::size_t inside = code.tokenAt(body);
  deleter.insertion =
      code.insert(withComments(code, declarationStart(code, inside)),
                  "struct " + name + " {\n" + unit + "void operator()(" + type +
                      "* handle) const noexcept { " + closer + "(handle); }\n};\n\n");
  deleter.insertion->once = "deleter " + joined(scopeOf(code, inside).namespaces) + closer;
  return deleter;
}

std::optional<Edit> includeEdit(const Code& code, const std::string& header) {
  const auto place = placeOfInclude(code.source(), header);
  if (!place) return std::nullopt;
  Edit edit = code.insert(place->offset, place->text);
  edit.once = "include " + header;
  return edit;
}

} // namespace session_tidy::fix
