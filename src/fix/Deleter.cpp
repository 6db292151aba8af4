// One struct per handle type that ends it: found in the file or put before the code that needs it.
#include "fix/Includes.h"
#include "fix/Owner.h"

#include <cctype>

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

/// The name of a struct above `before` that calls the closer in its operator(); empty without one.
std::string existing(const Code& code, const std::string& closer, std::size_t before) {
  for (std::size_t i = 0; i + 2 < code.tokens().size() && code.tokens()[i].begin < before; ++i) {
    if ((!code.is(i, "struct") && !code.is(i, "class")) || !code.isWord(i + 1)) continue;
    if (!code.is(i + 2, "{") || code.partner(i + 2) == noToken) continue;
    bool calls = false;
    std::size_t operators = 0;
    for (std::size_t j = i + 3; j < code.partner(i + 2); ++j) {
      if (code.is(j, "operator") && code.is(j + 1, "(") && code.is(j + 2, ")")) ++operators;
      if (code.is(j, closer) && code.is(j + 1, "(") && operators == 1) calls = true;
    }
    if (calls && operators == 1) return std::string(code.word(i + 1));
  }
  return {};
}

/// The start of the outermost declaration around an offset, its comments above included.
std::size_t outermost(const Code& code, std::size_t offset) {
  std::size_t start = 0;
  bool fresh = true;
  for (std::size_t i = 0; i < code.tokens().size() && code.tokens()[i].begin <= offset; ++i) {
    if (code.tokens()[i].kind == Token::Kind::Directive) {
      fresh = true;
      continue;
    }
    if (fresh) start = i;
    fresh = code.is(i, ";");
    const bool opens = code.is(i, "{") || code.is(i, "(") || code.is(i, "[");
    if (!opens || code.partner(i) == noToken) continue;
    if (code.tokens()[code.partner(i)].begin > offset) break;
    fresh = code.is(i, "{") && !code.is(code.partner(i) + 1, ";") &&
            !code.is(code.partner(i) + 1, ",") && !code.is(code.partner(i) + 1, "(");
    i = code.partner(i);
  }
  std::size_t at = code.lineBegin(code.tokens()[start].begin);
  while (at > 0) {
    const std::size_t previous = code.lineBegin(at - 1);
    const std::size_t text = previous + code.indentAt(previous).size();
    const std::string_view line = code.text({text, code.lineEnd(previous)});
    const bool comment = line.starts_with("//") || line.starts_with("/*") || line.starts_with("*");
    // A divider or a note that stands alone belongs to nobody; only what touches the code moves.
    if (!comment) break;
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
  deleter.insertion = code.insert(
      outermost(code, body), "struct " + name + " {\n" + unit + "void operator()(" + type +
                                 "* handle) const noexcept { " + closer + "(handle); }\n};\n\n");
  deleter.insertion->once = "deleter " + closer;
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
