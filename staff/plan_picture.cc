#include "staff/plan_picture.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "media/png.h"
#include "player/painter.h"
#include "staff/drawing_frame.h"
#include "staff/drawing_svg.h"
#include "staff/json_text.h"
#include "staff/timeline.h"

namespace noseon {
namespace {

// Those that the campaigns name; where none does, the one of the country whose time it is.
std::vector<HolidaysPtr> calendars_of(const World& world) {
  std::vector<HolidaysPtr> calendars;
  for (const Campaign& campaign : world.playlist->campaigns) {
    const bool is_new = campaign.holidays && std::find(calendars.begin(), calendars.end(),
                                                       campaign.holidays) == calendars.end();
    if (is_new) calendars.push_back(campaign.holidays);
  }
  if (calendars.empty() && world.zone().name() == "Asia/Seoul") {
    if (HolidaysPtr korea = holidays_of("kr")) calendars.push_back(std::move(korea));
  }
  return calendars;
}

Status write_png(const Drawing& drawing, const std::string& file) {
  ASSIGN_OR_RETURN(Typesetter typesetter, Typesetter::open());
  ASSIGN_OR_RETURN(const std::string png,
                   encode_png(*paint(frame_of(drawing, typesetter), typesetter)));
  return write_file(file, png);
}

Status write_both(const Drawing& drawing, const PlanOptions& options) {
  if (!options.png.empty()) TRY(write_png(drawing, options.png));
  if (!options.svg.empty()) TRY(write_file(options.svg, svg_of(drawing)));
  return {};
}

nlohmann::ordered_json file_json(const std::string& file) {
  return file.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(file);
}

}  // namespace

int draw_plan(const World& world, const Plan& plan, const PlanOptions& options) {
  const std::vector<HolidaysPtr> calendars = calendars_of(world);
  const Drawing drawing = lay_out_timeline(
      {*world.playlist, *world.display, world.context, plan.range, plan.shares, calendars});
  if (const Status written = write_both(drawing, options); !written) {
    return refused(written.error());
  }
  const std::size_t items = world.playlist->entries.size();
  const std::size_t shown = std::min(items, kTimelineRowsMax);
  if (options.world.json) {
    fmt::print("{}\n", to_text({{"png", file_json(options.png)},
                                {"svg", file_json(options.svg)},
                                {"width", drawing.size.width},
                                {"height", drawing.size.height},
                                {"items", items},
                                {"shown", shown}}));
    return kDone;
  }
  for (const std::string& file : {options.png, options.svg}) {
    if (file.empty()) continue;
    fmt::print("{}\n", say("{}: {} of {} items, {}x{} pixels", file, shown, items,
                           drawing.size.width, drawing.size.height));
  }
  return kDone;
}

}  // namespace noseon
