// `noseon specimen`: the shipped styles, each with the texts that are hard to set.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/say.h"
#include "player/compose.h"
#include "player/painter.h"
#include "player/preview.h"
#include "player/scale.h"
#include "playlist/styles.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/png_file.h"
#include "staff/sheet_page.h"

namespace noseon {
namespace {

struct Sample {
  std::string name;
  Texts text;
};

std::vector<Sample> samples() {
  return {
      {say("short"), {{"ko", "기억합니다"}}},
      {say("two languages"),
       {{"ko", "613명의 희생자를 추모합니다"}, {"en", "We remember 613 victims"}}},
      {say("long"),
       {{"ko",
         "1992년 2월 26일 밤, 호잘리에서 어린이 63명과 여성 106명을 포함한 613명이 목숨을 "
         "잃었습니다. 우리는 그날을 잊지 않겠습니다."}}},
      {say("mixed"), {{"ko", "2027년 2월 25일(목) 20:00,\n서울광장(Seoul Plaza)에서 만나요"}}},
      {say("Azerbaijani"), {{"az", "İşğal, ağrı, ümid: 613 qurbanı xatırlayırıq"}}},
      {say("Old Hangul"),
       {{"ko",
         "나랏〮말〯ᄊᆞ미〮 듀ᇰ귁〮에〮 달아〮 문ᄍᆞᆼ〮와〮로〮 서르 ᄉᆞᄆᆞᆺ디〮 "
         "아니〮ᄒᆞᆯᄊᆡ〮"}}},
      {say("emoji"),
       {{"ko", "오늘도 고맙습니다 🙏🚌💛"}, {"en", "Thank you 🇰🇷 👨‍👩‍👧"}}},
      {say("Arabic"), {{"ar", "نتذكر 613 ضحية (خوجالي)"}, {"ko", "613명을 기억합니다"}}},
  };
}

// "142 px, 16.3:1"
std::string caption_of(const Frame& frame) {
  std::string sizes;
  for (const Draw& draw : frame.draws) {
    const auto* const text = std::get_if<TextDraw>(&draw);
    if (text == nullptr) continue;
    sizes += fmt::format("{}{} px", sizes.empty() ? "" : " + ", text->layout.size);
  }
  return say("{}, contrast {:.1f}:1", sizes, text_contrast(frame));
}

SheetGroup group_of(const Style& style, const Display& display, Typesetter& typesetter) {
  Campaign campaign;
  campaign.styles.push_back(style);
  SheetGroup group;
  group.title = style.name;
  group.caption = fmt::format("{} {}", to_string(style.ink), to_string(style.background));
  group.language = "en";
  for (const Sample& sample : samples()) {
    Item item;
    item.text = sample.text;
    item.style = 0;
    for (const Page& page : compose_text(campaign, item, display, nullptr, typesetter)) {
      group.tiles.push_back({fit_to(paint(page.frame, typesetter), thumbnail_size(display.size)),
                             sample.name, caption_of(page.frame)});
    }
  }
  return group;
}

Result<Size> draw_specimen(const Display& display, const std::string& file) {
  ASSIGN_OR_RETURN(Typesetter typesetter, Typesetter::open());
  std::vector<SheetGroup> groups;
  for (const Style& style : shipped_styles())
    groups.push_back(group_of(style, display, typesetter));
  const PicturePtr page = paint(compose_sheet(groups, typesetter), typesetter);
  TRY(write_png(*page, file));
  return page->size();
}

}  // namespace

int run_specimen(const SpecimenOptions& options) {
  Display display;
  display.languages = {"ar", "ko", "en", "az"};
  if (!options.size.empty()) {
    const Result<Size> size = parse_size(options.size);
    if (!size) return wrong_usage(size.error());
    display.size = *size;
  }
  const Result<Size> page = draw_specimen(display, options.output);
  if (!page) return refused(page.error());
  const std::size_t styles = shipped_styles().size();
  if (options.json) {
    fmt::print("{}\n", to_text({{"file", options.output},
                                {"width", page->width},
                                {"height", page->height},
                                {"styles", styles}}));
  } else {
    fmt::print("{}\n", say("{}: {} styles, {}x{} pixels", options.output, styles, page->width,
                           page->height));
  }
  return kDone;
}

}  // namespace noseon
