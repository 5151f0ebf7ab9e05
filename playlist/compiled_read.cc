// Compiled JSON becomes the tree that campaign.toml becomes, and is then read by the same rules.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "base/json.h"
#include "base/say.h"
#include "playlist/compiled.h"
#include "playlist/fields.h"
#include "playlist/parse_parts.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

using nlohmann::json;

constexpr JsonLimits kLimits{.bytes_max = kCompiledBytesMax, .depth_max = 6};
constexpr std::size_t kHolidaysMax = 10'000;
constexpr std::int64_t kYearMax = 9999;
constexpr std::array<std::string_view, 14> kKnownNeeds{
    "caption", "clock", "dayparts", "days",  "holidays", "hours",  "labels",
    "motion",  "near",  "routes",   "share", "styles",   "urgent", "yearly"};

std::string remedy() {
  return say("compile the campaign again from its campaign.toml");
}

const std::string* string_in(const json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto found = object.find(key);
  return found == object.end() ? nullptr : found->get_ptr<const json::string_t*>();
}

class Converter {
 public:
  explicit Converter(Reporter& reporter) : reporter_(reporter) {}

  /// The campaign without its items' own trouble; sound where the reporter has no error.
  [[nodiscard]] TomlTable campaign(const json& root, HolidaysPtr& holidays) {
    TomlTable table;
    check_needs(root, say("the campaign"));
    for (const auto& [key, value] : root.items()) {
      if (key == "format") {
        table.push_back(member(key, {std::string("noseon.campaign/1"), {}}));
      } else if (key == "holidays") {
        holidays = holidays_of(value);
      } else if (key == "title") {
        table.push_back(member(key, texts(value, key)));
      } else if (key == "dayparts") {
        table.push_back(member(key, named(value, key, "entries")));
      } else if (key == "places") {
        table.push_back(member(key, named(value, key, "")));
      } else if (key == "styles") {
        table.push_back(member(key, styles(value)));
      } else if (key == "item") {
        error("unknown-key", say("the campaign: unknown key \"{}\"", key));
      } else if (key != "needs" && key != "items") {
        table.push_back(member(key, convert(value, key)));
      }
    }
    return table;
  }

  /// The items that could be converted; the others are reported and left out.
  [[nodiscard]] TomlValue items(const json& root) {
    TomlArray items;
    const auto found = root.find("items");
    if (found == root.end() || !found->is_array()) return {std::move(items), {}};
    for (std::size_t index = 0; index < found->size(); ++index) {
      const std::size_t before = reporter_.errors();
      TomlTable table = item((*found)[index], say("item {}", index + 1));
      if (reporter_.errors() == before) items.push_back({std::move(table), {}});
    }
    return {std::move(items), {}};
  }

  /// The styles that were written, in their order, each with whether it is a shipped one.
  struct WrittenStyle {
    std::string name;
    bool is_shipped = false;
  };
  [[nodiscard]] const std::vector<WrittenStyle>& written_styles() const { return styles_; }

 private:
  void error(std::string_view code, std::string message) {
    reporter_.error({}, code, std::move(message), remedy());
  }

  static TomlMember member(std::string key, TomlValue value) {
    return {std::move(key), {}, std::move(value)};
  }

  // Days and instants are strings in JSON; which keys hold them is known.
  static TomlValue text_of(const json& value, std::string_view key) {
    const auto& text = value.get_ref<const std::string&>();
    if (key != "from" && key != "until") return {text, {}};
    if (const auto day = parse_day(text)) return {*day, {}};
    if (const auto instant = parse_rfc3339(text)) return {*instant, {}};
    return {text, {}};
  }

  TomlValue convert(const json& value, std::string_view key) {
    switch (value.type()) {
      case json::value_t::string:
        return text_of(value, key);
      case json::value_t::boolean:
        return {value.get<bool>(), {}};
      case json::value_t::number_integer:
        return {value.get<std::int64_t>(), {}};
      case json::value_t::number_unsigned:
        if (value.get<std::uint64_t>() <= INT64_MAX) return {value.get<std::int64_t>(), {}};
        return {value.get<double>(), {}};
      case json::value_t::number_float:
        return {value.get<double>(), {}};
      case json::value_t::array:
        return {convert_list(value, key), {}};
      case json::value_t::object:
        return {convert_table(value), {}};
      default:
        error("wrong-type", say("\"{}\" is null", key));
        return {TomlTable{}, {}};
    }
  }

  TomlArray convert_list(const json& list, std::string_view key) {
    TomlArray array;
    for (const json& value : list) array.push_back(convert(value, key));
    return array;
  }

  TomlTable convert_table(const json& object) {
    TomlTable table;
    for (const auto& [key, value] : object.items())
      table.push_back(member(key, convert(value, key)));
    return table;
  }

  // [{"language": "ko", "text": "..."}] in its order.
  TomlValue texts(const json& list, std::string_view key) {
    TomlTable table;
    std::set<std::string> languages;
    if (!list.is_array()) return wrong_list(key);
    for (const json& one : list) {
      const std::string* const language = string_in(one, "language");
      const std::string* const text = string_in(one, "text");
      if (!language || !text || one.size() != 2) return wrong_list(key);
      if (!languages.insert(*language).second) {
        error("double-name", say("\"{}\" has the language {} twice", key, *language));
        continue;
      }
      table.push_back(member(*language, {*text, {}}));
    }
    return {std::move(table), {}};
  }

  // [{"name": "commute", ...}] in its order: a table by name, of what `inner` holds, or of the rest
  // where that is empty.
  TomlValue named(const json& list, std::string_view key, const std::string& inner) {
    TomlTable table;
    std::set<std::string> names;
    if (!list.is_array()) return wrong_list(key);
    for (json one : list) {
      const std::string* const found = string_in(one, "name");
      if (!found) return wrong_list(key);
      const std::string name = *found;
      if (!names.insert(name).second) {
        error("double-name", say("\"{}\" has the name \"{}\" twice", key, name));
        continue;
      }
      one.erase("name");
      if (inner.empty()) {
        table.push_back(member(name, convert(one, key)));
      } else if (one.size() != 1 || !one.contains(inner)) {
        return wrong_list(key);
      } else {
        table.push_back(member(name, convert(one.at(inner), key)));
      }
    }
    return {std::move(table), {}};
  }

  // What campaign.toml has no word for, "shipped", is taken out; its "like" is for people alone.
  TomlValue styles(const json& list) {
    TomlValue all = named(list, "styles", "");
    for (TomlMember& style : std::get<TomlTable>(all.value)) {
      styles_.push_back({style.key, false});
      auto* keys = std::get_if<TomlTable>(&style.value.value);
      if (!keys) continue;  // said when the styles are read
      std::erase_if(*keys, [&](const TomlMember& one) {
        const bool is_shipped = one.key == "shipped";
        const bool* said = is_shipped ? std::get_if<bool>(&one.value.value) : nullptr;
        if (said && *said) {
          styles_.back().is_shipped = true;
        } else if (is_shipped || one.key == "like") {
          error("unknown-key", say("{}: unknown key \"{}\"", say("style {}", style.key), one.key));
        }
        return is_shipped;
      });
    }
    return all;
  }

  TomlValue wrong_list(std::string_view key) {
    error("wrong-type", say("\"{}\" is not the list that the compiled form has there", key));
    return {TomlTable{}, {}};
  }

  TomlTable item(const json& value, const std::string& where) {
    TomlTable table;
    if (!value.is_object()) {
      error("wrong-type", say("{} is no object", where));
      return table;
    }
    check_needs(value, where);
    for (const auto& [key, inner] : value.items()) {
      if (key == "needs") continue;
      const bool is_text = key == "text" || key == "alt" || key == "caption";
      TomlValue converted = is_text ? texts(inner, key) : convert(inner, key);
      table.push_back(member(key, std::move(converted)));
    }
    return table;
  }

  // Every need must be known here: what is not would be played wrongly.
  void check_needs(const json& object, const std::string& where) {
    const auto needs = object.find("needs");
    if (needs == object.end() || !needs->is_array()) {
      error("missing-key", say("{}: \"needs\" is missing", where));
      return;
    }
    for (const json& need : *needs) {
      const std::string* const word = need.get_ptr<const json::string_t*>();
      if (word && std::find(kKnownNeeds.begin(), kKnownNeeds.end(), *word) != kKnownNeeds.end())
        continue;
      reporter_.error({}, "unknown-need",
                      say("{} needs \"{}\", which this version of Noseon does not know", where,
                          word ? *word : need.dump(-1, ' ', true)),
                      say("update Noseon on the display"));
    }
  }

  [[nodiscard]] HolidaysPtr holidays_of(const json& value) {
    auto calendar = std::make_shared<HolidayCalendar>();
    const std::string* const id = string_in(value, "id");
    const bool is_good = id && value.size() == 3 && read_years(value, calendar->years) &&
                         read_days(value, *calendar);
    if (!is_good) {
      error("wrong-type", say("\"holidays\" is no calendar: an id, its years and its days, both "
                              "in order"));
      return nullptr;
    }
    calendar->id = *id;
    return calendar;
  }

  static bool read_years(const json& value, std::vector<std::chrono::year>& years) {
    const auto list = value.find("years");
    if (list == value.end() || !list->is_array() || list->size() > kHolidaysMax) return false;
    for (const json& one : *list) {
      if (!one.is_number_integer()) return false;
      const auto number = one.get<std::int64_t>();
      if (number < 1 || number > kYearMax) return false;
      const std::chrono::year year{static_cast<int>(number)};
      if (!years.empty() && year <= years.back()) return false;
      years.push_back(year);
    }
    return true;
  }

  static bool read_days(const json& value, HolidayCalendar& calendar) {
    const auto list = value.find("days");
    if (list == value.end() || !list->is_array() || list->size() > kHolidaysMax) return false;
    for (const json& one : *list) {
      const auto* const text = one.get_ptr<const json::string_t*>();
      const auto day = text ? parse_day(*text) : std::nullopt;
      if (!day || !calendar.covers(std::chrono::year_month_day{*day}.year())) return false;
      if (!calendar.days.empty() && *day <= calendar.days.back()) return false;
      calendar.days.push_back(*day);
    }
    return true;
  }

  Reporter& reporter_;
  std::vector<WrittenStyle> styles_;
};

// Errors of the whole, before anything is converted.
void check_shape(const json& root, Reporter& reporter) {
  const auto format = root.is_object() ? root.find("format") : root.end();
  const bool is_ours = root.is_object() && format != root.end() && *format == kCompiledFormat;
  if (!is_ours) {
    reporter.error({}, "unknown-format", say("this is no campaign of the form {}", kCompiledFormat),
                   say("compile the campaign with this version of Noseon, or update it"));
    return;
  }
  const auto items = root.find("items");
  if (items != root.end() && items->is_array() && items->size() > kItemsMax) {
    reporter.error({}, "too-many-items",
                   say("{} items; a display plays at most {}", items->size(), kItemsMax),
                   say("take items out, or spread them over displays"));
  }
}

// Does it name exactly what is used? Another reader relies on it.
bool has_needs(const json& written, const std::vector<std::string>& used) {
  const auto needs = written.find("needs");
  return needs != written.end() && *needs == used;
}

void drop_wrong_needs(const json& root, Campaign& campaign, Reporter& reporter) {
  std::unordered_map<std::string_view, const Item*> items;
  for (const Item& item : campaign.items) items.emplace(item.id.str(), &item);
  std::set<std::string> wrong;
  const auto written_items = root.find("items");
  if (written_items == root.end() || !written_items->is_array()) return;
  for (const json& written : *written_items) {
    const std::string* const id = string_in(written, "id");
    const auto item = id ? items.find(*id) : items.end();
    if (item != items.end() && !has_needs(written, needs_of(*item->second))) wrong.insert(*id);
  }
  for (const std::string& id : wrong) {
    reporter.error({}, "wrong-needs", say("item {}: \"needs\" is not what the item uses", id),
                   remedy());
  }
  std::erase_if(campaign.items, [&](const Item& item) { return wrong.contains(item.id.str()); });
}

// Marks the shipped ones among the styles that were written. Those that reading added are ours,
// which may look otherwise than the writer's: an item that asks for one of them is refused.
void settle_styles(const std::vector<Converter::WrittenStyle>& written, Campaign& campaign,
                   Reporter& reporter) {
  for (std::size_t i = 0; i < written.size(); ++i)
    campaign.styles[i].is_shipped = written[i].is_shipped;
  std::erase_if(campaign.items, [&](const Item& item) {
    if (!item.style || *item.style < written.size()) return false;
    reporter.error({}, "unknown-style",
                   say("{}: there is no \"{}\" under [{}s]", say("item {}", item.id.str()),
                       campaign.styles[*item.style].name, "style"),
                   remedy());
    return true;
  });
  campaign.styles.resize(written.size());
}

}  // namespace

ParsedCampaign read_compiled(std::string_view text, std::string_view file, Zones& zones) {
  Reporter reporter(file);
  const Result<json> root = parse_json(text, kLimits);
  if (!root) {
    const bool is_large = root.error().kind == ErrorKind::too_large;
    reporter.error({}, is_large ? "too-large" : "syntax", root.error().message, remedy());
    return {std::nullopt, reporter.take()};
  }
  check_shape(*root, reporter);
  if (reporter.errors() > 0) return {std::nullopt, reporter.take()};

  Converter converter(reporter);
  HolidaysPtr holidays;
  TomlTable table = converter.campaign(*root, holidays);
  const bool head_is_sound = reporter.errors() == 0;
  table.push_back({"item", {}, converter.items(*root)});

  ParsedCampaign read = read_campaign(table, file, zones, holidays);
  reporter.add(std::move(read.findings));
  if (!head_is_sound) read.campaign.reset();
  if (read.campaign) settle_styles(converter.written_styles(), *read.campaign, reporter);
  if (read.campaign && !has_needs(*root, needs_of(*read.campaign))) {
    reporter.error({}, "wrong-needs", say("the campaign's \"needs\" is not what it uses"),
                   remedy());
    read.campaign.reset();
  }
  if (read.campaign) drop_wrong_needs(*root, *read.campaign, reporter);
  return {std::move(read.campaign), reporter.take()};
}

}  // namespace noseon
