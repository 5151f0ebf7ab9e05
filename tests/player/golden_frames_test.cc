// Every layout on four shapes of display, pixel for pixel: tests/player/golden/frames.txt has the
// SHA-256 of each frame's pixels, and frames.png shows all of them small, for people.
//
// NOSEON_REFRESH=1 in the environment writes both anew; look at frames.png before you commit it.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/files.h"
#include "media/decoder.h"
#include "media/png.h"
#include "player/scale.h"
#include "tests/fonts/setting.h"
#include "tests/player/golden_frames.h"
#include "tests/player/pictures.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr Size kSizes[] = {{1920, 1080}, {1920, 540}, {1080, 1920}, {1280, 800}};
constexpr Size kCell{176, 112};
constexpr int kGap = 4;

fs::path golden(const std::string& name) {
  return fs::path(NOSEON_SOURCE_DIR) / "tests/player/golden" / name;
}

// "caption 1920x540", as in frames.txt.
std::string key_of(const NamedFrame& frame) {
  return fmt::format("{} {}x{}", frame.name, frame.picture->size().width,
                     frame.picture->size().height);
}

std::map<std::string, std::string> known_hashes() {
  std::map<std::string, std::string> hashes;
  const std::string text = read_file(golden("frames.txt"), 1U << 16U).value_or("");
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    const std::string line = text.substr(at, end - at);
    const std::size_t space = line.rfind(' ');
    hashes[line.substr(0, space)] = line.substr(space + 1);
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return hashes;
}

// A row for each size, a column for each layout, in fewer colours, so that it stays a small file.
PicturePtr contact_sheet(const std::vector<NamedFrame>& frames) {
  constexpr int kRows = std::size(kSizes);
  const int columns = static_cast<int>(frames.size()) / kRows;
  const int half = (columns + 1) / 2;  // of a size's frames in each of its two rows
  const Size sheet{half * (kCell.width + kGap) + kGap, 2 * kRows * (kCell.height + kGap) + kGap};
  std::vector<std::uint32_t> pixels(
      static_cast<std::size_t>(sheet.width) * static_cast<std::size_t>(sheet.height),
      to_word({0x60, 0x60, 0x60}));
  for (int i = 0; i < static_cast<int>(frames.size()); ++i) {
    const int column = i % columns;
    const PicturePtr& picture = frames[static_cast<std::size_t>(i)].picture;
    const Rect place = fitted(picture->size(), kCell);
    const PicturePtr small = scale_to(picture, {place.width, place.height});
    const int left = kGap + column % half * (kCell.width + kGap) + place.x;
    const int top = kGap + (i / columns * 2 + column / half) * (kCell.height + kGap) + place.y;
    for (int y = 0; y < place.height; ++y) {
      for (int x = 0; x < place.width; ++x) {
        const std::uint32_t word =
            small->pixels()[static_cast<std::size_t>(y) * static_cast<std::size_t>(place.width) +
                            static_cast<std::size_t>(x)];
        pixels[static_cast<std::size_t>(top + y) * static_cast<std::size_t>(sheet.width) +
               static_cast<std::size_t>(left + x)] = (word & 0xfff0f0f0U) | 0xff080808U;
      }
    }
  }
  return make_picture(sheet, std::move(pixels));
}

fs::path leave_seen(const std::string& key, const Picture& picture) {
  std::string name = "noseon-frame-" + key + ".png";
  std::replace(name.begin(), name.end(), ' ', '-');
  const fs::path file = fs::temp_directory_path() / name;
  EXPECT_TRUE(write_file(file, encode_png(picture).value()));
  return file;
}

constexpr const char* kRemedy =
    "; where that is right: NOSEON_REFRESH=1 in the environment, look at frames.png, commit";

void refresh(const std::vector<NamedFrame>& frames) {
  std::string text;
  for (const NamedFrame& frame : frames) text += key_of(frame) + " " + hash(*frame.picture) + "\n";
  ASSERT_TRUE(write_file(golden("frames.txt"), text));
  ASSERT_TRUE(write_file(golden("frames.png"), encode_png(*contact_sheet(frames)).value()));
}

void compare(const std::vector<NamedFrame>& frames) {
  std::map<std::string, std::string> known = known_hashes();
  for (const NamedFrame& frame : frames) {
    const std::string key = key_of(frame);
    const auto golden_hash = known.extract(key);
    if (golden_hash && golden_hash.mapped() == hash(*frame.picture)) continue;
    ADD_FAILURE() << key << (golden_hash ? " is another one" : " is new")
                  << "; what is drawn now is in " << leave_seen(key, *frame.picture) << kRemedy;
  }
  for (const auto& [key, unused] : known) ADD_FAILURE() << key << " is no longer drawn" << kRemedy;
  const PicturePtr sheet = contact_sheet(frames);
  const auto shown =
      Decoder(find_decode_program()).decode({golden("frames.png"), sheet->size(), Fit::fit, {}});
  ASSERT_TRUE(shown) << shown.error().message;
  EXPECT_EQ(words(*sheet) == words(**shown), true)
      << "frames.png shows something else than " << leave_seen("sheet", *sheet) << kRemedy;
}

TEST(GoldenFrames, AreTheSamePixelForPixel) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  FrameMaker maker;
  std::vector<NamedFrame> frames;
  for (const Size size : kSizes)
    for (NamedFrame& frame : maker.frames(size)) {
      ASSERT_EQ(frame.picture->size(), size) << frame.name;
      frames.push_back(std::move(frame));
    }
  std::getenv("NOSEON_REFRESH") != nullptr ? refresh(frames) : compare(frames);
}

}  // namespace
}  // namespace noseon
