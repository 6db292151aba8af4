# `cmake --install` and, with CPack, a Debian package. Include last: it installs the targets
# session-tidy-plugin, session-tidy and session-clangd as far as they exist.
#
# Installed below the prefix:
#   bin/session-tidy, bin/session-clangd
#   lib/session-tidy/llvm-N/libsession-tidy.so   for `clang-tidy-N --load`
#   include/session_tidy/                        for the code being linted
#   lib/cmake/SessionTidy/                       for find_package(SessionTidy)
#   share/session-tidy/canary.cpp                tells whether a job looks at all
#   share/session-tidy/session_tidy.bzl          for projects that are built by Bazel
#   share/doc/session-tidy/                      session-clangd links findings to rules/ in here

include(GNUInstallDirs)
set(sessionTidyDocs ${CMAKE_INSTALL_DATAROOTDIR}/doc/session-tidy)

if(TARGET session-tidy-plugin)
  # Not ${CMAKE_INSTALL_LIBDIR}: people type this path, so it is the same on every architecture.
  install(TARGETS session-tidy-plugin LIBRARY DESTINATION lib/session-tidy/llvm-${LLVM_VERSION_MAJOR})
endif()
foreach(program IN ITEMS session-tidy session-clangd)
  if(TARGET ${program})
    # LLVM's own folder first, for an LLVM that is not in the loader's default path.
    set_target_properties(${program} PROPERTIES INSTALL_RPATH "${LLVM_LIBRARY_DIR}")
    install(TARGETS ${program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endforeach()

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
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ DESTINATION ${sessionTidyDocs} FILES_MATCHING PATTERN "*.md")
install(FILES ${PROJECT_SOURCE_DIR}/README.md DESTINATION ${sessionTidyDocs} OPTIONAL)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${sessionTidyDocs} RENAME copyright)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME session-tidy)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "The session-tidy developers <session-tidy@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "linter for database-session misuse in C++")
set(CPACK_PACKAGE_DESCRIPTION
    "Finds leaked, shared, unfinished and doubly ended database sessions and transactions. A plugin for clang-tidy, \
a command for CI and a clangd with the same checks for editors, built for LLVM ${LLVM_VERSION_MAJOR}.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1+llvm${LLVM_VERSION_MAJOR})
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# The programs parse with clang's own headers, which no shared library asks for.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang-common-${LLVM_VERSION_MAJOR}-dev")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "clang-tidy-${LLVM_VERSION_MAJOR}")
include(CPack)
