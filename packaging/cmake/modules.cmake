# vedette_module(FOLDER LINKS ...): one static library of the .cpp files right in FOLDER, named vedette::FOLDER with _ for /.
# vedette_test(FOLDER LINKS ...):   one GoogleTest program of the .cpp files below tests/FOLDER.
# vedette_embed(FOLDER ASSETS):     the files of ASSETS as string literals, "embedded/assets.h", linked into module FOLDER.
function(vedette_module folder)
  cmake_parse_arguments(module "" "" "LINKS" ${ARGN})
  string(REPLACE "/" "_" target vedette_${folder})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  list(REMOVE_ITEM sources ${CMAKE_SOURCE_DIR}/${folder}/main.cpp)
  if(sources)
    add_library(${target} STATIC ${sources})
    target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(${target} PUBLIC ${module_LINKS} PRIVATE vedette_warnings)
  else()
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(${target} INTERFACE ${module_LINKS})
  endif()
  string(REPLACE "/" "_" alias ${folder})
  add_library(vedette::${alias} ALIAS ${target})
endfunction()

function(vedette_test folder)
  cmake_parse_arguments(test "" "TIMEOUT" "LINKS" ${ARGN})
  if(NOT test_TIMEOUT)
    set(test_TIMEOUT 60)
  endif()
  string(REPLACE "/" "_" target test_${folder})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${folder}/*.cpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${target} ${sources})
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR})
  target_compile_definitions(${target} PRIVATE VEDETTE_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
                                               VEDETTE_BINARY="$<TARGET_FILE:vedette>")
  target_link_libraries(${target} PRIVATE ${test_LINKS} vedette_warnings GTest::gmock GTest::gtest_main)
  gtest_discover_tests(${target} TEST_PREFIX "${folder}/" DISCOVERY_MODE PRE_TEST
                       PROPERTIES TIMEOUT ${test_TIMEOUT})
endfunction()

function(vedette_embed folder assets)
  string(REPLACE "/" "_" target vedette_${folder})
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${assets}/*.*)
  set(out ${CMAKE_BINARY_DIR}/generated/embedded)
  add_custom_command(
    OUTPUT ${out}/assets.cpp ${out}/assets.h
    COMMAND ${CMAKE_COMMAND} -DOUT=${out} "-DFILES=${files}" -P ${CMAKE_SOURCE_DIR}/packaging/cmake/embed.cmake
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/packaging/cmake/embed.cmake
    VERBATIM)
  add_library(${target}_assets STATIC ${out}/assets.cpp)
  target_include_directories(${target}_assets PUBLIC ${CMAKE_BINARY_DIR}/generated)
  get_target_property(type ${target} TYPE)
  if(type STREQUAL "INTERFACE_LIBRARY")
    target_link_libraries(${target} INTERFACE ${target}_assets)
  else()
    target_link_libraries(${target} PUBLIC ${target}_assets)
  endif()
endfunction()
