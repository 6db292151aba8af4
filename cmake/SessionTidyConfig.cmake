# find_package(SessionTidy): where the installed session-tidy is, and session_tidy_check().
#
#   SessionTidy_COMMAND   the command session-tidy
#   SessionTidy_PLUGINS   all plugins for clang-tidy, newest LLVM first
#   SessionTidy_PLUGIN    the first of them
#   SessionTidy_LLVM      the major version of the LLVM that it is for
#
# Installed as lib/cmake/SessionTidy/SessionTidyConfig.cmake.

if(CMAKE_VERSION VERSION_LESS 3.24)
  set(SessionTidy_FOUND FALSE)
  set(SessionTidy_NOT_FOUND_MESSAGE "session-tidy's CMake package needs CMake 3.24")
  return()
endif()

get_filename_component(sessionTidyPrefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
find_program(SessionTidy_COMMAND session-tidy PATHS "${sessionTidyPrefix}/bin" NO_DEFAULT_PATH)
if(NOT SessionTidy_COMMAND)
  set(SessionTidy_FOUND FALSE)
  set(SessionTidy_NOT_FOUND_MESSAGE "there is no ${sessionTidyPrefix}/bin/session-tidy")
  return()
endif()

file(GLOB SessionTidy_PLUGINS "${sessionTidyPrefix}/lib/session-tidy/llvm-*/libsession-tidy.so")
list(SORT SessionTidy_PLUGINS COMPARE NATURAL ORDER DESCENDING)
set(SessionTidy_PLUGIN "")
set(SessionTidy_LLVM "")
if(SessionTidy_PLUGINS)
  list(GET SessionTidy_PLUGINS 0 SessionTidy_PLUGIN)
  string(REGEX REPLACE ".*/llvm-([0-9]+)/.*" "\\1" SessionTidy_LLVM "${SessionTidy_PLUGIN}")
endif()
unset(sessionTidyPrefix)

include("${CMAKE_CURRENT_LIST_DIR}/SessionTidy.cmake")
