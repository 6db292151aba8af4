// What the declarations of a class tell of it, for guessing what it does: its methods, their names
// and what they take.
#pragma once

#include "lower/ClangHeaders.h"
#include "model/Model.h"

#include <functional>
#include <initializer_list>
#include <string>
#include <vector>

namespace session_tidy::lower {

/// Whether code outside of a class can copy its objects.
bool isCopyable(const clang::CXXRecordDecl& record);

/// A class that locks something is meant for several threads.
bool hasMutex(const clang::CXXRecordDecl& record);

/// Of a parameter: `const char*`, a string of the standard library, a view of one.
bool isTextType(clang::QualType type);

bool isNoexcept(const clang::FunctionDecl& function);
/// Whether a `throw` stands in code that is not inside of a lambda or of a try block of its own.
bool throwsWithin(const clang::Stmt* stmt);
/// Whether a `throw` stands in its code that leaves it.
bool seenToThrow(const clang::FunctionDecl& function);

namespace shape {

using IsText = std::function<bool(clang::QualType)>; ///< also strings of other libraries

/// A name without its capitals and underscores.
std::string plain(llvm::StringRef name);
bool endsWithAny(const std::string& name, std::initializer_list<const char*> ends);

/// Whether a method of this name only asks how things are.
bool isStateQuery(const std::string& name);
/// ... makes something that whoever calls it ends.
bool isMaker(const std::string& name);
/// ... ends what it is given.
bool isReleaser(const std::string& name);

/// Whether the first parameter is a text.
bool takesText(const clang::FunctionDecl& function, const IsText& isText);
/// Whether a method sends the text that it is given as SQL: its name or that of the parameter says
/// so.
bool sendsSql(const clang::CXXMethodDecl& method, const IsText& isText);

/// The public methods that a class declares.
std::vector<const clang::CXXMethodDecl*> methodsOf(const clang::CXXRecordDecl& record);
/// Whether a class of any name can both commit and roll back.
bool endsTransactions(const clang::CXXRecordDecl& record);

/// The model of a method that does this to its object.
model::CallModel callModel(const clang::CXXMethodDecl& method, model::Op op);

} // namespace shape

} // namespace session_tidy::lower
