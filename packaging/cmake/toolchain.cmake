# Compiler flags that hold for every target: the language, the warnings, the sanitizers, a fast linker.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(THREADS_PREFER_PTHREAD_FLAG ON)

find_program(VEDETTE_CCACHE ccache)
if(VEDETTE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${VEDETTE_CCACHE})
endif()
find_program(VEDETTE_MOLD mold)
if(VEDETTE_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(VEDETTE_SANITIZE)
  add_compile_options(-fsanitize=${VEDETTE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${VEDETTE_SANITIZE})
endif()

if(VEDETTE_FUZZ)
  # All modules are watched, so that the fuzzer sees which bytes lead to new branches.
  add_compile_options(-fsanitize=fuzzer-no-link,address -fno-omit-frame-pointer -D_GLIBCXX_ASSERTIONS)
  add_link_options(-fsanitize=address)
endif()

add_library(vedette_warnings INTERFACE)
target_compile_options(vedette_warnings INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # libstdc++ 12's own stable_sort uses what it marks as deprecated, and clang says so where g++ does not.
  target_compile_options(vedette_warnings INTERFACE -Wno-deprecated-declarations)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # The compiler of the project: not one warning. What a newer one has to say shall not keep anybody from building.
  target_compile_options(vedette_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # False alarms of g++ 12's flow analysis: inside std::optional and under sanitizers, and at the frames that Asio's
  # coroutines allocate and free through their own pair of functions. (-Wno-tsan: Asio's fences, which are off.)
  target_compile_options(vedette_warnings INTERFACE -Wno-maybe-uninitialized -Wno-mismatched-new-delete -Wno-tsan)
endif()
