// Reads .session-tidy.json with the same strictness as models, and finds it.
#include "model/Config.h"

#include "model/HelperReader.h"
#include "model/KindReader.h"

#include <algorithm>
#include <fstream>
#include <sstream>

namespace session_tidy::model {

namespace {

class ConfigReader {
public:
  ConfigReader(Config& config, const ModelSet* known, const std::vector<KnownRule>& rules,
               Problems& problems)
      : config_(config), known_(known), rules_(rules), problems_(problems) {}

  bool read(const JsonValue& root) {
    ObjectReader reader(root, "the configuration", problems_);
    std::string ignored;
    if (!reader.expectKeys({"$schema", "throws", "success", "kinds", "functions", "helpers",
                            "guard", "guardHeader", "factories", "handlers", "exempt",
                            "minConfidence", "rules", "note"}))
      return false;
    if (!reader.get("$schema", ignored) || !reader.get("note", ignored)) return false;
    return readModel(reader) && readPlaces(reader) && readRules(reader);
  }

private:
  bool readModel(ObjectReader& reader) {
    CallDefaults defaults;
    // A project's own C++ session may throw from whatever reaches the database.
    defaults.throws = true;
    if (!reader.get("throws", defaults.throws)) return false;
    if (const JsonValue* success = reader.find("success");
        success != nullptr &&
        !readSuccess(*success, defaults.success, defaults.successValue, problems_))
      return false;
    if (const JsonValue* helpers = reader.find("helpers");
        helpers != nullptr && !readHelpers(*helpers, config_.library, problems_))
      return false;
    return KindReader(config_.library, defaults, known_, problems_)
        .read(reader.find("kinds"), reader.find("functions"));
  }

  bool readPlaces(ObjectReader& reader) {
    if (!reader.get("guard", config_.guard) || !readGuardHeader(reader) ||
        !reader.get("factories", config_.factories) || !reader.get("handlers", config_.handlers) ||
        !reader.get("exempt", config_.exempt))
      return false;
    if (!config_.guard.empty() &&
        !checkQualifiedName(config_.guard, reader.find("guard")->at, problems_))
      return false;
    if (!checkNames(reader, "factories", config_.factories) ||
        !checkNames(reader, "handlers", config_.handlers))
      return false;
    for (const std::string& name : config_.handlers)
      config_.library.helpers.push_back({.name = name, .helper = Helper::Finisher});
    return checkGlobs(reader) && readConfidence(reader);
  }

  bool readGuardHeader(ObjectReader& reader) {
    std::string& header = config_.guardHeader;
    if (!reader.get("guardHeader", header)) return false;
    if (header.empty() || (header.size() > 2 && ((header.front() == '<' && header.back() == '>') ||
                                                 (header.front() == '"' && header.back() == '"'))))
      return true;
    return problems_.fail(reader.find("guardHeader")->at,
                          "the header '" + header + "' has no marks", "write \"<" + header + ">\"");
  }

  bool checkNames(ObjectReader& reader, std::string_view key,
                  const std::vector<std::string>& names) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (!checkQualifiedName(names[i], reader.find(key)->items[i].at, problems_)) return false;
    return true;
  }

  bool checkGlobs(ObjectReader& reader) {
    for (std::size_t i = 0; i < config_.exempt.size(); ++i) {
      const std::string& glob = config_.exempt[i];
      const Position at = reader.find("exempt")->items[i].at;
      if (glob.find('\\') != std::string::npos)
        return problems_.fail(at, "'\\' in a path", "write '/' on every system");
      if (glob.ends_with('/'))
        return problems_.fail(at, "'" + glob + "' names a folder",
                              "write '" + glob + "**' for what is in it");
    }
    return true;
  }

  bool readConfidence(ObjectReader& reader) {
    if (!reader.get("minConfidence", config_.minConfidence)) return false;
    const std::vector<std::string_view> words = {"possible", "likely", "certain"};
    if (config_.minConfidence.empty() ||
        std::ranges::find(words, config_.minConfidence) != words.end())
      return true;
    return problems_.fail(reader.find("minConfidence")->at,
                          "unknown minConfidence '" + config_.minConfidence + "'",
                          suggestion(config_.minConfidence, words));
  }

  bool readRules(ObjectReader& reader) {
    const JsonValue* rules = reader.find("rules");
    if (rules == nullptr) return true;
    if (rules->type != JsonValue::Type::Object)
      return problems_.wrongType(*rules, "rules", "an object");
    return std::ranges::all_of(rules->members,
                               [&](const JsonMember& member) { return readRule(member); });
  }

  bool readRule(const JsonMember& member) {
    const auto rule =
        std::ranges::find_if(rules_, [&](const KnownRule& r) { return r.name == member.key; });
    if (!rules_.empty() && rule == rules_.end()) {
      std::vector<std::string_view> names;
      names.reserve(rules_.size());
      for (const KnownRule& known : rules_) names.push_back(known.name);
      return problems_.fail(member.keyAt, "unknown rule '" + member.key + "'",
                            suggestion(member.key, names));
    }
    RuleConfig& config = config_.rules[member.key];
    if (member.value.type == JsonValue::Type::Boolean) {
      config.enabled = member.value.boolean;
      return true;
    }
    if (member.value.type != JsonValue::Type::Object)
      return problems_.wrongType(member.value, member.key, "true, false or an object of options");
    return std::ranges::all_of(member.value.members, [&](const JsonMember& option) {
      return readOption(option, rules_.empty() ? nullptr : &*rule, config);
    });
  }

  bool unknownOption(const JsonMember& option, const KnownRule& rule) {
    std::vector<std::string_view> names;
    names.reserve(rule.options.size());
    for (const KnownOption& known : rule.options) names.push_back(known.name);
    return problems_.fail(option.keyAt,
                          "unknown option '" + option.key + "' of '" + std::string(rule.name) + "'",
                          names.empty() ? "it has none" : suggestion(option.key, names));
  }

  static bool isFlag(const JsonValue& value) {
    return value.type == JsonValue::Type::Boolean ||
           (value.type == JsonValue::Type::String &&
            (value.text == "true" || value.text == "false"));
  }

  bool readOption(const JsonMember& option, const KnownRule* rule, RuleConfig& config) {
    if (rule != nullptr) {
      const auto known = std::ranges::find(rule->options, option.key, &KnownOption::name);
      if (known == rule->options.end()) return unknownOption(option, *rule);
      const bool fits =
          known->isFlag ? isFlag(option.value) : option.value.type == JsonValue::Type::String;
      if (!fits)
        return problems_.wrongType(option.value, option.key,
                                   known->isFlag ? "true or false" : "a string");
    }
    std::string& text = config.options[option.key];
    switch (option.value.type) {
    case JsonValue::Type::String:
      text = option.value.text;
      return true;
    case JsonValue::Type::Boolean:
      text = option.value.boolean ? "true" : "false";
      return true;
    case JsonValue::Type::Integer:
      text = std::to_string(option.value.integer);
      return true;
    default:
      return problems_.wrongType(option.value, option.key,
                                 "a string, a whole number, true or false");
    }
  }

  Config& config_;
  const ModelSet* known_;
  const std::vector<KnownRule>& rules_;
  Problems& problems_;
};

} // namespace

Result<Config> readConfig(std::string_view text, const std::string& file, const ModelSet* known,
                          const std::vector<KnownRule>& rules) {
  const Result<JsonValue> root = parseJson(text, file);
  if (!root) return root.error();
  Problems problems(file);
  Config config;
  config.path = file;
  config.library.name = "project";
  config.library.origin = file;
  if (!ConfigReader(config, known, rules, problems).read(*root)) return problems.error();
  return config;
}

Result<Config> readConfigFile(const std::filesystem::path& path, const ModelSet* known,
                              const std::vector<KnownRule>& rules) {
  std::ifstream const file(path, std::ios::binary);
  std::error_code problem;
  // Opening a folder succeeds on some systems, and reading it gives nothing.
  if (!file || !std::filesystem::is_regular_file(path, problem))
    return ModelError{
        .file = path.string(), .at = {}, .message = "cannot read the configuration", .hint = {}};
  std::ostringstream text;
  text << file.rdbuf();
  return readConfig(text.str(), path.string(), known, rules);
}

std::optional<std::filesystem::path> findConfig(const std::filesystem::path& sourceFile) {
  std::error_code problem;
  std::filesystem::path folder =
      std::filesystem::absolute(sourceFile, problem).lexically_normal().parent_path();
  while (!problem && !folder.empty()) {
    std::filesystem::path candidate = folder / configFileName;
    if (std::filesystem::exists(candidate, problem)) return candidate;
    problem.clear();
    if (folder == folder.parent_path()) break;
    folder = folder.parent_path();
  }
  return std::nullopt;
}

} // namespace session_tidy::model
