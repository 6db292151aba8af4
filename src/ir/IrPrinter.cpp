// Writes the session IR as text (see IrText.h).
#include "ir/IrText.h"
#include "ir/IrWords.h"

#include <unordered_map>

namespace session_tidy::ir {
namespace {

using namespace words;

std::string quoted(std::string_view text, char quote = '"') {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
      continue;
    }
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out + quote;
}

std::string nameText(std::string_view name) {
  return isPlainName(name) ? std::string(name) : quoted(name, '`');
}

std::string place(const SourceRange& range) {
  const auto point = [](const Position& at) {
    return std::to_string(at.line) + ":" + std::to_string(at.column);
  };
  std::string out = "@" + point(range.begin);
  if (range.end != range.begin)
    out += "-" + (range.end.line == range.begin.line ? std::to_string(range.end.column)
                                                     : point(range.end));
  if (range.file != 0) out += "/" + std::to_string(range.file);
  if (range.inMacro) out += "!";
  return out;
}

std::string optionalPlace(std::string_view prefix, const SourceRange& range) {
  if (range == SourceRange{}) return "";
  return " " + std::string(prefix) + place(range);
}

class Printer {
public:
  explicit Printer(const Unit& unit) : unit_(unit) {}

  std::string unit() {
    for (const auto& file : unit_.files) line("file " + quoted(file));
    for (const auto& kind : unit_.kinds) printKind(kind);
    for (const auto& function : unit_.functions) printFunction(function);
    return std::move(out_);
  }

  std::string function(const Function& function) {
    printFunction(function);
    return std::move(out_);
  }

private:
  void line(const std::string& text) { out_ += text + "\n"; }

  void printKind(const model::Kind& kind) {
    std::string text =
        "kind " + nameText(kind.id) + " " + std::string(wordOf(roleWords, kind.role));
    for (const auto& [member, word] : kindTexts)
      if (!(kind.*member).empty()) text += " " + std::string(word) + "=" + quoted(kind.*member);
    for (const auto& type : kind.types) text += " type=" + quoted(type);
    for (const auto& [member, word] : kindFlags)
      if (kind.*member) text += " " + std::string(word);
    if (kind.destruction != model::Destruction::Nothing)
      text += " destruction=" + std::string(wordOf(destructionWords, kind.destruction));
    if (kind.dirtyReturn != model::DirtyReturn::Unknown)
      text += " dirtyreturn=" + std::string(wordOf(dirtyReturnWords, kind.dirtyReturn));
    line(text);
  }

  void printFunction(const Function& function) {
    function_ = &function;
    count(slotNames_, function.slots);
    count(variableNames_, function.variables);
    std::string text = "function " + nameText(function.name);
    if (function.kind != FunctionKind::Plain)
      text += " " + std::string(wordOf(functionWords, function.kind));
    for (const auto& [member, word] : functionFlags)
      if (function.*member) text += " " + std::string(word);
    if (!function.id.empty()) text += " id=" + quoted(function.id);
    line(text + optionalPlace("", function.range) + optionalPlace("body=", function.body));
    printNames(function.takenNames);
    for (const auto& slot : function.slots) printSlot(slot);
    for (const auto& variable : function.variables)
      line("  var " + nameText(variable.name) + (variable.outlives ? " outlives" : "") +
           (variable.noted ? " noted" : "") +
           (variable.initial ? " initially " + std::to_string(*variable.initial) : ""));
    for (const auto& loop : function.loops)
      line("  loop" + (loop.parent == none ? "" : " in " + std::to_string(loop.parent)) +
           (loop.draining ? " draining" : "") + optionalPlace("", loop.range));
    for (const auto& frame : function.frames)
      line("  frame " + nameText(frame.callee) +
           (frame.parent == none ? "" : " in " + std::to_string(frame.parent)) +
           (frame.own ? " own" : "") + optionalPlace("", frame.call));
    for (BlockId id = 0; id < function.blocks.size(); ++id) printBlock(id, function.blocks[id]);
  }

  void printNames(const std::vector<std::string>& names) {
    if (names.empty()) return;
    std::string text = "  names";
    for (const auto& name : names) text += " " + nameText(name);
    line(text);
  }

  void printSlot(const Slot& slot) {
    std::string text = "  slot " + nameText(slot.name);
    if (slot.kind != none) text += " : " + kindName(slot.kind);
    if (slot.holding != Holding::Raw) text += " " + std::string(wordOf(holdingWords, slot.holding));
    if (slot.storage != Storage::Local)
      text += " " + std::string(wordOf(storageWords, slot.storage));
    for (const auto& [member, word] : slotFlags)
      if (slot.*member) text += " " + std::string(word);
    if (!slot.database.empty()) text += " database=" + quoted(slot.database);
    line(text + optionalPlace("", slot.declared));
  }

  void printBlock(BlockId id, const Block& block) {
    std::string text = "block " + std::to_string(id);
    if (block.unwind != none) text += " unwind=" + std::to_string(block.unwind);
    for (const auto& type : block.thrown) text += " thrown=" + quoted(type);
    line(text + optionalPlace("", block.range) + ":");
    for (const auto& event : block.events) line("  " + eventText(event));
    line("  " + exitText(block));
  }

  std::string eventText(const Event& event) const {
    std::string text(wordOf(opWords, event.op));
    if (event.subject != none) text += " " + slotName(event.subject);
    if (isVariableOp(event.op)) text += variableOpText(event);
    if (event.other != none)
      text += " " + std::string(preposition(event.op)) + " " + slotName(event.other);
    if (event.origin != Origin::Constructed)
      text += " " + std::string(wordOf(originWords, event.origin));
    if (event.access != Access::Unknown)
      text += " " + std::string(wordOf(accessWords, event.access));
    if (event.throws != Throws::Never) text += " " + std::string(wordOf(throwsWords, event.throws));
    for (const auto& [member, word] : eventFlags)
      if (event.*member) text += " " + std::string(word);
    if (!isVariableOp(event.op)) text += resultText(event);
    if (event.success != model::Success::Always)
      text += " " + std::string(wordOf(successWords, event.success));
    if (event.success == model::Success::IfValue)
      text += " " + std::to_string(event.successValue) +
              (event.otherSuccess ? " or " + std::to_string(*event.otherSuccess) : "");
    else if (event.successValue != 0)
      text += " successvalue=" + std::to_string(event.successValue);
    if (!event.database.empty()) text += " database=" + quoted(event.database);
    if (!event.waits.empty()) text += " waits=" + quoted(event.waits);
    if (!event.text.empty()) text += " " + quoted(event.text);
    text += optionalPlace("", event.range) + optionalPlace("inner=", event.inner);
    if (event.loop != none) text += " loop=" + std::to_string(event.loop);
    if (event.frame != none) text += " frame=" + std::to_string(event.frame);
    return text;
  }

  /// `set n = 3`, `copy a = b`, `havoc n`, `measure many = n >= 3`.
  std::string variableOpText(const Event& event) const {
    std::string text = " " + variableName(event.variable);
    if (event.op == Op::Set)
      text += " = " + std::to_string(event.value);
    else if (event.op == Op::Measure)
      return text + " = " + variableName(event.otherVariable) +
             " >= " + std::to_string(event.value);
    else if (event.op == Op::Add)
      text += " by " + std::to_string(event.value);
    else if (event.value != 0)
      text += " value=" + std::to_string(event.value);
    if (event.op == Op::Copy)
      text += " = " + variableName(event.otherVariable);
    else if (event.otherVariable != none)
      text += " othervar=" + variableName(event.otherVariable);
    return text;
  }

  std::string resultText(const Event& event) const {
    std::string text;
    if (event.variable != none) text += " -> " + variableName(event.variable);
    if (event.otherVariable != none) text += " othervar=" + variableName(event.otherVariable);
    if (event.value != 0) text += " value=" + std::to_string(event.value);
    return text;
  }

  static std::string_view preposition(Op op) {
    switch (op) {
    case Op::Make:
      return "of";
    case Op::Bind:
      return "to";
    case Op::Move:
      return "from";
    default:
      return "on";
    }
  }

  std::string exitText(const Block& block) const {
    std::string text(wordOf(exitWords, block.exit));
    switch (block.exit) {
    case Exit::Branch:
      text += conditionText(block.condition) + " ?" + targets(block, " :");
      break;
    case Exit::Switch:
      text += " " + variableName(block.condition.variable);
      for (const auto& entry : block.cases)
        text += " " + std::to_string(entry.value) + " -> " + std::to_string(entry.target);
      text += " else" + targets(block, "");
      break;
    default:
      text += targets(block, "");
      break;
    }
    if (!block.condition.text.empty()) text += " " + quoted(block.condition.text);
    return text + optionalPlace("", block.condition.range);
  }

  std::string conditionText(const Condition& condition) const {
    const std::string relation = condition.equal ? " == " : " != ";
    if (condition.variable != none)
      return " " + variableName(condition.variable) + relation + std::to_string(condition.value);
    if (condition.slot != none) return " " + slotName(condition.slot) + relation + "null";
    return "";
  }

  static std::string targets(const Block& block, std::string_view between) {
    std::string text;
    for (std::size_t i = 0; i < block.targets.size(); ++i)
      text += (i == 0 ? "" : std::string(between)) + " " + std::to_string(block.targets[i]);
    return text;
  }

  std::string kindName(KindId id) const {
    return id < unit_.kinds.size() ? nameText(unit_.kinds[id].id) : "#" + std::to_string(id);
  }

  template <class Things>
  static void count(std::unordered_map<std::string, unsigned>& names, const Things& things) {
    names.clear();
    for (const auto& thing : things) ++names[thing.name];
  }

  std::string slotName(SlotId id) const { return reference(slotNames_, function_->slots, id); }

  std::string variableName(VarId id) const {
    return id == none ? "-" : reference(variableNames_, function_->variables, id);
  }

  template <class Things>
  static std::string reference(const std::unordered_map<std::string, unsigned>& names,
                               const Things& things, std::uint32_t id) {
    if (id >= things.size() || things[id].name.empty() || names.at(things[id].name) > 1)
      return "#" + std::to_string(id);
    return nameText(things[id].name);
  }

  const Unit& unit_;
  const Function* function_ = nullptr;
  std::unordered_map<std::string, unsigned> slotNames_;
  std::unordered_map<std::string, unsigned> variableNames_;
  std::string out_;
};

} // namespace

std::string print(const Unit& unit) {
  return Printer(unit).unit();
}

std::string print(const Unit& unit, const Function& function) {
  return Printer(unit).function(function);
}

std::string ParseError::text() const {
  return std::to_string(position.line) + ":" + std::to_string(position.column) + ": " + message;
}

} // namespace session_tidy::ir
