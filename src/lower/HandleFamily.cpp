#include "lower/HandleFamily.h"

#include "model/ShapeNames.h"

#include <algorithm>

namespace session_tidy::lower {

namespace {

using How = HandleTouch::How;
using model::Op;

std::string plain(llvm::StringRef name) {
  return model::plainName({name.data(), name.size()});
}

clang::FileID fileOf(const HandleFunction& function) {
  const clang::SourceManager& sources = function.function->getASTContext().getSourceManager();
  return sources.getFileID(sources.getExpansionLoc(function.function->getLocation()));
}

/// Whether the text that a function is given is SQL, where nothing else tells a database from a web
/// site or a directory.
bool clearlySendsSql(const HandleFunction& function, const model::NameWords& words) {
  const auto text = textParameter(*function.function);
  if (!text) return false;
  const std::string name = plain(function.function->getParamDecl(*text)->getName());
  const auto speaks = [](const std::string& one) { return one.find("sql") != std::string::npos; };
  return speaks(name) || std::any_of(words.begin(), words.end(), speaks) ||
         (model::speaksSql(name) && model::runsText(words));
}

/// What frees the handle, of all that takes nothing else.
const HandleFunction* closerIn(const HandleFamily& family, const HandleFunctions& functions) {
  const HandleFunction* closer = nullptr;
  unsigned best = 0;
  for (const HandleFunction& function : functions) {
    if (!family.has(function) || function.function->getNumParams() != 1 || !family.taken(function))
      continue;
    const unsigned rank = model::releaseRank(family.words(function));
    if (rank <= best) continue;
    best = rank;
    closer = &function;
  }
  return closer;
}

bool hasMaker(const HandleFamily& family, const HandleFunctions& functions) {
  return std::any_of(functions.begin(), functions.end(), [&](const HandleFunction& function) {
    return family.has(function) && function.made(*family.record) && !family.taken(function) &&
           family.operation(function) == Op::Open;
  });
}

/// By each first word of a name that functions of the struct share, and by each file they are in.
std::vector<HandleFamily> candidates(const clang::RecordDecl& record,
                                     const HandleFunctions& functions) {
  std::vector<HandleFamily> byPrefix;
  std::vector<HandleFamily> byFile;
  HandleFamily family;
  family.record = &record;
  family.type = model::typeWords(record.getName().str());
  if (model::namesTransaction(family.type) || model::namesPool(family.type)) return {};
  const auto consider = [&](const HandleFunction& function, std::vector<HandleFamily>& into) {
    if (family.operation(function) != Op::Close) return;
    family.closer = closerIn(family, functions);
    if (family.closer) into.push_back(family);
  };
  for (const HandleFunction& function : functions) {
    if (!family.taken(function) || function.function->getNumParams() != 1) continue;
    family.file = fileOf(function);
    family.prefix = function.words.front();
    consider(function, byPrefix);
    family.prefix.clear();
    consider(function, byFile);
  }
  const bool named = record.getDeclContext()->getRedeclContext()->isNamespace();
  std::vector<HandleFamily>& first = named ? byFile : byPrefix;
  const std::vector<HandleFamily>& second = named ? byPrefix : byFile;
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

bool isSession(const HandleFamily& family, const HandleFunctions& functions) {
  if (!hasMaker(family, functions)) return false;
  bool begins = false;
  bool plainlyBegins = false; // `begin`: of a list, perhaps
  bool commits = false;
  bool rollsBack = false;
  bool sendsSql = false;
  model::NameWords all = family.type;
  all.push_back(family.prefix);
  const bool named = model::namesSession(family.type);
  bool clearly = named || model::namesDatabase(all);
  for (const HandleFunction& function : functions) {
    if (!family.has(function)) continue;
    const auto op = family.operation(function);
    // A transaction with a handle of its own is committed by that.
    commits |= op == Op::Commit;
    rollsBack |= op == Op::Rollback;
    if (!family.isSubject(function)) continue;
    begins |= op == Op::Begin && (named || function.words.size() > 1);
    plainlyBegins |= op == Op::Begin;
    clearly |= op == Op::Begin && model::speaksOfTransactions(function.words);
    sendsSql |= clearlySendsSql(function, family.words(function));
  }
  begins |= plainlyBegins && rollsBack && sendsSql;
  const bool works = begins && commits && (clearly || rollsBack || sendsSql);
  return works || (named && sendsSql);
}

/// Numbers say success by zero, unless the unit leaves where they are zero; nothing where it does
/// both.
std::optional<HandleResult> numbersIn(const HandleFamily& family, const HandleFunctions& functions,
                                      ResultUse& results) {
  ResultUse::Evidence all;
  for (const HandleFunction& function : functions) {
    if (!family.has(function) || !returnsNumber(*function.function)) continue;
    const model::NameWords words = family.words(function);
    if (!model::handleOperation(words) && !sqlParameter(function, words)) continue;
    const ResultUse::Evidence one = results.of(*function.function);
    all.zeroWorked |= one.zeroWorked;
    all.nonzeroWorked |= one.nonzeroWorked;
  }
  if (all.zeroWorked && all.nonzeroWorked) return std::nullopt;
  return HandleResult{all.nonzeroWorked ? model::Success::IfTrue : model::Success::IfZero, 0};
}

} // namespace

HandleFamily HandleFamily::sister(const clang::RecordDecl& other,
                                  const HandleFunctions& functions) const {
  HandleFamily family = *this;
  family.record = &other;
  family.type = model::typeWords(other.getName().str());
  family.closer = closerIn(family, functions);
  return family;
}

bool HandleFamily::has(const HandleFunction& function) const {
  if (prefix.empty()) return fileOf(function) == file;
  return function.words.size() > 1 && function.words.front() == prefix;
}

bool HandleFamily::isSubject(const HandleFunction& function) const {
  for (const HandleTouch& touch : function.touches) {
    if (touch.how == How::Takes)
      return touch.record == record->getCanonicalDecl() && !touch.constant;
  }
  return false;
}

model::NameWords HandleFamily::words(const HandleFunction& function) const {
  model::NameWords left;
  const bool transaction = model::namesTransaction(type);
  for (const std::string& word : function.words) {
    const bool first = &word == &function.words.front() && word == prefix;
    const bool own = std::find(type.begin(), type.end(), word) != type.end() ||
                     (transaction && model::speaksOfTransactions({word}));
    if (!first && !own) left.push_back(word);
  }
  return left;
}

std::optional<Op> HandleFamily::operation(const HandleFunction& function) const {
  return model::handleOperation(words(function));
}

std::optional<HandleResult> HandleFamily::result(const HandleFunction& function) const {
  if (const auto byType = resultByType(*function.function)) return byType;
  return returnsNumber(*function.function) ? numbers : std::nullopt;
}

std::optional<HandleFamily> sessionFamily(const clang::RecordDecl& record,
                                          const HandleFunctions& functions, ResultUse& results) {
  for (HandleFamily& family : candidates(record, functions)) {
    if (!isSession(family, functions)) continue;
    family.numbers = numbersIn(family, functions, results);
    return family;
  }
  return std::nullopt;
}

std::optional<std::uint8_t> sqlParameter(const HandleFunction& function,
                                         const model::NameWords& words) {
  const auto text = textParameter(*function.function);
  if (!text) return std::nullopt;
  const std::string name = plain(function.function->getParamDecl(*text)->getName());
  return model::runsText(words) || model::speaksSql(name) ? text : std::nullopt;
}

} // namespace session_tidy::lower
