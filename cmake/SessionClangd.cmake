# session_tidy_add_clangd(<target> [SOURCES <file>...] [LIBRARIES <target>...])
#
# Adds session-clangd: clangd out of the distribution's static archives plus src/clangd/*.cpp plus whatever
# SOURCES and LIBRARIES bring (the checks' registration objects). Does nothing but say so where this
# LLVM has no archives for it; ask `if(TARGET <target>)` afterwards.
#
# Needs LLVM_LIBRARY_DIR, LLVM_VERSION_MAJOR and the target session_tidy_llvm (the shared libraries).
#
# Clang's exported target clangdMain would want gRPC, hence the archives by hand.

set(SESSION_CLANGD_RESOURCE_DIR "" CACHE PATH "clang's resource folder for session-clangd (default: LLVM's)")
set(SESSION_TIDY_DOCS_URL "" CACHE STRING
    "Where the rules' pages are published, without a trailing slash (default: the installed docs, as file://)")

function(session_tidy_add_clangd target)
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})

  set(lib "${LLVM_LIBRARY_DIR}")
  if(LLVM_VERSION_MAJOR LESS 19 OR NOT EXISTS "${lib}/libclangdMain.a")
    message(STATUS "session-clangd: not built, LLVM ${LLVM_VERSION_MAJOR} has no clangd libraries for it")
    return()
  endif()

  file(GLOB archives "${lib}/libclangTidy*.a")
  list(FILTER archives EXCLUDE REGEX "libclangTidy(Main|Plugin)\\.a$")
  file(GLOB pseudo "${lib}/libclangPseudo*.a") # up to LLVM 19
  list(APPEND archives ${pseudo})
  foreach(name IN ITEMS clangdMain clangDaemon clangdSupport clangIncludeCleaner clangQuery clangDynamicASTMatchers)
    list(APPEND archives "${lib}/lib${name}.a")
  endforeach()

  set(resource_dir "${SESSION_CLANGD_RESOURCE_DIR}")
  if(NOT resource_dir)
    set(resource_dir "${lib}/clang/${LLVM_VERSION_MAJOR}")
  endif()
  set(here "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../src/clangd")
  file(GLOB sources CONFIGURE_DEPENDS "${here}/*.cpp")
  add_executable(${target} ${sources} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE "${here}/..")
  target_compile_features(${target} PRIVATE cxx_std_20)
  set_source_files_properties(${sources} PROPERTIES
    COMPILE_DEFINITIONS "SESSION_TIDY_VERSION=\"${PROJECT_VERSION}\";\
SESSION_CLANGD_RESOURCE_DIR=\"${resource_dir}\";\
SESSION_TIDY_DOCS_URL=\"${SESSION_TIDY_DOCS_URL}\";\
SESSION_TIDY_DOCS_SOURCE_DIR=\"${PROJECT_SOURCE_DIR}/docs/rules\"")

  target_link_options(${target} PRIVATE
    "LINKER:--wrap=_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
    "LINKER:--wrap=_ZN5clang6clangd13versionStringB5cxx11Ev"
    "LINKER:--wrap=_ZN5clang6clangd16newJSONTransportEP8_IO_FILERN4llvm11raw_ostreamEPS4_bNS0_15JSONStreamStyleE"
    "LINKER:--wrap=_ZN5clang6clangd21getTidyOptionsForFileEN4llvm12function_refIFvRNS_4tidy16ClangTidyOptionsENS1_9StringRefEEEES6_"
    "LINKER:--gc-sections")
  target_link_libraries(${target} PRIVATE
    ${arg_LIBRARIES}
    "-Wl,--start-group"
    ${archives}
    "-Wl,--whole-archive" "${lib}/libclangDaemonTweaks.a" "-Wl,--no-whole-archive"
    "-Wl,--end-group"
    session_tidy_llvm)
  # Debian keeps the shared libraries in LLVM's own folder too; the installed command finds them the same way.
  set_target_properties(${target} PROPERTIES
    BUILD_RPATH "${lib}" INSTALL_RPATH "${lib}" INSTALL_RPATH_USE_LINK_PATH OFF)
endfunction()
