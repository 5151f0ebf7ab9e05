// Prepared pixels to a JPEG that loses next to nothing and is quick to decode.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/geometry.h"
#include "base/result.h"

namespace noseon {

/// Grey or RGB as JFIF, baseline, chroma in full (4:4:4), with the Huffman tables that suit it and
/// no metadata. The same pixels give the same bytes. Errors: too_large, where memory ran out.
/// REQUIRES: bands is 1 or 3; pixels.size() is width x height x bands.
///
/// What costs time in decoding, on each display and for each poster, is every coefficient that is
/// not zero; so each is rounded as far as 45 dB allow, all of one kind to multiples of one step.
/// The usual tables (Annex K of ITU-T T.81) round what the eye sees best less than what it sees
/// worst: at this fidelity it sees neither, and what is fine in all directions loses more than
/// promised.
///
/// The transform is orthonormal: rounding a coefficient to multiples of q adds q^2/12 to the mean
/// square where it has many steps, and less where it has few. Back in RGB, in the mean of the
/// three, that is L^2/12 + 1.91 C^2/12 of the steps L of brightness and C of colour: 1.4 with 3 and
/// 2, and 2.0, which is 45.2 dB, with what is rounded to whole values on the way there and back.
/// That is noise in all colours; a photograph has 51.
[[nodiscard]] Result<std::string> encode_jpeg(std::span<const std::uint8_t> pixels, Size size,
                                              int bands);

}  // namespace noseon
