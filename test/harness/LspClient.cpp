// The language server protocol's base: framing, requests, publications.
#include "harness/LspClient.h"

#include "harness/Fixture.h"

#include <algorithm>
#include <charconv>

namespace session_tidy::test {

namespace fs = std::filesystem;
using nlohmann::json;
using Clock = std::chrono::steady_clock;

LspClient::LspClient(const Command& server, const fs::path& errorFile)
    : errorFile_(errorFile), server_(server, errorFile) {
  const json textDocument{
      {"codeAction",
       {{"codeActionLiteralSupport",
         {{"codeActionKind", {{"valueSet", {"quickfix", "refactor"}}}}}}}},
      {"publishDiagnostics",
       {{"relatedInformation", true}, {"versionSupport", true}, {"codeDescriptionSupport", true}}}};
  request("initialize",
          {{"processId", nullptr},
           {"rootUri", server.directory.empty() ? json(nullptr) : json(toUri(server.directory))},
           {"capabilities", {{"textDocument", textDocument}}}});
  notify("initialized", json::object());
}

void LspClient::open(const fs::path& file, const std::string& text) {
  const std::string uri = toUri(file);
  const int version = ++versions_[uri];
  const std::string language = file.extension() == ".c" ? "c" : "cpp";
  notify("textDocument/didOpen",
         {{"textDocument",
           {{"uri", uri}, {"languageId", language}, {"version", version}, {"text", text}}}});
}

void LspClient::change(const fs::path& file, const std::string& text) {
  const std::string uri = toUri(file);
  const int version = ++versions_[uri];
  notify("textDocument/didChange", {{"textDocument", {{"uri", uri}, {"version", version}}},
                                    {"contentChanges", {{{"text", text}}}}});
}

void LspClient::close(const fs::path& file) {
  notify("textDocument/didClose", {{"textDocument", {{"uri", toUri(file)}}}});
  published_.erase(toUri(file));
}

json LspClient::diagnostics(const fs::path& file) {
  const std::string uri = toUri(file);
  const auto deadline = Clock::now() + limit_;
  while (true) {
    const auto found = published_.find(uri);
    if (found != published_.end() && found->second.value("version", 0) == versions_[uri])
      return found->second.at("diagnostics");
    handle(receive(deadline));
  }
}

json LspClient::codeActions(const fs::path& file, const json& diagnostic) {
  return request("textDocument/codeAction", {{"textDocument", {{"uri", toUri(file)}}},
                                             {"range", diagnostic.at("range")},
                                             {"context", {{"diagnostics", {diagnostic}}}}});
}

json LspClient::request(const std::string& method, const json& params) {
  const int id = nextId_++;
  send({{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", params}});
  const auto deadline = Clock::now() + limit_;
  while (true) {
    const json message = receive(deadline);
    if (message.contains("method") || message.value("id", -1) != id) {
      handle(message);
      continue;
    }
    if (message.contains("error")) fail(method + ": " + message["error"].dump());
    return message.at("result");
  }
}

void LspClient::notify(const std::string& method, const json& params) {
  send({{"jsonrpc", "2.0"}, {"method", method}, {"params", params}});
}

int LspClient::shutDown() {
  request("shutdown", nullptr);
  notify("exit", nullptr);
  server_.closeInput();
  return server_.wait(std::chrono::seconds(20));
}

void LspClient::send(const json& message) {
  const std::string body = message.dump();
  server_.write("Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

json LspClient::receive(Clock::time_point deadline) {
  static constexpr std::string_view field = "Content-Length: ";
  while (true) {
    const auto headerEnd = buffer_.find("\r\n\r\n");
    if (headerEnd != buffer_.npos) {
      const auto position = buffer_.find(field);
      if (position > headerEnd) fail("a message without length: " + buffer_.substr(0, headerEnd));
      std::size_t length = 0;
      std::from_chars(buffer_.data() + position + field.size(), buffer_.data() + headerEnd, length);
      if (buffer_.size() >= headerEnd + 4 + length) {
        json message = json::parse(buffer_.substr(headerEnd + 4, length));
        buffer_.erase(0, headerEnd + 4 + length);
        return message;
      }
    }
    const auto left = std::chrono::duration_cast<Milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) fail("no answer in time");
    try {
      buffer_ += server_.readSome(left);
    } catch (const ProcessError& error) {
      fail(error.what());
    }
  }
}

void LspClient::handle(const json& message) {
  const std::string method = message.value("method", "");
  if (method == "textDocument/publishDiagnostics") {
    published_[message["params"]["uri"]] = message["params"];
  } else if (!method.empty() && message.contains("id")) {
    send({{"jsonrpc", "2.0"}, {"id", message["id"]}, {"result", nullptr}});
  }
}

void LspClient::fail(const std::string& what) const {
  std::string log = fs::exists(errorFile_) ? readFile(errorFile_) : "";
  if (log.size() > 3000) log = "..." + log.substr(log.size() - 3000);
  throw LspError(what + "; the server's error stream:\n" + log);
}

std::string toUri(const fs::path& file) {
  std::string result = "file://";
  static constexpr std::string_view plain = "/-._~";
  static constexpr std::string_view digits = "0123456789ABCDEF";
  for (const char c : file.string()) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || plain.find(c) != plain.npos)
      result += c;
    else
      result += {'%', digits[byte >> 4U], digits[byte & 15U]};
  }
  return result;
}

fs::path fromUri(const std::string& uri) {
  std::string result;
  for (std::size_t i = std::string_view("file://").size(); i < uri.size(); ++i) {
    if (uri[i] == '%' && i + 2 < uri.size()) {
      result += static_cast<char>(std::stoi(uri.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      result += uri[i];
    }
  }
  return result;
}

namespace {

std::size_t offsetOf(const std::string& text, const json& position) {
  std::size_t offset = 0;
  for (int line = position.at("line"); line > 0; --line) {
    const auto end = text.find('\n', offset);
    if (end == text.npos) return text.size();
    offset = end + 1;
  }
  return offset + position.at("character").get<std::size_t>();
}

} // namespace

std::string applyEdits(const std::string& text, json edits) {
  std::vector<std::tuple<std::size_t, std::size_t, std::string>> replacements;
  for (const json& edit : edits)
    replacements.emplace_back(offsetOf(text, edit.at("range").at("start")),
                              offsetOf(text, edit.at("range").at("end")), edit.at("newText"));
  std::ranges::sort(replacements);
  std::string result;
  std::size_t done = 0;
  for (const auto& [begin, end, replacement] : replacements) {
    if (begin < done) throw LspError("overlapping edits: " + edits.dump());
    result += text.substr(done, begin - done) + replacement;
    done = end;
  }
  return result + text.substr(done);
}

json editsFor(const json& codeAction, const fs::path& file) {
  if (!codeAction.contains("edit")) return json::array();
  const json& edit = codeAction["edit"];
  if (edit.contains("changes")) return edit["changes"].value(toUri(file), json::array());
  for (const json& document : edit.value("documentChanges", json::array()))
    if (fromUri(document["textDocument"]["uri"]) == file) return document["edits"];
  return json::array();
}

} // namespace session_tidy::test
