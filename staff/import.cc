#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "base/unicode.h"
#include "playlist/parse.h"
#include "playlist/spreadsheet.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/scaffold.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

// A folder's name as an id: "Spring 2027" is "spring-2027".
std::string id_of_folder(const fs::path& dir) {
  std::error_code ignored;
  fs::path whole = fs::weakly_canonical(fs::absolute(dir, ignored), ignored);
  if (!whole.has_filename()) whole = whole.parent_path();
  return id_from_name(whole.filename().string());
}

Result<ImportInto> look_at(const ImportOptions& options, const fs::path& file) {
  ImportInto into;
  into.id = id_of_folder(options.dir);
  into.existing_file = repair_utf8(file.string());
  into.replace = options.replace ? Replace::yes : Replace::no;
  auto existing = read_file(file, kCampaignBytesMax);
  if (existing) {
    into.existing = *std::move(existing);
  } else if (existing.error().kind != ErrorKind::not_found) {
    return fail(existing.error());
  }
  return into;
}

// Posters that are not there yet: the table comes first, the pictures later.
void warn_of_missing(const ImportedSheet& imported, const ImportOptions& options,
                     Findings& findings) {
  for (const ImportedPoster& poster : imported.posters) {
    std::error_code ignored;
    const fs::path file = fs::path(options.dir) / poster.path;
    if (fs::is_regular_file(file, ignored)) continue;
    findings.push_back({Severity::warning, options.table, poster.cell, "missing-file",
                        say("{}: the picture \"{}\" is not there", poster.where, poster.path),
                        say("put it at {}", repair_utf8(file.string()))});
  }
}

Status write(const ImportOptions& options, const fs::path& file, const std::string& toml) {
  std::error_code error;
  fs::create_directories(options.dir, error);
  if (error)
    return fail(ErrorKind::disk,
                say("{}: the folder cannot be made: {}", options.dir, error.message()));
  return write_file(file, toml);
}

void print(const ImportOptions& options, const ImportedSheet& imported, const fs::path& file) {
  const bool is_written = !imported.toml.empty();
  if (options.json) {
    ordered_json json = {{"file", nullptr},
                         {"items", imported.items},
                         {"findings", findings_json(imported.findings)}};
    if (is_written) json["file"] = file.string();
    fmt::print("{}\n", to_text(json));
    return;
  }
  for (const Finding& finding : imported.findings) fmt::print(stderr, "{}\n", to_string(finding));
  if (is_written) {
    fmt::print("{}\n", say("{}: written, {} items", file.string(), imported.items));
  } else {
    fmt::print(stderr, "{}\n", say("nothing was written"));
  }
}

}  // namespace

int run_import(const ImportOptions& options) {
  const fs::path file = fs::path(options.dir) / "campaign.toml";
  const auto table = read_file(options.table, kCsvBytesMax);
  if (!table) return refused(table.error());
  const auto into = look_at(options, file);
  if (!into) return refused(into.error());
  SystemZones zones;
  ImportedSheet imported = import_sheet(*table, options.table, *into, zones);
  if (!imported.toml.empty()) {
    const Status written = write(options, file, imported.toml);
    if (!written) return refused(written.error());
    warn_of_missing(imported, options, imported.findings);
  }
  print(options, imported, file);
  return imported.toml.empty() ? kRefused : kDone;
}

}  // namespace noseon
