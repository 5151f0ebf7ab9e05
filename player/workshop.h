// The worker that has the next picture ready before it is needed: one thread with a Studio of its
// own, values in, values out, an eventfd for the poll loop.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "player/studio.h"

namespace noseon {

/// A picture asked for.
struct Order {
  std::uint64_t number = 0;  ///< chosen by the caller, comes back with the delivery
  std::shared_ptr<const Playlist> playlist;
  std::shared_ptr<const Display> display;
  PageId page;
  Drafts drafts = Drafts::none;  ///< whether a draft of it will do
};

struct Delivery {
  std::uint64_t number = 0;
  PageId page;
  Result<Rendering> made;
};

/// Who is told of each order before anything of it is touched, and may refuse it. Called on the
/// worker's thread.
class WorkGuard {
 public:
  virtual ~WorkGuard() = default;
  /// What it is made of (content_key()); an error: it is not made, and that is delivered.
  [[nodiscard]] virtual Result<Sha256> begin(const Order& order) = 0;
  /// It is made, or not, and kept.
  virtual void end() = 0;
};

/// Called from one thread (the loop's). The studio is made on the worker's thread, so that opening
/// fonts delays nothing.
class Workshop {
 public:
  /// `guard` may be null, and must outlive it.
  explicit Workshop(std::function<Result<Studio>()> make_studio, WorkGuard* guard = nullptr);
  ~Workshop();  ///< ends the thread after the order in hand
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;

  /// At most four orders wait; a fifth pushes the oldest waiting one out, which is never delivered.
  void order(Order order);
  /// What is finished since the last call.
  [[nodiscard]] std::vector<Delivery> take();
  /// Readable while take() would return something.
  [[nodiscard]] int ready_fd() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace noseon
