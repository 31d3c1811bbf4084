# Writes FILES as constants into OUT/assets.{h,cpp}: vedette::embedded::find("page.css") -> text.
set(entries "")
foreach(file IN LISTS FILES)
  get_filename_component(name ${file} NAME)
  file(READ ${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
  # Short pieces: compilers bound the length of one literal.
  string(REGEX REPLACE "((\\\\x[0-9a-f][0-9a-f])(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?(\\\\x[0-9a-f][0-9a-f])?)" "\"\\1\"" bytes "${bytes}")
  file(SIZE ${file} size)
  string(APPEND entries "  if (name == \"${name}\") return std::string_view(${bytes} \"\", ${size});\n")
endforeach()
file(MAKE_DIRECTORY ${OUT})
file(WRITE ${OUT}/assets.h "// Generated from the files of an asset folder; see packaging/cmake/embed.cmake.
#pragma once
#include <string_view>
namespace vedette::embedded {
// The file's bytes, or an empty view when there is no such file.
std::string_view find(std::string_view name);
}  // namespace vedette::embedded
")
file(WRITE ${OUT}/assets.cpp "#include \"assets.h\"
namespace vedette::embedded {
std::string_view find(std::string_view name) {
${entries}  return {};
}
}  // namespace vedette::embedded
")
