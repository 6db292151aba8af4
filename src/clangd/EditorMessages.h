// What session-clangd changes in the messages between clangd and the editor: plain JSON in, plain
// JSON out.
//
// clangd counts the comment that silences a finding as a fix, links every check to LLVM's site, and
// prefers a code action only where it is the only one. An editor sees: "(fix available)" where code
// can be mended, a link to our own page, the safe fix as the preferred action.
#pragma once

#include <llvm/Support/JSON.h>

namespace session_tidy::clangd {

/// The parameters of textDocument/publishDiagnostics, on their way to the editor.
void showDiagnostics(llvm::json::Value& params);

/// The answer to textDocument/codeAction, on its way to the editor.
void showCodeActions(llvm::json::Value& actions);

/// The parameters of textDocument/codeAction, on their way to clangd: it knows its diagnostics by
/// their messages, which have to be its own again.
void recallDiagnostics(llvm::json::Value& params);

} // namespace session_tidy::clangd
