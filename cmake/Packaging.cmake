# `cmake --install`. Include last: it installs the targets session-tidy-plugin, session-tidy and session-clangd as far as
# they exist. DebianPackage.cmake adds what a package has besides.
#
# Installed below the prefix:
#   bin/session-tidy, bin/session-clangd
#   lib/session-tidy/llvm-N/libsession-tidy.so   for `clang-tidy-N --load`
#   include/session_tidy/                        for the code being linted
#   lib/cmake/SessionTidy/                       for find_package(SessionTidy)
#   share/session-tidy/canary.cpp                tells whether a job looks at all
#   share/session-tidy/session_tidy.bzl          for projects that are built by Bazel
#   share/session-tidy/pre-commit-hooks.yaml     to copy from
#   share/doc/session-tidy/                      session-clangd links findings to rules/ in here
#   share/man/man1/, and completions where bash, zsh and fish look for them

include(GNUInstallDirs)
set(sessionTidyDocs ${CMAKE_INSTALL_DATAROOTDIR}/doc/session-tidy)

if(TARGET session-tidy-plugin)
  # Not ${CMAKE_INSTALL_LIBDIR}: people type this path, so it is the same on every architecture.
  install(TARGETS session-tidy-plugin LIBRARY DESTINATION lib/session-tidy/llvm-${LLVM_VERSION_MAJOR})
endif()
# LLVM's own folder only for an LLVM that is not in the loader's default path, as Debian's are.
set(sessionTidyRpath "${LLVM_LIBRARY_DIR}")
cmake_path(GET session_tidy_clang_cpp FILENAME clangLibrary)
if(EXISTS /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/${clangLibrary} AND LLVM_LIBRARY_DIR MATCHES "^/usr/lib/llvm-[0-9]+/lib$")
  set(sessionTidyRpath "")
endif()
foreach(program IN ITEMS session-tidy session-clangd)
  if(TARGET ${program})
    set_target_properties(${program} PROPERTIES INSTALL_RPATH "${sessionTidyRpath}")
    install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()

# The command writes its own manual page and completions.
set(extras ${PROJECT_BINARY_DIR}/extras)
function(session_tidy_install_output destination name)
  cmake_parse_arguments(arg "GZIP" "DEPENDS" "COMMAND" ${ARGN})
  set(output ${extras}/${destination}/${name})
  set(command ${arg_COMMAND})
  if(arg_GZIP)
    set(output ${output}.gz)
    list(APPEND command | gzip -9nc)
  endif()
  cmake_path(GET output PARENT_PATH folder)
  add_custom_command(OUTPUT ${output} COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${command} > ${output} DEPENDS ${arg_DEPENDS} VERBATIM)
  set_property(GLOBAL APPEND PROPERTY session_tidy_extras ${output})
  # Optional: a build of some targets alone can be installed, too.
  install(FILES ${output} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/${destination} OPTIONAL)
endfunction()
if(TARGET session-tidy)
  session_tidy_install_output(man/man1 session-tidy.1 GZIP DEPENDS session-tidy COMMAND session-tidy man)
  session_tidy_install_output(bash-completion/completions session-tidy DEPENDS session-tidy COMMAND session-tidy completion bash)
  session_tidy_install_output(zsh/vendor-completions _session-tidy DEPENDS session-tidy COMMAND session-tidy completion zsh)
  session_tidy_install_output(fish/vendor_completions.d session-tidy.fish DEPENDS session-tidy COMMAND session-tidy completion fish)
endif()
if(TARGET session-clangd)
  configure_file(${PROJECT_SOURCE_DIR}/cmake/debian/session-clangd.1.in ${extras}/session-clangd.1 @ONLY)
  session_tidy_install_output(man/man1 session-clangd.1 GZIP DEPENDS ${extras}/session-clangd.1 COMMAND cat ${extras}/session-clangd.1)
endif()
get_property(outputs GLOBAL PROPERTY session_tidy_extras)
add_custom_target(session-tidy-extras ALL DEPENDS ${outputs})

install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/session_tidy DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        FILES_MATCHING PATTERN "*.h" PATTERN "*.hpp")
# Not ${CMAKE_INSTALL_LIBDIR} here either: it finds the rest from its own place.
set(sessionTidyPackage lib/cmake/SessionTidy)
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/SessionTidyConfigVersion.cmake
  COMPATIBILITY AnyNewerVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/SessionTidyConfig.cmake ${PROJECT_SOURCE_DIR}/cmake/SessionTidy.cmake
              ${PROJECT_BINARY_DIR}/SessionTidyConfigVersion.cmake DESTINATION ${sessionTidyPackage})
install(FILES ${PROJECT_SOURCE_DIR}/examples/canary.cpp ${PROJECT_SOURCE_DIR}/bazel/session_tidy.bzl
        DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/session-tidy)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${sessionTidyDocs} FILES_MATCHING PATTERN "*.md" PATTERN "*.json")
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${sessionTidyDocs} OPTIONAL)
install(FILES ${PROJECT_SOURCE_DIR}/.pre-commit-hooks.yaml DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/session-tidy
        RENAME pre-commit-hooks.yaml)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/debian/copyright DESTINATION ${sessionTidyDocs})

include(DebianPackage)
