#include "playlist/spreadsheet.h"

#include <algorithm>
#include <limits>

#include "base/say.h"
#include "playlist/parse.h"
#include "playlist/sheet_draft.h"
#include "playlist/sheet_forms.h"
#include "playlist/write_toml.h"

namespace noseon {
namespace {

constexpr const char* kUsualZone = "Asia/Seoul";

bool is_same(SourcePlace a, SourcePlace b) {
  return a.line == b.line && a.column == b.column;
}

// ---- The head of a campaign.toml that stays ---------------------------------------------------

std::uint32_t last_line_of(const TomlValue& value) {
  std::uint32_t last = value.place.line;
  if (const TomlTable* table = value.table()) {
    for (const TomlMember& member : *table)
      last = std::max({last, member.key_place.line, last_line_of(member.value)});
  } else if (const TomlArray* array = value.array()) {
    for (const TomlValue& inner : *array) last = std::max(last, last_line_of(inner));
  }
  return last;
}

std::size_t offset_of_line(std::string_view text, std::uint32_t line) {
  std::size_t at = 0;
  for (; line > 1 && at < text.size(); --line)
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  return at;
}

// What stands before the first [[item]], if nothing but items stands behind it.
std::optional<std::string_view> text_before_items(const TomlTable& table, std::string_view text) {
  std::uint32_t items = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t others = 0;
  for (const TomlMember& member : table) {
    const TomlArray* array = member.key == "item" ? member.value.array() : nullptr;
    if (member.key != "item") {
      others = std::max({others, member.key_place.line, last_line_of(member.value)});
    } else if (array && !array->empty()) {
      items = array->front().place.line;
    } else {
      return std::nullopt;
    }
  }
  if (items == std::numeric_limits<std::uint32_t>::max()) return text;
  const std::size_t end = offset_of_line(text, items);
  if (others >= items || !trimmed(text.substr(end)).starts_with("[[")) return std::nullopt;
  return text.substr(0, end);
}

// The head as it is written, else written anew; nothing where it cannot be read.
std::optional<std::string> head_of(const ImportInto& into, Zones& zones, Reporter& reporter) {
  ParsedToml tree = parse_toml(*into.existing, into.existing_file, kCampaignBytesMax);
  if (!tree.is_good) {
    reporter.add(std::move(tree.findings));
    return std::nullopt;
  }
  if (const auto text = text_before_items(tree.table, *into.existing)) return std::string(*text);
  ParsedCampaign parsed = parse_campaign(*into.existing, into.existing_file, zones);
  if (parsed.campaign) return write_toml_head(*parsed.campaign);
  reporter.add(std::move(parsed.findings));
  return std::nullopt;
}

std::string with_items(std::string_view head, const Campaign& campaign) {
  while (head.ends_with('\n') || head.ends_with('\r') || head.ends_with(' ')) head.remove_suffix(1);
  return std::string(head) + "\n\n" + write_toml_items(campaign);
}

// ---- Findings by row and column ---------------------------------------------------------------

bool was_refused(const Draft& draft, SourcePlace cell) {
  return std::any_of(draft.refused.begin(), draft.refused.end(),
                     [&](SourcePlace refused) { return is_same(refused, cell); });
}

SourcePlace cell_of(const Draft& draft, SourcePlace in_draft) {
  const bool is_line = in_draft.line > 0 && in_draft.line <= draft.cells.size();
  return is_line ? draft.cells[in_draft.line - 1] : SourcePlace{};
}

void add_by_cell(Findings findings, const Draft& draft, const Sheet& sheet, const ImportInto& into,
                 std::string_view file, Reporter& reporter) {
  Findings moved;
  for (Finding& finding : findings) {
    const bool is_in_head = finding.place.line > 0 && finding.place.line <= draft.head_lines;
    finding.file = is_in_head ? into.existing_file : std::string(file);
    if (!is_in_head) {
      finding.place = cell_of(draft, finding.place);
      const bool has_cell = finding.place.line > 0;
      if (has_cell && was_refused(draft, finding.place)) continue;
      if (has_cell) finding.message = say("{}: {}", sheet.name_of(finding.place), finding.message);
    }
    moved.push_back(std::move(finding));
  }
  reporter.add(std::move(moved));
}

void sort_by_place(Findings& findings, std::string_view file) {
  const auto key = [&](const Finding& finding) {
    return std::tuple(finding.file == file, finding.place.line, finding.place.column);
  };
  std::stable_sort(findings.begin(), findings.end(),
                   [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
}

// ---- The import -------------------------------------------------------------------------------

bool is_whole(const Sheet& sheet) {
  return std::any_of(sheet.rows().begin(), sheet.rows().end(),
                     [](const SheetRow& row) { return row.kind != RowKind::item; });
}

bool has_items(const Sheet& sheet) {
  return std::any_of(sheet.rows().begin(), sheet.rows().end(),
                     [](const SheetRow& row) { return row.kind == RowKind::item; });
}

void refuse_to_replace(const ImportInto& into, Reporter& reporter) {
  reporter.error({}, "campaign-exists",
                 say("the table is a whole campaign, and {} is there already", into.existing_file),
                 say("let it be replaced with --replace, or import a table of items alone"));
}

std::vector<ImportedPoster> posters_of(const Sheet& sheet) {
  std::vector<ImportedPoster> posters;
  for (const SheetRow& row : sheet.rows()) {
    const std::string_view key = row.kind == RowKind::style ? "picture" : "poster";
    const std::string* cell = sheet.cell(row, key);
    if (!cell) continue;
    const SourcePlace place = sheet.place(row, key);
    posters.push_back({read_name(*cell), place, sheet.name_of(place)});
  }
  return posters;
}

class Import {
 public:
  Import(std::string_view file, const ImportInto& into, Zones& zones)
      : file_(file), into_(into), zones_(zones), reporter_(file) {}

  ImportedSheet run(std::string_view bytes) {
    ParsedCsv csv = parse_csv(bytes, file_);
    const bool is_table = !has_errors(csv.findings);
    reporter_.add(std::move(csv.findings));
    ImportedSheet imported;
    if (is_table) imported = read(Sheet(std::move(csv.rows), reporter_));
    imported.findings = reporter_.take();
    sort_by_place(imported.findings, file_);
    if (!has_errors(imported.findings)) return imported;
    imported.toml.clear();
    imported.posters.clear();
    return imported;
  }

 private:
  ImportedSheet read(const Sheet& sheet) {
    const bool keeps_head = into_.existing && !is_whole(sheet);
    if (!has_items(sheet)) {
      reporter_.error({}, "empty-campaign", say("the table has no item"),
                      say("write one a row, with an id and a poster or a text"));
      return {};
    }
    if (into_.existing && !keeps_head && into_.replace == Replace::no)
      refuse_to_replace(into_, reporter_);
    const auto head = keeps_head ? head_of(into_, zones_, reporter_) : std::nullopt;
    if (keeps_head && !head) return {};
    const Draft draft = keeps_head ? draft_items(sheet, *head, reporter_)
                                   : draft_campaign(sheet, {into_.id, kUsualZone}, reporter_);
    ParsedCampaign parsed = parse_campaign(draft.text, file_, zones_);
    add_by_cell(std::move(parsed.findings), draft, sheet, into_, file_, reporter_);
    if (!parsed.campaign || reporter_.errors() > 0) return {};
    ImportedSheet imported;
    imported.toml = head ? with_items(*head, *parsed.campaign) : write_toml(*parsed.campaign);
    imported.items = parsed.campaign->items.size();
    imported.posters = posters_of(sheet);
    check(imported.toml);
    return imported;
  }

  // Whatever is written can be read: only its size is not known before.
  void check(std::string_view toml) {
    ParsedCampaign again = parse_campaign(toml, into_.existing_file, zones_);
    if (has_errors(again.findings)) reporter_.add(std::move(again.findings));
  }

  std::string file_;
  const ImportInto& into_;
  Zones& zones_;
  Reporter reporter_;
};

}  // namespace

ImportedSheet import_sheet(std::string_view bytes, std::string_view file, const ImportInto& into,
                           Zones& zones) {
  return Import(file, into, zones).run(bytes);
}

}  // namespace noseon
