#include "playlist/sheet_draft.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/say.h"
#include "playlist/sheet_forms.h"
#include "playlist/write_toml.h"

namespace noseon {
namespace {

constexpr const char* kByLanguage[] = {"title", "text", "alt", "caption"};

std::string toml_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + toml_string(name);
  return "[" + list + "]";
}

class Writer {
 public:
  Writer(const Sheet& sheet, Reporter& reporter) : sheet_(sheet), reporter_(reporter) {}

  void head(const AssumedHead& assumed) {
    line(R"(format = "noseon.campaign/1")", {});
    const SheetRow* campaign = only_row(RowKind::campaign);
    if (!campaign || !sheet_.cell(*campaign, "id")) assume("id", assumed.id, campaign);
    if (!campaign || !sheet_.cell(*campaign, "timezone"))
      assume("timezone", assumed.timezone, campaign);
    if (campaign) keys(*campaign);
    if (campaign) texts(*campaign, "");
    if (const SheetRow* window = only_row(RowKind::window)) {
      line("[window]", Sheet::place(*window, 0));
      keys(*window);
    }
    dayparts();
    named(RowKind::place, "places");
    named(RowKind::style, "styles");
  }

  void items() {
    for (const SheetRow& row : sheet_.rows()) {
      if (row.kind != RowKind::item) continue;
      line("[[item]]", sheet_.place(row, "id"));
      keys(row);
      texts(row, "item.");
    }
  }

  void foreign_head(std::string_view head) {
    draft_.text = head;
    if (!head.empty() && !head.ends_with('\n')) draft_.text += '\n';
    draft_.head_lines =
        static_cast<std::size_t>(std::count(draft_.text.begin(), draft_.text.end(), '\n'));
    draft_.cells.resize(draft_.head_lines);
  }

  [[nodiscard]] Draft take() { return std::move(draft_); }

 private:
  void line(std::string_view text, SourcePlace cell) {
    draft_.text += text;
    draft_.text += '\n';
    draft_.cells.push_back(cell);
  }

  void refuse(SourcePlace cell, std::string_view code, const std::string& message,
              std::string remedy) {
    draft_.refused.push_back(cell);
    sheet_.error(cell, code, message, std::move(remedy), reporter_);
  }

  void assume(std::string_view key, const std::string& value, const SheetRow* campaign) {
    const SourcePlace cell = campaign ? sheet_.place(*campaign, key) : SourcePlace{};
    line(fmt::format("{} = {}", key, toml_string(value)), cell);
    reporter_.warn(
        cell, "assumed-head",
        say("the table names no \"{}\" of the campaign; it was taken to be \"{}\"", key, value),
        say("write it in a row of the kind campaign, or correct campaign.toml"));
  }

  // The one row of a kind that a campaign has once; others are reported.
  const SheetRow* only_row(RowKind kind) {
    const SheetRow* only = nullptr;
    for (const SheetRow& row : sheet_.rows()) {
      if (row.kind != kind) continue;
      if (only) {
        refuse(sheet_.place(row, "row"), "double-row",
               say("row {} is the {} row already", only->number, to_string(kind)),
               say("keep one of the two rows"));
      } else {
        only = &row;
      }
    }
    return only;
  }

  [[nodiscard]] std::string name_of(const SheetRow& row) const {
    const std::string* cell = sheet_.cell(row, "id");
    return cell ? read_name(*cell) : "";
  }

  // Rows of one name are one daypart, where its first stands.
  void dayparts() {
    std::vector<std::string> names;
    std::map<std::string, std::vector<const SheetRow*>> rows;
    for (const SheetRow& row : sheet_.rows()) {
      if (row.kind != RowKind::daypart) continue;
      auto& same = rows[name_of(row)];
      if (same.empty()) names.push_back(name_of(row));
      same.push_back(&row);
    }
    for (const std::string& name : names) {
      for (const SheetRow* row : rows[name]) {
        line(fmt::format("[[dayparts.{}]]", toml_string(name)), sheet_.place(*row, "id"));
        keys(*row);
      }
    }
  }

  void named(RowKind kind, std::string_view table) {
    std::set<std::string> names;
    for (const SheetRow& row : sheet_.rows()) {
      if (row.kind != kind) continue;
      if (!names.insert(name_of(row)).second) {
        refuse(sheet_.place(row, "id"), "double-id",
               say("another {} row has the id \"{}\" already", to_string(kind), name_of(row)),
               say("give each an id of its own"));
        continue;
      }
      line(fmt::format("[{}.{}]", table, toml_string(name_of(row))), sheet_.place(row, "id"));
      keys(row);
    }
  }

  // Every cell but texts: those come last, in tables of their own.
  void keys(const SheetRow& row) {
    const bool names_itself = row.kind == RowKind::campaign || row.kind == RowKind::item;
    for (std::size_t column = 0; column < sheet_.columns().size(); ++column) {
      const std::string* cell = sheet_.cell(row, column);
      if (!cell) continue;
      const Column& under = *sheet_.columns()[column];
      const std::string key = under.name();
      if (under.kind->is_by_language || key == "row" || (key == "id" && !names_itself)) continue;
      const SourcePlace place = Sheet::place(row, column);
      line(fmt::format("{} = {}", key, value_of(*cell, under, row, place)), place);
    }
  }

  // [item.text], each language on its line.
  void texts(const SheetRow& row, std::string_view prefix) {
    for (const std::string_view key : kByLanguage) {
      const std::vector<std::size_t> columns = languages_of(row, key);
      if (columns.empty()) continue;
      line(fmt::format("[{}{}]", prefix, key), Sheet::place(row, columns.front()));
      for (const std::size_t column : columns) {
        line(fmt::format("{} = {}", toml_string(sheet_.columns()[column]->language),
                         toml_string(unguarded(*sheet_.cell(row, column)))),
             Sheet::place(row, column));
      }
    }
  }

  // The columns of a row's texts: first the languages that its order names, then the others.
  [[nodiscard]] std::vector<std::size_t> languages_of(const SheetRow& row,
                                                      std::string_view key) const {
    std::vector<std::size_t> columns;
    const auto add = [&](std::optional<std::size_t> column) {
      if (!column || !sheet_.cell(row, *column)) return;
      if (std::find(columns.begin(), columns.end(), *column) == columns.end())
        columns.push_back(*column);
    };
    const std::string* order = sheet_.cell(row, fmt::format("{}.{}", key, kOrderColumn));
    if (order) {
      for (const std::string& language : read_names(*order))
        if (language != kOrderColumn) add(sheet_.column_of(fmt::format("{}.{}", key, language)));
    }
    for (std::size_t column = 0; column < sheet_.columns().size(); ++column) {
      const auto& under = sheet_.columns()[column];
      if (under && under->kind->key == key && under->language != kOrderColumn) add(column);
    }
    return columns;
  }

  // A number, or the cell as a string, which parse_campaign() refuses with what the key takes.
  static std::string number_or_text(const std::optional<std::string>& number,
                                    std::string_view cell) {
    return number ? *number : toml_string(plain_text(cell));
  }

  std::string value_of(const std::string& cell, const Column& under, const SheetRow& row,
                       SourcePlace place) {
    switch (under.form_in(row.kind)) {
      case CellForm::word:
        return toml_string(word_of(under.kind->key, folded(cell)));
      case CellForm::moment:
        return moment(cell, row, place);
      case CellForm::yearly:
        return toml_string(yearly_of(cell));
      case CellForm::days:
        return toml_string(days_of(folded(cell)));
      case CellForm::hours:
        return toml_string(hours_of(cell));
      case CellForm::whole:
        return number_or_text(whole_of(cell), cell);
      case CellForm::decimal:
        return number_or_text(decimal_of(cell), cell);
      case CellForm::metres:
        return number_or_text(metres_of(cell), cell);
      case CellForm::share:
        return number_or_text(share_of(cell), cell);
      case CellForm::names:
        return names(cell, under, place);
      case CellForm::row_kind:
      case CellForm::text:
      case CellForm::name:
        break;
    }
    return toml_string(read_name(cell));
  }

  std::string moment(const std::string& cell, const SheetRow& row, SourcePlace place) {
    const std::string* role = sheet_.cell(row, "role");
    const bool is_urgent = role && word_of("role", folded(*role)) == "urgent";
    auto moment = moment_of(cell, is_urgent ? MomentUse::moment : MomentUse::day);
    if (moment) return *std::move(moment);
    const std::string& message = moment.error().message;
    const std::size_t semicolon = message.rfind("; ");
    refuse(place, "bad-date", message.substr(0, semicolon), message.substr(semicolon + 2));
    return toml_string(plain_text(cell));
  }

  std::string names(const std::string& cell, const Column& under, SourcePlace place) {
    const std::vector<std::string> names = read_names(cell);
    const auto odd = std::find_if(names.begin(), names.end(), looks_rewritten);
    if (under.kind->key == "routes" && odd != names.end()) {
      reporter_.warn(place, "rewritten-route",
                     say("{}: \"{}\" looks like a day that the spreadsheet made of a route",
                         sheet_.name_of(place), *odd),
                     say("write such a route in quotation marks: \"5-1\""));
    }
    return toml_list(names);
  }

  const Sheet& sheet_;
  Reporter& reporter_;
  Draft draft_;
};

}  // namespace

Draft draft_campaign(const Sheet& sheet, const AssumedHead& assumed, Reporter& reporter) {
  Writer writer(sheet, reporter);
  writer.head(assumed);
  writer.items();
  return writer.take();
}

Draft draft_items(const Sheet& sheet, std::string_view head, Reporter& reporter) {
  Writer writer(sheet, reporter);
  writer.foreign_head(head);
  writer.items();
  return writer.take();
}

}  // namespace noseon
