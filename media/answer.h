// The parent's side of the memfd: nothing in it is believed before it was checked. Private to
// media/.
#pragma once

#include "base/geometry.h"
#include "base/handle.h"
#include "base/result.h"
#include "media/picture.h"

namespace noseon {

/// An empty memfd that may be sealed. unavailable where the kernel refuses.
[[nodiscard]] Result<Fd> make_answer_file();

/// The picture in a sealed answer, which keeps the memory mapped and copies nothing. `box` is the
/// size that was asked for: the picture must be inside of it. Errors: what the decoder said of the
/// file, or crashed, where the answer is not one that noseon-decode gives.
[[nodiscard]] Result<PicturePtr> read_answer(const Fd& file, Size box);

}  // namespace noseon
