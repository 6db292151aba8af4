# session_tidy_check(): lints targets as part of their build. Included by SessionTidyConfig.cmake.

# session_tidy_check(<target>... [WARN_ONLY] [ON_REQUEST] [OPTIONS <option>...])
#
# For each target, adds a target session-tidy-<target> that lints its sources after it was built, and makes the target `session-tidy`
# run all of them. What has not changed comes from session-tidy's cache.
#
#   WARN_ONLY    findings are shown and do not fail the build; a file that could not be checked still does
#   ON_REQUEST   not as part of `all`, only when the target session-tidy or session-tidy-<target> is built
#   OPTIONS      more options for `session-tidy check`
function(session_tidy_check)
  cmake_parse_arguments(PARSE_ARGV 0 arg "WARN_ONLY;ON_REQUEST" "" "OPTIONS")
  if(NOT arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "session_tidy_check: no targets given")
  endif()
  if(NOT CMAKE_GENERATOR MATCHES "Ninja|Makefiles")
    message(WARNING "session_tidy_check: CMake writes compile_commands.json for Ninja and Makefiles only, not for "
                    "${CMAKE_GENERATOR}; nothing is linted")
    return()
  endif()
  if(NOT TARGET session-tidy)
    add_custom_target(session-tidy)
  endif()
  foreach(target IN LISTS arg_UNPARSED_ARGUMENTS)
    session_tidy_add_check_target(${target})
  endforeach()
endfunction()

# One target of session_tidy_check, which see; reads its arguments from the caller's scope.
function(session_tidy_add_check_target target)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "session_tidy_check: there is no target '${target}'")
  endif()
  set_property(TARGET ${target} PROPERTY EXPORT_COMPILE_COMMANDS ON)
  get_target_property(folder ${target} SOURCE_DIR)
  # Headers and whatever else a target lists are seen through the units.
  set(sources "$<FILTER:$<TARGET_PROPERTY:${target},SOURCES>,INCLUDE,\\.(c|C|cc|cp|cpp|cxx|c\\+\\+|CPP)$>")
  set(options ${arg_OPTIONS})
  if(arg_WARN_ONLY)
    list(APPEND options --fail-on never)
  endif()
  set(all ALL)
  if(arg_ON_REQUEST)
    set(all "")
  endif()
  add_custom_target(session-tidy-${target} ${all}
    COMMAND ${SessionTidy_COMMAND} check -p ${CMAKE_BINARY_DIR} ${options}
            "$<PATH:ABSOLUTE_PATH,NORMALIZE,${sources},${folder}>"
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMENT "Looking at the database sessions in ${target}"
    COMMAND_EXPAND_LISTS VERBATIM USES_TERMINAL)
  add_dependencies(session-tidy-${target} ${target})
  add_dependencies(session-tidy session-tidy-${target})
endfunction()
