// Diagnostics and code actions as an editor is to see them.
#include "clangd/EditorMessages.h"

#include "clangd/RuleLinks.h"
#include "fix/EditorMenu.h"

#include <llvm/ADT/StringRef.h>

#include <set>
#include <string>

namespace session_tidy::clangd {

namespace {

using llvm::StringRef;
namespace json = llvm::json;

constexpr StringRef oneFix = " (fix available)";
constexpr StringRef moreFixes = " (fixes available)";

StringRef stringIn(const json::Object& object, StringRef key) {
  return object.getString(key).value_or("");
}

bool isOurs(const json::Object& diagnostic) {
  return stringIn(diagnostic, "code").starts_with("session-");
}

/// Calls `change` for each of our diagnostics in an array.
template <typename Change>
void forOurs(json::Array* diagnostics, Change change) {
  if (diagnostics == nullptr) return;
  for (json::Value& value : *diagnostics)
    if (json::Object* diagnostic = value.getAsObject();
        diagnostic != nullptr && isOurs(*diagnostic))
      change(*diagnostic);
}

// Of the fixes that clangd counts, one is the comment that silences the finding.
void showFixCount(json::Object& diagnostic) {
  std::string message = stringIn(diagnostic, "message").str();
  StringRef text = message;
  if (text.consume_back(moreFixes))
    diagnostic["message"] = text.str() + oneFix.str();
  else if (text.consume_back(oneFix))
    diagnostic["message"] = text.str();
}

void recallFixCount(json::Object& diagnostic) {
  const std::string message = stringIn(diagnostic, "message").str();
  StringRef text = message;
  const bool mendable = text.consume_back(oneFix);
  diagnostic["message"] = text.str() + (mendable ? moreFixes : oneFix).str();
}

void preferSafeFixes(json::Array& actions);

void show(json::Object& diagnostic) {
  showFixCount(diagnostic);
  if (json::Object* link = diagnostic.getObject("codeDescription"))
    (*link)["href"] = rulePageUrl(stringIn(diagnostic, "code").str());
  // For editors that ask for them within the diagnostic.
  if (json::Array* actions = diagnostic.getArray("codeActions")) preferSafeFixes(*actions);
}

/// The finding that an action is for, as text; actions within one diagnostic do not say.
std::string findingOf(const json::Object& action) {
  const json::Array* diagnostics = action.getArray("diagnostics");
  if (diagnostics == nullptr || diagnostics->empty()) return "";
  std::string text;
  llvm::raw_string_ostream(text) << diagnostics->front();
  return text;
}

// One for each finding: the first that keeps behaviour but for the defect.
void preferSafeFixes(json::Array& actions) {
  std::set<std::string> served;
  for (json::Value& value : actions) {
    json::Object* action = value.getAsObject();
    if (action == nullptr || stringIn(*action, "kind") != "quickfix") continue;
    action->erase("isPreferred");
    const StringRef title = stringIn(*action, "title");
    const fix::MenuGrade grade = fix::menuGrade({title.data(), title.size()});
    if (grade == fix::MenuGrade::Safe && served.insert(findingOf(*action)).second)
      (*action)["isPreferred"] = true;
  }
}

} // namespace

void showDiagnostics(json::Value& params) {
  if (json::Object* object = params.getAsObject()) forOurs(object->getArray("diagnostics"), show);
}

void showCodeActions(json::Value& answer) {
  json::Array* actions = answer.getAsArray();
  if (actions == nullptr) return;
  bool anyOurs = false;
  for (json::Value& value : *actions)
    if (json::Object* action = value.getAsObject())
      forOurs(action->getArray("diagnostics"), [&](json::Object& diagnostic) {
        anyOurs = true;
        show(diagnostic);
      });
  if (anyOurs) preferSafeFixes(*actions);
}

void recallDiagnostics(json::Value& params) {
  json::Object* object = params.getAsObject();
  json::Object* context = object != nullptr ? object->getObject("context") : nullptr;
  if (context != nullptr) forOurs(context->getArray("diagnostics"), recallFixCount);
}

} // namespace session_tidy::clangd
