// What would mend a finding, in the terms of the analysis: which object, which places. The edits
// are planned from it with the source text at hand (src/fix/Planner.h); a rule says no text.
#pragma once

#include "support/Source.h"

#include <cstdint>
#include <string>
#include <vector>

namespace session_tidy {

struct Remedy {
  enum class Kind : std::uint8_t {
    RollBackInHandler,  ///< roll back first thing in the handler at `at`
    RollBackAndRethrow, ///< ... and hand the exception on
    Own,                ///< let an owner hold what is made at `at`
    Guard,              ///< a guard object in place of begin, commit and rollback
    DropCommit,         ///< the commit at `cause` goes, the one at `at` stays
    MoveEnd,            ///< the end at `cause` comes after the last use
    Nest,               ///< the transaction at `at` becomes one inside the one at `cause`
    FinishGenerator,    ///< the loop over the generator runs to its end
  };
  Kind kind = Kind::RollBackInHandler;
  std::vector<std::string> taken; ///< names that mean something in the function; sorted
  SourceRange body;               ///< of the function, with its braces
  SourceRange at;
  SourceRange cause;

  // The object.
  std::string object;        ///< its variable, as written: "sql", "this->db_"; empty: has none
  SourceRange declared;      ///< the variable's name where it is declared; invalid for members
  bool pointer = false;      ///< called by "->"
  bool local = false;        ///< declared in this very function
  bool fromNew = false;      ///< Own: made by `new`
  bool byDelete = false;     ///< Own: made by a function, and released by `delete`
  bool filled = false;       ///< Own: an open call filled it in through its address
  bool mayThrow = false;     ///< its operations throw
  std::string type;          ///< its type for a declaration: "sqlite3", "soci::session"
  std::string closer;        ///< function that ends a handle
  std::string guard;         ///< class to use in place of begin and commit
  std::string guardHeader;   ///< what declares it, with its marks
  std::string guardName;     ///< a good name for one
  bool guardCommits = false; ///< at its end, unless an exception passes
  std::string outer;         ///< Nest: the variable of the transaction around it
  bool outerPointer = false; ///< ... which is a pointer
  std::string innerCommit;   ///< Nest: the method in place of "commit"
  bool byResult = false;     ///< its operations tell failure by a result
  std::string rollback;      ///< method that rolls back; empty: none

  // What the function does to it, in its own text.
  std::vector<SourceRange> begins;
  std::vector<SourceRange> commits;
  std::vector<SourceRange> rollbacks;
  std::vector<SourceRange> outerCommits; ///< Nest: of the transaction around it
  std::vector<SourceRange> ends;         ///< closes, deletes, gives back
  std::vector<SourceRange> helperEnds;   ///< calls of helpers that do
  std::vector<SourceRange> handOuts;     ///< returns
  std::vector<SourceRange> takeOvers;    ///< owners that take it over
  std::vector<std::string> dependents;   ///< variables that hang on it
  bool endsByItself = false;             ///< its destructor rolls back
  bool openAtReturn = false; ///< Guard: an exception is not the only way to leave it open
  bool doubtful = false;     ///< the fix changes more than the defect
  std::string obstacle;      ///< why it cannot be done, known already

  friend bool operator==(const Remedy&, const Remedy&) = default;
};

} // namespace session_tidy
