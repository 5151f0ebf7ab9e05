// A campaign as one table for spreadsheets, and the way back, without loss. Pure; what the table
// looks like is in staff/spreadsheets.md, the cells' forms in sheet_forms.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/zone.h"
#include "playlist/csv.h"
#include "playlist/sheet_words.h"

namespace noseon {

struct ExportedSheet {
  std::string csv;       ///< as write_csv() writes it
  std::size_t rows = 0;  ///< without the header
};

/// import_sheet() of it gives the same campaign. too_large where a cell or the table passes a cap
/// of csv.h. REQUIRES: a campaign as parse_campaign() makes it without errors.
[[nodiscard]] Result<ExportedSheet> export_sheet(const Campaign& campaign, SheetLanguage language);

enum class Replace { no, yes };

/// What is there already, as far as an import depends on it.
struct ImportInto {
  std::string id;                       ///< the campaign's, where the table names none
  std::optional<std::string> existing;  ///< the bytes of campaign.toml, where there is one
  std::string existing_file;            ///< its name in messages
  Replace replace = Replace::no;        ///< whether a whole campaign may take its place
};

/// A poster, or a picture behind texts, that the table names, for who can look whether it is there.
struct ImportedPoster {
  std::string path;   ///< relative to the campaign folder
  SourcePlace cell;   ///< row and column
  std::string where;  ///< "row 3, column C (poster)"
};

struct ImportedSheet {
  std::string toml;  ///< the whole campaign.toml; empty where there are errors
  std::size_t items = 0;
  std::vector<ImportedPoster> posters;
  /// All of them at once. Those of the table have its name as file, and row and column as place;
  /// those of a campaign.toml whose head stays have its own.
  Findings findings;
};

/// A table with rows other than items is a whole campaign; else its items take the place of the
/// existing campaign's, whose head, window, dayparts, places and styles stay as they are written,
/// comments included (as long as they stand before the items; else they are written anew).
///
/// Codes besides those of csv.h and parse.h: bad-header, double-header, no-header (cells below
/// none), unknown-row, double-row, misplaced-cell (a key that this kind of row lacks), bad-date,
/// campaign-exists; warnings: rewritten-route, assumed-head, guessed-encoding.
[[nodiscard]] ImportedSheet import_sheet(std::string_view bytes, std::string_view file,
                                         const ImportInto& into, Zones& zones);

}  // namespace noseon
