#include "staff/world.h"

#include <fmt/format.h>

#include <cstdio>

#include "base/clock.h"
#include "base/say.h"
#include "player/preview.h"
#include "player/when.h"
#include "staff/commands.h"

namespace noseon {
namespace {

Result<Display> read_display(const WorldOptions& options, Zones& zones, Findings& findings) {
  Display display;
  if (!options.display_file.empty()) {
    ParsedDisplay parsed = load_display(options.display_file, zones);
    findings = std::move(parsed.findings);
    if (!parsed.display) {
      return fail(ErrorKind::bad_format,
                  findings.empty() ? options.display_file : to_string(findings.front()));
    }
    display = *std::move(parsed.display);
  }
  if (!options.size.empty()) {
    ASSIGN_OR_RETURN(display.size, parse_size(options.size));
  }
  display.labels.insert(display.labels.end(), options.labels.begin(), options.labels.end());
  return display;
}

}  // namespace

Result<World> open_world(const WorldOptions& options, Zones& zones) {
  World world;
  ASSIGN_OR_RETURN(const Display display, read_display(options, zones, world.findings));
  LoadedFolder folder = load_folder(options.dir, display, zones);
  world.playlist = std::move(folder.playlist);
  world.display = std::move(folder.display);
  world.findings.insert(world.findings.end(), folder.findings.begin(), folder.findings.end());
  const Findings posters = check_posters(*world.playlist);
  world.findings.insert(world.findings.end(), posters.begin(), posters.end());
  if (!options.route.empty()) world.context.route = options.route;
  if (!options.position.empty()) {
    ASSIGN_OR_RETURN(const Position position, parse_position(options.position));
    world.context.inside = places_around(*world.playlist, position);
  }
  return world;
}

int with_world(const WorldOptions& options, const std::function<int(World&)>& command) {
  SystemZones zones;
  auto world = open_world(options, zones);
  return world ? command(*world) : wrong_usage(world.error());
}

int with_items(const WorldOptions& options, const std::function<int(World&)>& command) {
  return with_world(options, [&](World& world) {
    for (const Finding& finding : world.findings) {
      if (finding.severity == Severity::error) fmt::print(stderr, "{}\n", to_string(finding));
    }
    if (!world.playlist->entries.empty()) return command(world);
    return refused(
        {ErrorKind::not_found,
         say("there is no item to show; \"noseon check {}\" says what to do", options.dir)});
  });
}

Status doubt_clock(World& world, const WorldOptions& options, Instant at) {
  ASSIGN_OR_RETURN(world.context, in_doubt(world.context, options.clock, at, world.zone()));
  return {};
}

Result<Instant> moment_or_now(const std::string& text, const Zone& zone) {
  return text.empty() ? SystemClock().now() : parse_when(text, zone);
}

int wrong_usage(const Error& error) {
  fmt::print(stderr, "noseon: {}\n", error.message);
  return kWrongUsage;
}

int refused(const Error& error) {
  fmt::print(stderr, "noseon: {}\n", error.message);
  return kRefused;
}

}  // namespace noseon
