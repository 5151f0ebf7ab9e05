// The campaign files of staff/templates/, inside the program: no path is needed at run time.
// %id%, %from% and %until% stand for what is filled in.
#pragma once

namespace noseon {

extern const char* const campaign_template_ko;
extern const char* const campaign_template_en;

}  // namespace noseon
