# Links with LLVM's lld where it is installed: session-clangd in 0.3 s instead of 2 s.
# Include before the first target. -DSESSION_TIDY_LLD= (empty) keeps the compiler's own linker.

find_program(SESSION_TIDY_LLD NAMES ld.lld-${LLVM_VERSION_MAJOR} ld.lld-22 ld.lld
             DOC "lld to link with, empty for the compiler's default linker")
if(SESSION_TIDY_LLD AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  add_link_options("--ld-path=${SESSION_TIDY_LLD}")
endif()
