// SPDX-License-Identifier: Apache-2.0
// News that clients wait for, as Server-Sent Events (the HTML standard): whoever listens hears that
// something has changed, and asks for it anew.
#pragma once

#include <cstdint>
#include <list>

#include <boost/asio/steady_timer.hpp>

namespace vedette::web {

// Used on the loop only. Outlives its listeners.
class Topic {
 public:
  std::uint64_t version() const { return version_; }
  void publish() {
    ++version_;
    for (auto* bell : bells_) bell->cancel();
  }
  std::size_t listeners() const { return bells_.size(); }

  // While it exists, its bell is rung (its wait cancelled) by every publish().
  class Listener {
   public:
    Listener(Topic& topic, boost::asio::any_io_executor loop)
        : topic_(topic),
          bell_(std::move(loop)),
          place_(topic.bells_.insert(topic.bells_.end(), &bell_)) {}
    ~Listener() { topic_.bells_.erase(place_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    boost::asio::steady_timer& bell() { return bell_; }

   private:
    Topic& topic_;
    boost::asio::steady_timer bell_;
    std::list<boost::asio::steady_timer*>::iterator place_;
  };

 private:
  std::uint64_t version_ = 1;
  std::list<boost::asio::steady_timer*> bells_;
};

}  // namespace vedette::web
