// Prepared pixels to a file that noseon-decode reads.
#pragma once

#include <string>

#include "base/result.h"
#include "media/prepare/reduce.h"

namespace noseon {

/// JPEG that no eye tells from the pixels (prepare/jpeg.h: 45.2 dB at the worst), or PNG, which is
/// the pixels, where that is no longer. PNG is only tried on drawings and texts: where half of the
/// pixels are as their left neighbours. Grey pixels give a grey file. No metadata. The same pixels
/// give the same bytes. Errors: bad_format, too_large.
[[nodiscard]] Result<std::string> encode_prepared(const PreparedPixels& pixels);

}  // namespace noseon
