// All models that are in force for one run, and the questions the lowering asks of them.
#pragma once

#include "model/Model.h"

#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace session_tidy::model {

/// Names are qualified, without inline namespaces and template arguments: "pqxx::transaction",
/// "sqlite3_open".
class ModelSet {
public:
  ModelSet() = default;
  explicit ModelSet(std::vector<Library> libraries);

  // The tables point into the libraries.
  ModelSet(const ModelSet&) = delete;
  ModelSet& operator=(const ModelSet&) = delete;
  ModelSet(ModelSet&&) = default;
  ModelSet& operator=(ModelSet&&) = default;
  ~ModelSet() = default;

  /// Later libraries win over earlier ones: the user's own come last.
  void add(Library library);

  [[nodiscard]] const std::vector<Library>& libraries() const { return libraries_; }

  /// The kind with this id, or nullptr.
  [[nodiscard]] const Kind* kind(std::string_view id) const;

  /// The kind a class of this name is, or nullptr. Base classes are the caller's walk.
  [[nodiscard]] const Kind* kindOfType(std::string_view qualifiedName) const;

  /// The kind that a template of this name is with these arguments, where that makes a difference:
  /// as they are written, qualified; or nullptr. `hasArguments` tells whether it is worth asking.
  [[nodiscard]] const Kind* kindOfTemplate(std::string_view qualifiedName,
                                           const std::vector<std::string>& arguments) const;
  [[nodiscard]] bool hasArguments(std::string_view qualifiedName) const;

  /// Overloads of a free function (or static method, by its qualified name); empty when unknown.
  [[nodiscard]] const std::vector<const CallModel*>&
  functions(std::string_view qualifiedName) const;

  /// Overloads of a method of a kind, by bare name ("commit", "operator<<"); empty when unknown.
  [[nodiscard]] const std::vector<const CallModel*>& methods(const Kind& kind,
                                                             std::string_view name) const;

  /// Whether an unlisted function belongs to a library by its name ("sqlite3_limit"): it uses the
  /// handles that it is given, and keeps none of them.
  [[nodiscard]] bool onlyUses(std::string_view functionName) const;

  /// The part that a class or function of this name plays around sessions, if it plays one.
  [[nodiscard]] std::optional<Helper> helper(std::string_view qualifiedName) const;

  /// The classes by which the calls of a library report trouble, where its model names them.
  [[nodiscard]] const std::vector<std::string>& errorsOf(std::string_view library) const;

  /// Whether a header of this include path shows that some modelled library may be used.
  [[nodiscard]] bool mentionsHeader(std::string_view includePath) const;

private:
  void index(const Library& library);
  void indexType(std::string_view type, const Kind& kind);

  std::vector<Library> libraries_;
  // Keys are views of the libraries' own strings: those stay where they are when libraries_ grows
  // or moves.
  std::unordered_map<std::string_view, const Kind*> kindsById_;
  std::unordered_map<std::string_view, const Kind*> kindsByType_;
  std::unordered_map<std::string_view, std::vector<const CallModel*>> functions_;
  /// A template of which some arguments make another kind; empty ones may be any.
  struct Instance {
    std::vector<std::string_view> arguments;
    const Kind* kind = nullptr;
  };
  std::unordered_map<std::string_view, std::vector<Instance>> kindsByArguments_;
  std::unordered_map<std::string_view, Helper> helpers_;
  std::unordered_map<const Kind*,
                     std::unordered_map<std::string_view, std::vector<const CallModel*>>>
      methods_;
};

/// Whether this include path shows that the library may be used.
bool mentionsHeader(const Library& library, std::string_view includePath);

} // namespace session_tidy::model
