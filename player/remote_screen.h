// Whether a screen would be reached over the network, which the player has not.
#pragma once

#include <string_view>

namespace noseon {

/// Of a value of DISPLAY: does it name a host ("there:0", "localhost:10.0", "tcp/there:0")? Not
/// where it names a socket of this machine (":0", "unix:0", "unix/here:0", a path). X(7).
[[nodiscard]] bool is_over_network(std::string_view display);

}  // namespace noseon
