// Which functions touch sessions at all. Everything else is never lowered and costs one short walk.
#pragma once

#include "lower/Place.h"
#include "lower/UnitContext.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace session_tidy::lower {

class Relevance {
public:
  explicit Relevance(UnitContext& unit) : unit_(unit) {}

  /// Whether something modelled occurs in the body, or in what it calls, a few calls deep.
  bool touchesSessions(const clang::FunctionDecl& function, unsigned depth = 3);
  /// A function in sight that only makes an exception and throws it.
  static bool alwaysThrows(const clang::FunctionDecl& function);

  /// The operations that a body, and what it calls on the way, performs; for reading a class's
  /// contract.
  struct Deeds {
    bool opens = false;
    bool begins = false;
    bool commits = false;
    bool rollsBack = false;
    bool closes = false;
    bool givesBack = false;
    bool runsGivenSql = false; ///< its parameters, or other texts that are not seen

    void add(model::Op op) {
      opens |= op == model::Op::Open || op == model::Op::Acquire;
      begins |= op == model::Op::Begin;
      commits |= op == model::Op::Commit;
      rollsBack |= op == model::Op::Rollback;
      closes |= op == model::Op::Close;
      givesBack |= op == model::Op::GiveBack;
    }
    void add(const Deeds& inner) {
      opens |= inner.opens;
      begins |= inner.begins;
      commits |= inner.commits;
      rollsBack |= inner.rollsBack;
      closes |= inner.closes;
      givesBack |= inner.givesBack;
      runsGivenSql |= inner.runsGivenSql;
    }
    [[nodiscard]] bool ends() const { return commits || rollsBack || closes || givesBack; }
    [[nodiscard]] bool starts() const { return opens || begins; }
  };
  Deeds deedsOf(const clang::FunctionDecl& function, unsigned depth = 3);

  /// Whether a constructor with so many parameters keeps a reference to what it is given there.
  bool keepsReference(const clang::CXXRecordDecl& record, unsigned parameter, unsigned parameters);

  /// The kind of a user's own guard class, read from its constructors and its destructor; nullptr
  /// for other classes.
  const model::Kind* guardKind(const clang::CXXRecordDecl& record);

  /// Whether an object of the class is followed member by member: it holds sessions, or guards or
  /// cleans them up.
  bool isSessionClass(const clang::CXXRecordDecl& record);
  /// Whether a `throw` stands in the function's code that leaves it.
  bool isSeenToThrow(const clang::FunctionDecl& function);

  /// Whether the class of this member releases what the member holds.
  bool releasedByClass(const clang::FieldDecl& field);

  /// Whether a callee is worth writing in place: it touches sessions or gets something that does.
  bool worthWriting(const clang::FunctionDecl& function, const std::vector<Value>& arguments);
  bool judges(const clang::FunctionDecl& function, const std::vector<Value>& arguments);
  bool keepsBooks(const clang::CXXMethodDecl& method);

  /// The number of expressions and statements in a body, counted once.
  unsigned sizeOf(const clang::FunctionDecl& definition);

  bool isReassigned(const clang::ParmVarDecl& parameter);

  /// Types that look into memory of someone else: char pointers, string views, spans.
  bool isView(clang::QualType type);

  /// Whether an expression's type is, or derives from, the class of this name.
  bool isOfType(clang::QualType type, const std::string& name);

  /// Lambdas whose bodies were written in place of a call by a visible callee: they are understood
  /// there.
  void noteWritten(const clang::FunctionDecl& lambda) {
    written_.insert(lambda.getCanonicalDecl());
  }
  [[nodiscard]] bool wasWritten(const clang::FunctionDecl& lambda) const {
    return written_.count(lambda.getCanonicalDecl()) != 0;
  }

  /// Whether code can be jumped into here from elsewhere.
  bool containsLabel(const clang::Stmt& stmt);

private:
  bool mentions(const clang::Stmt& stmt, const clang::FieldDecl& field, unsigned depth);
  bool statementTouches(const clang::Stmt& stmt, unsigned depth);
  bool expressionTouches(const clang::Expr& expr, unsigned depth);
  void collect(const clang::Stmt& stmt, Deeds& deeds, unsigned depth);
  bool noteSql(const clang::Expr& argument, Deeds& deeds);
  void collectCall(const clang::Expr& call, const clang::FunctionDecl& callee,
                   llvm::ArrayRef<const clang::Expr*> arguments, Deeds& deeds, unsigned depth);

  UnitContext& unit_;
  std::unordered_map<const clang::Decl*, bool> touching_;
  std::unordered_map<const clang::Decl*, Deeds> deeds_;
  std::unordered_map<const clang::Decl*, const model::Kind*> guards_;
  std::unordered_map<const clang::Decl*, bool> sessionClasses_;
  std::unordered_map<const clang::Decl*, bool> throwing_;
  std::unordered_map<const clang::Decl*, unsigned> sizes_;
  std::unordered_set<const clang::Decl*> written_;
  std::unordered_map<const clang::Decl*, bool> reassigned_;
};

} // namespace session_tidy::lower
