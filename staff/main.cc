// noseon: the staff's command. Options become values here; the commands are in staff/commands.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/say.h"
#include "player/preview.h"
#include "staff/command_line.h"
#include "staff/commands.h"
#include "staff/language.h"

namespace noseon {
namespace {

// An instant as every command takes it.
std::string time_help() {
  return say("2027-02-25, \"2027-02-25 08:00[:ss[.mmm]]\" (civil, the display's zone) or RFC 3339");
}

// The same where --zone may name the zone.
std::string zoned_time_help() {
  return say("2027-02-25, \"2027-02-25 08:00[:ss[.mmm]]\" (civil, in --zone) or RFC 3339");
}

void add_folder(CLI::App& command, WorldOptions& world) {
  command.add_option("DIR", world.dir, say("A campaign folder, or a folder of them"))->required();
}

// What is around the display.
void add_context(CLI::App& command, WorldOptions& world) {
  command.add_option("--size", world.size, say("Native pixels, instead of the display's"))
      ->type_name("WxH");
  command.add_option("--route", world.route, say("The route the vehicle is on"))->type_name("R");
  command.add_option("--position", world.position, say("Where the vehicle is"))
      ->type_name("LAT,LON");
  command.add_option("--label", world.labels, say("A label of the display (repeatable)"))
      ->type_name("L")
      ->allow_extra_args(false);
}

// The display and what is around it.
void add_surroundings(CLI::App& command, WorldOptions& world) {
  command.add_option("--display", world.display_file, say("The display's profile (display.toml)"))
      ->type_name("FILE");
  add_context(command, world);
}

void add_world(CLI::App& command, WorldOptions& world) {
  add_folder(command, world);
  add_surroundings(command, world);
}

void add_clock(CLI::App& command, WorldOptions& world) {
  command
      .add_option("--clock", world.clock,
                  say("As a display whose clock nothing confirms: unknown, or what it knows to be "
                      "past"))
      ->type_name("unknown|T");
}

CLI::Option* add_json(CLI::App& command, WorldOptions& world) {
  return command.add_flag("--json", world.json, say("Print JSON for machines"));
}

void add_range(CLI::App& command, std::string& from, std::string& until,
               const std::string& help = time_help()) {
  command.add_option("--from", from, help)->required()->type_name("T");
  command.add_option("--until", until, say("The range is half-open"))->required()->type_name("T");
}

void add_output(CLI::App& command, std::string& output) {
  command.add_option("-o,--output", output, say("The PNG to write"))->required()->type_name("FILE");
}

void add_check(CommandLine& line) {
  const auto check = std::make_shared<CheckOptions>();
  CLI::App& command =
      line.add("check", say("Say everything that is wrong, and the remedy"), check, run_check);
  add_folder(command, check->world);
  command
      .add_option("--display", check->displays,
                  say("A display's profile (display.toml) to look at (repeatable)"))
      ->type_name("FILE")
      ->allow_extra_args(false);
  add_context(command, check->world);
  add_json(command, check->world);
  command.add_option("--at", check->at, say("The day that counts as today"))->type_name("T");
  command.add_flag("--strict", check->strict, say("Fail on warnings too"));
}

void add_plan(CommandLine& line) {
  const auto plan = std::make_shared<PlanOptions>();
  CLI::App& command =
      line.add("plan", say("What plays when, and each item's share of voice"), plan, run_plan);
  add_world(command, plan->world);
  add_clock(command, plan->world);
  CLI::Option* json = add_json(command, plan->world);
  add_range(command, plan->from, plan->until);
  CLI::Option* csv =
      command.add_flag("--csv", plan->csv, say("Print CSV for spreadsheets"))->excludes(json);
  command.add_flag("--shares", plan->shares, say("With --csv: each item's share of voice"))
      ->needs(csv);
  command.add_flag("--slots", plan->slots, say("List every slot of a long plan"))
      ->excludes(json)
      ->excludes(csv);
  for (CLI::Option* picture :
       {command.add_option("--png", plan->png, say("Draw the plan as a timeline, a PNG")),
        command.add_option("--svg", plan->svg, say("Draw the plan as a timeline, an SVG"))}) {
    picture->type_name("FILE")->excludes(csv);
  }
}

void add_diff(CommandLine& line) {
  const auto diff = std::make_shared<DiffOptions>();
  CLI::App& command = line.add(
      "diff", say("What plays differently between two editions of a folder"), diff, run_diff);
  command.add_option("A", diff->world.dir, say("The folder as it plays today"))->required();
  command.add_option("B", diff->edited, say("The folder as edited"))->required();
  add_surroundings(command, diff->world);
  add_json(command, diff->world);
  add_range(command, diff->from, diff->until);
  command.add_flag("--exit-code", diff->exit_code,
                   say("Exit with 3 where something plays differently"));
}

void add_explain(CommandLine& line) {
  const auto moment = std::make_shared<MomentOptions>();
  CLI::App& command =
      line.add("explain", say("Every item: shown, waiting or out, why, and until when"), moment,
               run_explain);
  add_world(command, moment->world);
  add_clock(command, moment->world);
  add_json(command, moment->world);
  command.add_option("--at", moment->at, time_help())->type_name("T");
}

void add_render(CommandLine& line) {
  const auto render = std::make_shared<RenderOptions>();
  CLI::App& command = line.add(
      "render", say("What the display shows at a time, as a PNG; or over a stretch of it, as many"),
      render, run_render);
  add_world(command, render->world);
  add_clock(command, render->world);
  add_json(command, render->world);
  CLI::Option* at = command.add_option("--at", render->at, time_help())->type_name("T");
  CLI::Option* from =
      command.add_option("--from", render->from, say("Record from this time, frame by frame"))
          ->type_name("T")
          ->excludes(at);
  CLI::Option* until = command.add_option("--until", render->until, say("The range is half-open"))
                           ->type_name("T")
                           ->needs(from);
  from->needs(until);
  command.add_option("--fps", render->fps, say("Frames a second of a recording"))
      ->check(CLI::Range(1, 240))
      ->needs(from);
  command
      .add_option("-o,--output", render->output,
                  say("The PNG to write; of a recording, the folder for frame-000001.png ..."))
      ->required()
      ->type_name("FILE|DIR");
}

void add_sheet(CommandLine& line) {
  const auto sheet = std::make_shared<SheetOptions>();
  CLI::App& command = line.add("sheet", say("Every item, captioned, on one PNG"), sheet, run_sheet);
  add_world(command, sheet->world);
  add_json(command, sheet->world);
  add_output(command, sheet->output);
}

void add_compile(CommandLine& line) {
  const auto compile = std::make_shared<CompileOptions>();
  CLI::App& command =
      line.add("compile", say("One campaign as strict JSON for machines"), compile, run_compile);
  add_world(command, compile->world);
  add_json(command, compile->world);
  command.add_option("-o,--output", compile->output, say("The file to write, instead of stdout"))
      ->type_name("FILE");
}

void add_export(CommandLine& line) {
  const auto options = std::make_shared<ExportOptions>();
  CLI::App& command =
      line.add("export", say("A campaign as a table for spreadsheets (CSV)"), options, run_export);
  command.add_option("DIR", options->dir, say("A campaign folder"))->required();
  command.add_option("-o,--output", options->output, say("The CSV to write, instead of stdout"))
      ->type_name("FILE");
  command.add_option("--lang", options->language, say("The language of headers and words"))
      ->check(CLI::IsMember({"en", "ko"}))
      ->type_name("en|ko");
  command.add_flag("--json", options->json, say("Print JSON for machines"));
}

void add_import(CommandLine& line) {
  const auto options = std::make_shared<ImportOptions>();
  CLI::App& command = line.add("import", say("A campaign from a table of a spreadsheet (CSV)"),
                               options, run_import);
  command.add_option("FILE", options->table, say("The table: FILE.csv"))->required();
  command.add_option("DIR", options->dir, say("The campaign folder; made where it is missing"))
      ->required();
  command.add_flag("--replace", options->replace,
                   say("Let a whole campaign take the place of the one that is there"));
  command.add_flag("--json", options->json, say("Print JSON for machines"));
}

void add_specimen(CommandLine& line) {
  const auto options = std::make_shared<SpecimenOptions>();
  CLI::App& command = line.add("specimen", say("The styles that Noseon brings along, on one PNG"),
                               options, run_specimen);
  add_output(command, options->output);
  command.add_option("--size", options->size, say("Native pixels, instead of the display's"))
      ->type_name("WxH");
  command.add_flag("--json", options->json, say("Print JSON for machines"));
}

void add_layout(CommandLine& line) {
  const auto options = std::make_shared<LayoutOptions>();
  CLI::App& command =
      line.add("layout", say("Typeset a JSON request a line, for comparing"), options, run_layout);
  command.add_flag("--json", options->json, say("Print JSON for machines"));
}

int start_new(const NewOptions& options) {
  return run_new(options, SystemClock());
}

void add_new(CommandLine& line) {
  const auto options = std::make_shared<NewOptions>();
  CLI::App& command =
      line.add("new", say("A campaign to begin with, which plays as it is"), options, start_new);
  command.add_option("DIR", options->dir, say("The folder to make"))->required();
  command.add_option("--lang", options->language, say("The language of its comments: ko or en"))
      ->check(CLI::IsMember({"ko", "en"}))
      ->type_name("L");
  command.add_flag("--json", options->json, say("Print JSON for machines"));
}

void add_zone(CLI::App& command, std::string& zone, const std::string& help) {
  command.add_option("--zone", zone, help)->type_name("ZONE");
}

std::string zone_help() {
  return say("The time zone of all times, such as Asia/Seoul; without it UTC");
}

void add_key(CLI::App& command, std::string& key) {
  command.add_option("--key", key, say("The display's public key (device.pub)"))->type_name("FILE");
}

void add_proof_verify(CommandLine& line, CLI::App& proof) {
  const auto options = std::make_shared<ProofVerifyOptions>();
  CLI::App& command =
      line.add_to(proof, "verify", say("Whether a journal is what its display wrote"), options,
                  run_proof_verify);
  command.add_option("FILE", options->file, say("A journal (plays.db) or an archive"))->required();
  add_key(command, options->key);
  add_zone(command, options->zone, zone_help());
  command.add_flag("--json", options->json, say("Print JSON for machines"));
}

void add_proof_export(CommandLine& line, CLI::App& proof) {
  const auto options = std::make_shared<ProofExportOptions>();
  CLI::App& command = line.add_to(proof, "export", say("Every play of a journal, as a table"),
                                  options, run_proof_export);
  command.add_option("FILE", options->file, say("A journal (plays.db) or an archive"))->required();
  CLI::Option* json = command.add_flag("--json", options->json, say("Print JSON for machines"));
  command.add_flag("--csv", options->csv, say("Print CSV for spreadsheets"))->excludes(json);
  command.add_option("--from", options->from, zoned_time_help())->type_name("T");
  command.add_option("--until", options->until, say("The range is half-open"))->type_name("T");
  add_zone(command, options->zone, zone_help());
}

int start_report(const ProofReportOptions& options) {
  return run_proof_report(options, SystemClock());
}

void add_proof_report(CommandLine& line, CLI::App& proof) {
  const auto options = std::make_shared<ProofReportOptions>();
  CLI::App& command =
      line.add_to(proof, "report", say("What was delivered, beside what was contracted"), options,
                  start_report);
  command.add_option("FILE", options->files, say("Journals (plays.db) and archives"))->required();
  add_range(command, options->from, options->until, zoned_time_help());
  command
      .add_option("-o,--output", options->output,
                  say("The report to write: a page, a table or JSON by its name"))
      ->required()
      ->type_name("FILE.html|.csv|.json");
  CLI::Option* campaigns = command
                               .add_option("--campaigns", options->campaigns.dir,
                                           say("The campaigns, whose plan is what was contracted"))
                               ->type_name("DIR");
  command
      .add_option("--display", options->campaigns.display_file,
                  say("The display's profile (display.toml)"))
      ->type_name("FILE")
      ->needs(campaigns);
  command.add_option("--campaign", options->campaign, say("This campaign alone"))->type_name("ID");
  command
      .add_option("--key", options->keys,
                  say("A display's public key (device.pub; repeatable), to hold journals against"))
      ->type_name("FILE")
      ->allow_extra_args(false);
  command.add_flag("--leave-out-bad", options->leaves_out_bad,
                   say("Report without the journals that are not whole, and name them"));
  add_zone(command, options->zone,
           say("The time zone of all times, days and hours, such as Asia/Seoul; without it that of "
               "--campaigns, else UTC"));
}

void add_proof(CommandLine& line) {
  CLI::App& proof =
      line.add_group(line.app, "proof", say("Proof of play, from displays' journals"));
  proof.require_subcommand(1);
  add_proof_verify(line, proof);
  add_proof_export(line, proof);
  add_proof_report(line, proof);
}

struct PreviewArguments {
  WorldOptions world;
  std::string at;
  double speed = 1;
  std::vector<std::string> near;
};

int start_preview(const PreviewArguments& arguments) {
  PreviewOptions options;
  options.folder = arguments.world.dir;
  if (!arguments.world.display_file.empty()) options.display = arguments.world.display_file;
  options.labels = arguments.world.labels;
  options.speed = arguments.speed;
  options.near = arguments.near;
  if (!arguments.at.empty()) options.at = arguments.at;
  options.clock = arguments.world.clock;
  if (!arguments.world.route.empty()) options.route = arguments.world.route;
  if (!arguments.world.size.empty()) {
    const auto size = parse_size(arguments.world.size);
    if (!size) return wrong_usage(size.error());
    options.size = *size;
  }
  if (!arguments.world.position.empty()) {
    const auto position = parse_position(arguments.world.position);
    if (!position) return wrong_usage(position.error());
    options.position = *position;
  }
  const Status status = run_preview(options);
  if (status) return kDone;
  return status.error().kind == ErrorKind::bad_format ? wrong_usage(status.error())
                                                      : refused(status.error());
}

void add_preview(CommandLine& line) {
  const auto preview = std::make_shared<PreviewArguments>();
  CLI::App& command = line.add("preview", say("The display in a window, at any time (key h: help)"),
                               preview, start_preview);
  add_world(command, preview->world);
  add_clock(command, preview->world);
  command.add_option("--at", preview->at, time_help())->type_name("T");
  command.add_option("--speed", preview->speed, say("Times as fast as time passes"))
      ->check(CLI::Range(0.1, 86400.0));
  command.add_option("--near", preview->near, say("A place the vehicle is inside of (repeatable)"))
      ->type_name("PLACE")
      ->allow_extra_args(false);
}

int run(int argc, char** argv) {
  CommandLine line;
  add_new(line);
  add_check(line);
  add_plan(line);
  add_diff(line);
  add_explain(line);
  add_render(line);
  add_sheet(line);
  add_compile(line);
  add_export(line);
  add_import(line);
  add_preview(line);
  add_proof(line);
  add_specimen(line);
  add_layout(line);
  add_delivery(line);
  if (const std::string complaint = line.complaint_of(argc, argv); !complaint.empty()) {
    fmt::print(stderr, "noseon: {}\n", complaint);
    return kWrongUsage;
  }
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return line.app.exit(error) == 0 ? kDone : kWrongUsage;
  }
  return line.exit_code;
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  try {
    noseon::speak_readers_language(std::filesystem::read_symlink("/proc/self/exe"));
    return noseon::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "noseon: {}\n", error.what());
    return noseon::kRefused;
  }
}
