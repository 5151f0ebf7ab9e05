#include "media/prepare/profile.h"

#include <lcms2.h>

#include <array>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

namespace noseon {
namespace {

using Profile = Handle<void, cmsCloseProfile>;
using Transform = Handle<void, cmsDeleteTransform>;

bool is_cmyk(const VipsImage& image) {
  return image.Type == VIPS_INTERPRETATION_CMYK;
}

bool is_wide(const VipsImage& image) {
  return image.BandFmt == VIPS_FORMAT_USHORT;
}

Profile embedded_profile(VipsImage* image) {
  const void* bytes = nullptr;
  std::size_t size = 0;
  if (vips_image_get_typeof(image, VIPS_META_ICC_NAME) == 0) return nullptr;
  if (vips_image_get_blob(image, VIPS_META_ICC_NAME, &bytes, &size) != 0) return nullptr;
  return Profile(cmsOpenProfileFromMem(bytes, static_cast<cmsUInt32Number>(size)));
}

// Colours that a profile for these pixels would speak of.
cmsColorSpaceSignature space_of(const VipsImage& image) {
  if (is_cmyk(image)) return cmsSigCmykData;
  return image.Bands < 3 ? cmsSigGrayData : cmsSigRgbData;
}

// RGB on a lattice of 9 steps a side, or all greys, come out as they went in, within one of 255.
bool changes_nothing(cmsHPROFILE profile, bool is_grey) {
  const Profile srgb(cmsCreate_sRGBProfile());
  const Transform transform(cmsCreateTransform(
      profile, is_grey ? TYPE_GRAY_8 : TYPE_RGB_8, srgb.get(), TYPE_RGB_8,
      INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE | cmsFLAGS_BLACKPOINTCOMPENSATION));
  if (!transform) return false;
  const auto is_kept = [&transform](std::array<std::uint8_t, 3> in,
                                    std::array<std::uint8_t, 3> want) {
    std::array<std::uint8_t, 3> out{};
    cmsDoTransform(transform.get(), in.data(), out.data(), 1);
    for (std::size_t i = 0; i < 3; ++i) {
      if (std::abs(int{out[i]} - int{want[i]}) > 1) return false;
    }
    return true;
  };
  if (is_grey) {
    for (unsigned value = 0; value < 256; ++value) {
      const auto v = static_cast<std::uint8_t>(value);
      if (!is_kept({v}, {v, v, v})) return false;
    }
    return true;
  }
  constexpr unsigned kSteps = 9;
  for (unsigned i = 0; i < kSteps * kSteps * kSteps; ++i) {
    const auto step = [](unsigned n) { return static_cast<std::uint8_t>(n % kSteps * 255 / 8); };
    const std::array<std::uint8_t, 3> color{step(i), step(i / kSteps), step(i / kSteps / kSteps)};
    if (!is_kept(color, color)) return false;
  }
  return true;
}

// A PNG's gAMA as a profile: primaries of sRGB, and a curve.
Profile profile_of_gamma(std::uint32_t gamma, bool is_grey) {
  constexpr double kUnit = 100'000;
  const cmsCIExyY white{0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.30, 0.60, 1}, {0.15, 0.06, 1}};
  cmsToneCurve* const curve = cmsBuildGamma(nullptr, kUnit / gamma);
  cmsToneCurve* curves[] = {curve, curve, curve};
  Profile profile(is_grey ? cmsCreateGrayProfile(&white, curve)
                          : cmsCreateRGBProfile(&white, &primaries, curves));
  cmsFreeToneCurve(curve);
  return profile;
}

void attach(VipsImage* image, cmsHPROFILE profile) {
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  std::vector<char> bytes(size);
  if (size == 0 || cmsSaveProfileToMem(profile, bytes.data(), &size) == 0) return;
  vips_image_set_blob_copy(image, VIPS_META_ICC_NAME, bytes.data(), size);
}

Image copied(const Image& image) {
  VipsImage* copy = nullptr;
  vips_copy(image.get(), &copy, nullptr);
  return Image(copy);
}

Image transformed(const Image& image) {
  VipsImage* out = nullptr;
  vips_icc_transform(image.get(), &out, "srgb", "embedded", TRUE, "input_profile",
                     is_cmyk(*image) ? "cmyk" : "srgb", "intent", VIPS_INTENT_RELATIVE,
                     "black_point_compensation", TRUE, "depth", is_wide(*image) ? 16 : 8, nullptr);
  return Image(out);
}

}  // namespace

Image to_srgb(Image image, std::uint32_t gamma) {
  Profile profile = embedded_profile(image.get());
  const bool is_fitting = profile && cmsGetColorSpace(profile.get()) == space_of(*image);
  const bool is_grey = image->Bands < 3;
  if (!is_fitting) profile = gamma != 0 ? profile_of_gamma(gamma, is_grey) : nullptr;
  if (!is_cmyk(*image) && (!profile || changes_nothing(profile.get(), is_grey))) return image;

  Image own = copied(image);  // what it says of itself is changed, and others may share that
  if (!own) return nullptr;
  if (!is_fitting) vips_image_remove(own.get(), VIPS_META_ICC_NAME);
  if (!is_fitting && profile) attach(own.get(), profile.get());
  return transformed(own);
}

}  // namespace noseon
