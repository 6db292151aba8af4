// Tokens, brackets and lines of one file.
#include "fix/Code.h"

#include <algorithm>
#include <cctype>

namespace session_tidy::fix {

Code::Code(std::uint32_t file, const std::string& text, const IsMacro& isMacro)
    : file_(file), source_(text), tokens_(tokenize(source_.text(), isMacro)) {
  matchBrackets();
  findUnit();
  for (const Token& token : tokens_)
    if (token.kind == Token::Kind::Word || token.kind == Token::Kind::Directive) {
      // What a macro is made of counts as used.
      const std::string_view all = this->text({token.begin, token.end});
      for (std::size_t at = 0; at < all.size();) {
        const std::size_t end =
            std::find_if(all.begin() + static_cast<std::ptrdiff_t>(at), all.end(),
                         [](unsigned char c) { return std::isalnum(c) == 0 && c != '_'; }) -
            all.begin();
        if (end > at) {
          words_.emplace(all.substr(at, end - at));
          if (token.kind == Token::Kind::Directive) macroWords_.emplace(all.substr(at, end - at));
        }
        at = end + 1;
      }
    }
}

void Code::matchBrackets() {
  partners_.assign(tokens_.size(), noToken);
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < tokens_.size(); ++i) {
    const std::string_view sign = word(i);
    if (tokens_[i].kind != Token::Kind::Sign) continue;
    if (sign == "(" || sign == "[" || sign == "{") open.push_back(i);
    if (sign != ")" && sign != "]" && sign != "}") continue;
    const char wanted = sign == ")" ? '(' : sign == "]" ? '[' : '{';
    if (open.empty() || word(open.back())[0] != wanted) continue;
    partners_[i] = open.back();
    partners_[open.back()] = i;
    open.pop_back();
  }
}

// The step that occurs most between a line that ends in '{' and the next one.
void Code::findUnit() {
  std::map<std::string, unsigned> seen;
  for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
    if (!is(i, "{") || is(i + 1, "}")) continue;
    const std::size_t here = tokens_[i].begin;
    const std::size_t next = tokens_[i + 1].begin;
    if (lineBegin(here) == lineBegin(next)) continue;
    const std::string_view outer = indentAt(here);
    const std::string_view inner = indentAt(next);
    if (inner.size() > outer.size() && inner.substr(0, outer.size()) == outer)
      ++seen[std::string(inner.substr(outer.size()))];
  }
  unsigned most = 0;
  for (const auto& [step, count] : seen)
    if (count > most) {
      most = count;
      unit_ = step;
    }
}

std::string_view Code::word(std::size_t token) const {
  if (token >= tokens_.size()) return {};
  return text({tokens_[token].begin, tokens_[token].end});
}

std::size_t Code::tokenAt(std::size_t offset) const {
  const auto at =
      std::lower_bound(tokens_.begin(), tokens_.end(), offset,
                       [](const Token& token, std::size_t wanted) { return token.begin < wanted; });
  return static_cast<std::size_t>(at - tokens_.begin());
}

std::optional<Span> Code::span(const SourceRange& range) const {
  if (range.inMacro || !range.isValid() || range.file != file_) return std::nullopt;
  const auto begin = source_.offset(range.begin);
  const auto end = source_.offset(range.end);
  if (!begin || !end || *begin > *end) return std::nullopt;
  return Span{*begin, *end};
}

std::size_t Code::lineBegin(std::size_t offset) const {
  const std::size_t end = offset == 0 ? std::string_view::npos : text().rfind('\n', offset - 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

std::size_t Code::lineEnd(std::size_t offset) const {
  const std::size_t end = text().find('\n', offset);
  return end == std::string_view::npos ? text().size() : end + 1;
}

std::string_view Code::indentAt(std::size_t offset) const {
  std::string_view line = text().substr(lineBegin(offset));
  if (line.substr(0, 3) == "\xef\xbb\xbf") line.remove_prefix(3);
  const std::size_t end = line.find_first_not_of(" \t");
  return line.substr(0, end == std::string_view::npos ? line.size() : end);
}

bool Code::isBlank(std::size_t begin, std::size_t end) const {
  return text().substr(begin, end - begin).find_first_not_of(" \t\r\n") == std::string_view::npos;
}

std::string Code::freeName(const std::string& wanted, const std::vector<std::string>& taken,
                           std::size_t scope, std::size_t place) const {
  auto& given = given_[scope];
  const auto key = std::pair(place, wanted);
  if (const auto known = given.find(key); known != given.end()) return known->second;
  std::string name = wanted;
  const auto isGiven = [&] {
    return std::any_of(given.begin(), given.end(),
                       [&](const auto& entry) { return entry.second == name; });
  };
  const auto isTaken = [&] {
    return macroWords_.count(name) != 0 || std::binary_search(taken.begin(), taken.end(), name);
  };
  for (unsigned number = 2; isTaken() || isGiven(); ++number)
    name = wanted + std::to_string(number);
  given.emplace(key, name);
  return name;
}

Edit Code::edit(const Span& span, std::string text) const {
  SourceRange range;
  range.file = file_;
  range.begin = source_.position(span.begin);
  range.end = source_.position(span.end);
  return {.range = range, .text = std::move(text)};
}

} // namespace session_tidy::fix
