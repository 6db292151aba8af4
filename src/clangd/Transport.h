// clangd's connection to the editor, declared once more: its own header is not packaged.
//
// The order of the virtual functions is that of clangd 19 to 22 (clangd/Transport.h).
#pragma once

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Error.h>
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include <cstdio>
#include <memory>

namespace clang::clangd {

class Transport {
public:
  virtual ~Transport() = default;
  virtual void notify(llvm::StringRef method, llvm::json::Value params) = 0;
  virtual void call(llvm::StringRef method, llvm::json::Value params, llvm::json::Value id) = 0;
  virtual void reply(llvm::json::Value id, llvm::Expected<llvm::json::Value> result) = 0;

  class MessageHandler {
  public:
    virtual ~MessageHandler() = default;
    virtual bool onNotify(llvm::StringRef method, llvm::json::Value params) = 0;
    virtual bool onCall(llvm::StringRef method, llvm::json::Value params, llvm::json::Value id) = 0;
    virtual bool onReply(llvm::json::Value id, llvm::Expected<llvm::json::Value> result) = 0;
  };
  virtual llvm::Error loop(MessageHandler& handler) = 0;
};

enum JSONStreamStyle { Standard, Delimited };

} // namespace clang::clangd
