# `cpack` in the build folder: a Debian package of what `cmake --install` installs.

set(SESSION_TIDY_PACKAGE_CONTACT "The session-tidy developers <session-tidy@example.org>" CACHE STRING
    "Who answers for the package: name and address")

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME session-tidy)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_CONTACT "${SESSION_TIDY_PACKAGE_CONTACT}")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "linter for database-session misuse in C++")
set(CPACK_PACKAGE_DESCRIPTION "Finds leaked, shared, unfinished and doubly ended database sessions and
transactions. A plugin for clang-tidy, a command for CI and a clangd with the
same checks for editors, built for LLVM ${LLVM_VERSION_MAJOR}.")
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

configure_file(${PROJECT_SOURCE_DIR}/cmake/debian/changelog.in ${extras}/changelog.Debian @ONLY)
add_custom_command(OUTPUT ${extras}/changelog.Debian.gz COMMAND gzip -9nc ${extras}/changelog.Debian >
  ${extras}/changelog.Debian.gz DEPENDS ${extras}/changelog.Debian VERBATIM)
add_custom_target(session-tidy-changelog ALL DEPENDS ${extras}/changelog.Debian.gz)
install(FILES ${extras}/changelog.Debian.gz DESTINATION ${sessionTidyDocs} OPTIONAL)

include(CPack)
