# Chooses the LLVM to build for and offers its headers and libraries as `session_tidy_llvm_headers`
# (for everything that sees Clang) and `session_tidy_llvm` (for programs, which also link it).

set(SESSION_TIDY_SUPPORTED_LLVMS 22 19 16 14)
set(SESSION_TIDY_LLVM "" CACHE STRING "LLVM major version: 22, 19, 16 or 14; empty: the newest installed")

if(NOT SESSION_TIDY_LLVM)
  foreach(version IN LISTS SESSION_TIDY_SUPPORTED_LLVMS)
    if(EXISTS /usr/lib/llvm-${version}/lib/cmake/clang/ClangConfig.cmake)
      set(SESSION_TIDY_LLVM ${version} CACHE STRING "" FORCE)
      break()
    endif()
  endforeach()
endif()
if(NOT SESSION_TIDY_LLVM IN_LIST SESSION_TIDY_SUPPORTED_LLVMS)
  message(FATAL_ERROR "SESSION_TIDY_LLVM is '${SESSION_TIDY_LLVM}'; supported and to be installed: "
    "${SESSION_TIDY_SUPPORTED_LLVMS} (packages libclang-N-dev, llvm-N-dev; or run scripts/setup)")
endif()

set(SESSION_TIDY_LLVM_ROOT /usr/lib/llvm-${SESSION_TIDY_LLVM} CACHE PATH "Where that LLVM is installed")
if(NOT EXISTS ${SESSION_TIDY_LLVM_ROOT}/include/clang-tidy/ClangTidyCheck.h)
  message(FATAL_ERROR "no LLVM ${SESSION_TIDY_LLVM} with clang-tidy headers in ${SESSION_TIDY_LLVM_ROOT}; "
    "install libclang-${SESSION_TIDY_LLVM}-dev and llvm-${SESSION_TIDY_LLVM}-dev, or run scripts/setup")
endif()

# A plugin built by g++ loads and then dies: it mangles clang-tidy's option templates differently.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "session-tidy must be built by clang++ (found ${CMAKE_CXX_COMPILER_ID}); "
    "pass -DCMAKE_CXX_COMPILER=clang++-${SESSION_TIDY_LLVM} -DCMAKE_C_COMPILER=clang-${SESSION_TIDY_LLVM}, or run scripts/build")
endif()

# The shared libraries are named directly: Debian's package files also ask for things that are not installed.
file(GLOB session_tidy_clang_cpp ${SESSION_TIDY_LLVM_ROOT}/lib/libclang-cpp.so.*)
file(GLOB session_tidy_llvm_so ${SESSION_TIDY_LLVM_ROOT}/lib/libLLVM.so.* ${SESSION_TIDY_LLVM_ROOT}/lib/libLLVM-${SESSION_TIDY_LLVM}.so)
list(GET session_tidy_clang_cpp 0 session_tidy_clang_cpp)
list(GET session_tidy_llvm_so 0 session_tidy_llvm_so)

add_library(session_tidy_llvm_headers INTERFACE)
target_include_directories(session_tidy_llvm_headers SYSTEM INTERFACE ${SESSION_TIDY_LLVM_ROOT}/include)
target_compile_definitions(session_tidy_llvm_headers INTERFACE
  _GNU_SOURCE __STDC_CONSTANT_MACROS __STDC_FORMAT_MACROS __STDC_LIMIT_MACROS)

add_library(session_tidy_llvm INTERFACE)
target_link_libraries(session_tidy_llvm INTERFACE
  session_tidy_llvm_headers ${session_tidy_clang_cpp} ${session_tidy_llvm_so})

# The command takes Clang and LLVM out of the static archives, where they are there: only so can it put a
# function of its own in front of one of the parser's (src/cli/LibraryBodies.cpp), and it starts faster.
# What the archives themselves need is there where LLVM is, if without headers.
file(GLOB session_tidy_archives ${SESSION_TIDY_LLVM_ROOT}/lib/libclang*.a ${SESSION_TIDY_LLVM_ROOT}/lib/libLLVM*.a)
list(FILTER session_tidy_archives EXCLUDE REGEX "/libclang(d|Daemon|Tidy|Pseudo)")
add_library(session_tidy_llvm_archives INTERFACE)
if(EXISTS ${SESSION_TIDY_LLVM_ROOT}/lib/libclangParse.a AND EXISTS ${SESSION_TIDY_LLVM_ROOT}/lib/libLLVMSupport.a)
  set(SESSION_TIDY_LLVM_ARCHIVES ON)
  foreach(name IN ITEMS libz.so.1 libzstd.so.1 libtinfo.so.6)
    file(GLOB library /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/${name} /lib/${CMAKE_LIBRARY_ARCHITECTURE}/${name})
    if(library)
      list(GET library 0 library)
      list(APPEND session_tidy_archive_needs ${library})
    endif()
  endforeach()
  target_link_libraries(session_tidy_llvm_archives INTERFACE session_tidy_llvm_headers
    -Wl,--start-group ${session_tidy_archives} -Wl,--end-group
    -Wl,--as-needed ${session_tidy_archive_needs} -Wl,--no-as-needed)
endif()

message(STATUS "Building for LLVM ${SESSION_TIDY_LLVM} in ${SESSION_TIDY_LLVM_ROOT}")

# Names that find_package(LLVM) would have set, for those who expect them.
set(LLVM_VERSION_MAJOR ${SESSION_TIDY_LLVM})
set(LLVM_LIBRARY_DIR ${SESSION_TIDY_LLVM_ROOT}/lib)
