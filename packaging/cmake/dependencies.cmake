# Every third-party library as one deps:: target, so that a module names what it uses and nothing else.
# Asio's code is compiled once (BOOST_ASIO_SEPARATE_COMPILATION), which makes each file that uses it three times faster to build.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
if(POLICY CMP0167)
  cmake_policy(SET CMP0167 NEW)  # newer CMakes take Boost's own description of itself, and warn without this
endif()
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(CURL 7.88 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(date REQUIRED CONFIG)  # Hinnant's: g++ 12 has no time zones of its own
find_package(prometheus-cpp REQUIRED CONFIG)
pkg_check_modules(CARES REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(RE2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(CMARK REQUIRED IMPORTED_TARGET libcmark)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)

function(vedette_dependency name)
  add_library(deps_${name} INTERFACE)
  target_link_libraries(deps_${name} INTERFACE ${ARGN})
  add_library(deps::${name} ALIAS deps_${name})
endfunction()

add_library(asio_compiled STATIC ${CMAKE_SOURCE_DIR}/packaging/cmake/asio_compiled.cpp
                                 ${CMAKE_SOURCE_DIR}/packaging/cmake/asio_ssl_compiled.cpp)
target_compile_definitions(asio_compiled PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED
                                                BOOST_ASIO_DISABLE_FENCED_BLOCK
                                                # Nothing here wants more than operator new aligns to, which is quicker.
                                                BOOST_ASIO_DISABLE_STD_ALIGNED_ALLOC BOOST_ASIO_DISABLE_BOOST_ALIGN)
target_link_libraries(asio_compiled PUBLIC Boost::headers OpenSSL::SSL Threads::Threads)

vedette_dependency(asio asio_compiled)
vedette_dependency(beast asio_compiled)
vedette_dependency(json Boost::json)
vedette_dependency(curl CURL::libcurl)
vedette_dependency(openssl OpenSSL::SSL OpenSSL::Crypto)
vedette_dependency(cares PkgConfig::CARES)
vedette_dependency(re2 PkgConfig::RE2)
vedette_dependency(sqlite SQLite::SQLite3)
vedette_dependency(yaml yaml-cpp)
vedette_dependency(fmt fmt::fmt)
vedette_dependency(spdlog spdlog::spdlog)
vedette_dependency(cli11 CLI11::CLI11)
vedette_dependency(zlib ZLIB::ZLIB)
vedette_dependency(date date::date-tz)
vedette_dependency(cmark PkgConfig::CMARK)
vedette_dependency(nettle PkgConfig::NETTLE)
vedette_dependency(prometheus prometheus-cpp::core)
