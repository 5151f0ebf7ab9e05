#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "playlist/parse.h"
#include "playlist/spreadsheet.h"
#include "staff/commands.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

void print_errors(const Findings& findings) {
  for (const Finding& finding : findings) {
    if (finding.severity == Severity::error) fmt::print(stderr, "{}\n", to_string(finding));
  }
}

int refuse(const ExportOptions& options, const Findings& findings) {
  print_errors(findings);
  if (options.json) {
    fmt::print("{}\n",
               to_text({{"file", nullptr}, {"rows", 0}, {"findings", findings_json(findings)}}));
  }
  return kRefused;
}

void print_json(const ExportOptions& options, const ExportedSheet& sheet) {
  ordered_json json = {
      {"file", nullptr}, {"rows", sheet.rows}, {"findings", ordered_json::array()}};
  if (options.output.empty()) {
    json["csv"] = sheet.csv;
  } else {
    json["file"] = options.output;
  }
  fmt::print("{}\n", to_text(json));
}

int write(const ExportOptions& options, const ExportedSheet& sheet) {
  if (!options.output.empty()) {
    const Status written = write_file(options.output, sheet.csv);
    if (!written) return refused(written.error());
  }
  if (options.json) {
    print_json(options, sheet);
  } else if (options.output.empty()) {
    std::fwrite(sheet.csv.data(), 1, sheet.csv.size(), stdout);
  } else {
    fmt::print("{}\n", say("{}: {} rows", options.output, sheet.rows));
  }
  return kDone;
}

}  // namespace

int run_export(const ExportOptions& options) {
  const std::filesystem::path file = std::filesystem::path(options.dir) / "campaign.toml";
  const auto bytes = read_file(file, kCampaignBytesMax);
  if (!bytes) return refused(bytes.error());
  SystemZones zones;
  const ParsedCampaign parsed = parse_campaign(*bytes, file.string(), zones);
  if (!parsed.campaign || has_errors(parsed.findings)) return refuse(options, parsed.findings);
  const auto sheet = export_sheet(
      *parsed.campaign, options.language == "ko" ? SheetLanguage::korean : SheetLanguage::english);
  return sheet ? write(options, *sheet) : refused(sheet.error());
}

}  // namespace noseon
