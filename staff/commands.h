// The staff's commands, each a function from its options to an exit code: 0 done, 1 refused or
// errors found (all of them on stderr), 2 wrong usage.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "staff/world.h"

namespace noseon {

inline constexpr int kDone = 0;
inline constexpr int kRefused = 1;
inline constexpr int kWrongUsage = 2;

struct CheckOptions {
  WorldOptions world;                 ///< its display_file is not used
  std::vector<std::string> displays;  ///< --display FILE, each looked at; none: the usual display
  std::string at;                     ///< the day "today" is; empty: now
  bool strict = false;                ///< warnings count as errors
};
/// Prints every finding, each once however many displays it is found on; kRefused if any is an
/// error, or with `strict` if there is any at all.
[[nodiscard]] int run_check(const CheckOptions& options);
/// The same findings, for whoever goes on with a folder only where it has no errors.
[[nodiscard]] Result<Findings> findings_of(const CheckOptions& options);

struct PlanOptions {
  WorldOptions world;
  std::string from;
  std::string until;
  bool csv = false;     ///< --csv
  bool shares = false;  ///< --shares: the CSV is that of the shares
  bool slots = false;   ///< --slots: people too see every slot
  std::string png;      ///< --png FILE; with it or --svg the plan is drawn and not printed
  std::string svg;      ///< --svg FILE
};
[[nodiscard]] int run_plan(const PlanOptions& options);

struct DiffOptions {
  WorldOptions world;  ///< its folder is the edition of today
  std::string edited;  ///< the folder of the other edition
  std::string from;
  std::string until;
  bool exit_code = false;  ///< --exit-code: kDiffers where something plays differently
};
/// What plays differently. kDone, whether or not anything does: 1 means refused.
[[nodiscard]] int run_diff(const DiffOptions& options);
inline constexpr int kDiffers = 3;

struct MomentOptions {
  WorldOptions world;
  std::string at;      ///< empty: now
  std::string output;  ///< -o FILE
};
[[nodiscard]] int run_explain(const MomentOptions& options);

struct RenderOptions {
  WorldOptions world;
  std::string at;    ///< empty: now
  std::string from;  ///< with until: a recording instead of one frame
  std::string until;
  int fps = 30;        ///< 1 to 240, of a recording
  std::string output;  ///< -o FILE, or DIR for a recording
};
/// One frame as PNG, or a stretch of time as numbered ones.
[[nodiscard]] int run_render(const RenderOptions& options);

struct CompileOptions {
  WorldOptions world;
  std::string output;  ///< -o FILE; empty: stdout
};
/// One campaign as strict JSON for machines (playlist/compiled.h). kRefused while it has errors.
[[nodiscard]] int run_compile(const CompileOptions& options);

struct NewOptions {
  std::string dir;
  std::string language;  ///< --lang: ko or en; empty: as the environment says
  bool json = false;     ///< --json
};
/// A campaign that plays as it is, commented for newcomers, from the clock's day on. kRefused, and
/// nothing is left, where the folder is there and not empty or cannot be written.
[[nodiscard]] int run_new(const NewOptions& options, const Clock& clock);

struct SheetOptions {
  WorldOptions world;
  std::string output;  ///< -o FILE
};
/// Every item, captioned, on one PNG. An item that cannot be drawn shows why; then kRefused.
[[nodiscard]] int run_sheet(const SheetOptions& options);

struct ExportOptions {
  std::string dir;              ///< a campaign folder
  std::string output;           ///< -o FILE; empty: stdout
  std::string language = "en";  ///< of headers and words: "en" or "ko"
  bool json = false;
};
/// A campaign as a table for spreadsheets (staff/spreadsheets.md); kRefused, with all its errors,
/// where the campaign has any, since what is wrong would be lost.
[[nodiscard]] int run_export(const ExportOptions& options);

struct ImportOptions {
  std::string table;  ///< FILE.csv
  std::string dir;    ///< the campaign folder, made where it is missing
  bool replace = false;
  bool json = false;
};
/// Writes DIR/campaign.toml from a table; with errors nothing is written.
[[nodiscard]] int run_import(const ImportOptions& options);

struct SpecimenOptions {
  std::string output;  ///< -o FILE
  std::string size;    ///< --size WxH of the display; empty: 1920x1080
  bool json = false;
};
/// The shipped styles on one PNG: each with short, long and mixed texts, in several scripts.
[[nodiscard]] int run_specimen(const SpecimenOptions& options);

struct ProofVerifyOptions {
  std::string file;  ///< a journal (plays.db) or an archive
  std::string key;   ///< --key device.pub
  std::string zone;  ///< --zone of the times that are printed; empty: UTC
  bool json = false;
};
/// Whether a journal is what its display wrote. kDone: it is, up to its last checkpoint; kTampered:
/// rows or checkpoints were changed, or nothing is sealed; kRefused: it cannot be read.
[[nodiscard]] int run_proof_verify(const ProofVerifyOptions& options);
inline constexpr int kTampered = 3;

struct ProofExportOptions {
  std::string file;
  std::string from;  ///< empty: since ever
  std::string until;
  std::string zone;
  bool csv = false;  ///< as it is without --json
  bool json = false;
};
/// Every play to stdout, row by row. Verifies nothing.
[[nodiscard]] int run_proof_export(const ProofExportOptions& options);

struct ProofReportOptions {
  std::vector<std::string> files;  ///< journals and archives
  std::string from;
  std::string until;
  std::vector<std::string> keys;  ///< --key device.pub of each display
  bool leaves_out_bad = false;    ///< --leave-out-bad
  std::string zone;               ///< empty: the campaigns', else UTC
  std::string campaign;           ///< --campaign ID: this one alone
  std::string output;             ///< -o FILE.html, .csv or .json
  WorldOptions campaigns;         ///< its dir is empty: nothing is contracted
};
/// What was delivered, beside what the campaigns' plan promises. Each journal is verified first.
/// kTampered, and nothing is written, where one is not what its display wrote; or, where bad ones
/// are to be left out, the report without them is, and names them.
[[nodiscard]] int run_proof_report(const ProofReportOptions& options, const Clock& clock);

struct LayoutOptions {
  bool json = false;  ///< --json, without which there is nothing to say
};
/// Typesets: from stdin one JSON request a line, to stdout one JSON answer a line, each as soon as
/// it is there (staff/README.md, "layout"). A request that cannot be answered has {"error"} as its
/// answer; kRefused then at the end.
[[nodiscard]] int run_layout(const LayoutOptions& options);

}  // namespace noseon
