// Which boot of the machine this is: what tells a power cut from a crash, and how far monotonic
// time reaches back.
#pragma once

#include <string>

namespace noseon {

/// The kernel's name of this boot, by /proc/sys/kernel/random/boot_id (random(4)); empty where it
/// does not say.
[[nodiscard]] std::string boot_id();

}  // namespace noseon
