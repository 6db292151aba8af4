// Reads the session IR from its text form (see IrText.h).
#include "ir/IrCursor.h"
#include "ir/IrText.h"
#include "ir/IrWords.h"

#include <charconv>
#include <unordered_map>

namespace session_tidy::ir {
namespace {

using namespace words;

class Parser {
public:
  explicit Parser(std::string_view text) : lexed_(lex(text)) {}

  ParseResult run() {
    if (lexed_.errorAt.isValid())
      return {std::nullopt, {lexed_.errorAt, "this quote is never closed"}};
    collectLabels();
    for (const auto& line : lexed_.lines) {
      if (!error_.message.empty()) break;
      Cursor cursor(line, error_);
      parseLine(cursor);
    }
    finishFunction();
    if (!error_.message.empty()) return {std::nullopt, error_};
    return {std::move(unit_), {}};
  }

private:
  using Names = std::unordered_map<std::string, std::uint32_t>;

  /// Blocks may be named before they come, so their labels are read first, function by function.
  void collectLabels() {
    for (const auto& line : lexed_.lines) {
      if (line[0].isWord("function"))
        labels_.emplace_back();
      else if (line[0].isWord("block") && line.size() > 1 && !labels_.empty())
        labels_.back().emplace(line[1].text, static_cast<BlockId>(labels_.back().size()));
    }
  }

  void parseLine(Cursor& cursor) {
    const std::string word = cursor.peek().text;
    if (cursor.accept("file"))
      unit_.files.push_back(cursor.done() ? "" : cursor.next().text);
    else if (cursor.accept("kind"))
      parseKind(cursor);
    else if (cursor.accept("function"))
      parseFunction(cursor);
    else if (unit_.functions.empty())
      cursor.fail("'" + word + "' before any function");
    else if (cursor.accept("names"))
      parseNames(cursor);
    else if (cursor.accept("slot"))
      parseSlot(cursor);
    else if (cursor.accept("var"))
      parseVariable(cursor);
    else if (cursor.accept("loop"))
      parseLoop(cursor);
    else if (cursor.accept("frame"))
      parseFrame(cursor);
    else if (cursor.accept("block"))
      parseBlock(cursor);
    else
      parseStatement(cursor);
    if (!cursor.done()) cursor.fail("'" + cursor.peek().text + "' is not understood here");
  }

  void parseKind(Cursor& cursor) {
    model::Kind kind;
    kind.id = cursor.name("the kind's id");
    if (cursor.done()) return cursor.fail("expected the kind's role");
    if (auto role = valueOf(roleWords, cursor.peek().text))
      kind.role = *role;
    else
      return cursor.fail("unknown role '" + cursor.peek().text + "'");
    cursor.next();
    while (!cursor.done()) parseKindAttribute(cursor, kind);
    if (kind.display.empty()) kind.display = kind.id;
    kinds_.emplace(kind.id, static_cast<KindId>(unit_.kinds.size()));
    unit_.kinds.push_back(std::move(kind));
  }

  void parseKindAttribute(Cursor& cursor, model::Kind& kind) {
    const std::string word = cursor.peek().text;
    if (auto flag = valueOf(kindFlags, word)) {
      kind.*(*flag) = true;
      cursor.next();
      return;
    }
    if (word.empty() || word.back() != '=')
      return cursor.fail("unknown attribute '" + word + "' of a kind");
    const auto text = valueOf(kindTexts, std::string_view(word).substr(0, word.size() - 1));
    if (text) {
      cursor.next();
      kind.*(*text) = cursor.glued();
    } else if (cursor.accept("type=")) {
      kind.types.push_back(cursor.glued());
    } else if (cursor.accept("destruction=")) {
      chooseGlued(cursor, destructionWords, kind.destruction);
    } else if (cursor.accept("dirtyreturn=")) {
      chooseGlued(cursor, dirtyReturnWords, kind.dirtyReturn);
    } else {
      cursor.fail("unknown attribute '" + word + "' of a kind");
    }
  }

  template <class T, std::size_t N>
  static void chooseGlued(Cursor& cursor, const std::array<Word<T>, N>& table, T& target) {
    const std::string text = cursor.glued();
    if (auto value = valueOf(table, text))
      target = *value;
    else
      cursor.fail("unknown value '" + text + "'");
  }

  void parseFunction(Cursor& cursor) {
    finishFunction();
    Function function;
    function.name = cursor.name("the function's name");
    while (!cursor.done()) {
      const std::string word = cursor.peek().text;
      if (auto kind = valueOf(functionWords, word))
        function.kind = *kind, cursor.next();
      else if (auto flag = valueOf(functionFlags, word))
        function.*(*flag) = true, cursor.next();
      else if (cursor.accept("id="))
        function.id = cursor.glued();
      else if (cursor.accept("body="))
        cursor.gluedPlace(function.body);
      else if (!cursor.acceptPlace(function.range))
        return cursor.fail("unknown attribute '" + word + "' of a function");
    }
    slots_.clear();
    variables_.clear();
    unit_.functions.push_back(std::move(function));
    ++functionIndex_;
  }

  Function& function() { return unit_.functions.back(); }

  void parseNames(Cursor& cursor) {
    while (!cursor.done()) function().takenNames.push_back(cursor.next().text);
  }

  void parseSlot(Cursor& cursor) {
    Slot slot;
    slot.name = cursor.name("the slot's name");
    if (cursor.accept(":")) slot.kind = parseKindName(cursor);
    while (!cursor.done()) {
      const std::string word = cursor.peek().text;
      if (auto holding = valueOf(holdingWords, word))
        slot.holding = *holding, cursor.next();
      else if (auto storage = valueOf(storageWords, word))
        slot.storage = *storage, cursor.next();
      else if (auto flag = valueOf(slotFlags, word))
        slot.*(*flag) = true, cursor.next();
      else if (cursor.accept("database="))
        slot.database = cursor.glued();
      else if (!cursor.acceptPlace(slot.declared))
        return cursor.fail("unknown attribute '" + word + "' of a slot");
    }
    slots_.emplace(slot.name, static_cast<SlotId>(function().slots.size()));
    function().slots.push_back(std::move(slot));
  }

  KindId parseKindName(Cursor& cursor) {
    if (cursor.done()) return cursor.fail("expected the slot's kind"), none;
    const std::string name = cursor.peek().text;
    const auto found = kinds_.find(name);
    if (found == kinds_.end()) return cursor.fail("unknown kind '" + name + "'"), none;
    cursor.next();
    return found->second;
  }

  void parseVariable(Cursor& cursor) {
    Variable variable;
    variable.name = cursor.name("the variable's name");
    variable.outlives = cursor.accept("outlives");
    variable.noted = cursor.accept("noted");
    if (cursor.accept("initially"))
      variable.initial = cursor.number<std::int64_t>("the initial value");
    variables_.emplace(variable.name, static_cast<VarId>(function().variables.size()));
    function().variables.push_back(std::move(variable));
  }

  void parseLoop(Cursor& cursor) {
    Loop loop;
    if (cursor.accept("in")) loop.parent = cursor.number<LoopId>("the outer loop's number");
    loop.draining = cursor.accept("draining");
    cursor.acceptPlace(loop.range);
    function().loops.push_back(loop);
  }

  void parseFrame(Cursor& cursor) {
    Frame frame;
    frame.callee = cursor.name("the callee's name");
    if (cursor.accept("in")) frame.parent = cursor.number<FrameId>("the outer frame's number");
    frame.own = cursor.accept("own");
    cursor.acceptPlace(frame.call);
    function().frames.push_back(std::move(frame));
  }

  void parseBlock(Cursor& cursor) {
    fallThrough();
    Block block;
    const std::string label = cursor.name("the block's label");
    if (labels_[functionIndex_ - 1][label] != function().blocks.size())
      return cursor.fail("block '" + label + "' exists already");
    while (!cursor.done() && !cursor.accept(":")) {
      if (cursor.accept("unwind="))
        block.unwind = parseLabel(cursor);
      else if (cursor.accept("thrown="))
        block.thrown.push_back(cursor.glued());
      else if (!cursor.acceptPlace(block.range))
        return cursor.fail("unknown attribute '" + cursor.peek().text + "' of a block");
    }
    function().blocks.push_back(std::move(block));
    open_ = true;
    if (!cursor.done()) parseStatement(cursor);
  }

  BlockId parseLabel(Cursor& cursor) {
    if (cursor.done()) return cursor.fail("expected a block"), none;
    const auto& labels = labels_[functionIndex_ - 1];
    const auto found = labels.find(cursor.peek().text);
    if (found == labels.end())
      return cursor.fail("unknown block '" + cursor.peek().text + "'"), none;
    cursor.next();
    return found->second;
  }

  /// A block that does not say how it ends goes on to the next.
  void fallThrough() {
    if (!open_) return;
    Block& block = function().blocks.back();
    block.exit = Exit::Jump;
    block.targets = {static_cast<BlockId>(function().blocks.size())};
    open_ = false;
  }

  void finishFunction() {
    if (open_ && error_.message.empty()) {
      error_.position = lexed_.lines.back().front().position;
      error_.message = "the last block of '" + function().name + "' does not say how it ends";
    }
    open_ = false;
  }

  void parseStatement(Cursor& cursor) {
    const std::string word = cursor.peek().text;
    if (!open_) return cursor.fail("'" + word + "' stands outside a block");
    if (auto op = valueOf(opWords, word)) {
      cursor.next();
      parseEvent(cursor, *op);
    } else if (auto exit = valueOf(exitWords, word)) {
      cursor.next();
      function().blocks.back().exit = *exit;
      parseExit(cursor, function().blocks.back());
      open_ = false;
    } else {
      cursor.fail("unknown operation '" + word + "'");
    }
  }

  void parseEvent(Cursor& cursor, Op op) {
    Event event;
    event.op = op;
    if (isVariableOp(op))
      parseVariableOp(cursor, event);
    else if (!cursor.done() && isReference(cursor.peek()))
      event.subject = parseReference(cursor, slots_, function().slots.size(), "slot");
    while (!cursor.done()) parseEventAttribute(cursor, event);
    function().blocks.back().events.push_back(std::move(event));
  }

  static bool isReference(const Token& token) {
    if (token.type == Token::Type::Name) return true;
    return token.type == Token::Type::Word && !isEventWord(token.text) &&
           token.text.front() != '@' && token.text.back() != '=' && token.text != "->";
  }

  void parseVariableOp(Cursor& cursor, Event& event) {
    event.variable = parseVariableName(cursor);
    if (event.op == Op::Add) {
      cursor.expect("by");
      event.value = cursor.number<std::int64_t>("a number");
      return;
    }
    if (!cursor.accept("=")) return;
    if (event.op == Op::Measure) {
      event.otherVariable = parseVariableName(cursor);
      cursor.expect(">=");
      event.value = cursor.number<std::int64_t>("a number");
      return;
    }
    if (event.op == Op::Set)
      event.value = cursor.number<std::int64_t>("a number");
    else
      event.otherVariable = parseVariableName(cursor);
  }

  VarId parseVariableName(Cursor& cursor) {
    if (cursor.accept("-")) return none;
    return parseReference(cursor, variables_, function().variables.size(), "variable");
  }

  static std::uint32_t parseReference(Cursor& cursor, const Names& names, std::size_t count,
                                      std::string_view what) {
    if (cursor.done()) return cursor.fail("expected a " + std::string(what)), none;
    const Token& token = cursor.peek();
    if (token.type == Token::Type::Word && token.text.front() == '#') {
      std::uint32_t id = none;
      std::from_chars(token.text.data() + 1, token.text.data() + token.text.size(), id);
      if (id >= count)
        return cursor.fail("there is no " + std::string(what) + " " + token.text), none;
      cursor.next();
      return id;
    }
    const auto found = names.find(token.text);
    if (found == names.end())
      return cursor.fail("unknown " + std::string(what) + " '" + token.text + "'"), none;
    cursor.next();
    return found->second;
  }

  void parseEventAttribute(Cursor& cursor, Event& event) {
    const Token token = cursor.peek();
    if (token.type == Token::Type::Text) {
      event.text = cursor.next().text;
      return;
    }
    if (cursor.acceptPlace(event.range)) return;
    if (auto origin = valueOf(originWords, token.text))
      event.origin = *origin, cursor.next();
    else if (auto access = valueOf(accessWords, token.text))
      event.access = *access, cursor.next();
    else if (auto throws = valueOf(throwsWords, token.text))
      event.throws = *throws, cursor.next();
    else if (auto flag = valueOf(eventFlags, token.text))
      event.*(*flag) = true, cursor.next();
    else if (auto success = valueOf(successWords, token.text))
      parseSuccess(cursor, event, *success);
    else if (isPreposition(token.text)) {
      cursor.next();
      event.other = parseReference(cursor, slots_, function().slots.size(), "slot");
    } else
      parseKeyedAttribute(cursor, event);
  }

  void parseSuccess(Cursor& cursor, Event& event, model::Success success) {
    cursor.next();
    event.success = success;
    if (success == model::Success::IfValue)
      event.successValue = cursor.number<std::int64_t>("a number");
    if (success == model::Success::IfValue && cursor.accept("or"))
      event.otherSuccess = cursor.number<std::int64_t>("a number");
  }

  void parseKeyedAttribute(Cursor& cursor, Event& event) {
    if (cursor.accept("->"))
      event.variable = parseVariableName(cursor);
    else if (cursor.accept("inner="))
      cursor.gluedPlace(event.inner);
    else if (cursor.accept("database="))
      event.database = cursor.glued();
    else if (cursor.accept("waits="))
      event.waits = cursor.glued();
    else if (cursor.accept("loop="))
      event.loop = cursor.number<LoopId>("a loop's number");
    else if (cursor.accept("frame="))
      event.frame = cursor.number<FrameId>("a frame's number");
    else if (cursor.accept("othervar="))
      event.otherVariable = parseVariableName(cursor);
    else if (cursor.accept("value="))
      event.value = cursor.number<std::int64_t>("a number");
    else if (cursor.accept("successvalue="))
      event.successValue = cursor.number<std::int64_t>("a number");
    else
      cursor.fail("unknown attribute '" + cursor.peek().text + "' of an event");
  }

  void parseExit(Cursor& cursor, Block& block) {
    if (block.exit == Exit::Branch)
      parseBranch(cursor, block);
    else if (block.exit == Exit::Switch)
      parseSwitch(cursor, block);
    else
      while (!cursor.done() && cursor.peek().type != Token::Type::Text &&
             cursor.peek().text.front() != '@')
        block.targets.push_back(parseLabel(cursor));
    if (!cursor.done() && cursor.peek().type == Token::Type::Text)
      block.condition.text = cursor.next().text;
    cursor.acceptPlace(block.condition.range);
  }

  /// `branch rc == 0 ? 2 : 3`, `branch db != null ? 2 : 3`, `branch ready ? 2 : 3`, `branch ? 2 :
  /// 3`
  void parseBranch(Cursor& cursor, Block& block) {
    if (!cursor.accept("?")) {
      cursor.name("a condition");
      if (cursor.failed()) return;
      parseRelation(cursor, block.condition, cursor.previous());
      cursor.expect("?");
    }
    block.targets.push_back(parseLabel(cursor));
    cursor.expect(":");
    block.targets.push_back(parseLabel(cursor));
  }

  void parseRelation(Cursor& cursor, Condition& condition, const Token subject) {
    condition.equal = cursor.accept("==");
    const bool bare = !condition.equal && !cursor.accept("!=");
    if (!bare && cursor.accept("null")) {
      condition.slot = resolve(cursor, slots_, function().slots.size(), subject, "slot");
      return;
    }
    condition.variable =
        resolve(cursor, variables_, function().variables.size(), subject, "variable");
    if (!bare) condition.value = cursor.number<std::int64_t>("a number or null");
  }

  static std::uint32_t resolve(Cursor& cursor, const Names& names, std::size_t count,
                               const Token& token, std::string_view what) {
    const TokenLine line{token};
    ParseError error;
    Cursor single(line, error);
    const auto id = parseReference(single, names, count, what);
    if (single.failed()) cursor.failAt(error);
    return id;
  }

  /// `switch rc 0 -> 2 1 -> 3 else 4`
  void parseSwitch(Cursor& cursor, Block& block) {
    block.condition.variable = parseVariableName(cursor);
    while (!cursor.done() && !cursor.accept("else")) {
      SwitchCase entry;
      entry.value = cursor.number<std::int64_t>("a case's number");
      cursor.expect("->");
      entry.target = parseLabel(cursor);
      block.cases.push_back(entry);
    }
    block.targets.push_back(parseLabel(cursor));
  }

  LexResult lexed_;
  ParseError error_;
  Unit unit_;
  std::vector<Names> labels_;
  std::size_t functionIndex_ = 0;
  Names kinds_;
  Names slots_;
  Names variables_;
  bool open_ = false;
};

} // namespace

ParseResult parse(std::string_view text) {
  return Parser(text).run();
}

} // namespace session_tidy::ir
