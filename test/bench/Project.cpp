// Writing the project.
#include "bench/Project.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace session_tidy::bench {

namespace fs = std::filesystem;

namespace {

const fs::path qt = "/usr/include/x86_64-linux-gnu/qt5";

/// A kind of unit: what it includes, and what a function of it does with a session.
struct Flavour {
  fs::path needed; ///< a header that has to be installed
  std::string includes;
  std::string session; ///< empty: it uses none; # is the function's number
};

std::vector<Flavour> installed(const std::vector<Flavour>& flavours) {
  std::vector<Flavour> result;
  for (const Flavour& flavour : flavours)
    if (flavour.needed.empty() || fs::exists(flavour.needed)) result.push_back(flavour);
  return result;
}

std::vector<Flavour> plainFlavours() {
  return installed(
      {{"", "#include <algorithm>\n#include <functional>\n#include <future>\n#include <regex>\n",
        ""},
       {qt / "QtCore/QtCore",
        "#include <QtCore/QJsonDocument>\n#include <QtCore/QObject>\n"
        "#include <QtCore/QProcess>\n#include <QtNetwork/QNetworkReply>\n",
        ""},
       {"/usr/include/Poco/Net/HTTPServer.h",
        "#include <Poco/JSON/Parser.h>\n#include <Poco/Net/HTTPServer.h>\n"
        "#include <Poco/Util/ServerApplication.h>\n",
        ""},
       {"/usr/include/boost/asio.hpp",
        "#include <boost/algorithm/string.hpp>\n#include <boost/asio.hpp>\n", ""}});
}

std::vector<Flavour> sessionFlavours() {
  return installed(
      {{"/usr/include/soci/soci.h", "#include <soci/soci.h>\n",
        "int stored#(soci::session& sql, int n) {\n  soci::transaction tr(sql);\n"
        "  sql << \"UPDATE t SET a = :n\", soci::use(n);\n  tr.commit();\n  return n;\n}\n"},
       {"/usr/include/Poco/Data/Session.h", "#include <Poco/Data/Session.h>\n",
        "int stored#(Poco::Data::Session& sql, int n) {\n  sql.begin();\n"
        "  if (n > #) return 0;\n  sql.commit();\n  return n;\n}\n"},
       {qt / "QtSql/QtSql", "#include <QtSql/QSqlDatabase>\n#include <QtSql/QSqlQuery>\n",
        "int stored#(QSqlDatabase db, int n) {\n  db.transaction();\n"
        "  if (!QSqlQuery(db).exec(\"UPDATE t SET a = 1\")) {\n    db.rollback();\n    return 0;\n"
        "  }\n  db.commit();\n  return n;\n}\n"},
       {"/usr/include/sqlite3.h", "#include <sqlite3.h>\n#include <iostream>\n#include <regex>\n",
        "int stored#(sqlite3* db, int n) {\n  sqlite3_exec(db, \"BEGIN\", nullptr, nullptr, nullptr);\n"
        "  if (n > #) return 0;\n  sqlite3_exec(db, \"COMMIT\", nullptr, nullptr, nullptr);\n"
        "  return n;\n}\n"}});
}

std::string numbered(std::string text, unsigned number) {
  for (std::size_t at = 0; (at = text.find('#', at)) != std::string::npos;)
    text.replace(at, 1, std::to_string(number));
  return text;
}

constexpr unsigned unitsPerModule = 20;

std::string moduleName(unsigned module) {
  return "module" + std::to_string(module);
}

std::string moduleHeader(unsigned module) {
  std::string text = "#pragma once\n#include \"../common.h\"\n";
  for (unsigned divisor : {2U, 3U}) // a tree of modules, with joins
    if (module > 0) {
      const std::string other = moduleName((module - 1) / divisor);
      text += "#include \"../" + other + "/" + other + ".h\"\n";
    }
  const std::string name = moduleName(module);
  text += "namespace " + name + " {\n";
  for (unsigned i = 0; i < 10; ++i)
    text += numbered("class Part# {\npublic:\n"
                     "  explicit Part#(std::string name) : name_(std::move(name)) {}\n"
                     "  const std::string& name() const { return name_; }\n"
                     "  template <class Visit> void each(const Visit& visit) const {\n"
                     "    for (const auto& [key, value] : values_) visit(key, value);\n  }\n"
                     "  int sum() const {\n    int result = 0;\n"
                     "    each([&](const std::string&, int value) { result += value; });\n"
                     "    return result;\n  }\nprivate:\n"
                     "  std::string name_;\n  std::map<std::string, int> values_;\n};\n",
                     i);
  return text + "}\n";
}

std::string unitText(const Flavour& flavour, unsigned unit) {
  const std::string module = moduleName(unit / unitsPerModule);
  std::string text = flavour.includes + "#include \"" + module + ".h\"\n\nnamespace unit" +
                     std::to_string(unit) + " {\n\n";
  constexpr unsigned functions = 20;
  for (unsigned i = 0; i < functions; ++i)
    text += numbered(
        "int work#(const std::vector<std::string>& words, std::map<std::string, int>& seen) {\n"
        "  int sum = #;\n  for (const std::string& word : words) {\n"
        "    if (word.empty()) continue;\n    sum += ++seen[word];\n  }\n"
        "  return sum + " +
            module + "::Part0(\"#\").sum();\n}\n\n",
        i);
  for (unsigned i = 0; i < 3 && !flavour.session.empty(); ++i)
    text += numbered(flavour.session, i) + "\n";
  return text + "}\n";
}

} // namespace

GeneratedProject generateProject(const fs::path& folder, unsigned units) {
  GeneratedProject project{.folder = folder,
                           .units = {},
                           .flags = {"-std=c++20", "-fPIC", "-isystem", qt, "-isystem",
                                     qt / "QtCore", "-isystem", qt / "QtSql", "-isystem",
                                     qt / "QtNetwork"}};
  fs::create_directories(folder / "src");
  std::ofstream(folder / "src/common.h")
      << "#pragma once\n#include <map>\n#include <memory>\n#include <string>\n#include <vector>\n"
         "struct Logger { virtual ~Logger(); virtual void write(const std::string& text) = 0; };\n";
  const std::vector<Flavour> plain = plainFlavours();
  const std::vector<Flavour> sessions = sessionFlavours();
  nlohmann::json database = nlohmann::json::array();
  for (unsigned i = 0; i < units; ++i) {
    const bool withSession = i % 10 == 0 && !sessions.empty();
    project.withSessions += withSession ? 1 : 0;
    const std::string module = moduleName(i / unitsPerModule);
    if (i % unitsPerModule == 0) {
      fs::create_directories(folder / "src" / module);
      std::ofstream(folder / "src" / module / (module + ".h")) << moduleHeader(i / unitsPerModule);
    }
    const std::string name = "src/" + module + "/unit" + std::to_string(i) + ".cpp";
    std::ofstream(folder / name) << unitText(
        withSession ? sessions[i / 10 % sessions.size()] : plain[i % plain.size()], i);
    std::vector<std::string> arguments{"clang++"};
    arguments.insert(arguments.end(), project.flags.begin(), project.flags.end());
    arguments.insert(arguments.end(), {"-c", name});
    database.push_back({{"directory", folder}, {"file", name}, {"arguments", arguments}});
    project.units.push_back(name);
  }
  std::ofstream(folder / "compile_commands.json") << database.dump(1);
  return project;
}

} // namespace session_tidy::bench
