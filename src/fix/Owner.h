// Giving a raw pointer or handle an owner: the parts of that plan.
#pragma once

#include "fix/Planner.h"

#include <optional>
#include <string>
#include <vector>

namespace session_tidy::fix {

/// How the variable is declared: `sqlite3* db = nullptr;`.
struct Declaration {
  StatementId statement = noStatement;
  std::size_t nameToken = noToken;
  std::string type; ///< "sqlite3"; empty for auto
  bool isAuto = false;
  std::size_t firstOfValue = noToken;
  std::size_t lastOfValue = noToken; ///< none: no initialiser, or `{}`
  std::string obstacle;
};

Declaration readDeclaration(const Site& site);

/// A struct that ends a handle, in the file already or to be put there.
struct Deleter {
  std::string name;
  std::optional<Edit> insertion;
};

Deleter deleterFor(const Site& site, const std::string& type, const std::string& closer);

/// The edit for an include, if the file lacks it.
std::optional<Edit> includeEdit(const Code& code, const std::string& header);

/// The edits at all uses of the variable after an owner has taken its place.
class OwnerUses {
public:
  OwnerUses(const Site& site, const Declaration& declaration, const std::string& closer);

  /// Everything but the acquisition at `acquired`.
  void run(const Span& acquired);

  [[nodiscard]] const std::string& obstacle() const { return obstacle_; }
  [[nodiscard]] std::vector<Edit>& edits() { return edits_; }
  /// Whether the owner is given another value, or emptied.
  [[nodiscard]] bool changes() const { return changes_; }
  /// Where the address is taken for the open call, and later for others.
  [[nodiscard]] const std::vector<std::size_t>& addresses() const { return addresses_; }
  /// Calls that release are gone: they are the owner's work now.
  [[nodiscard]] const std::vector<StatementId>& removed() const { return removed_; }

private:
  void use(std::size_t token);
  bool release(std::size_t token);
  bool assignment(std::size_t token);
  bool truth(std::size_t token) const;
  bool comparesToNull(std::size_t token) const;
  void endStatement(StatementId id, const Span& call);
  [[nodiscard]] bool endsAnyway(StatementId id) const;
  [[nodiscard]] bool isPlain(StatementId id) const;
  [[nodiscard]] bool inLambda(std::size_t token, StatementId statement) const;
  void replace(std::size_t token, std::string text);
  void after(std::size_t token, std::string text);
  void fail(std::string why) {
    if (obstacle_.empty()) obstacle_ = std::move(why);
  }

  const Site& site_;
  const Code& code_;
  const Body& body_;
  const Declaration& declaration_;
  std::string name_;
  std::string closer_;
  Span acquired_;
  std::vector<Edit> edits_;
  std::vector<StatementId> removed_;
  std::vector<std::size_t> addresses_;
  bool changes_ = false;
  std::string obstacle_;
};

/// Takes away `try { ... } catch (...) { release; throw; }` whose handlers do nothing else any
/// more. `removed`: statements that go.
void unwrapTries(const Site& site, const std::vector<StatementId>& removed,
                 std::vector<Edit>& edits);

} // namespace session_tidy::fix
