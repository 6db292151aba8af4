// What happens out of sight: guards without a body, and statements that the compiler dropped
// because of errors. Code with errors is linted too (a missing header does not end the search), but
// a path through a dropped `throw` or `commit()` is not one.
#include "lower/ClangCompat.h"
#include "lower/FunctionLowering.h"
#include "model/ShapeNames.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace session_tidy::lower {

namespace {

bool isJump(llvm::StringRef word) {
  return word == "throw" || word == "return" || word == "break" || word == "continue" ||
         word == "goto" || word == "co_return" || word == "exit" || word == "abort";
}

/// A name like those of calls that end something.
bool soundsLikeAnEnd(llvm::StringRef word) {
  const std::string lower = word.lower();
  const auto has = [&](llvm::StringRef part) { return llvm::StringRef(lower).contains(part); };
  return has("commit") || has("rollback") || has("abort") || has("close") || has("free") ||
         has("finish") || has("finalize") || has("clear") || has("release") || has("delete") ||
         has("reset") || has("destroy") || has("push");
}

} // namespace

/// Whether the class has a destructor of its own that is not seen.
bool FunctionLowering::endsUnseen(clang::QualType type) const {
  const auto* record = llvm::dyn_cast_or_null<clang::CXXRecordDecl>(TypeFacts::recordOf(type));
  const clang::CXXDestructorDecl* destructor =
      record && record->hasDefinition() ? record->getDestructor() : nullptr;
  return destructor && destructor->isUserProvided() && !destructor->hasBody() &&
         !unit_.inSystemCode(destructor->getLocation());
}

/// Whether a callee that is not seen is likely to end the transaction on the session it is given:
/// the models or its name say so, or a handler calls it, and not to write down what happened.
bool FunctionLowering::mayFinish(llvm::StringRef callee) const {
  const std::string_view name = model::calledName({callee.data(), callee.size()});
  return unit_.types().isFinisher(callee) || model::soundsLikeFinishing(name) ||
         (handlers_ != 0 && !model::soundsLikeRecording(name));
}

/// Whether a call is likely to be the program's last: `Fatal("no such event")`, a function or macro
/// whose code is not seen.
bool FunctionLowering::soundsFatal(const clang::Expr& call,
                                   const clang::FunctionDecl& function) const {
  if (function.hasBody() || !function.getReturnType()->isVoidType()) return false;
  if (function.getDeclName().isIdentifier() && model::soundsLikeDying(function.getName().str()))
    return true;
  const clang::SourceLocation at = call.getExprLoc();
  if (!at.isMacroID()) return false;
  const clang::StringRef macro =
      clang::Lexer::getImmediateMacroName(at, unit_.sources(), unit_.ast().getLangOpts());
  return model::soundsLikeDying(macro.str());
}

/// A guard that a macro makes as a class of the method's own, and that keeps the object: its body
/// works on the members by another name (BOOST_SCOPE_EXIT(this_)).
bool FunctionLowering::guardsThis(const clang::RecordDecl& record) {
  const auto classBehind = [](const clang::FieldDecl& field) {
    const clang::QualType type = field.getType().getNonReferenceType();
    return TypeFacts::recordOf(type->isPointerType() ? type->getPointeeType() : type);
  };
  const clang::DeclContext* function = record.getParentFunctionOrMethod();
  const auto* method = llvm::dyn_cast_or_null<clang::CXXMethodDecl>(function);
  if (!method || !record.getLocation().isMacroID()) return false;
  return llvm::any_of(record.fields(), [&](const clang::FieldDecl* field) {
    const clang::RecordDecl* kept = classBehind(*field);
    if (!kept || kept->getParentFunctionOrMethod() != function) return false;
    return llvm::any_of(kept->fields(), [&](const clang::FieldDecl* part) {
      const clang::RecordDecl* object = classBehind(*part);
      return object && object->getCanonicalDecl() == method->getParent()->getCanonicalDecl();
    });
  });
}

/// Whoever keeps the lambda may end, later, whatever the captured variables hold then.
void FunctionLowering::watch(const clang::LambdaExpr& lambda) {
  for (const clang::LambdaCapture& capture : lambda.captures()) {
    if (!capture.capturesVariable() || capture.getCaptureKind() != clang::LCK_ByRef) continue;
    const ir::SlotId seen =
        slotOf(valueAt(placeOf(*llvm::cast<clang::VarDecl>(capture.getCapturedVar()))));
    if (seen != ir::none) builder_.function().slots[seen].watched = true;
  }
}

/// Whether what stands between two places, or in one statement, was dropped and may have mattered.
bool FunctionLowering::ranPastLost(clang::SourceLocation from, clang::SourceLocation to) const {
  const clang::SourceManager& sources = unit_.sources();
  if (!unit_.ast().getDiagnostics().hasErrorOccurred() || from.isInvalid()) return false;
  const bool alone = to.isInvalid(); // an empty statement: is it really one?
  if (alone && from.isMacroID()) return false;
  const clang::LangOptions& language = unit_.ast().getLangOpts();
  clang::SourceLocation start = sources.getExpansionRange(from).getEnd();
  if (!alone) start = clang::Lexer::getLocForEndOfToken(start, 0, sources, language);
  const auto [file, offset] = sources.getDecomposedLoc(start);
  bool invalid = false;
  const llvm::StringRef text = sources.getBufferData(file, &invalid);
  if (invalid || start.isInvalid()) return false;
  std::size_t end = text.size();
  if (!alone) {
    const auto [otherFile, otherOffset] = sources.getDecomposedLoc(sources.getExpansionLoc(to));
    if (otherFile != file || otherOffset < offset) return false;
    end = otherOffset;
  }
  clang::Lexer lexer(sources.getLocForStartOfFile(file), language, text.begin(),
                     text.begin() + offset, text.end());
  clang::Token token;
  bool lost = false;
  for (lexer.LexFromRawLexer(token); token.isNot(clang::tok::eof); lexer.LexFromRawLexer(token)) {
    if (sources.getFileOffset(token.getLocation()) >= end) break;
    if (token.is(clang::tok::hash) && token.isAtStartOfLine())
      return false; // which of the branches of an #if count is not looked at
    if (token.is(clang::tok::semi) && alone) break;
    if (token.is(clang::tok::raw_identifier))
      lost = lost || isJump(token.getRawIdentifier()) || soundsLikeAnEnd(token.getRawIdentifier());
  }
  return lost;
}

} // namespace session_tidy::lower
