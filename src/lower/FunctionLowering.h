// Writes the session IR of one function body, callees in place.
//
// Walks the AST the way a code generator does: expressions give Values (Place.h), statements make
// blocks (IrBuilder.h). The parts: Statements.cpp, Loops.cpp, Expressions.cpp, Calls.cpp,
// ModelledCalls.cpp, Conditions.cpp, Objects.cpp (construction and destruction), Inlining.cpp,
// Slots.cpp (names and variables).
#pragma once

#include "lower/IrBuilder.h"
#include "lower/Place.h"
#include "lower/Relevance.h"
#include "lower/UnitContext.h"

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace session_tidy::lower {

class FunctionLowering {
public:
  FunctionLowering(UnitContext& unit, Relevance& relevance, const clang::FunctionDecl& function);

  /// The function's IR; nothing when it is too large to be written.
  std::optional<ir::Function> run();

private:
  // ---- FunctionLowering.cpp
  void describe();
  /// An outcome that nobody asks for is taken to be good.
  void forgetUnseenOutcomes();
  void parameters();

  /// A cleanup belongs to the body that opened its scope, wherever the exception that runs it comes
  /// from.
  void pushCleanup(IrBuilder::Emit emit);

  // ---- Statements.cpp, Returns.cpp, Loops.cpp, Handlers.cpp, OutOfSight.cpp
  void statement(const clang::Stmt* stmt);
  void expressionStatement(const clang::Expr* expr, bool nameable);
  const model::Kind* guardMadeBy(const clang::Expr& made);
  void askedAndGone(const clang::Expr& condition);
  void compound(const clang::CompoundStmt& block);
  [[nodiscard]] bool endsUnseen(clang::QualType type) const;
  [[nodiscard]] bool mayFinish(llvm::StringRef callee) const;
  [[nodiscard]] bool soundsFatal(const clang::Expr& call,
                                 const clang::FunctionDecl& function) const;
  void forgetGlobals(const clang::Expr& call);
  void watch(const clang::LambdaExpr& lambda);
  [[nodiscard]] bool ranPastLost(clang::SourceLocation from, clang::SourceLocation to = {}) const;
  void declaration(const clang::VarDecl& variable);
  void leftOut(const clang::IfStmt& stmt);
  void ifStatement(const clang::IfStmt& stmt);
  void switchStatement(const clang::SwitchStmt& stmt);
  void switchLabel(const clang::SwitchCase& label);
  struct TryState {
    const clang::CXXTryStmt* stmt = nullptr;
    std::vector<ir::BlockId> ways; ///< one for each handler
    std::set<unsigned> reached;    ///< handlers of exceptions whose throw is seen
  };
  /// What is believed of the calls in a try block, of which it is not known whether they throw.
  struct Belief {
    bool inAll = false;            ///< nothing else throws: they may get to any handler
    ir::VarId thrown = ir::none;   ///< set while one of them runs, ...
    std::vector<ir::BlockId> ways; ///< ... and the handlers that nothing else gets to
  };
  bool isCatchAll(const clang::CXXCatchStmt& handler);
  Belief believeHandlers(const TryState& state, ir::BlockId start, std::size_t event,
                         ir::BlockId first, std::size_t calls);
  ir::VarId markBelieved(std::size_t calls);
  bool isCaughtByAllOrNone();
  static bool isMeantToFail(const clang::CXXTryStmt& stmt, unsigned handler);
  void tryStatement(const clang::CXXTryStmt& stmt);
  void handler(const clang::CXXCatchStmt& stmt, std::int64_t attempt, ir::BlockId start,
               ir::BlockId after, bool meant);
  void returnStatement(const clang::Expr* value, clang::SourceRange range, const char* word);
  std::optional<Place> localReturned(const clang::Expr& expr) const;
  bool pointsInside(const Place& place) const;
  void returnBorrowed(const Value& value, const clang::Expr& expr);
  void returnMade(const clang::CallExpr& call, const clang::Expr& expr);
  void returnValue(const clang::Expr& value);
  void showResult(const Value& value, clang::QualType returned, const clang::Expr& expr);
  void labelStatement(const clang::LabelStmt& stmt);
  void gotoStatement(const clang::GotoStmt& stmt);
  void leaveFunction(clang::SourceRange range, const char* word);
  void branchBody(const clang::Stmt* stmt);
  bool scopeGuard(const clang::VarDecl& variable, const Place& place);
  static bool guardsThis(const clang::RecordDecl& record);
  void runAtExit(const Place& guard, ir::VarId armed);

  // ---- Loops.cpp
  /// Where a loop began to be written.
  struct LoopStart {
    ir::LoopId outer;
    ir::BlockId head;
    std::size_t changes; ///< how many changes of plain values came before it
  };
  ir::VarId firstTry(const clang::Expr* test);
  void loopTest(const clang::Expr& test, ir::VarId tried, ir::BlockId body, ir::BlockId after);
  void whileLoop(const clang::WhileStmt& stmt);
  void doLoop(const clang::DoStmt& stmt);
  void forLoop(const clang::ForStmt& stmt);
  void rangeFor(const clang::CXXForRangeStmt& stmt);
  void loopBody(const clang::Stmt* body, ir::BlockId onContinue, ir::BlockId onBreak,
                std::size_t breakDepth);
  LoopStart beginLoop(clang::SourceLocation keyword, bool draining);
  void endLoop(const LoopStart& start);
  [[nodiscard]] bool changedBetween(std::size_t from, std::size_t to, const Place& place) const;

  // ---- Expressions.cpp, Assignments.cpp, Handlers.cpp
  /// What the expression gives; `wanted` when someone looks at it. A new object goes into
  /// `destination`, if given.
  Value emit(const clang::Expr* expr, bool wanted = true, ir::SlotId destination = ir::none);
  Value emitUnary(const clang::UnaryOperator& expr, bool wanted);
  Value emitBinary(const clang::BinaryOperator& expr, bool wanted);
  Value emitAssignment(const clang::Expr& target, const clang::Expr& value);
  std::optional<bool> knownTruth(const clang::Expr& condition);
  Value emitChoice(const clang::AbstractConditionalOperator& expr, bool wanted);
  std::optional<Value> choiceOfTexts(const clang::AbstractConditionalOperator& expr);
  Value increment(const clang::UnaryOperator& expr);
  void grow(const Place& place, std::int64_t by);
  Value emitTruth(const clang::Expr& expr);
  Value emitNew(const clang::CXXNewExpr& expr, ir::SlotId destination);
  void escapeInside(const Place& place, clang::SourceRange range);
  void onTheHeap(const clang::CXXNewExpr& expr, const clang::Expr& init);
  Value emitDelete(const clang::CXXDeleteExpr& expr);
  Value emitReference(const clang::DeclRefExpr& expr);
  Value emitMember(const clang::MemberExpr& expr);
  Value emitLambda(const clang::LambdaExpr& expr);
  void lookInto(const Value& value, const clang::Expr& expr);
  void raise(clang::QualType thrown, clang::SourceRange range);
  static bool catches(const clang::CXXCatchStmt& handler, clang::QualType thrown);
  void emitThrow(const clang::CXXThrowExpr& expr);
  Value emitSuspension(const clang::CoroutineSuspendExpr& expr);
  void setVariable(ir::VarId variable, const Value& value);
  void stored(ir::SlotId into, clang::SourceRange range);
  void escapes(const Value& value, const clang::Expr& into, clang::SourceRange range);
  std::vector<ir::SlotId> shownBy(const Value& value, clang::SourceRange range);
  std::optional<Place> namedPlace(const clang::Expr& expr);
  void emitChildren(const clang::Stmt& stmt);
  std::optional<std::int64_t> constantOf(const clang::Expr& expr) const;
  std::optional<std::int64_t> knownValue(const clang::Expr& expr);

  // ---- Conditions.cpp
  std::optional<Place> memberShown(const clang::Expr& expr);
  void condition(const clang::Expr* expr, ir::BlockId whenTrue, ir::BlockId whenFalse);
  void comparison(const clang::BinaryOperator& expr, ir::BlockId whenTrue, ir::BlockId whenFalse);
  static bool asksForExceptions(const clang::BinaryOperator& expr);
  bool uncaughtTest(const clang::BinaryOperator& expr, ir::BlockId whenTrue, ir::BlockId whenFalse);
  bool counterTest(const clang::BinaryOperator& expr, ir::BlockId whenTrue, ir::BlockId whenFalse);
  void truthTest(const clang::Expr& expr, const Value& value, bool equal, std::int64_t constant,
                 ir::BlockId whenTrue, ir::BlockId whenFalse);
  void describe(ir::VarId condition, const std::vector<Place>& reads);
  void opaqueTest(const clang::Expr& expr, ir::BlockId whenTrue, ir::BlockId whenFalse);
  void measure(const clang::BinaryOperator& expr, ir::VarId truth);
  bool pureText(const clang::Expr& expr, std::string& text, std::vector<Place>& reads);

  // ---- Calls.cpp, Owners.cpp
  Value emitCall(const clang::CallExpr& call, bool wanted, ir::SlotId destination);
  Value emitMethodCall(const clang::CallExpr& call, const clang::CXXMethodDecl& method,
                       const clang::Expr& object, llvm::ArrayRef<const clang::Expr*> arguments,
                       bool wanted, ir::SlotId destination);
  std::optional<Value> ownedObject(const clang::CXXMethodDecl& method, const Value& object,
                                   clang::QualType type);
  std::optional<Value> ownerCall(const clang::CallExpr& call, const clang::CXXMethodDecl& method,
                                 const Value& object, clang::QualType objectType,
                                 llvm::ArrayRef<const clang::Expr*> arguments);
  bool keepsValue(clang::QualType type);
  void keep(const Place& place, const Value& value);
  std::optional<Value> generatorCall(const clang::CallExpr& call, const std::string& name,
                                     const Value& object);
  std::optional<Value> standardCall(const clang::CallExpr& call,
                                    const clang::FunctionDecl& function, bool wanted,
                                    ir::SlotId destination);
  [[nodiscard]] const clang::FunctionDecl& root() const;
  static const clang::FunctionDecl* aroundLambda(const clang::FunctionDecl& function);
  static bool isLambdaOf(const clang::FunctionDecl& function, const clang::FunctionDecl& root);
  bool isOwnedByUse(const clang::Expr& call, const Held& held, ir::SlotId destination);
  Value thisIn(const clang::CXXRecordDecl& lambda) const;
  bool isEverybodys(const clang::FunctionDecl& function, const model::Kind& kind) const;
  ir::SlotId everybodysSlot(const clang::Expr& call, const clang::FunctionDecl& function,
                            const model::Kind& kind);
  static bool givesOwned(const clang::Expr& call, const Held& held);
  static bool givesGuard(const clang::CallExpr& call, const model::Kind& kind, const Held& made);
  static bool givesInside(const clang::CallExpr& call, const clang::CXXMethodDecl& method,
                          const model::Kind& kind, const Held& held);
  Value owned(const clang::Expr& call, const Held& held, std::string maker,
              const llvm::ArrayRef<const clang::Expr*>* given, ir::SlotId destination,
              ir::SlotId session);
  ir::SlotId sessionAmong(const std::vector<Value>& values);
  void beginMade(const clang::Expr& call, ir::SlotId guard, ir::SlotId session);
  Value unknownCall(const clang::Expr& call, const clang::FunctionDecl* function,
                    const Value* object, llvm::ArrayRef<const clang::Expr*> arguments,
                    const std::vector<Value>& values, ir::SlotId destination = ir::none);
  bool reachesDatabase(const clang::Expr& call, const clang::FunctionDecl* function,
                       const std::vector<Value>& values);
  [[nodiscard]] bool insidePool() const;
  [[nodiscard]] bool putsBack(const std::string& callee) const;
  void passArgument(const clang::Expr& call, clang::QualType parameter, const Value& value,
                    const std::string& callee);
  void passLambda(const clang::Expr& call, const clang::LambdaExpr& lambda,
                  const std::string& callee);
  Value freshVariable();
  void noteReferences(const clang::FunctionDecl& function, const std::vector<Value>& values);
  std::vector<Value> emitArguments(llvm::ArrayRef<const clang::Expr*> arguments);
  std::string calleeText(const clang::Expr& call, const clang::FunctionDecl* function);

  // ---- Threads.cpp
  std::vector<ir::SlotId> membersUsed(const clang::LambdaExpr& lambda);
  std::vector<ir::SlotId> sessionsInside(const Place& place, clang::QualType type, unsigned depth);
  void joinAll(clang::SourceRange range);
  void joinAfterLoop(const clang::Stmt* body);
  bool holdsJoining(const clang::RecordDecl* record);
  bool emptiesThreads(const clang::CXXMethodDecl& method);
  bool makesThreadInside(const clang::FunctionDecl& function);
  bool queuesTask(const clang::Expr& call, const clang::FunctionDecl& function);
  bool startsThread(const clang::Expr& call, const clang::FunctionDecl* function);
  std::vector<ir::SlotId> handedOver(llvm::ArrayRef<const clang::Expr*> arguments,
                                     const std::vector<Value>& values);
  bool keepsItsOwn(const clang::VarDecl& captured, ir::SlotId seen);
  void share(const clang::Expr& call, const std::string& how, const std::vector<ir::SlotId>& slots,
             bool detached);
  void join(const Place& thread, clang::SourceRange range);
  std::optional<Value> threadCall(const clang::Expr& call, const clang::FunctionDecl* function,
                                  const Value* object, llvm::ArrayRef<const clang::Expr*> arguments,
                                  const std::vector<Value>& values);
  void adoptThread(const Place& place, const Value& value);
  /// Whether a thread or future of this type waits for its task when it is destroyed.
  bool joinsAtEnd(clang::QualType type);

  // ---- ModelledCalls.cpp
  struct ModelledCall {
    const clang::Expr* expr = nullptr;
    const model::CallModel* model = nullptr;
    const model::Kind* kind = nullptr; ///< of the object, for methods and constructors
    Value object;                      ///< `this`
    llvm::ArrayRef<const clang::Expr*> arguments;
    const std::vector<Value>* values = nullptr;
    ir::SlotId destination = ir::none;
    bool wanted = true;
    std::string callee;
  };
  Value methodOfKind(const clang::CallExpr& call, const clang::CXXMethodDecl& method,
                     ModelledCall modelled);
  const model::CallModel* pick(const std::vector<const model::CallModel*>& overloads,
                               llvm::ArrayRef<const clang::Expr*> arguments,
                               const std::vector<Value>* values = nullptr);
  Value applyModel(const ModelledCall& call);
  void applyEffect(const ModelledCall& call, const model::Effect& effect, ir::Event base,
                   Value& result, bool& carrying);
  std::string nameGiven(const ModelledCall& call, const model::Effect& effect);
  void removeNamed(const ModelledCall& call, const model::Effect& effect);
  /// HandOver.cpp: the callee takes the subject over, or remembers it.
  void handOver(const ModelledCall& call, bool taken, ir::Event base);
  Value namedElsewhere(const ModelledCall& call, const model::Effect& effect);
  ir::Access accessOfText(const ModelledCall& call, const model::Effect& effect) const;
  void applySql(const ModelledCall& call, const model::Effect& effect, const ir::Event& base,
                bool& carrying);
  void runSql(const std::string& text, const ir::Event& base, bool& carrying);
  /// A constructor of a kind: the new object and what making it does.
  bool takesHandle(const ModelledCall& call, ir::SlotId on);
  void applyConstructor(const ModelledCall& call, bool mayThrow);
  Value handedBack(const ModelledCall& call, const model::CallModel& model, ir::SlotId first);
  bool wasGiven(const ModelledCall& call, const model::Kind& kind);
  bool isConstant(const clang::Expr& argument, const Value& known, const std::string& wanted) const;
  Value operandOf(const ModelledCall& call, const model::Operand& operand, const Value& result);
  ir::SlotId resultSlot(const ModelledCall& call, const model::Kind& kind);

  // ---- Views.cpp
  bool isViewVariable(const Place& place);
  bool assignView(const Place& place, const Value& value, clang::SourceRange range);
  void endReplacedViews();

  // ---- Pointers.cpp
  void pointTo(const Place& place, clang::QualType type, const Value& value);
  Value pointedTo(const Value& value) const;

  // ---- Positions.cpp
  bool isPosition(clang::QualType type, const Value& value);
  bool keepPosition(const Place& place, clang::QualType type, const Value& value,
                    clang::SourceRange range);
  ir::SlotId positionSlot(const Place& place, const model::Kind& kind, clang::SourceRange range);

  // ---- Databases.cpp
  /// What says which database a new session is of: `maker` and its arguments as written; empty when
  /// that is not sure.
  std::string makerWords(const clang::Expr& call, const std::string& maker);
  std::string databaseOf(const model::Kind& kind, const std::string& maker,
                         llvm::ArrayRef<const clang::Expr*> arguments);
  std::string wordsFor(const clang::Expr& expr);

  // ---- Objects.cpp, Aggregates.cpp
  /// Gives a new variable, member or temporary its first value; `init` may be null.
  void initialise(const Place& place, clang::QualType type, const clang::Expr* init,
                  clang::SourceRange range);
  void assign(const Place& place, const Value& value);
  void initialiseSlot(ir::SlotId slot, const Held& held, clang::QualType type,
                      const clang::Expr* init);
  void initialiseAggregate(const Place& place, const clang::CXXRecordDecl& record,
                           const clang::Expr* init);
  void initialiseReference(const Place& place, clang::QualType type, const clang::Expr& init);
  Value construct(const clang::CXXConstructExpr& expr, ir::SlotId destination);
  bool isException(clang::QualType type);
  Value constructTemporary(const clang::Expr& expr, clang::QualType type, const clang::Expr* init);
  void constructKind(const clang::CXXConstructExpr& expr, const Held& held, ir::SlotId slot);
  void abandonMembers(const Place& place, clang::SourceRange range);
  void runConstructor(const Place& place, const clang::CXXConstructExpr& expr);
  void baseInitialiser(const Place& place, const clang::CXXCtorInitializer& initialiser);
  void memberInitialisers(const Place& place, const clang::CXXConstructorDecl& constructor);
  void returnAggregate(const clang::Expr& expr);
  void fillUnseen(const Place& place, const clang::CXXRecordDecl& record, clang::SourceRange range);
  void copyAggregate(const Place& place, const clang::CXXRecordDecl& record, const Value& from,
                     bool moved);
  void destroy(const Place& place, clang::QualType type, bool unwinding);
  void destroyMembers(const Place& place, const clang::CXXRecordDecl& record, bool unwinding);
  void discard(const clang::Expr& whole, const clang::Expr& made, ir::SlotId slot, bool nameable);
  bool isAggregate(clang::QualType type);
  void makeFromUnseen(ir::SlotId target, clang::SourceRange range);
  void take(ir::SlotId slot, const Value& value, clang::SourceRange range, bool assigned = false);

  // ---- Inlining.cpp
  bool mayInline(const clang::FunctionDecl& function, bool dynamic) const;
  Value inlineCall(const clang::Expr& call, const clang::FunctionDecl& function,
                   const Value& object, llvm::ArrayRef<const clang::Expr*> arguments,
                   const std::vector<Value>& values, bool wanted, ir::SlotId destination);
  void runBody(const clang::FunctionDecl& function, const Value& object, SourceRange call,
               const std::string& name);
  void bindParameter(const clang::ParmVarDecl& parameter, const clang::Expr* argument,
                     const Value& value);
  void enter(Activation& activation, const clang::FunctionDecl& function, clang::SourceRange call);
  void leave();

  // ---- OutcomeValues.cpp
  bool isOutcomeValue(clang::QualType type);
  Value isZero(const Value& value, const clang::Expr& expr);
  Value outcomeMade(const clang::Expr& expr, clang::QualType type,
                    llvm::ArrayRef<const clang::Expr*> given, const std::vector<Value>& values);
  Value constructOutcome(const clang::CXXConstructExpr& expr);
  std::optional<Value> outcomeCall(const clang::CallExpr& call, const clang::CXXMethodDecl& method,
                                   const clang::Expr& objectExpr, const Value& object,
                                   llvm::ArrayRef<const clang::Expr*> arguments);
  std::optional<Value> outcomeField(const clang::MemberExpr& expr, const clang::FieldDecl& field,
                                    const Value& outcome);
  bool outcomeTest(const clang::Expr& expr, ir::BlockId whenTrue, ir::BlockId whenFalse);

  // ---- Slots.cpp
  ir::SlotId slotOf(const Value& value);
  ir::SlotId slotAt(const Place& place);
  ir::SlotId makeSlot(const Place& place, const Held& held, clang::SourceRange declared);
  ir::SlotId temporarySlot(const model::Kind& kind, ir::Holding holding, const clang::Expr& expr);
  std::optional<std::int64_t> initialOf(const clang::FieldDecl& field) const;
  ir::VarId variableAt(const Place& place);
  Value valueAt(const Place& place);
  Place placeOf(const clang::VarDecl& variable) const;
  clang::QualType typeOf(const Place& place) const;
  std::string nameOf(const Place& place) const;
  ir::Storage storageOf(const Place& place) const;
  bool isInherited(const Place& place) const;
  void changed(const Place& place);
  void changedConditions(const Place& place);
  void changedBelow(const Place& place);
  void changedMembers();
  bool isTracked(clang::QualType type);
  ir::Event event(ir::Op op, clang::SourceRange range, ir::SlotId subject = ir::none);
  void add(ir::Op op, clang::SourceRange range, ir::SlotId subject = ir::none,
           ir::SlotId other = ir::none);
  void callEvent(const clang::Expr& call, const clang::FunctionDecl* function, std::string text,
                 bool worksWithSession = false);
  [[nodiscard]] const ir::Slot& slot(ir::SlotId id) { return builder_.function().slots[id]; }
  const model::Kind& kindOf(ir::SlotId id) { return *slotKinds_[id]; }
  bool throws(const clang::FunctionDecl* function) const;

  struct JumpTarget {
    ir::BlockId block = ir::none;
    std::size_t depth = 0;
  };
  struct OpaqueCondition {
    ir::VarId variable = ir::none;
    std::vector<Place> reads;
  };
  struct SwitchState {
    std::vector<ir::SwitchCase> cases;
    ir::BlockId otherwise = ir::none;
    std::size_t depth = 0;
  };

  UnitContext& unit_;
  Relevance& relevance_;
  const clang::FunctionDecl& root_;
  ir::Function function_;
  IrBuilder builder_;
  std::deque<Activation> activations_;
  Activation* now_ = nullptr;
  unsigned instances_ = 0;
  clang::SourceRange leavingAt_; ///< the brace or jump that ends the scopes being left
  ir::LoopId loop_ = ir::none;
  ir::BlockId exit_ = ir::none;

  std::map<Place, ir::SlotId> slots_;
  std::vector<const model::Kind*> slotKinds_;
  std::map<Place, ir::VarId> variables_;
  std::set<Place> givenAway_;      ///< temporaries that a callee out of sight has for its own
  std::map<Place, Value> aliases_; ///< references, lambdas, known texts: one value for life
  std::map<const clang::CXXRecordDecl*, Value> lambdaThis_; ///< of each lambda that was written
  std::map<std::string, OpaqueCondition> conditions_;
  std::vector<std::pair<ir::BlockId, std::size_t>> perhaps_; ///< own functions that may throw
  std::vector<Place> changes_; ///< plain values that changed, in the order of the code
  std::map<ir::VarId, std::size_t>
      born_;                         ///< how many changes there were when it was first asked about
  std::set<ir::SlotId> constructed_; ///< members that the root constructor has filled with handles
  std::map<std::string, ir::SlotId>
      named_; ///< sessions made elsewhere, by the words that find them
  std::map<ir::SlotId, ir::VarId> outcomes_; ///< results that tell how the call went that made them
  std::set<ir::VarId> seenOutcomes_;         ///< of these, the ones that somebody asks for
  ir::VarId outcome_ = ir::none;    ///< where the modelled call at hand shows whether it worked
  std::optional<Place> handedOver_; ///< the local that a return at hand gives to the caller
  const clang::Expr* initialising_ = nullptr; ///< the call whose result is an object of ours
  bool delegated_ = false;                    ///< the root constructor runs on a finished object
  bool throwing_ = false;     ///< what is being written makes the exception of a throw
  bool watchMembers_ = false; ///< a guard that cannot be followed may end what members hold
  std::vector<Place> noted_;  ///< what handlers change
  unsigned handlers_ = 0;     ///< handlers around what is being written
  bool unwinding_ = false;    ///< what is being written runs while an exception passes
  bool newObject_ = false;    ///< the object being constructed was made by `new`
  std::map<ir::BlockId, TryState> tries_; ///< by the block that chooses among the handlers
  std::vector<JumpTarget> breaks_;
  std::vector<JumpTarget> continues_;
  std::vector<SwitchState*> switches_;
  std::map<std::pair<const clang::LabelDecl*, unsigned>, JumpTarget> labels_;
  struct Thread {
    std::vector<ir::SlotId> sessions; ///< what it was given
    const clang::Expr* start = nullptr;
  };
  std::map<Place, Thread> threads_; ///< by the variable of the thread or future
  std::map<Place, Place> pointees_; ///< pointers to objects with sessions inside, and those objects
  std::map<ir::VarId, ir::SlotId>
      views_;                         ///< variables that may look into something, and their slots
  std::map<Place, ir::VarId> guards_; ///< scope guards: whether they are armed
};

} // namespace session_tidy::lower
