// Reads and prints effects.
#include "model/EffectText.h"

#include "model/Names.h"
#include "model/Suggest.h"

#include <charconv>

namespace session_tidy::model {

namespace {

using std::string_view;

// No modelled call has more; a bigger number is a typing mistake.
constexpr unsigned mostArguments = 32;

struct Word {
  string_view text;
  std::size_t offset = 0;
};

std::vector<Word> splitWords(string_view text) {
  std::vector<Word> words;
  std::size_t i = 0;
  while (i < text.size()) {
    if (text[i] == ' ') {
      ++i;
      continue;
    }
    const std::size_t end = std::min(text.find(' ', i), text.size());
    words.push_back({.text = text.substr(i, end - i), .offset = i});
    i = end;
  }
  return words;
}

std::optional<std::uint8_t> argumentNumber(string_view word) {
  if (!word.starts_with("arg") || word.size() == 3) return std::nullopt;
  unsigned number = 0;
  const char* end = word.data() + word.size();
  const auto [stopped, problem] = std::from_chars(word.data() + 3, end, number);
  if (problem != std::errc() || stopped != end || number >= mostArguments) return std::nullopt;
  return static_cast<std::uint8_t>(number);
}

std::optional<Operand> operandOf(string_view word) {
  if (word == "this") return Operand{.base = Operand::Base::This, .index = 0, .pointee = false};
  if (word == "result") return Operand{.base = Operand::Base::Result, .index = 0, .pointee = false};
  const bool pointee = word.starts_with('*');
  if (pointee) word.remove_prefix(1);
  if (const auto index = argumentNumber(word))
    return Operand{.base = Operand::Base::Argument, .index = *index, .pointee = pointee};
  return std::nullopt;
}

bool isClause(string_view word) {
  return word == "on" || word == "as" || word == "text" || word == "held";
}

bool mayNameKind(Op op) {
  return op == Op::Open || op == Op::Acquire || op == Op::Begin || op == Op::Derive ||
         op == Op::Move;
}

bool mayHangOn(Op op) {
  return op == Op::Open || op == Op::Acquire || op == Op::GiveBack || op == Op::Begin ||
         op == Op::Derive || op == Op::Move;
}

class EffectParser {
public:
  EffectParser(string_view text, CallContext context)
      : text_(text), words_(splitWords(text)), context_(context) {}

  std::variant<ParsedEffect, EffectError> parse() {
    if (readOp() && readSubject() && readClauses() && checkWhole()) return parsed_;
    return error_;
  }

private:
  [[nodiscard]] bool atEnd() const { return next_ == words_.size(); }
  [[nodiscard]] Word peek() const {
    return atEnd() ? Word{.text = {}, .offset = text_.size()} : words_[next_];
  }

  bool fail(std::size_t offset, std::string message, std::string hint) {
    error_ = {.offset = offset, .message = std::move(message), .hint = std::move(hint)};
    return false;
  }

  bool readOp() {
    if (atEnd()) return fail(0, "empty effect", "expected an operation such as 'use' or 'commit'");
    const Word word = words_[next_++];
    const auto op = fromName<Op>(word.text);
    if (!op) {
      return fail(word.offset, "unknown operation '" + std::string(word.text) + "'",
                  suggestion(word.text, allNames<Op>()));
    }
    parsed_.effect.op = *op;
    return true;
  }

  bool readSubject() {
    if (!atEnd() && !isClause(peek().text)) return readOperand(parsed_.effect.subject);
    if (context_ == CallContext::Function)
      return fail(peek().offset,
                  "'" + std::string(name(parsed_.effect.op)) + "' of a function needs a subject",
                  "expected 'result', 'argN' or '*argN'");
    return true;
  }

  bool readOperand(Operand& operand) {
    if (atEnd())
      return fail(text_.size(), "the effect ends too early", "expected an operand such as 'arg0'");
    const Word word = words_[next_++];
    const auto read = operandOf(word.text);
    if (!read) {
      return fail(word.offset, "'" + std::string(word.text) + "' is no operand",
                  "expected 'this', 'result', 'argN' or '*argN' with N from 0");
    }
    if (read->base == Operand::Base::This && context_ == CallContext::Function)
      return fail(word.offset, "a function has no 'this'", "expected 'result', 'argN' or '*argN'");
    if (read->base == Operand::Base::Result && context_ == CallContext::Constructor)
      return fail(word.offset, "a constructor has no 'result'",
                  "expected 'this', 'argN' or '*argN'");
    operand = *read;
    return true;
  }

  bool readClauses() {
    while (!atEnd()) {
      const Word word = words_[next_++];
      if (!readClause(word)) return false;
    }
    return true;
  }

  bool readClause(const Word& word) {
    if (word.text == "on") return readOn(word);
    if (word.text == "as") return readAs(word);
    if (word.text == "text") return readText(word);
    if (word.text == "held") return readHeld(word);
    if (word.text == "named") return readNamed(word);
    if (word.text == "reading") return readPurpose(word, parsed_.effect.reading);
    if (word.text == "writing") return readPurpose(word, parsed_.effect.writing);
    return fail(word.offset, "unexpected '" + std::string(word.text) + "'",
                suggestion(word.text, {"on", "as", "text", "named", "held", "reading", "writing"}));
  }

  bool twice(const Word& word) {
    return fail(word.offset, "'" + std::string(word.text) + "' is here twice", {});
  }

  bool notFor(const Word& word, string_view what) {
    return fail(word.offset,
                "'" + std::string(word.text) + "' makes no sense with '" +
                    std::string(name(parsed_.effect.op)) + "'",
                std::string(what));
  }

  bool readOn(const Word& word) {
    Effect& effect = parsed_.effect;
    if (effect.on) return twice(word);
    if (!mayHangOn(effect.op))
      return notFor(word, "only open, acquire, give-back, begin, derive and move are on something");
    Operand on;
    if (!readOperand(on)) return false;
    if (on == effect.subject)
      return fail(words_[next_ - 1].offset, "an effect cannot be on its own subject", {});
    effect.on = on;
    return true;
  }

  bool readAs(const Word& word) {
    if (!parsed_.effect.kind.empty()) return twice(word);
    if (!mayNameKind(parsed_.effect.op))
      return notFor(word, "only open, acquire, begin, derive and move make something");
    if (atEnd()) return fail(text_.size(), "the effect ends too early", "expected a kind");
    parsed_.kindOffset = peek().offset;
    parsed_.effect.kind = std::string(words_[next_++].text);
    return true;
  }

  bool readText(const Word& word) {
    if (parsed_.effect.sqlArgument) return twice(word);
    if (parsed_.effect.op != Op::Sql && parsed_.effect.op != Op::Derive &&
        parsed_.effect.op != Op::Use)
      return notFor(word, "only sql, derive and use have a text");
    const Word argument = peek();
    const auto index = argumentNumber(argument.text);
    if (!index)
      return fail(argument.offset, "'text' needs the argument with the SQL",
                  "expected 'argN' with N from 0");
    ++next_;
    parsed_.effect.sqlArgument = index;
    return true;
  }

  bool readHeld(const Word& word) {
    if (parsed_.effect.heldOnFailure) return twice(word);
    if (parsed_.effect.op != Op::Open) return notFor(word, "only open can leave something held");
    parsed_.effect.heldOnFailure = true;
    return true;
  }

  bool readNamed(const Word& word) {
    if (parsed_.effect.nameArgument) return twice(word);
    if (parsed_.effect.op != Op::Open && parsed_.effect.op != Op::Use)
      return notFor(word, "only open and use find something by its name");
    const Word argument = peek();
    const auto index = argumentNumber(argument.text);
    if (!index)
      return fail(argument.offset, "'named' needs the argument with the name",
                  "expected 'argN' with N from 0");
    ++next_;
    parsed_.effect.nameArgument = index;
    return true;
  }

  bool readPurpose(const Word& word, bool& purpose) {
    if (parsed_.effect.reading || parsed_.effect.writing) return twice(word);
    if (parsed_.effect.op != Op::Begin)
      return notFor(word, "only begin can be for reading only, or for writing");
    purpose = true;
    return true;
  }

  bool checkWhole() {
    const Effect& effect = parsed_.effect;
    if (effect.op == Op::Sql && !effect.sqlArgument)
      return fail(text_.size(), "'sql' needs the argument with the text", "expected 'text argN'");
    if ((effect.op == Op::Acquire || effect.op == Op::Move) && !effect.on)
      return fail(text_.size(), "'" + std::string(name(effect.op)) + "' needs what it takes from",
                  "expected 'on' and an operand");
    return true;
  }

  string_view text_;
  std::vector<Word> words_;
  CallContext context_;
  std::size_t next_ = 0;
  ParsedEffect parsed_;
  EffectError error_;
};

} // namespace

std::variant<ParsedEffect, EffectError> parseEffect(string_view text, CallContext context) {
  return EffectParser(text, context).parse();
}

std::string printOperand(const Operand& operand) {
  if (operand.base == Operand::Base::This) return "this";
  if (operand.base == Operand::Base::Result) return "result";
  return (operand.pointee ? "*arg" : "arg") + std::to_string(operand.index);
}

std::string printEffect(const Effect& effect, CallContext context) {
  std::string out(name(effect.op));
  if (context == CallContext::Function || effect.subject != Operand{})
    out += " " + printOperand(effect.subject);
  if (effect.on) out += " on " + printOperand(*effect.on);
  if (!effect.kind.empty()) out += " as " + effect.kind;
  if (effect.sqlArgument) out += " text arg" + std::to_string(*effect.sqlArgument);
  if (effect.nameArgument) out += " named arg" + std::to_string(*effect.nameArgument);
  if (effect.heldOnFailure) out += " held";
  if (effect.reading) out += " reading";
  if (effect.writing) out += " writing";
  return out;
}

} // namespace session_tidy::model
