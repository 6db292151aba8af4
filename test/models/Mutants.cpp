#include "models/Mutants.h"

#include <sstream>

namespace session_tidy::test {

namespace {

using Json = nlohmann::ordered_json;

/// The names of a key: "commit, save".
std::vector<std::string> namesOf(const std::string& key) {
  std::vector<std::string> names;
  std::istringstream stream(key);
  for (std::string name; std::getline(stream, name, ',');)
    names.push_back(name.substr(name.find_first_not_of(' ')));
  // `operator,` has the separator in its name.
  std::vector<std::string> whole;
  for (std::string& name : names) {
    if (!whole.empty() && whole.back() == "operator" && name.empty())
      whole.back() = "operator,";
    else
      whole.push_back(std::move(name));
  }
  if (!whole.empty() && whole.back() == "operator") whole.back() = "operator,";
  return whole;
}

std::string keyWithout(const std::vector<std::string>& names, std::size_t dropped) {
  std::string key;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (i != dropped) key += (key.empty() ? "" : ", ") + names[i];
  return key;
}

/// The same object with another key in one place, or without it.
Json withKey(const Json& object, const std::string& key, const std::string& replacement) {
  Json result = Json::object();
  for (const auto& [name, value] : object.items()) {
    if (name != key)
      result[name] = value;
    else if (!replacement.empty())
      result[replacement] = value;
  }
  return result;
}

class Maker {
public:
  explicit Maker(const std::string& model) : model_(Json::parse(model)) {}

  std::vector<Mutant> run() {
    for (const auto& [name, kind] : model_["kinds"].items()) {
      const Json::json_pointer at = Json::json_pointer("/kinds") / name;
      elements(at / "types", name + " type");
      elements(at / "constructors", name + " constructor");
      keys(at / "members", name + " member");
      kind_ = name;
      calls(at / "methods", name + ".");
      kind_.clear();
    }
    calls(Json::json_pointer("/functions"), "function ");
    for (const auto& [name, names] : model_["helpers"].items())
      elements(Json::json_pointer("/helpers") / name, name);
    return std::move(mutants_);
  }

private:
  void add(const std::string& what, const Json& model) {
    mutants_.push_back({.what = what, .text = model.dump(2), .kind = kind_, .method = method_});
  }

  void keys(const Json::json_pointer& at, const std::string& what) {
    if (!model_.contains(at)) return;
    for (const auto& [key, value] : model_[at].items()) {
      Json changed = model_;
      changed[at].erase(key);
      add(what + " " + key, changed);
    }
  }

  /// Array elements, one at a time; an array of one goes whole.
  void elements(const Json::json_pointer& at, const std::string& what) {
    if (!model_.contains(at)) return;
    for (std::size_t i = 0; i < model_[at].size(); ++i) {
      Json changed = model_;
      changed[at].erase(i);
      if (changed[at].empty() && at.back() != "types")
        changed[at.parent_pointer()].erase(at.back());
      const Json& element = model_[at][i];
      add(what + " " + (element.is_string() ? element.get<std::string>() : std::to_string(i)),
          changed);
    }
  }

  void calls(const Json::json_pointer& at, const std::string& what) {
    if (!model_.contains(at)) return;
    for (const auto& [key, value] : model_[at].items()) {
      const std::vector<std::string> names = namesOf(key);
      for (std::size_t i = 0; i < names.size(); ++i) {
        Json changed = model_;
        changed[at] = withKey(model_[at], key, keyWithout(names, i));
        method_ = kind_.empty() ? "" : names[i];
        add(what + names[i], changed);
        method_.clear();
      }
      within(at / key, what + names.front());
    }
  }

  /// Overloads, effects and what else is said about one call.
  void within(const Json::json_pointer& at, const std::string& what) {
    const Json& value = model_[at];
    if (value.is_array() && value.size() > 1) {
      for (std::size_t i = 0; i < value.size(); ++i) {
        Json changed = model_;
        changed[at].erase(i);
        const std::string part = value[i].is_object() ? " overload " : " effect ";
        add(what + part + std::to_string(i), changed);
      }
    }
    if (value.is_array() && !value.empty() && value[0].is_object())
      for (std::size_t i = 0; i < value.size(); ++i)
        within(at / i, what + " overload " + std::to_string(i));
    if (!value.is_object()) return;
    for (const char* said : {"throws", "success"}) {
      if (!value.contains(said)) continue;
      Json changed = model_;
      changed[at].erase(said);
      add(what + " " + said, changed);
    }
    if (value.contains("does")) within(at / "does", what);
  }

  Json model_;
  std::string kind_;
  std::string method_;
  std::vector<Mutant> mutants_;
};

} // namespace

std::vector<Mutant> mutantsOf(const std::string& model) {
  return Maker(model).run();
}

} // namespace session_tidy::test
