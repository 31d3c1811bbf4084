// SPDX-License-Identifier: Apache-2.0
#include "agent/page/markdown.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <vector>

#include <cmark.h>

#include "agent/page/clean.h"

namespace vedette::page {
namespace {

struct Free {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
  void operator()(char* text) const { std::free(text); }
  void operator()(cmark_iter* iterator) const { cmark_iter_free(iterator); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

bool is_safe(std::string_view url) {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("mailto:");
}

// The greatest becomes one of the third level, and the others follow.
void fit_headings(const std::vector<cmark_node*>& headings) {
  if (headings.empty()) return;
  const auto first = std::ranges::min(headings, {}, cmark_node_get_heading_level);
  const int down = 3 - cmark_node_get_heading_level(first);
  for (auto* heading : headings) {
    const int level = cmark_node_get_heading_level(heading) + down;
    cmark_node_set_heading_level(heading, std::min(6, level));
  }
}

// In its place a link with the same text and address.
void link_instead_of(cmark_node* image) {
  cmark_node* link = cmark_node_new(CMARK_NODE_LINK);
  cmark_node_set_url(link, cmark_node_get_url(image));
  while (cmark_node* child = cmark_node_first_child(image)) cmark_node_append_child(link, child);
  cmark_node_replace(image, link);
  cmark_node_free(image);
}

void disarm(cmark_node* node) {
  const char* url = cmark_node_get_url(node);
  if (url == nullptr || !is_safe(url)) cmark_node_set_url(node, "");
}

// Collected first, because an iterator does not survive what is changed under it.
std::vector<cmark_node*> nodes_of(cmark_node* root, cmark_node_type type) {
  std::vector<cmark_node*> found;
  const Owned<cmark_iter> iterator(cmark_iter_new(root));
  for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    cmark_node* node = cmark_iter_get_node(iterator.get());
    if (event == CMARK_EVENT_ENTER && cmark_node_get_type(node) == type) found.push_back(node);
  }
  return found;
}

}  // namespace

std::string markdown_to_html(std::string_view markdown) {
  const auto text = clean(markdown);
  constexpr int options = CMARK_OPT_SAFE | CMARK_OPT_VALIDATE_UTF8;
  const Owned<cmark_node> root(cmark_parse_document(text.data(), text.size(), options));
  fit_headings(nodes_of(root.get(), CMARK_NODE_HEADING));
  for (auto* image : nodes_of(root.get(), CMARK_NODE_IMAGE)) link_instead_of(image);
  for (auto* link : nodes_of(root.get(), CMARK_NODE_LINK)) disarm(link);
  const Owned<char> html(cmark_render_html(root.get(), options));
  return html.get();
}

}  // namespace vedette::page
