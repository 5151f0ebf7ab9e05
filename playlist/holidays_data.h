// The calendar files, inside the library: no path is needed at run time.
#pragma once

namespace noseon {

extern const char* const holidays_kr_toml;

}  // namespace noseon
