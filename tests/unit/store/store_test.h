// SPDX-License-Identifier: Apache-2.0
// An empty store of each backend, open.
#pragma once

#include <memory>

#include <gtest/gtest.h>

#include "tests/unit/store/backends.h"

namespace vedette::store::test {

class StoreTest : public testing::TestWithParam<Backend> {
 protected:
  void SetUp() override {
    auto opened = place_->open();
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  const std::unique_ptr<Place> place_ = GetParam().make();
  std::unique_ptr<Store> store_;
};

}  // namespace vedette::store::test
