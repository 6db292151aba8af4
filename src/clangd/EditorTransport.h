// clangd's connection to the editor with EditorMessages in between.
#pragma once

#include "clangd/Transport.h"

#include <memory>

namespace session_tidy::clangd {

std::unique_ptr<clang::clangd::Transport>
makeEditorTransport(std::unique_ptr<clang::clangd::Transport> connection);

} // namespace session_tidy::clangd
