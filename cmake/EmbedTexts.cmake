# Turns text files into one C++ file, so that the programs carry their models and documentation with them.
#
# session_tidy_embed_texts(<target> FUNCTION <namespace::function> TYPE <struct of path and text>
#                          HEADER <that declares both> FOLDER <below the project> FILES <file>...)
#
# As a script: cmake -DOUTPUT=... -DFUNCTION=... -DTYPE=... -DHEADER=... -DFOLDER=... -DLIST=... -P EmbedTexts.cmake

if(CMAKE_SCRIPT_MODE_FILE)
  string(REGEX MATCH "^(.*)::([^:]+)$" _ "${FUNCTION}")
  set(namespace ${CMAKE_MATCH_1})
  set(name ${CMAKE_MATCH_2})
  set(text "// Generated from ${FOLDER}.\n#include \"${HEADER}\"\n\n")
  string(APPEND text "namespace ${namespace} {\n\nstd::vector<${TYPE}> ${name}() {\n  return {\n")
  file(STRINGS "${LIST}" files)
  foreach(file IN LISTS files)
    file(READ "${file}" content)
    get_filename_component(fileName "${file}" NAME)
    string(APPEND text "      {\"${FOLDER}/${fileName}\", R\"embedded(${content})embedded\"},\n")
  endforeach()
  string(APPEND text "  };\n}\n\n} // namespace ${namespace}\n")
  file(WRITE "${OUTPUT}" "${text}")
  return()
endif()

function(session_tidy_embed_texts target)
  cmake_parse_arguments(arg "" "FUNCTION;TYPE;HEADER;FOLDER" "FILES" ${ARGN})
  string(REGEX REPLACE "^.*::" "" name "${arg_FUNCTION}")
  set(output ${PROJECT_BINARY_DIR}/generated/${name}.cpp)
  # A file that goes away is no newer than the output; a change of this list is.
  string(REPLACE ";" "\n" files "${arg_FILES}")
  file(CONFIGURE OUTPUT ${output}.list CONTENT "${files}\n")
  set(script ${PROJECT_SOURCE_DIR}/cmake/EmbedTexts.cmake)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DFUNCTION=${arg_FUNCTION} -DTYPE=${arg_TYPE}
      -DHEADER=${arg_HEADER} -DFOLDER=${arg_FOLDER} -DLIST=${output}.list -P ${script}
    DEPENDS ${arg_FILES} ${output}.list ${script}
    COMMENT "Embedding ${arg_FOLDER}" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
