// What a session library looks like, as data: the kinds of things it has and what its calls do to
// them.
//
// Filled from models/*.json and the user's .session-tidy.json (ModelReader), asked by the lowering
// (ModelSet). Kinds travel into the session IR, so that the engine needs no model at hand.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace session_tidy::model {

/// The part a kind of object plays.
enum class Role : std::uint8_t { Session, Transaction, Pool, Dependent, Scope, Generator };

/// What an operation does to its subject.
enum class Op : std::uint8_t {
  Open,     ///< the subject becomes a live session; for Acquire-style calls the subject is new
  Close,    ///< the subject is over; using it or closing it again is a mistake
  Acquire,  ///< a lease taken from a pool (`on`); the subject is new
  GiveBack, ///< the lease goes back to its pool
  Begin,    ///< a transaction starts on the subject (or, for a guard's constructor, on `on`)
  Commit,
  Rollback,
  Savepoint,
  ReleaseSavepoint,
  RollbackToSavepoint,
  Flush, ///< work is sent, nothing ends
  Use,   ///< needs the subject alive; reads or writes, unknown which
  Read,
  Write,
  Sql,      ///< what it does is in the SQL text of argument `sqlArgument`; on a dependent or
            ///< transaction: to its session
  Harmless, ///< may be called in any state (error text, state queries)
  Derive,   ///< the subject is a new dependent of `on`
  Detach,   ///< gives up ownership without ending (unique_ptr::release and the like)
  Move,     ///< the subject takes over what `on` held
  Remove,   ///< the session that the subject's words name leaves its register (QSqlDatabase)
  Refresh,  ///< what was read from the subject before is gone: the next row is there
  Take,     ///< gives up ownership: whoever is called ends it
  Keep,     ///< is remembered beyond the call
  Outcome,  ///< the result tells how the call went that made the subject (PQresultStatus)
};

/// Which value of a call an effect is about.
struct Operand {
  enum class Base : std::uint8_t { This, Result, Argument };
  Base base = Base::This;
  std::uint8_t index = 0; ///< for Argument, from 0
  bool pointee = false;   ///< "*arg1": what the argument points to (an out-parameter)

  friend bool operator==(const Operand&, const Operand&) = default;
};

/// One thing a call does.
struct Effect {
  Op op = Op::Use;
  Operand subject;
  std::optional<Operand> on; ///< the session, pool or result the subject hangs on
  std::string kind;          ///< id of the kind of a new subject; empty: as declared
  std::optional<std::uint8_t> sqlArgument;
  std::optional<std::uint8_t> nameArgument; ///< Open, Use: says which session it is; without that
                                            ///< argument the default one
  bool reading = false;                     ///< Begin of a transaction that only reads
  bool writing = false;                     ///< ... that keeps all others from writing
  bool heldOnFailure = false;               ///< Open that fails still hands out something to close

  friend bool operator==(const Effect&, const Effect&) = default;
};

/// How a caller learns that a call failed.
enum class Success : std::uint8_t {
  Always,    ///< cannot fail in a way that matters, or fails by exception only
  IfTrue,    ///< bool result
  IfZero,    ///< 0 is success (SQLITE_OK, MDB_SUCCESS, mysql_query)
  IfNonNull, ///< a pointer result or filled out-parameter
  IfValue,   ///< result equals CallModel::successValue
};

/// A function, method, operator or constructor and what it does.
/// Overloads are tried in the order of the model; the first that fits arity and argument types is
/// meant.
struct CallModel {
  std::string name;            ///< qualified for functions, bare for methods, "operator<<"
  std::vector<Effect> effects; ///< in order
  bool throws = false;         ///< reports trouble by exception
  Success success = Success::Always;
  std::int64_t successValue = 0;
  /// With IfValue: another result that is no failure (PGRES_TUPLES_OK).
  std::optional<std::int64_t> otherSuccess;
  /// Only calls with so many arguments written (not defaulted); none: any.
  std::optional<std::uint8_t> arity;
  std::vector<std::string> argumentTypes;  ///< only calls whose leading arguments have these types
                                           ///< (class names, "bool"; "" any)
  std::vector<std::string> argumentValues; ///< only calls whose leading arguments are these
                                           ///< constants ("false", "0"; "" any)

  friend bool operator==(const CallModel&, const CallModel&) = default;
};

/// A public data member that is used like the object itself (`sql.once << ...`, `sql.prepare <<
/// ...`).
struct MemberModel {
  std::string name;
  std::string kind; ///< id of what it yields, hanging on the object; empty: the object itself

  friend bool operator==(const MemberModel&, const MemberModel&) = default;
};

/// What happens to the object when its C++ owner is destroyed.
enum class Destruction : std::uint8_t {
  Nothing,  ///< a raw handle: ends only by a call
  Close,    ///< a session closes (an open transaction on it is rolled back by the server)
  GiveBack, ///< a lease returns to its pool
  Rollback, ///< a guard rolls back unless committed
  Commit,   ///< a guard commits
  Free,     ///< a dependent is released
};

/// What a pool does with a lease that comes back inside a transaction.
enum class DirtyReturn : std::uint8_t { Unknown, Kept, RolledBack };

/// A kind of object of a library.
struct Kind {
  std::string id;      ///< "soci.session"
  std::string display; ///< "soci::session", for messages
  std::string library; ///< "soci"
  Role role = Role::Session;
  /// Qualified class names, without inline namespaces; of a template without its arguments, or with
  /// those that count: "pqxx::transaction<*, pqxx::write_policy::read_only>".
  std::vector<std::string> types;
  bool handle = false; ///< C style: known by pointer only, made and ended by calls
  bool shared = false; ///< copies name the same session (QSqlDatabase, Poco::Data::Session)
  bool nests = false;  ///< a transaction inside a transaction is a savepoint by itself
  /// Work may start a transaction by itself: commit and rollback need no begin.
  bool implicitBegin = false;
  bool threadSafe = false;
  bool readOnly = false;  ///< a transaction type that cannot write
  bool savepoint = false; ///< a "transaction" that is a savepoint of an outer one
  bool ownsData = false;  ///< a dependent that stays valid without its session (pqxx::result)
  /// Ends with what it hangs on: never a leak (cursors of LMDB's writing transactions).
  bool view = false; ///< memory inside what it hangs on: the text of a column, a row; has no class
                     ///< of its own
  bool freedWithParent = false;
  /// A guard that commits at its end rolls back when an exception passes (Wt::Dbo).
  bool rollsBackOnUnwind = false;
  bool reusable = false; ///< may be begun or opened again after its end
  bool beginsOnConstruction = false;
  Destruction destruction = Destruction::Nothing;
  DirtyReturn dirtyReturn = DirtyReturn::Unknown;
  std::string closer; ///< function that ends a handle, for messages and fixes ("sqlite3_close")
  std::string guard;  ///< a transaction class to use instead of begin/commit ("soci::transaction")
  std::string guardHeader; ///< what declares it, with its marks ("<soci/transaction.h>")
  /// A transaction inside one of these, as it is declared: "pqxx::subtransaction {name}({outer})".
  std::string inner;
  std::string innerHeader;   ///< what declares its class, with its marks
  std::string innerCommit;   ///< its method in place of "commit"; empty: the same
  std::string temporaryName; ///< a good name for a local of this kind ("tr")
  bool guessed = false;      ///< recognised by its shape, not modelled: less sure
  bool throws = false;       ///< methods that the model does not list report trouble by exception
  std::vector<MemberModel> members;
  std::vector<CallModel> constructors;
  std::vector<CallModel> methods;

  /// Its objects are names in a library's register: they end nothing, and are good in one thread.
  [[nodiscard]] bool isRegisterName() const {
    return shared && destruction == Destruction::Nothing;
  }

  friend bool operator==(const Kind&, const Kind&) = default;
};

/// The part that a class or function plays around sessions without knowing any.
enum class Helper : std::uint8_t {
  Owner,         ///< holds its first template argument, alone: std::unique_ptr, std::optional
  SharedOwner,   ///< ... together with its copies: std::shared_ptr
  Pointer,       ///< points to it: gsl::not_null
  Callable,      ///< keeps what may be called: std::function
  Text,          ///< owns characters: std::string
  TextView,      ///< characters of something else: std::string_view
  TextMaker,     ///< a function that makes a text of a literal and does nothing else
  View,          ///< memory of something else: std::span
  ScopeGuard,    ///< runs the lambda that it is made of when its scope is left
  AssignedGuard, ///< ... that it is assigned after its declaration
  Thread,        ///< runs what its constructor is given
  JoiningThread, ///< ... and waits for it in its destructor
  Future,        ///< waits for a task, when asked to
  JoiningFuture, ///< ... and in its destructor, if the task came from a Task function
  Task,          ///< a function that runs what it is given elsewhere, and gives a future for it
  Spawner,       ///< a function that runs what it is given elsewhere, or later
  Finisher,      ///< a function that may end the transaction on a session that it is given
};

/// A class or function that plays such a part, by qualified name.
struct HelperName {
  std::string name;
  Helper helper = Helper::Owner;

  friend bool operator==(const HelperName&, const HelperName&) = default;
};

/// One library: its kinds and free functions.
struct Library {
  std::string name;
  std::string origin; ///< file the model was read from, "(built in)" otherwise
  std::string basis;  ///< what the model was checked against: "headers of 4.0.3", "documentation"
  std::vector<std::string> headers;  ///< include path prefixes that show the library is used
  std::vector<std::string> prefixes; ///< other functions named so ("sqlite3_") use a handle they
                                     ///< are given, and keep nothing
  std::vector<std::string> errors; ///< classes by which calls report trouble, where that is not the
                                   ///< root of the library's exceptions
  std::vector<Kind> kinds;
  std::vector<CallModel> functions;
  std::vector<HelperName> helpers;

  friend bool operator==(const Library&, const Library&) = default;
};

} // namespace session_tidy::model
