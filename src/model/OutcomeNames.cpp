#include "model/OutcomeNames.h"

#include "model/ShapeNames.h"

#include <algorithm>
#include <initializer_list>
#include <string>

namespace session_tidy::model {

namespace {

using Words = std::initializer_list<std::string_view>;

bool hasOneOf(std::string_view name, Words words) {
  const std::vector<std::string> said = nameWords(name);
  return std::any_of(said.begin(), said.end(), [&](const std::string& word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  });
}

bool isOneOf(std::string_view name, Words words) {
  return std::find(words.begin(), words.end(), name) != words.end();
}

} // namespace

bool soundsLikeOutcome(std::string_view className) {
  return soundsLikeFailure(className) ||
         hasOneOf(className, {"status", "result", "expected", "outcome", "optional", "either",
                              "maybe", "rc", "ret", "retval", "code"});
}

bool soundsLikeFailure(std::string_view name) {
  return hasOneOf(name, {"error", "err", "errc", "failure", "failed", "fail", "fault", "ec",
                         "unexpected", "nullopt", "problem"});
}

bool soundsLikeSuccess(std::string_view function) {
  return hasOneOf(function, {"ok", "success", "succeed", "succeeded", "none"});
}

std::optional<bool> asksForSuccess(std::string_view method) {
  const std::string name = plainName(method);
  if (isOneOf(name, {"ok", "isok", "success", "succeeded", "issuccess", "successful",
                     "issuccessful", "hasvalue", "good", "isgood"}))
    return true;
  if (isOneOf(name, {"failed", "hasfailed", "isfailed", "iserror", "haserror", "iserr", "haserr",
                     "isfailure", "fails", "bad"}))
    return false;
  return std::nullopt;
}

} // namespace session_tidy::model
