// Hash tables over the libraries.
#include "model/ModelSet.h"

#include <algorithm>

namespace session_tidy::model {

namespace {

const std::vector<const CallModel*> noCalls;

template <class Map, class Key>
// NOLINTNEXTLINE(readability-redundant-typename): the oldest compilers want it.
auto lookUp(const Map& map, const Key& key) -> const typename Map::mapped_type* {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

/// "A<B, *>": B and *.
std::vector<std::string_view> splitArguments(std::string_view type) {
  std::vector<std::string_view> arguments;
  std::size_t at = type.find('<') + 1;
  while (at < type.size()) {
    const std::size_t end = type.find_first_of(",>", at);
    arguments.push_back(type.substr(at, end - at));
    at = type.find_first_not_of(", ", end);
    if (at == type.npos || type[at] == '>') break;
  }
  return arguments;
}

/// "soci/" is in "soci/soci.h" and in "/usr/include/soci/soci.h", not in "mysoci/soci.h".
bool hasPathPrefix(std::string_view path, std::string_view prefix) {
  for (std::size_t at = path.find(prefix); at != std::string_view::npos;
       at = path.find(prefix, at + 1))
    if (at == 0 || path[at - 1] == '/') return true;
  return false;
}

} // namespace

ModelSet::ModelSet(std::vector<Library> libraries) {
  libraries_.reserve(libraries.size());
  for (Library& library : libraries) add(std::move(library));
}

void ModelSet::add(Library library) {
  libraries_.push_back(std::move(library));
  index(libraries_.back());
}

void ModelSet::index(const Library& library) {
  for (const Kind& kind : library.kinds) {
    kindsById_.insert_or_assign(kind.id, &kind);
    for (const std::string& type : kind.types) indexType(type, kind);
    auto& methods = methods_[&kind];
    for (const CallModel& method : kind.methods) methods[method.name].push_back(&method);
  }
  for (const CallModel& function : library.functions) {
    std::vector<const CallModel*>& overloads = functions_[function.name];
    // A later library's word replaces an earlier one's; within one library they are overloads.
    const CallModel* first = library.functions.data();
    if (!overloads.empty() &&
        (overloads.front() < first || overloads.front() >= first + library.functions.size()))
      overloads.clear();
    overloads.push_back(&function);
  }
  for (const HelperName& helper : library.helpers)
    helpers_.insert_or_assign(helper.name, helper.helper);
}

const Kind* ModelSet::kind(std::string_view id) const {
  const auto* found = lookUp(kindsById_, id);
  return found == nullptr ? nullptr : *found;
}

const Kind* ModelSet::kindOfType(std::string_view qualifiedName) const {
  const auto* found = lookUp(kindsByType_, qualifiedName);
  return found == nullptr ? nullptr : *found;
}

const std::vector<const CallModel*>& ModelSet::functions(std::string_view qualifiedName) const {
  const auto* found = lookUp(functions_, qualifiedName);
  return found == nullptr ? noCalls : *found;
}

const std::vector<const CallModel*>& ModelSet::methods(const Kind& kind,
                                                       std::string_view name) const {
  const auto* ofKind = lookUp(methods_, &kind);
  // A kind that was copied out of the set still has its methods, by its id.
  if (ofKind == nullptr) {
    const Kind* own = this->kind(kind.id);
    ofKind = own == nullptr ? nullptr : lookUp(methods_, own);
  }
  const auto* found = ofKind == nullptr ? nullptr : lookUp(*ofKind, name);
  return found == nullptr ? noCalls : *found;
}

bool ModelSet::onlyUses(std::string_view functionName) const {
  return std::ranges::any_of(libraries_, [&](const Library& library) {
    return std::ranges::any_of(library.prefixes, [&](const std::string& prefix) {
      return functionName.starts_with(prefix);
    });
  });
}

void ModelSet::indexType(std::string_view type, const Kind& kind) {
  const std::size_t open = type.find('<');
  if (open == type.npos) {
    kindsByType_.insert_or_assign(type, &kind);
    return;
  }
  Instance instance{.arguments = splitArguments(type), .kind = &kind};
  std::vector<Instance>& instances = kindsByArguments_[type.substr(0, open)];
  instances.insert(instances.begin(), std::move(instance)); // later ones win
}

bool ModelSet::hasArguments(std::string_view qualifiedName) const {
  return kindsByArguments_.contains(qualifiedName);
}

const Kind* ModelSet::kindOfTemplate(std::string_view qualifiedName,
                                     const std::vector<std::string>& arguments) const {
  const auto* instances = lookUp(kindsByArguments_, qualifiedName);
  if (instances == nullptr) return nullptr;
  const auto fits = [&](const Instance& instance) {
    return instance.arguments.size() <= arguments.size() &&
           std::equal(instance.arguments.begin(), instance.arguments.end(), arguments.begin(),
                      [](std::string_view wanted, const std::string& written) {
                        return wanted == "*" || wanted == written;
                      });
  };
  const auto found = std::ranges::find_if(*instances, fits);
  return found == instances->end() ? nullptr : found->kind;
}

std::optional<Helper> ModelSet::helper(std::string_view qualifiedName) const {
  const auto* found = lookUp(helpers_, qualifiedName);
  return found == nullptr ? std::nullopt : std::optional(*found);
}

const std::vector<std::string>& ModelSet::errorsOf(std::string_view library) const {
  static const std::vector<std::string> none;
  const auto found = std::ranges::find(libraries_, library, &Library::name);
  return found == libraries_.end() ? none : found->errors;
}

bool ModelSet::mentionsHeader(std::string_view includePath) const {
  return std::ranges::any_of(libraries_, [&](const Library& library) {
    return model::mentionsHeader(library, includePath);
  });
}

bool mentionsHeader(const Library& library, std::string_view includePath) {
  return std::ranges::any_of(library.headers, [&](const std::string& header) {
    return hasPathPrefix(includePath, header);
  });
}

} // namespace session_tidy::model
