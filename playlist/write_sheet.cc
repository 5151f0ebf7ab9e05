// A campaign as a table (spreadsheet.h).
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "playlist/patterns.h"
#include "playlist/sheet_columns.h"
#include "playlist/sheet_forms.h"
#include "playlist/spreadsheet.h"
#include "playlist/styles.h"
#include "playlist/write_toml.h"

namespace noseon {
namespace {

using Cells = std::map<std::string, std::string, std::less<>>;  // by Column::name()

std::vector<std::string> languages_of(const Texts& texts) {
  std::vector<std::string> languages;
  for (const auto& [language, text] : texts) languages.push_back(language);
  return languages;
}

// The languages of one key over the whole campaign, in the order in which they first appear.
class Languages {
 public:
  void add(const Texts& texts) {
    for (const std::string& language : languages_of(texts)) {
      if (std::find(all_.begin(), all_.end(), language) == all_.end()) all_.push_back(language);
    }
  }
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }
  /// Those of some texts, in the order of the columns.
  [[nodiscard]] std::vector<std::string> of(const Texts& texts) const {
    std::vector<std::string> some = all_;
    std::erase_if(some, [&](const std::string& one) { return find_text(texts, one) == nullptr; });
    return some;
  }

 private:
  std::vector<std::string> all_;
};

class Table {
 public:
  Table(const Campaign& campaign, SheetLanguage language)
      : campaign_(campaign), language_(language) {
    languages_["title"].add(campaign.title);
    for (const Item& item : campaign.items) {
      languages_["text"].add(item.text);
      languages_["alt"].add(item.alt);
      languages_["caption"].add(item.caption);
    }
    head();
    for (const Item& one : campaign.items) item(one);
  }

  [[nodiscard]] CsvRows cells() const {
    const std::vector<Column> columns = used_columns();
    CsvRows cells(1);
    for (const Column& column : columns) cells[0].push_back(header_of(column, language_));
    for (const Cells& row : rows_) {
      CsvRow& line = cells.emplace_back();
      for (const Column& column : columns) {
        const auto cell = row.find(column.name());
        line.push_back(cell == row.end() ? "" : cell->second);
      }
    }
    return cells;
  }

 private:
  Cells& add_row(RowKind kind) {
    Cells& row = rows_.emplace_back();
    row["row"] = written_word("row", to_string(kind), language_);
    return row;
  }

  static void put(Cells& row, std::string_view key, const std::string& text) {
    if (!text.empty()) row[std::string(key)] = text;
  }
  static void put_name(Cells& row, std::string_view key, std::string_view name) {
    if (!name.empty()) row[std::string(key)] = written_name(name);
  }
  void put_word(Cells& row, std::string_view key, std::string_view word) const {
    row[std::string(key)] = guarded(written_word(key, word, language_));
  }
  void put_days(Cells& row, const DayPattern& days) const {
    row["days"] = guarded(written_days(days, language_));
  }
  void put_texts(Cells& row, const std::string& key, const Texts& texts) {
    for (const auto& [language, text] : texts)
      row[fmt::format("{}.{}", key, language)] = guarded(text);
    const std::vector<std::string> written = languages_of(texts);
    if (written != languages_[key].of(texts)) row[key + ".order"] = written_names(written);
  }
  static void put_window(Cells& row, const DayWindow& window) {
    if (window.from) row["from"] = to_string(*window.from);
    if (window.until) row["until"] = to_string(*window.until);
    if (window.yearly) row["yearly"] = to_string(*window.yearly);
  }

  void head() {
    Cells& row = add_row(RowKind::campaign);
    put_name(row, "id", campaign_.id.str());
    put_texts(row, "title", campaign_.title);
    put_name(row, "timezone", campaign_.zone->name());
    if (campaign_.holidays) put_name(row, "holidays", campaign_.holidays->id);
    put_name(row, "contact", campaign_.contact);
    const DayWindow& window = campaign_.window;
    if (window.from || window.until || window.yearly) put_window(add_row(RowKind::window), window);
    for (const Daypart& part : campaign_.dayparts) daypart(part);
    for (const GeoPlace& one : campaign_.places) place(one);
    for (const Style& one : campaign_.styles) {
      if (is_to_be_written(one)) style(one);
    }
  }

  void daypart(const Daypart& daypart) {
    for (const DaypartEntry& entry : daypart.entries) {
      Cells& row = add_row(RowKind::daypart);
      put_name(row, "id", daypart.name);
      put_days(row, entry.days);
      put(row, "hours", to_string(entry.hours));
    }
  }

  // A sign before a number makes no formula: it is not guarded.
  void place(const GeoPlace& place) {
    Cells& row = add_row(RowKind::place);
    put_name(row, "id", place.name);
    put(row, "lat", fmt::format("{}", place.latitude));
    put(row, "lon", fmt::format("{}", place.longitude));
    put(row, "radius_m", fmt::format("{}", place.radius_m));
  }

  static void put_number(Cells& row, std::string_view key, int number) {
    put(row, key, fmt::format("{}", number));
  }
  static void put_number(Cells& row, std::string_view key, int number, int usual) {
    if (number != usual) put_number(row, key, number);
  }
  template <class Words, class Choice>
  void put_choice(Cells& row, std::string_view key, const Words& words, Choice choice,
                  Choice usual) const {
    if (choice != usual) put_word(row, key, words.at(static_cast<std::size_t>(choice)));
  }

  void style(const Style& style) {
    const Style usual;
    Cells& row = add_row(RowKind::style);
    put_name(row, "id", style.name);
    if (style.background != usual.background) put(row, "background", to_string(style.background));
    put_name(row, "picture", style.picture);
    put_number(row, "scrim", style.scrim, usual.scrim);
    if (style.ink != usual.ink) put(row, "ink", to_string(style.ink));
    put_choice(row, "font", kFamilyWords, style.family, usual.family);
    put_choice(row, "weight", kWeightWords, style.weight, usual.weight);
    put_choice(row, "align", kAlignWords, style.align, usual.align);
    put_choice(row, "wrap", kWrapWords, style.wrap, usual.wrap);
    put_number(row, "padding", style.padding, usual.padding);
    put_number(row, "size", style.size, usual.size);
    put_number(row, "line_height", style.line_height, usual.line_height);
    put_number(row, "letter_spacing", style.letter_spacing, usual.letter_spacing);
    if (style.outline) outline(row, *style.outline);
    if (style.shadow) shadow(row, *style.shadow);
    put_choice(row, "clock", kClockWords, style.clock, usual.clock);
  }

  // Whole, since any of their cells says that they are there.
  static void outline(Cells& row, const Outline& outline) {
    put(row, "outline.color", to_string(outline.color));
    put_number(row, "outline.width", outline.width);
  }
  static void shadow(Cells& row, const Shadow& shadow) {
    put(row, "shadow.color", to_string(shadow.color));
    put_number(row, "shadow.right", shadow.right);
    put_number(row, "shadow.down", shadow.down);
    put_number(row, "shadow.blur", shadow.blur);
    put_number(row, "shadow.opacity", shadow.opacity);
  }

  void item(const Item& item) {
    Cells& row = add_row(RowKind::item);
    put_name(row, "id", item.id.str());
    if (item.role != Role::normal) put_word(row, "role", to_string(item.role));
    put_what_is_shown(row, item);
    put_when(row, item);
    put(row, "routes", written_names(item.routes));
    put(row, "near", written_names(names_of(item.near, campaign_.places)));
    put(row, "labels", written_names(item.labels));
    if (item.share) put(row, "share", fmt::format("{}", *item.share / 10'000.0));
    put_name(row, "salt", item.salt);
  }

  void put_what_is_shown(Cells& row, const Item& item) {
    const Item usual;
    put_name(row, "poster", item.poster);
    put_texts(row, "text", item.text);
    put_texts(row, "alt", item.alt);
    put_texts(row, "caption", item.caption);
    if (item.style) put_name(row, "style", campaign_.styles[*item.style].name);
    if (item.fit != usual.fit)
      put_word(row, "fit", kFitWords.at(static_cast<std::size_t>(item.fit)));
    if (item.transition != usual.transition)
      put_word(row, "transition", kTransitionWords.at(static_cast<std::size_t>(item.transition)));
    put_choice(row, "motion", kMotionWords, item.motion, usual.motion);
    if (item.seconds) put(row, "seconds", fmt::format("{}", item.seconds->count() / 1000));
    if (item.weight != usual.weight) put(row, "weight", fmt::format("{}", item.weight));
  }

  void put_when(Cells& row, const Item& item) const {
    if (item.urgent) {
      const auto text = [&](Instant instant) {
        return toml_instant(instant, campaign_.zone->offset_at(instant));
      };
      row["from"] = text(item.urgent->from);
      row["until"] = text(item.urgent->until);
    } else {
      put_window(row, item.window);
    }
    if (item.days) put_days(row, *item.days);
    if (item.hours) put(row, "hours", to_string(*item.hours));
    put(row, "dayparts", written_names(names_of(item.dayparts, campaign_.dayparts)));
  }

  [[nodiscard]] bool is_used(const Column& column) const {
    return std::any_of(rows_.begin(), rows_.end(),
                       [&](const Cells& row) { return row.contains(column.name()); });
  }

  [[nodiscard]] std::vector<Column> used_columns() const {
    std::vector<Column> columns;
    const auto add = [&](const Column& column) {
      if (column.kind->is_everyday || is_used(column)) columns.push_back(column);
    };
    for (const ColumnKind& kind : column_kinds()) {
      if (!kind.is_by_language) {
        add({&kind, ""});
        continue;
      }
      for (const std::string& language : languages_.at(std::string(kind.key)).all())
        columns.push_back({&kind, language});
      const Column order{&kind, std::string(kOrderColumn)};
      if (is_used(order)) columns.push_back(order);
    }
    return columns;
  }

  const Campaign& campaign_;
  SheetLanguage language_;
  std::map<std::string, Languages, std::less<>> languages_;
  std::vector<Cells> rows_;
};

}  // namespace

Result<ExportedSheet> export_sheet(const Campaign& campaign, SheetLanguage language) {
  const CsvRows cells = Table(campaign, language).cells();
  ASSIGN_OR_RETURN(std::string csv, write_csv(cells));
  return ExportedSheet{std::move(csv), cells.size() - 1};
}

}  // namespace noseon
