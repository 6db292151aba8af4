# How the project's own code is compiled: standard, warnings, where results go.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)

find_program(SESSION_TIDY_CCACHE ccache)
if(SESSION_TIDY_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${SESSION_TIDY_CCACHE})
endif()

add_library(session_tidy_options INTERFACE)
target_compile_options(session_tidy_options INTERFACE -Wall -Wextra -Werror -Wno-unused-parameter)
target_include_directories(session_tidy_options INTERFACE
  ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/src ${PROJECT_BINARY_DIR}/generated)
target_compile_definitions(session_tidy_options INTERFACE
  SESSION_TIDY_VERSION="${PROJECT_VERSION}" SESSION_TIDY_LLVM_MAJOR=${SESSION_TIDY_LLVM})
