#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/say.h"
#include "playlist/parse.h"
#include "playlist/parse_parts.h"
#include "playlist/patterns.h"
#include "playlist/styles.h"
#include "playlist/suggest.h"
#include "playlist/window_rules.h"

namespace noseon {
namespace {

constexpr std::size_t kRouteBytesMax = 64;

template <class Named>
std::vector<std::string> names_of(const std::vector<Named>& all) {
  std::vector<std::string> names;
  for (const Named& one : all) names.push_back(one.name);
  return names;
}

// The index of a thing that the campaign names elsewhere, else an error with a did-you-mean, which
// may be one of the others.
template <class Named>
std::optional<std::size_t> refer(const PlacedText& to, const std::vector<Named>& all,
                                 std::string_view what, const std::vector<std::string>& others,
                                 const Fields& fields, Reporter& reporter) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Named& one) { return one.name == to.text; });
  if (found != all.end()) return static_cast<std::size_t>(found - all.begin());
  std::vector<std::string> names = names_of(all);
  for (const std::string& other : others)
    if (std::find(names.begin(), names.end(), other) == names.end()) names.push_back(other);
  reporter.error(to.place, fmt::format("unknown-{}", what),
                 say("{}: there is no \"{}\" under [{}s]", fields.where(), to.text, what),
                 suggestion(to.text, names, say("write it under [{}s]", what)));
  return std::nullopt;
}

template <class Named>
std::vector<std::size_t> refer_all(Fields& fields, std::string_view key,
                                   const std::vector<Named>& all, std::string_view what) {
  std::vector<std::size_t> indices;
  for (const PlacedText& name : fields.list(key)) {
    if (const auto index = refer(name, all, what, {}, fields, fields.reporter())) {
      indices.push_back(*index);
    }
  }
  return indices;
}

// A campaign's own style goes before a shipped one of its name, which joins it when first asked
// for.
std::optional<std::size_t> refer_to_style(const PlacedText& to, Campaign& campaign,
                                          const Fields& fields, Reporter& reporter) {
  const std::vector<Style>& own = campaign.styles;
  const bool is_own = std::any_of(own.begin(), own.end(),
                                  [&](const Style& style) { return style.name == to.text; });
  if (const Style* shipped = is_own ? nullptr : find_shipped_style(to.text)) {
    campaign.styles.push_back(*shipped);
    return campaign.styles.size() - 1;
  }
  return refer(to, campaign.styles, "style", shipped_style_names(), fields, reporter);
}

void read_motion(Fields& fields, Item& item) {
  if (const auto motion = fields.word("motion", kMotionWords)) {
    item.motion = static_cast<Motion>(*motion);
  }
  if (item.motion == Motion::still || !fields.find("poster")) return;
  fields.reporter().error(fields.find("motion")->value.place, "running-poster",
                          say("{}: a poster does not run as a ticker", fields.where()),
                          say("take \"motion\" out, or write a text in place of the poster"));
}

void check_caption(Fields& fields, Item& item) {
  const TomlMember* caption = fields.find("caption");
  item.caption_place = caption ? caption->value.place : item.place;
  if (!caption || fields.find("poster") || !fields.find("text")) return;
  fields.reporter().error(
      item.caption_place, "caption-of-text",
      say("{}: a caption lies under a poster, and there is none", fields.where()),
      say("write the words in \"text\", or add a poster"));
}

void read_what_is_shown(Fields& fields, Campaign& campaign, Item& item) {
  Reporter& reporter = fields.reporter();
  const bool has_text = fields.find("text") != nullptr;
  const auto poster = fields.text("poster");
  item.text_place = has_text ? fields.find("text")->value.place : item.place;
  item.text = fields.texts("text", kTextBytesMax);
  item.alt = fields.texts("alt", kTextBytesMax);
  item.caption = fields.texts("caption", kTextBytesMax);
  if (poster) {
    item.poster = poster->text;
    item.poster_place = poster->place;
    check_path(*poster, fields);
  }
  if (poster && has_text) {
    reporter.error(item.text_place, "poster-and-text",
                   say("{} has both a poster and a text", fields.where()),
                   say("make two items of it"));
  } else if (!fields.find("poster") && !has_text) {
    reporter.error(item.place, "nothing-to-show",
                   say("{} has neither a poster nor a text", fields.where()),
                   say("add poster = \"posters/one.png\" or text = {{ ko = \"...\" }}"));
  } else if (has_text && fields.find("text")->value.table() &&
             fields.find("text")->value.table()->empty()) {
    reporter.error(item.text_place, "empty-text", say("{} has no text", fields.where()),
                   say("write one text a language: text = {{ ko = \"...\" }}"));
  }
  if (const auto style = fields.text("style")) {
    item.style = refer_to_style(*style, campaign, fields, reporter);
  }
  read_motion(fields, item);
  check_caption(fields, item);
  if (const auto fit = fields.word("fit", kFitWords)) item.fit = static_cast<Fit>(*fit);
  if (const auto transition = fields.word("transition", kTransitionWords)) {
    item.transition = static_cast<Transition>(*transition);
  }
}

// An instant as urgent items write it: with an offset, or civil in the campaign's zone.
std::optional<Instant> read_instant(Fields& fields, std::string_view key,
                                    const Campaign& campaign) {
  const TomlMember* member = fields.find(key);
  if (!member) return std::nullopt;
  if (const Instant* instant = std::get_if<Instant>(&member->value.value)) return *instant;
  if (const Civil* civil = std::get_if<Civil>(&member->value.value)) {
    return campaign.zone->instant_of(*civil);
  }
  fields.wrong_type(*member, say("a day and time: {} = 2027-02-25T08:00:00", key));
  return std::nullopt;
}

void read_urgent(Fields& fields, const Campaign& campaign, Item& item) {
  Reporter& reporter = fields.reporter();
  const std::size_t before = reporter.errors();
  const auto from = read_instant(fields, "from", campaign);
  const auto until = read_instant(fields, "until", campaign);
  const auto yearly = fields.text("yearly");
  if (yearly) {
    reporter.error(yearly->place, "urgent-times",
                   say("{}: an urgent item has no \"yearly\"", fields.where()),
                   say("write \"from\" and \"until\" with day and time"));
  }
  if (reporter.errors() != before) return;
  if (!from || !until) {
    reporter.error(
        item.place, "urgent-times",
        say("{}: an urgent item needs \"from\" and \"until\" with day and time", fields.where()),
        say("write from = 2027-02-25T08:00:00 and until = 2027-02-25T20:00:00"));
  } else if (*until <= *from || *until - *from > std::chrono::hours{24}) {
    reporter.error(
        item.place, "urgent-times",
        say("{}: \"until\" must come after \"from\", at most 24 hours later", fields.where()),
        say("use the role takeover for what lasts longer"));
  } else {
    item.urgent = UrgentSpan{*from, *until};
  }
}

void warn_of_no_calendar(const Fields& fields, const Campaign& campaign,
                         const std::optional<DayPattern>& days,
                         const std::optional<PlacedText>& written, Reporter& reporter) {
  if (campaign.holidays || !days || !days->mentions_holidays()) return;
  reporter.warn(written->place, "no-holidays",
                say("{}: the campaign names no calendar of holidays, so no day counts as one",
                    fields.where()),
                say("write holidays = \"kr\" at the head of the campaign"));
}

void read_when(Fields& fields, const Campaign& campaign, Item& item) {
  if (item.role == Role::urgent) {
    read_urgent(fields, campaign, item);
  } else {
    item.window = read_window(fields);
  }
  const auto days = fields.text("days");
  item.days = read_form(days, "bad-days", fields.reporter(), parse_day_pattern);
  warn_of_no_calendar(fields, campaign, item.days, days, fields.reporter());
  item.hours = read_form(fields.text("hours"), "bad-hours", fields.reporter(), parse_hours);
  item.dayparts = refer_all(fields, "dayparts", campaign.dayparts, "daypart");
}

void read_share(Fields& fields, Item& item) {
  const auto share = fields.number("share", 0, 1);
  if (const auto salt = fields.text("salt")) item.salt = salt->text;
  if (!share) return;
  const double parts = *share * 10'000;
  if (std::abs(parts - std::round(parts)) > 1e-6) {
    fields.reporter().error(
        fields.find("share")->value.place, "bad-share",
        say("{}: \"share\" {} is no multiple of 0.0001", fields.where(), *share),
        say("write {}", std::round(parts) / 10'000));
    return;
  }
  item.share = static_cast<int>(std::lround(parts));
}

void read_where(Fields& fields, const Campaign& campaign, Item& item) {
  for (const PlacedText& route : fields.list("routes")) {
    if (route.text.empty() || route.text.size() > kRouteBytesMax) {
      fields.reporter().error(route.place, "bad-route",
                              say("{}: a route has 1 to {} bytes", fields.where(), kRouteBytesMax),
                              say("write it as it is named in the vehicle"));
    }
    item.routes.push_back(route.text);
  }
  item.near = refer_all(fields, "near", campaign.places, "place");
  for (const PlacedText& label : fields.list("labels")) item.labels.push_back(label.text);
  read_share(fields, item);
}

}  // namespace

Item read_item(const TomlTable& table, SourcePlace place, Campaign& campaign, Reporter& reporter) {
  Item item;
  item.place = place;
  std::string where = say("item {}", campaign.items.size() + 1);
  Fields head(table, place, where, reporter);
  const auto id = head.required_text("id", say("give it a name: id = \"poster-1\""));
  if (id && is_id(id->text)) {
    item.id = ItemId(id->text);
    where = say("item {}", id->text);
  } else if (id) {
    reporter.error(id->place, "bad-id", say("\"{}\" is no id", id->text),
                   say("use a-z, 0-9 and -, at most 64, not starting with -"));
  }

  const std::size_t before = reporter.errors();
  Fields fields(table, place, where, reporter);
  static_cast<void>(fields.find("id"));
  if (const auto role = fields.word("role", kRoleWords)) {
    item.role = static_cast<Role>(*role);
  }
  read_what_is_shown(fields, campaign, item);
  if (const auto weight = fields.integer("weight", 1, 1000))
    item.weight = static_cast<int>(*weight);
  if (const auto seconds = fields.integer("seconds", 1, 3600)) {
    item.seconds = std::chrono::seconds{*seconds};
  }
  read_when(fields, campaign, item);
  read_where(fields, campaign, item);
  fields.finish();
  if (reporter.errors() == before) check_item_window(campaign, item, reporter);
  return item;
}

}  // namespace noseon
