// noseon: the staff's command. Options become values here; the commands are in staff/commands.h.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <exception>

#include "player/preview.h"
#include "staff/commands.h"

namespace noseon {
namespace {

constexpr const char* kTimeHelp =
    "2027-02-25, \"2027-02-25 08:00[:ss[.mmm]]\" (civil, the display's zone) or RFC 3339";

void add_world(CLI::App& command, WorldOptions& world) {
  command.add_option("DIR", world.dir, "A campaign folder, or a folder of them")->required();
  command.add_option("--display", world.display_file, "The display's profile (display.toml)")
      ->type_name("FILE");
  command.add_option("--size", world.size, "Native pixels, instead of the display's")
      ->type_name("WxH");
  command.add_option("--route", world.route, "The route the vehicle is on")->type_name("R");
  command.add_option("--position", world.position, "Where the vehicle is")->type_name("LAT,LON");
  command.add_option("--label", world.labels, "A label of the display (repeatable)")
      ->type_name("L")
      ->allow_extra_args(false);
}

void add_json(CLI::App& command, WorldOptions& world) {
  command.add_flag("--json", world.json, "Print JSON for machines");
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

int run(int argc, char** argv) {
  CLI::App app("noseon: check, see and explain poster campaigns before a bus plays them");
  app.set_version_flag("--version", NOSEON_VERSION);
  app.require_subcommand(1);
  int exit_code = kDone;

  WorldOptions check;
  CLI::App* command = app.add_subcommand("check", "Say everything that is wrong, and the remedy");
  add_world(*command, check);
  add_json(*command, check);
  command->callback([&] { exit_code = run_check(check); });

  PlanOptions plan;
  command = app.add_subcommand("plan", "What plays when, and each item's share of voice");
  add_world(*command, plan.world);
  add_json(*command, plan.world);
  command->add_option("--from", plan.from, kTimeHelp)->required()->type_name("T");
  command->add_option("--until", plan.until, "The range is half-open")->required()->type_name("T");
  command->callback([&] { exit_code = run_plan(plan); });

  MomentOptions explain;
  command = app.add_subcommand("explain", "Every item: shown, waiting or out, why, and until when");
  add_world(*command, explain.world);
  add_json(*command, explain.world);
  command->add_option("--at", explain.at, kTimeHelp)->type_name("T");
  command->callback([&] { exit_code = run_explain(explain); });

  MomentOptions render;
  command = app.add_subcommand("render", "What the display shows at a time, as a PNG");
  add_world(*command, render.world);
  add_json(*command, render.world);
  command->add_option("--at", render.at, kTimeHelp)->type_name("T");
  command->add_option("-o,--output", render.output, "The PNG to write")
      ->required()
      ->type_name("FILE");
  command->callback([&] { exit_code = run_render(render); });

  SheetOptions sheet;
  command = app.add_subcommand("sheet", "Every item, captioned, on one PNG");
  add_world(*command, sheet.world);
  add_json(*command, sheet.world);
  command->add_option("-o,--output", sheet.output, "The PNG to write")
      ->required()
      ->type_name("FILE");
  command->callback([&] { exit_code = run_sheet(sheet); });

  PreviewArguments preview;
  command = app.add_subcommand("preview", "The display in a window, at any time (key h: help)");
  add_world(*command, preview.world);
  command->add_option("--at", preview.at, kTimeHelp)->type_name("T");
  command->add_option("--speed", preview.speed, "Times as fast as time passes")
      ->check(CLI::Range(0.1, 86400.0));
  command->add_option("--near", preview.near, "A place the vehicle is inside of (repeatable)")
      ->type_name("PLACE")
      ->allow_extra_args(false);
  command->callback([&] { exit_code = start_preview(preview); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kDone : kWrongUsage;
  }
  return exit_code;
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  try {
    return noseon::run(argc, argv);
  } catch (const std::exception& error) {
    fmt::print(stderr, "noseon: {}\n", error.what());
    return noseon::kRefused;
  }
}
