// A show on a rig: a clock that the test holds, a workshop that makes pictures when the test says.
#pragma once

#include <fmt/format.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "player/show.h"
#include "playlist/parse.h"

namespace noseon {

class UtcAlone final : public Zones {
 public:
  [[nodiscard]] Result<ZonePtr> find(std::string_view) override {
    return std::make_shared<const Zone>(Zone::utc());
  }
  [[nodiscard]] std::vector<std::string> names() override { return {"UTC"}; }
};

// One after the other: 06:00 to 09:00, then 09:00 to 12:00, then nothing.
inline constexpr const char* kMorningAndNoon = R"(
[[item]]
id = "morning"
text = { en = "morning" }
seconds = 8
hours = "06:00-09:00"
[[item]]
id = "noon"
text = { en = "noon" }
seconds = 8
hours = "09:00-12:00"
)";

// Taking turns of 8 s all day.
inline constexpr const char* kTwoInTurn = R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 8
[[item]]
id = "b"
text = { en = "b" }
seconds = 8
)";

inline constexpr const char* kAlone = R"(
[[item]]
id = "a"
text = { en = "a" }
seconds = 8
)";

inline std::shared_ptr<const Display> rig_display(Size size = {16, 9}) {
  auto display = std::make_shared<Display>();
  display->size = size;
  display->zone = std::make_shared<const Zone>(Zone::utc());
  return display;
}

/// `items` are the [[item]] tables; the campaign is always "c", its zone UTC. None:
/// no campaign.
inline std::shared_ptr<const Playlist> rig_playlist(const std::string& items) {
  if (items.empty()) return std::make_shared<const Playlist>();
  UtcAlone zones;
  ParsedCampaign parsed = parse_campaign(
      "format = \"noseon.campaign/1\"\nid = \"c\"\ntitle = { en = \"c\" }\ntimezone = \"UTC\"\n" +
          items,
      "campaign.toml", zones);
  for (const Finding& finding : parsed.findings)
    if (finding.severity == Severity::error) throw std::runtime_error(to_string(finding));
  Findings findings;
  std::vector<Campaign> campaigns{std::move(*parsed.campaign)};
  return std::make_shared<const Playlist>(compile(std::move(campaigns), *rig_display(), findings));
}

/// "2027-03-01 09:00", UTC.
inline Instant utc(std::string_view civil) {
  return Instant{parse_civil(civil).value().time_since_epoch()};
}

class ShowRig {
 public:
  ShowRig(const std::string& items, std::string_view start, ShowOptions options = {},
          std::shared_ptr<const Display> display = rig_display())
      : clock(utc(start)), show(rig_playlist(items), std::move(display), options) {}

  /// Decides for now, and takes the orders.
  Decision decide() {
    Decision decision = show.decide(clock.now(), clock.steady_now());
    for (const Order& order : decision.orders) orders.push_back(order);
    for (const std::string& note : decision.notes) notes.push_back(note);
    last = decision;
    return decision;
  }

  /// What stands after deciding for now: an item's id ("a/1" for its second page), "card", or
  /// "nothing".
  std::string stands() {
    const Decision decision = decide();
    if (!decision.picture) return "nothing";
    const auto made = names.find(decision.picture.get());
    return made == names.end() ? "card" : made->second;
  }

  /// The items of the orders that wait, in order.
  std::string ordered() const {
    std::string text;
    for (const Order& order : orders) text += (text.empty() ? "" : " ") + item_of(order);
    return text;
  }

  /// The workshop makes what was ordered first.
  void make_one() {
    const Order order = take_order();
    PicturePtr picture =
        make_picture(order.display->size, std::vector<std::uint32_t>(pixels_of(order), 0xff336699));
    names[picture.get()] = item_of(order);
    kept.push_back(picture);
    show.deliver({order.number, order.page, Rendering{{std::move(picture), nullptr}, pages}},
                 clock.steady_now());
  }
  /// A draft of it, where that will do; "a draft of a" stands then. False where it will not.
  bool draft_one() {
    if (orders.at(0).drafts == Drafts::none) return false;
    const Order order = take_order();
    PicturePtr picture =
        make_picture(order.display->size, std::vector<std::uint32_t>(pixels_of(order), 0xff336698));
    names[picture.get()] = "a draft of " + item_of(order);
    kept.push_back(picture);
    show.deliver({order.number, order.page, Rendering{{std::move(picture), nullptr}, pages, true}},
                 clock.steady_now());
    return true;
  }
  void fail_one(ErrorKind kind, const std::string& message = "it is broken") {
    const Order order = take_order();
    show.deliver({order.number, order.page, fail(kind, message)}, clock.steady_now());
  }
  /// Makes whatever is ordered, and what that leads to.
  void make_all() {
    for (decide(); !orders.empty(); decide()) make_one();
  }

  /// Lets time pass up to a civil time of the same clock.
  void go_to(std::string_view civil) { clock.advance(utc(civil) - clock.now()); }

  PageWeights pages{1};  ///< of every item
  FakeClock clock;
  Show show;
  std::deque<Order> orders;
  std::vector<std::string> notes;
  Decision last;

  static std::string item_of(const Order& order) {
    if (!order.page.entry) return "fallback";
    const std::string id = order.playlist->item_of(*order.page.entry).id.str();
    return order.page.page == 0 ? id : fmt::format("{}/{}", id, order.page.page);
  }

 private:
  static std::size_t pixels_of(const Order& order) {
    return static_cast<std::size_t>(order.display->size.width * order.display->size.height);
  }
  Order take_order() {
    Order order = orders.at(0);
    orders.pop_front();
    return order;
  }

  std::map<const Picture*, std::string> names;
  std::vector<PicturePtr> kept;  // so that no address is used twice
};

}  // namespace noseon
