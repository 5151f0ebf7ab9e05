#include "player/workshop.h"

#include <sys/eventfd.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/check.h"
#include "base/handle.h"
#include "media/pixel_memory.h"

namespace noseon {
namespace {

constexpr std::size_t kWaitingMax = 4;

// As long as it waits or is worked at, it may have the memory of a frame that goes.
struct Job {
  Order order;
  PixelReuse reuse;
};

}  // namespace

struct Workshop::Impl {
  Impl(std::function<Result<Studio>()> make, WorkGuard* guarded_by)
      : make_studio(std::move(make)),
        guard(guarded_by),
        ready(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    CHECK(ready.is_open());
  }

  // Nothing when the workshop closes.
  std::optional<Job> wait_for_job(const std::stop_token& stop) {
    std::unique_lock lock(mutex);
    // A stop comes before waiting orders: only the one in hand is finished.
    if (!arrived.wait(lock, stop, [this] { return !waiting.empty(); }) || stop.stop_requested()) {
      return std::nullopt;
    }
    Job job = std::move(waiting.front());
    waiting.pop_front();
    return job;
  }

  // A studio that could not be made is tried again with the next order.
  Result<Rendering> fill(const Order& order) {
    if (!studio) {
      Result<Studio> made = make_studio();
      if (!made) return fail(std::move(made).error());
      studio.emplace(*std::move(made));
    }
    return studio->render(*order.playlist, order.page, *order.display, order.drafts);
  }

  // The same, told to the guard.
  Result<Rendering> fill_guarded(const Order& order) {
    if (guard == nullptr) return fill(order);
    ASSIGN_OR_RETURN(const Sha256 content, guard->begin(order));
    Result<Rendering> made = fill(order);
    if (made) made->finished.made_of = content;
    return made;
  }

  void deliver(Delivery delivery) {
    const std::lock_guard lock(mutex);
    finished.push_back(std::move(delivery));
    // Cannot block or fill up: take() empties the counter under the same lock.
    CHECK(::eventfd_write(ready.get(), 1) == 0);
  }

  void run(const std::stop_token& stop) {
    while (const std::optional<Job> job = wait_for_job(stop)) {
      const Order& order = job->order;
      deliver({order.number, order.page, fill_guarded(order)});
      if (studio) studio->keep_last();
      if (studio) studio->rest();
      if (guard != nullptr) guard->end();
    }
  }

  std::function<Result<Studio>()> make_studio;
  WorkGuard* guard;
  std::optional<Studio> studio;  // the worker's own

  std::mutex mutex;  // guards what follows
  std::condition_variable_any arrived;
  std::deque<Job> waiting;
  std::vector<Delivery> finished;
  Fd ready;

  std::jthread worker;  // last: it ends before anything that it uses
};

Workshop::Workshop(std::function<Result<Studio>()> make_studio, WorkGuard* guard)
    : impl_(std::make_unique<Impl>(std::move(make_studio), guard)) {
  impl_->worker =
      std::jthread([impl = impl_.get()](const std::stop_token& stop) { impl->run(stop); });
}

Workshop::~Workshop() = default;

void Workshop::order(Order order) {
  CHECK(order.playlist != nullptr && order.display != nullptr);
  {
    const std::lock_guard lock(impl_->mutex);
    impl_->waiting.push_back({std::move(order), {}});
    if (impl_->waiting.size() > kWaitingMax) impl_->waiting.pop_front();
  }
  impl_->arrived.notify_one();
}

std::vector<Delivery> Workshop::take() {
  const std::lock_guard lock(impl_->mutex);
  eventfd_t count = 0;
  static_cast<void>(::eventfd_read(impl_->ready.get(), &count));  // empty already: nothing to do
  return std::exchange(impl_->finished, {});
}

int Workshop::ready_fd() const {
  return impl_->ready.get();
}

}  // namespace noseon
