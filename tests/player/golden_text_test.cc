// A dozen texts as they come to the glass, pixel for pixel: tests/player/golden/NAME.png.
//
// NOSEON_REFRESH=1 in the environment writes the pictures anew; look at each before you commit it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/files.h"
#include "media/decoder.h"
#include "media/png.h"
#include "player/compose.h"
#include "player/painter.h"
#include "tests/fonts/setting.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr Size kSize{480, 200};

struct Golden {
  std::string name;
  Texts text;
  Style style;
};

Style serif() {
  Style style;
  style.family = Family::serif;
  return style;
}

Style long_text() {
  Style style;
  style.wrap = Wrap::syllable;
  style.align = Align::start;
  style.weight = Weight::regular;
  style.line_height = 150;
  return style;
}

Style spaced() {
  Style style;
  style.letter_spacing = 20;
  style.size = 60;
  return style;
}

Style adorned() {
  Style style;
  style.background = {0x8a, 0xb4, 0xd8};
  style.ink = {255, 255, 255};
  style.outline = Outline{{0x1b, 0x26, 0x3b}, 6};
  style.shadow = Shadow{{0, 0, 0}, 4, 6, 8, 70};
  return style;
}

std::vector<Golden> goldens() {
  return {
      {"korean", {{"ko", "손잡이를 꼭 잡아 주세요"}}, {}},
      {"korean-serif", {{"ko", "613명의 희생자를 추모합니다"}}, serif()},
      {"long",
       {{"ko",
         "1992년 2월 26일 밤, 호잘리에서 어린이 63명과 여성 106명을 포함한 613명이 목숨을 "
         "잃었습니다."}},
       long_text()},
      {"brackets", {{"ko", "「훈민정음」 서문(1446년)에서 “나랏말”을 읽다"}}, {}},
      {"hanja", {{"ko", "大韓民國(대한민국) 漢字 직선 骨"}}, serif()},
      {"two-languages", {{"ko", "내리기 전에 벨을 눌러 주세요"}, {"en", "Press the bell"}}, {}},
      {"azerbaijani", {{"az", "İşğal, ağrı, ümid: unutmayacağıq"}}, {}},
      {"old-hangul", {{"ko", "나랏〮말〯ᄊᆞ미〮 듀ᇰ귁〮에〮 달아〮"}}, serif()},
      {"arabic", {{"ar", "نتذكر 613 ضحية (Xocalı)"}}, {}},
      {"emoji", {{"ko", "고맙습니다 🙏🚌💛 1️⃣ 🇰🇷"}}, {}},
      {"cyrillic-greek", {{"en", "Мы помним — Θυμόμαστε"}}, serif()},
      {"spaced", {{"ko", "정류장 BUS"}}, spaced()},
      {"adorned", {{"ko", "봄 소풍"}}, adorned()},
  };
}

class GoldenText : public testing::TestWithParam<Golden> {
 protected:
  static PicturePtr drawn() {
    Campaign campaign;
    campaign.styles.push_back(GetParam().style);
    Item item;
    item.text = GetParam().text;
    item.style = 0;
    Display display;
    display.size = kSize;
    display.languages = {"ko", "en", "az", "ar"};
    const auto pages = compose_text(campaign, item, display, nullptr, typesetter());
    return paint(pages.at(0).frame, typesetter());
  }
  static fs::path file() {
    return fs::path(NOSEON_SOURCE_DIR) / "tests/player/golden" / (GetParam().name + ".png");
  }
};

// How many pixels differ, and where the first of them is.
std::string difference(const Picture& is, const Picture& was) {
  if (is.size() != was.size()) return "another size";
  std::size_t count = 0;
  std::size_t first = 0;
  for (std::size_t i = 0; i < is.pixels().size(); ++i) {
    if (is.pixels()[i] == was.pixels()[i]) continue;
    if (count++ == 0) first = i;
  }
  if (count == 0) return "";
  const auto width = static_cast<std::size_t>(is.size().width);
  return std::to_string(count) + " pixels, the first at " + std::to_string(first % width) + "," +
         std::to_string(first / width);
}

TEST_P(GoldenText, IsTheSamePixelForPixel) {
  SKIP_WITHOUT_SHIPPED_FONTS();
  const PicturePtr picture = drawn();
  if (std::getenv("NOSEON_REFRESH") != nullptr) {
    fs::create_directories(file().parent_path());
    ASSERT_TRUE(write_file(file(), encode_png(*picture).value()));
  }
  const Decoder decoder(find_decode_program());
  const auto golden = decoder.decode({file(), kSize, Fit::fit, {}});
  ASSERT_TRUE(golden) << golden.error().message;
  const std::string differs = difference(*picture, **golden);
  if (differs.empty()) return;
  const fs::path seen = fs::temp_directory_path() / ("noseon-" + GetParam().name + ".png");
  ASSERT_TRUE(write_file(seen, encode_png(*picture).value()));
  ADD_FAILURE() << file().filename() << ": " << differs << "; what is drawn now is in " << seen;
}

INSTANTIATE_TEST_SUITE_P(Texts, GoldenText, testing::ValuesIn(goldens()), [](const auto& golden) {
  std::string name = golden.param.name;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace noseon
