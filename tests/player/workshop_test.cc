// The worker, with items that fail at once (their poster is missing) or wait for a gate that the
// test holds: no test here depends on how long anything takes.
#include "player/workshop.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <future>
#include <stop_token>
#include <thread>

namespace noseon {
namespace {

Order order_of(std::uint64_t number) {
  static const auto playlist = [] {
    Campaign campaign;
    campaign.id = CampaignId("c");
    campaign.folder = "/nonexistent";
    Item item;
    item.id = ItemId("i");
    item.poster = "missing.png";
    campaign.items = {item};
    auto made = std::make_shared<Playlist>();
    made->campaigns = {campaign};
    made->entries = {Entry{}};
    return made;
  }();
  static const auto display = std::make_shared<const Display>();
  return {number, playlist, display, 0};
}

// No fonts on this machine: every order fails, and says why.
Result<Studio> no_fonts() {
  return fail(ErrorKind::not_found, "no fonts");
}

bool is_ready(const Workshop& workshop, int timeout_ms) {
  pollfd waited{workshop.ready_fd(), POLLIN, 0};
  return ::poll(&waited, 1, timeout_ms) == 1;
}

// Waits until `count` deliveries are there.
std::vector<Delivery> take(Workshop& workshop, std::size_t count) {
  std::vector<Delivery> all;
  while (all.size() < count && is_ready(workshop, 60'000)) {
    for (Delivery& delivery : workshop.take()) all.push_back(std::move(delivery));
  }
  return all;
}

std::vector<std::uint64_t> numbers(const std::vector<Delivery>& deliveries) {
  std::vector<std::uint64_t> numbers;
  for (const Delivery& delivery : deliveries) numbers.push_back(delivery.number);
  return numbers;
}

// Holds the worker inside its first order until opened.
struct Gate {
  std::promise<void> entered;
  std::promise<void> opened;

  std::function<Result<Studio>()> studio_maker() {
    return [this, is_first = true, open = opened.get_future().share()]() mutable {
      if (std::exchange(is_first, false)) {
        entered.set_value();
        open.wait();
      }
      return no_fonts();
    };
  }
};

TEST(Workshop, HasNothingToTakeAtFirst) {
  Workshop workshop(no_fonts);
  EXPECT_FALSE(is_ready(workshop, 0));
  EXPECT_TRUE(workshop.take().empty());
}

TEST(Workshop, DeliversWhatWasOrderedWithTheCallersNumber) {
  Result<Typesetter> probe = Typesetter::open();
  if (!probe) GTEST_SKIP() << probe.error().message;
  Workshop workshop([]() -> Result<Studio> {
    return Studio([] { return Typesetter::open(); },
                  PictureSource(Decoder("/nonexistent"), Preparer("/nonexistent"),
                                Drafter("/nonexistent"), PreparedCache({})));
  });
  Order order = order_of(41);
  auto playlist = std::make_shared<Playlist>(*order.playlist);
  playlist->campaigns[0].items[0].poster.clear();
  playlist->campaigns[0].items[0].text = {{"ko", "가"}};
  order.playlist = playlist;
  auto display = std::make_shared<Display>();
  display->size = {160, 90};
  order.display = display;
  workshop.order(order);
  const std::vector<Delivery> deliveries = take(workshop, 1);
  ASSERT_EQ(numbers(deliveries), std::vector<std::uint64_t>{41});
  ASSERT_TRUE(deliveries[0].made) << deliveries[0].made.error().message;
  EXPECT_EQ(deliveries[0].made->finished.picture->size(), (Size{160, 90}));
  EXPECT_EQ(deliveries[0].made->pages, PageWeights{2});
}

TEST(Workshop, IsReadyExactlyWhileThereIsSomethingToTake) {
  Workshop workshop(no_fonts);
  workshop.order(order_of(1));
  ASSERT_TRUE(is_ready(workshop, 60'000));
  EXPECT_TRUE(is_ready(workshop, 0)) << "looking takes nothing";
  EXPECT_EQ(workshop.take().size(), 1U);
  EXPECT_FALSE(is_ready(workshop, 0));
  workshop.order(order_of(2));
  EXPECT_EQ(numbers(take(workshop, 1)), std::vector<std::uint64_t>{2});
}

TEST(Workshop, FourOrdersWaitAndAFifthPushesTheOldestOut) {
  Gate gate;
  Workshop workshop(gate.studio_maker());
  workshop.order(order_of(1));
  gate.entered.get_future().wait();  // 1 is in hand, no longer waiting
  for (std::uint64_t number = 2; number <= 6; ++number) workshop.order(order_of(number));
  gate.opened.set_value();
  EXPECT_EQ(numbers(take(workshop, 5)), (std::vector<std::uint64_t>{1, 3, 4, 5, 6}));
  EXPECT_FALSE(is_ready(workshop, 0)) << "2 is never delivered";
}

TEST(Workshop, SurvivesAStudioThatCannotBeMadeAndTriesAgain) {
  Workshop workshop([made = 0]() mutable -> Result<Studio> {
    return fail(ErrorKind::not_found, "attempt " + std::to_string(++made));
  });
  workshop.order(order_of(1));
  workshop.order(order_of(2));
  const std::vector<Delivery> deliveries = take(workshop, 2);
  ASSERT_EQ(deliveries.size(), 2U);
  ASSERT_FALSE(deliveries[0].made);
  EXPECT_EQ(deliveries[0].made.error().kind, ErrorKind::not_found);
  EXPECT_EQ(deliveries[0].made.error().message, "attempt 1");
  EXPECT_EQ(deliveries[1].made.error().message, "attempt 2");
}

TEST(Workshop, EndsWithAnOrderInHandAndLetsGoOfWhatWaits) {
  Gate gate;
  std::weak_ptr<const Playlist> waiting;
  std::jthread opener;
  {
    Workshop workshop(gate.studio_maker());
    workshop.order(order_of(1));
    gate.entered.get_future().wait();
    Order order = order_of(2);
    order.playlist = std::make_shared<const Playlist>(*order.playlist);
    waiting = order.playlist;
    workshop.order(std::move(order));
    EXPECT_FALSE(waiting.expired());
    opener =
        std::jthread([&] { gate.opened.set_value(); });  // while the destructor waits, or before
  }
  EXPECT_TRUE(waiting.expired()) << "what was ordered is let go";
}

TEST(Workshop, MayBeMadeAndEndedWithoutAnOrder) {
  for (int i = 0; i < 50; ++i) Workshop workshop(no_fonts);
}

}  // namespace
}  // namespace noseon
