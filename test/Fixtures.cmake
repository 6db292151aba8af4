# The fixtures of test/cases through every front end of every build, and the tests of the programs as a whole.

set(defaultBuilds ${PROJECT_BINARY_DIR})
cmake_path(GET PROJECT_BINARY_DIR PARENT_PATH buildsFolder)
foreach(llvm IN ITEMS 14 16 19 22)
  list(APPEND defaultBuilds ${buildsFolder}/llvm-${llvm})
endforeach()
set(SESSION_TIDY_TEST_BUILDS "${defaultBuilds}" CACHE STRING
  "Build folders whose programs the tests run; those that do not exist yet are looked for again at run time")
set(SESSION_TIDY_TEST_SHARDS 4 CACHE STRING "CTest entries per front end")

string(REPLACE ";" "|" builds "${SESSION_TIDY_TEST_BUILDS}")
set(withClangd 0)
if(TARGET session-clangd)
  set(withClangd 1)
endif()

add_library(session_tidy_test_harness STATIC
  harness/Agreement.cpp harness/Builds.cpp harness/CommandLineFrontEnds.cpp harness/Diagnostics.cpp harness/EditorFrontEnd.cpp
  harness/Fixture.cpp harness/Judge.cpp harness/Libraries.cpp harness/LspClient.cpp harness/PrecompiledHeaders.cpp
  harness/Process.cpp harness/Workspace.cpp)
target_include_directories(session_tidy_test_harness PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(session_tidy_test_harness
  PUBLIC session_tidy_options nlohmann_json::nlohmann_json GTest::gtest)
target_compile_definitions(session_tidy_test_harness PUBLIC
  SESSION_TIDY_TEST_BUILDS="${builds}"
  SESSION_TIDY_TEST_LLVM=${SESSION_TIDY_LLVM}
  SESSION_TIDY_TEST_CLANGD=${withClangd}
  SESSION_TIDY_TEST_CACHE="${CMAKE_CURRENT_BINARY_DIR}/precompiled"
  SESSION_TIDY_TEST_SOURCE="${CMAKE_CURRENT_SOURCE_DIR}")

add_executable(session-tidy-case-tests harness/CaseTests.cpp)
target_link_libraries(session-tidy-case-tests PRIVATE session_tidy_test_harness)

# One entry per front end and shard: an editor's server serves many fixtures, and CTest balances the shards.
function(session_tidy_add_suite kind suite shards)
  math(EXPR last "${shards} - 1")
  foreach(shard RANGE ${last})
    set(name ${kind}.${suite}.${shard})
    add_test(NAME ${name} COMMAND session-tidy-${kind}-tests --gtest_brief=1 --gtest_filter=${suite}.*)
    set_tests_properties(${name} PROPERTIES
      ENVIRONMENT "GTEST_TOTAL_SHARDS=${shards};GTEST_SHARD_INDEX=${shard}"
      SKIP_RETURN_CODE 77 TIMEOUT 900 LABELS ${kind})
  endforeach()
endfunction()

foreach(llvm IN ITEMS 14 16 19 22)
  session_tidy_add_suite(case Plugin${llvm} ${SESSION_TIDY_TEST_SHARDS})
  session_tidy_add_suite(case Command${llvm} ${SESSION_TIDY_TEST_SHARDS})
  if(llvm GREATER_EQUAL 19)
    session_tidy_add_suite(case Editor${llvm} ${SESSION_TIDY_TEST_SHARDS})
  endif()
endforeach()
session_tidy_add_suite(case Companions 1)

# Functions by people who had not seen the linter: through the command, of the newest LLVM and of the oldest.
foreach(llvm IN ITEMS 14 22)
  foreach(shard IN ITEMS 0 1)
    add_test(NAME labelled.Command${llvm}.${shard}
      COMMAND session-tidy-case-tests --gtest_brief=1 --gtest_filter=Command${llvm}.*)
    set_tests_properties(labelled.Command${llvm}.${shard} PROPERTIES
      ENVIRONMENT "GTEST_TOTAL_SHARDS=2;GTEST_SHARD_INDEX=${shard};SESSION_TIDY_TEST_CASES=${CMAKE_CURRENT_SOURCE_DIR}/labelled"
      SKIP_RETURN_CODE 77 TIMEOUT 900 LABELS labelled)
  endforeach()
endforeach()
if(withClangd)
  session_tidy_add_suite(case Agreement 1)
endif()

set(SESSION_TIDY_CATALOGUE ${CMAKE_CURRENT_SOURCE_DIR}/catalogue CACHE PATH "Folder of the catalogue's files; empty: not run")

# Every fix made and looked at.
add_executable(session-tidy-fixes-tests fixes/AllFixesTests.cpp fixes/BehaviourTests.cpp
  e2e/Catalogue.cpp e2e/DocsBlocks.cpp e2e/DocsExamples.cpp)
target_link_libraries(session-tidy-fixes-tests PRIVATE session_tidy_test_harness)
target_compile_definitions(session-tidy-fixes-tests PRIVATE SESSION_TIDY_CATALOGUE="${SESSION_TIDY_CATALOGUE}")
session_tidy_add_suite(fixes AllFixes 4)
session_tidy_add_suite(fixes Behaviour 1)

file(GLOB e2eSources CONFIGURE_DEPENDS e2e/*.cpp)
list(FILTER e2eSources EXCLUDE REGEX Catalogue) # has a main of its own
add_executable(session-tidy-e2e-tests ${e2eSources})
target_link_libraries(session-tidy-e2e-tests PRIVATE session_tidy_test_harness GTest::gmock GTest::gtest_main util)
gtest_discover_tests(session-tidy-e2e-tests PROPERTIES LABELS e2e TIMEOUT 300)

# The catalogue through this build's own front ends; the binary knows the others, too.
if(SESSION_TIDY_CATALOGUE)
  add_executable(session-tidy-catalogue-tests e2e/Catalogue.cpp e2e/CatalogueTests.cpp)
  target_link_libraries(session-tidy-catalogue-tests PRIVATE session_tidy_test_harness)
  target_compile_definitions(session-tidy-catalogue-tests PRIVATE SESSION_TIDY_CATALOGUE="${SESSION_TIDY_CATALOGUE}")
  session_tidy_add_suite(catalogue Plugin${SESSION_TIDY_LLVM} 4)
  session_tidy_add_suite(catalogue Command${SESSION_TIDY_LLVM} 4)
  if(withClangd)
    session_tidy_add_suite(catalogue Editor${SESSION_TIDY_LLVM} 4)
  endif()
  session_tidy_add_suite(catalogue Verdicts 1)
endif()

# The package: made, installed into an empty folder, run, removed. scripts/test-package does the same in a clean Debian.
cmake_path(GET PROJECT_BINARY_DIR FILENAME buildName)
if(buildName STREQUAL "llvm-${SESSION_TIDY_LLVM}" AND NOT SESSION_TIDY_CORE_BUILD)
  add_test(NAME package.tree COMMAND ${PROJECT_SOURCE_DIR}/scripts/test-package --tree --llvm ${SESSION_TIDY_LLVM})
  set_tests_properties(package.tree PROPERTIES ENVIRONMENT SESSION_TIDY_BUILD_ROOT=${buildsFolder}
    SKIP_RETURN_CODE 77 TIMEOUT 300 LABELS e2e)
endif()
