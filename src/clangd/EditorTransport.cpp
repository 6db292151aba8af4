// Passes all messages on, and changes those that EditorMessages is about.
#include "clangd/EditorTransport.h"

#include "clangd/EditorMessages.h"

#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace session_tidy::clangd {

namespace {

using clang::clangd::Transport;
using llvm::Expected;
using llvm::StringRef;
using llvm::json::Value;

/// The requests for code actions that are not answered yet. Answers come from other threads.
class OpenRequests {
public:
  void add(const Value& id) {
    const std::scoped_lock lock(mutex_);
    ids_.insert(textOf(id));
  }
  bool take(const Value& id) {
    const std::scoped_lock lock(mutex_);
    return ids_.erase(textOf(id)) != 0;
  }

private:
  static std::string textOf(const Value& id) {
    std::string text;
    llvm::raw_string_ostream(text) << id;
    return text;
  }

  std::mutex mutex_;
  std::set<std::string> ids_;
};

class Incoming final : public Transport::MessageHandler {
public:
  Incoming(MessageHandler& server, OpenRequests& requests) : server_(server), requests_(requests) {}

  bool onNotify(StringRef method, Value params) override {
    return server_.onNotify(method, std::move(params));
  }
  bool onCall(StringRef method, Value params, Value id) override {
    if (method == "textDocument/codeAction") {
      recallDiagnostics(params);
      requests_.add(id);
    }
    return server_.onCall(method, std::move(params), std::move(id));
  }
  bool onReply(Value id, Expected<Value> result) override {
    return server_.onReply(std::move(id), std::move(result));
  }

private:
  MessageHandler& server_;
  OpenRequests& requests_;
};

class EditorTransport final : public Transport {
public:
  explicit EditorTransport(std::unique_ptr<Transport> connection)
      : connection_(std::move(connection)) {}

  void notify(StringRef method, Value params) override {
    if (method == "textDocument/publishDiagnostics") showDiagnostics(params);
    connection_->notify(method, std::move(params));
  }
  void call(StringRef method, Value params, Value id) override {
    connection_->call(method, std::move(params), std::move(id));
  }
  void reply(Value id, Expected<Value> result) override {
    if (requests_.take(id) && result) showCodeActions(*result);
    connection_->reply(std::move(id), std::move(result));
  }
  llvm::Error loop(MessageHandler& server) override {
    Incoming incoming(server, requests_);
    return connection_->loop(incoming);
  }

private:
  std::unique_ptr<Transport> connection_;
  OpenRequests requests_;
};

} // namespace

std::unique_ptr<Transport> makeEditorTransport(std::unique_ptr<Transport> connection) {
  return std::make_unique<EditorTransport>(std::move(connection));
}

} // namespace session_tidy::clangd
