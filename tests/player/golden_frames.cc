#include "tests/player/golden_frames.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "media/png.h"
#include "player/folder.h"
#include "player/painter.h"
#include "tests/player/folders.h"

namespace noseon {
namespace {

constexpr Color kEdge{0x1f, 0x4d, 0x3a};
constexpr Color kSun{0xf2, 0xa9, 0x3b};
constexpr Color kCream{0xf4, 0xf1, 0xea};

// A sun over fields, in a frame of one colour: what is cut or not in the middle is seen at once.
PicturePtr drawn_poster(Size size) {
  const int side = std::min(size.width, size.height);
  const int border = side / 24;
  std::vector<std::uint32_t> pixels;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      const int right = x - size.width / 2;
      const int down = y - size.height / 2;
      const bool is_edge =
          x < border || y < border || x >= size.width - border || y >= size.height - border;
      const bool is_sun = right * right + down * down < side * side / 16;
      const bool is_field = down > 0 && (right + 2 * down) / border % 2 == 0;
      const auto sky = static_cast<std::uint8_t>(0x50 + 0x60 * y / size.height);
      const Color color = is_edge    ? kEdge
                          : is_sun   ? kSun
                          : is_field ? kCream
                                     : Color{0x30, sky, 0xa0};
      pixels.push_back(to_word(color));
    }
  }
  return make_picture(size, std::move(pixels));
}

std::string item(const std::string& id, const std::string& keys) {
  return "\n[[item]]\nid = \"" + id + "\"\n" + keys + "\n";
}

std::string poster(const std::string& more = {}) {
  return "poster = \"poster.png\"\nalt = { ko = \"해\" }\n" + more;
}

// The words are those of a real campaign: as long as people write them.
std::string campaign() {
  const std::string head =
      "format = \"noseon.campaign/1\"\nid = \"golden\"\ntitle = { ko = \"노선\" }\n"
      "timezone = \"Asia/Seoul\"\n"
      "[styles.time]\nclock = \"time\"\n"
      "[styles.date]\nlike = \"warm\"\nclock = \"date\"\n";
  const std::string korean = "ko = \"손잡이를 꼭 잡아 주세요\"";
  const std::string both = korean + ", en = \"Please hold on to the handrail\"";
  const std::string caption =
      "caption = { ko = \"봄 나들이, 3월 1일 서울광장\", "
      "en = \"Out in spring, 1 March, Seoul Plaza\" }\n";
  return head + item("fit", poster()) + item("fill", poster("fit = \"fill\"")) +
         item("variant", "poster = \"two.png\"\nalt = { ko = \"해\" }") +
         item("text", "text = { " + korean + " }") +
         item("two-languages", "text = { " + both + " }") + item("caption", poster(caption)) +
         item("clock-time", poster("style = \"time\"")) +
         item("clock-date", "text = { " + korean + " }\nstyle = \"date\"") +
         item("caption-clock", poster(caption + "style = \"date\"")) +
         item("ticker",
              "text = { ko = \"다음 정류장은 서울역입니다. 내리실 분은 벨을 눌러 주세요.\", "
              "en = \"The next stop is Seoul Station.\" }\nmotion = \"ticker\"\nstyle = \"time\"") +
         item("ticker-from-right",
              "text = { ar = \"المحطة التالية هي محطة سيول (Seoul)\" }\nmotion = \"ticker\"");
}

}  // namespace

FrameMaker::FrameMaker() {
  folder_.write("campaign.toml", campaign());
  folder_.write("poster.png", encode_png(*drawn_poster({1200, 900})).value());
  folder_.write("two.png", encode_png(*drawn_poster({1600, 900})).value());
  folder_.write("two.bar.png", encode_png(*drawn_poster({1920, 540})).value());
  studio_.emplace([] { return Typesetter::open(); }, make_picture_source());
}

Display FrameMaker::display(Size size) {
  Display display;
  display.size = size;
  display.zone = std::make_shared<const Zone>(Zone::utc());
  display.languages = {"ko", "en"};
  return display;
}

Look FrameMaker::clock() {
  Look look;
  look.minute = parse_civil("2027-02-25 14:05").value();
  return look;
}

Finished FrameMaker::make(const std::string& item, const Display& display, const Look& look) {
  SystemZones zones;
  const LoadedFolder loaded = load_folder(folder_.path(), display, zones);
  for (EntryIndex entry = 0; entry < loaded.playlist->entries.size(); ++entry) {
    if (loaded.playlist->item_of(entry).id.str() != item) continue;
    return studio_->render(*loaded.playlist, {entry, 0, look}, display).value().finished;
  }
  ADD_FAILURE() << "there is no item " << item;
  return {solid(display.size, {}), nullptr};
}

Shot FrameMaker::ticker(const std::string& item, const Display& display) {
  const Finished made = make(item, display, clock());
  Shot shot;
  shot.scene = {made.picture, made.ticker, nullptr};
  shot.travel = 256 * pass_length(*made.ticker) / 2 + 77;  // between two pixels
  return shot;
}

NamedFrame FrameMaker::named(const std::string& item, const Display& display) {
  return {item, make(item, display, clock()).picture};
}

PicturePtr FrameMaker::error_card(const Display& display) {
  const Frame frame = compose_error_card(
      display.size, "골든 캠페인을 읽을 수 없습니다",
      {"campaign.toml:12:3: 'postr' is no key of an item; did you mean 'poster'?",
       "campaign.toml:40:1: the item 'spring' has neither a poster nor a text"},
      make("fill", display).picture, *studio_->typesetter().value());
  return paint(frame, *studio_->typesetter().value());
}

std::vector<NamedFrame> FrameMaker::frames(Size size) {
  const Display upright = display(size);
  std::vector<NamedFrame> frames;
  for (const char* const item : {"fit", "fill", "variant", "text", "two-languages", "caption",
                                 "clock-time", "clock-date", "caption-clock"}) {
    frames.push_back(named(item, upright));
  }
  frames.push_back({"ticker", flatten(ticker("ticker", upright))});
  Display arabic = upright;
  arabic.languages = {"ar"};
  frames.push_back({"ticker-from-right", flatten(ticker("ticker-from-right", arabic))});
  for (const int degrees : {90, 180, 270}) {
    Display turned = upright;
    turned.rotation = degrees;
    frames.push_back(
        {"turned-" + std::to_string(degrees), make("caption-clock", turned, clock()).picture});
  }
  Look night = clock();
  night.brightness = 300;
  frames.push_back({"night", make("caption-clock", upright, night).picture});
  frames.push_back({"error-card", error_card(upright)});
  frames.push_back({"builtin-card", builtin_card(upright)});
  Shot half;
  half.scene.picture = frames[4].picture;
  half.from = frames[0].picture;
  half.alpha = kAlphaFull / 2;
  frames.push_back({"fade-half", flatten(half)});
  return frames;
}

}  // namespace noseon
