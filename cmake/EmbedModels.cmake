# Turns models/*.json into one C++ file, so that the programs carry their models with them.
#
# As a script: cmake -DOUTPUT=... -DMODELS=a.json;b.json -P EmbedModels.cmake

if(CMAKE_SCRIPT_MODE_FILE)
  set(text "// Generated from models/*.json.\n#include \"model/EmbeddedModels.h\"\n\n")
  string(APPEND text "namespace session_tidy::model {\n\n")
  string(APPEND text "std::vector<EmbeddedModel> embeddedModels() {\n  return {\n")
  foreach(model IN LISTS MODELS)
    file(READ ${model} content)
    get_filename_component(name ${model} NAME)
    string(APPEND text "    {\"models/${name}\", R\"model(${content})model\"},\n")
  endforeach()
  string(APPEND text "  };\n}\n\n} // namespace session_tidy::model\n")
  file(WRITE ${OUTPUT} "${text}")
  return()
endif()

function(session_tidy_embed_models target)
  file(GLOB models CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/models/*.json)
  set(output ${PROJECT_BINARY_DIR}/generated/EmbeddedModels.cpp)
  string(REPLACE ";" "\\;" modelsArgument "${models}")
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} "-DMODELS=${modelsArgument}"
      -P ${PROJECT_SOURCE_DIR}/cmake/EmbedModels.cmake
    DEPENDS ${models} ${PROJECT_SOURCE_DIR}/cmake/EmbedModels.cmake
    COMMENT "Embedding the library models" VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
