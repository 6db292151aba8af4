// clang-tidy's registry of modules, from wherever this LLVM keeps it: its old header warns from 22
// on and is gone in 24.
#pragma once

#include <clang-tidy/ClangTidyModule.h>
#include <llvm/Config/llvm-config.h>

#if LLVM_VERSION_MAJOR < 22
#include <clang-tidy/ClangTidyModuleRegistry.h>
#endif
