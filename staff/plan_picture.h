// `noseon plan --png --svg`: a plan as a timeline in files.
#pragma once

#include "staff/commands.h"
#include "staff/plan_output.h"

namespace noseon {

/// Writes what the options name and says so; kRefused, with the reason printed, where it cannot.
[[nodiscard]] int draw_plan(const World& world, const Plan& plan, const PlanOptions& options);

}  // namespace noseon
