// parse_csv and import_sheet: whatever bytes they accept hold to the caps and survive being written
// and read; a campaign that was imported survives an export.
#include <cstdint>

#include "base/check.h"
#include "base/unicode.h"
#include "playlist/parse.h"
#include "playlist/spreadsheet.h"

namespace {

using namespace noseon;

void check_table(const CsvRows& rows) {
  CHECK(rows.size() <= kCsvRowsMax);
  for (const CsvRow& row : rows) {
    CHECK(row.size() <= kCsvColumnsMax);
    CHECK(row.empty() || !row.back().empty());
    for (const std::string& cell : row)
      CHECK(cell.size() <= kCsvCellBytesMax && !first_bad_utf8(cell));
  }
  const auto written = write_csv(rows);
  CHECK(written);
  const ParsedCsv again = parse_csv(*written, "again.csv");
  CHECK(again.findings.empty());
  CHECK(again.rows == rows);
}

std::string exported(const std::string& toml, SheetLanguage language, Zones& zones) {
  const ParsedCampaign parsed = parse_campaign(toml, "campaign.toml", zones);
  CHECK(parsed.campaign && !has_errors(parsed.findings));
  const auto sheet = export_sheet(*parsed.campaign, language);
  CHECK(sheet || sheet.error().kind == ErrorKind::too_large);
  return sheet ? sheet->csv : "";
}

void check_import(std::string_view bytes, Zones& zones) {
  const ImportedSheet imported =
      import_sheet(bytes, "plan.csv", {.id = "a", .existing_file = "campaign.toml"}, zones);
  CHECK(imported.toml.empty() == has_errors(imported.findings));
  if (imported.toml.empty()) return;
  for (const auto language : {SheetLanguage::english, SheetLanguage::korean}) {
    const std::string csv = exported(imported.toml, language, zones);
    if (csv.empty()) continue;
    const ImportedSheet again = import_sheet(csv, "again.csv", {}, zones);
    CHECK(again.toml == imported.toml);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static SystemZones zones;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ParsedCsv parsed = parse_csv(bytes, "plan.csv");
  if (!has_errors(parsed.findings)) check_table(parsed.rows);
  check_import(bytes, zones);
  return 0;
}
