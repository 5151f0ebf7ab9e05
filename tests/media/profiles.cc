#include "tests/media/profiles.h"

#include <lcms2.h>

#include "base/check.h"

namespace noseon::testing {
namespace {

constexpr cmsCIExyY kD65{0.3127, 0.3290, 1};

std::string saved(cmsHPROFILE profile) {
  CHECK(profile != nullptr);
  cmsUInt32Number size = 0;
  CHECK(cmsSaveProfileToMem(profile, nullptr, &size));
  std::string bytes(size, '\0');
  CHECK(cmsSaveProfileToMem(profile, bytes.data(), &size));
  cmsCloseProfile(profile);
  return bytes;
}

// From inks, 0 to 65535, to Lab as profiles hold it.
cmsInt32Number simple_inks(const cmsUInt16Number in[], cmsUInt16Number out[], void* to_lab) {
  const auto left = [in](int ink) { return 1 - in[ink] / 65535.0; };
  const double rgb[] = {left(0) * left(3), left(1) * left(3), left(2) * left(3)};
  cmsCIELab lab;
  cmsDoTransform(to_lab, rgb, &lab, 1);
  cmsFloat2LabEncodedV2(out, &lab);
  return TRUE;
}

}  // namespace

std::string adobe_rgb_profile() {
  const cmsCIExyYTRIPLE primaries{{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
  cmsToneCurve* const curve = cmsBuildGamma(nullptr, 2.2);
  cmsToneCurve* curves[] = {curve, curve, curve};
  std::string bytes = saved(cmsCreateRGBProfile(&kD65, &primaries, curves));
  cmsFreeToneCurve(curve);
  return bytes;
}

std::string linear_grey_profile() {
  cmsToneCurve* const curve = cmsBuildGamma(nullptr, 1);
  std::string bytes = saved(cmsCreateGrayProfile(cmsD50_xyY(), curve));
  cmsFreeToneCurve(curve);
  return bytes;
}

std::string srgb_profile() {
  return saved(cmsCreate_sRGBProfile());
}

std::string simple_cmyk_profile() {
  constexpr cmsUInt32Number kGrid = 5;
  const cmsHPROFILE srgb = cmsCreate_sRGBProfile();
  const cmsHPROFILE lab = cmsCreateLab4Profile(nullptr);
  const cmsHTRANSFORM to_lab =
      cmsCreateTransform(srgb, TYPE_RGB_DBL, lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC, 0);
  cmsStage* const table = cmsStageAllocCLut16bit(nullptr, kGrid, 4, 3, nullptr);
  CHECK(cmsStageSampleCLut16bit(table, simple_inks, to_lab, 0));
  cmsPipeline* const pipeline = cmsPipelineAlloc(nullptr, 4, 3);
  CHECK(cmsPipelineInsertStage(pipeline, cmsAT_BEGIN, table));
  const cmsHPROFILE profile = cmsCreateProfilePlaceholder(nullptr);
  cmsSetProfileVersion(profile, 2.1);
  cmsSetDeviceClass(profile, cmsSigOutputClass);
  cmsSetColorSpace(profile, cmsSigCmykData);
  cmsSetPCS(profile, cmsSigLabData);
  cmsWriteTag(profile, cmsSigMediaWhitePointTag, cmsD50_XYZ());
  CHECK(cmsWriteTag(profile, cmsSigAToB0Tag, pipeline));
  CHECK(cmsWriteTag(profile, cmsSigAToB1Tag, pipeline));
  std::string bytes = saved(profile);
  cmsPipelineFree(pipeline);
  cmsDeleteTransform(to_lab);
  cmsCloseProfile(lab);
  cmsCloseProfile(srgb);
  return bytes;
}

}  // namespace noseon::testing
