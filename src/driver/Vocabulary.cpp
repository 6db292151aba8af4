// Numbering words.
#include "driver/Vocabulary.h"

#include "model/HandleNames.h"
#include "model/ShapeNames.h"

#include <algorithm>

namespace session_tidy::driver {

namespace {

// Words that stand for a whole family.
enum Family : std::uint32_t {
  SessionName,
  Opens,
  Closes,
  Begins,
  Commits,
  RollsBack,
  SpeaksSql,
  HandleName,
  HandleBegins,
  HandleCommits,
  Annotates,
  OurAnnotations
};

/// The last letters of all words that noteShape knows: most identifiers need no second look.
constexpr std::string_view lastLetters = "nNeEtTkKxXsSbBcC_";

/// Words that speak SQL begin with one of these, or have a q.
constexpr std::string_view firstLetters = "eEpPsS_";

/// What the functions of an interface in the style of C are called: `vdb_begin_tx`, `VdbCommitTx`.
void noteHandle(std::string_view identifier, WordSet& words) {
  const auto has = [&](std::string_view small, std::string_view large) {
    return identifier.find(small) != std::string_view::npos ||
           identifier.find(large) != std::string_view::npos;
  };
  if ((has("egin", "EGIN") || has("tart", "TART")) && model::nameWords(identifier).size() > 1)
    words.add(HandleBegins);
  if (has("ommit", "OMMIT")) words.add(HandleCommits);
}

void noteShape(std::string_view identifier, WordSet& words) {
  noteHandle(identifier, words);
  const bool maySpeakSql = firstLetters.find(identifier.front()) != std::string_view::npos ||
                           identifier.find_first_of("qQ") != std::string_view::npos;
  if (maySpeakSql && model::speaksSql(model::plainName(identifier))) words.add(SpeaksSql);
  if (lastLetters.find(identifier.back()) == std::string_view::npos) return;
  const std::string name = model::plainName(identifier);
  if (model::looksLikeSession(name)) words.add(SessionName);
  if (model::namesSession(model::typeWords(identifier))) words.add(HandleName);
  const auto op = model::operationNamed(name);
  if (!op) return;
  switch (*op) {
  case model::Op::Open:
    return words.add(Opens);
  case model::Op::Close:
    return words.add(Closes);
  case model::Op::Begin:
    return words.add(Begins);
  case model::Op::Commit:
    return words.add(Commits);
  case model::Op::Rollback:
    return words.add(RollsBack);
  default:
    return;
  }
}

} // namespace

Vocabulary::Vocabulary() : plain_(8192) {
  // An annotation can make a session of anything.
  numbers_ = {{"annotate", Annotates}, {"SESSION_TIDY_ANNOTATE", OurAnnotations}};
  for (const char* family : {"\1", "\2", "\3", "\4", "\5", "\6", "\7", "\b", "\t", "\n"})
    numberOf(family); // their numbers
}

std::uint32_t Vocabulary::numberOf(std::string_view word) {
  return numbers_.try_emplace(std::string(word), static_cast<std::uint32_t>(numbers_.size()))
      .first->second;
}

void Vocabulary::addName(std::string_view qualified, std::vector<Name>& names) {
  Name name;
  const auto isWord = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  for (std::size_t at = 0; at < qualified.size();) {
    std::size_t end = at;
    while (end < qualified.size() && isWord(qualified[end])) ++end;
    if (end > at) name.push_back(numberOf(qualified.substr(at, end - at)));
    at = end + 1;
  }
  if (!name.empty()) names.push_back(std::move(name));
}

std::size_t Vocabulary::add(const model::ModelSet& models) {
  std::ranges::fill(plain_, Plain{}); // what said nothing may say something now
  std::vector<Name> names;
  for (const model::Library& library : models.libraries()) {
    for (const model::Kind& kind : library.kinds)
      for (const std::string& type : kind.types) addName(type, names);
    for (const model::CallModel& function : library.functions) addName(function.name, names);
  }
  models_.push_back(std::move(names));
  return models_.size() - 1;
}

Vocabulary::Plain& Vocabulary::placeOf(std::string_view identifier) const {
  std::size_t hash = identifier.size();
  for (const char c : identifier) hash = hash * 31 + static_cast<unsigned char>(c);
  return plain_[(hash ^ (hash >> 13)) % plain_.size()];
}

void Vocabulary::note(std::string_view identifier, WordSet& words) const {
  Plain& plain = placeOf(identifier);
  if (std::string_view(plain.text.data(), plain.length) == identifier) return;
  WordSet said;
  noteShape(identifier, said);
  thread_local std::string key; // no allocation for each of many identifiers
  key.assign(identifier);
  if (const auto found = numbers_.find(key); found != numbers_.end()) said.add(found->second);
  if (words.add(said) || !said.empty() || identifier.size() > plain.text.size()) return;
  std::ranges::copy(identifier, plain.text.begin());
  plain.length = static_cast<std::uint8_t>(identifier.size());
}

bool Vocabulary::mentionsSession(std::size_t models, const WordSet& all,
                                 const WordSet& users) const {
  if (users.contains(Annotates) || all.contains(OurAnnotations)) return true;
  const bool handle =
      (users.contains(HandleBegins) && users.contains(HandleCommits)) ||
      (users.contains(HandleName) &&
       (users.contains(SpeaksSql) || (users.contains(Begins) && users.contains(HandleCommits))));
  if (handle) return true;
  const bool transactions =
      users.contains(Begins) && users.contains(Commits) && users.contains(RollsBack);
  const bool named =
      users.contains(SessionName) && ((users.contains(Opens) && users.contains(Closes)) ||
                                      users.contains(SpeaksSql) || transactions);
  const bool asSession = named || (transactions && users.contains(SpeaksSql));
  if (asSession) return true;
  return std::ranges::any_of(models_[models], [&](const Name& name) {
    return std::ranges::all_of(name, [&](std::uint32_t word) { return all.contains(word); });
  });
}

} // namespace session_tidy::driver
