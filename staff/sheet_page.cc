#include "staff/sheet_page.h"

#include <algorithm>

#include "base/check.h"

namespace noseon {
namespace {

constexpr int kThumbnailWidth = 480;
constexpr int kThumbnailHeightMax = 480;
constexpr int kColumns = 4;
constexpr int kMargin = 48;
constexpr int kGap = 28;
constexpr int kTitleHeight = 84;
constexpr int kNameHeight = 38;
constexpr int kCaptionHeight = 28;
constexpr int kCaptionGap = 10;
constexpr Color kPaper{0xf3, 0xf1, 0xec};
constexpr Color kInk{0x1c, 0x1f, 0x24};
constexpr Color kFaintInk{0x6a, 0x6f, 0x78};

struct Line {
  std::string text;
  std::string language = "ko";
  Weight weight = Weight::regular;
  int size = 20;
  Color ink = kInk;
};

void draw_line(Frame& frame, Typesetter& typesetter, const Line& line, Rect box) {
  TextBlock block;
  block.text = line.text;
  block.language = line.language;
  block.weight = line.weight;
  block.align = Align::left;
  block.box = {box.width, box.height};
  block.size_max = line.size;
  block.size_min = std::min(line.size, 12);
  frame.draws.emplace_back(TextDraw{typesetter.lay_out(block), {box.x, box.y}, line.ink});
}

void draw_tile(Frame& frame, Typesetter& typesetter, const SheetTile& tile, Point at) {
  const Size size = tile.thumbnail->size();
  frame.draws.emplace_back(
      PictureDraw{tile.thumbnail, {0, 0, size.width, size.height}, at, tile.name});
  const int below = at.y + size.height + kCaptionGap;
  draw_line(frame, typesetter, {tile.name, "ko", Weight::bold, 24, kInk},
            {at.x, below, size.width, kNameHeight});
  draw_line(frame, typesetter, {tile.caption, "ko", Weight::regular, 18, kFaintInk},
            {at.x, below + kNameHeight, size.width, kCaptionHeight});
}

int tile_height(Size thumbnail) {
  return thumbnail.height + kCaptionGap + kNameHeight + kCaptionHeight + kGap;
}

int rows_of(const SheetGroup& group) {
  return (static_cast<int>(group.tiles.size()) + kColumns - 1) / kColumns;
}

Size thumbnail_of(const std::vector<SheetGroup>& groups) {
  for (const SheetGroup& group : groups) {
    if (!group.tiles.empty()) return group.tiles.front().thumbnail->size();
  }
  CHECK(false);
  return {};
}

}  // namespace

Frame compose_sheet(const std::vector<SheetGroup>& groups, Typesetter& typesetter) {
  const Size thumbnail = thumbnail_of(groups);
  int height = 2 * kMargin - kGap;
  for (const SheetGroup& group : groups)
    height += kTitleHeight + rows_of(group) * tile_height(thumbnail);

  Frame frame;
  frame.size = {2 * kMargin + kColumns * thumbnail.width + (kColumns - 1) * kGap, height};
  frame.draws.emplace_back(FillDraw{{0, 0, frame.size.width, frame.size.height}, kPaper});
  int y = kMargin;
  for (const SheetGroup& group : groups) {
    const int half = (frame.size.width - 2 * kMargin) / 2;
    draw_line(frame, typesetter, {group.title, group.language, Weight::bold, 40, kInk},
              {kMargin, y, half, kTitleHeight - kGap});
    draw_line(frame, typesetter, {group.caption, "ko", Weight::regular, 22, kFaintInk},
              {kMargin + half, y, half, kTitleHeight - kGap});
    y += kTitleHeight;
    for (std::size_t i = 0; i < group.tiles.size(); ++i) {
      const int column = static_cast<int>(i) % kColumns;
      const int row = static_cast<int>(i) / kColumns;
      draw_tile(frame, typesetter, group.tiles[i],
                {kMargin + column * (thumbnail.width + kGap), y + row * tile_height(thumbnail)});
    }
    y += rows_of(group) * tile_height(thumbnail);
  }
  return frame;
}

Size thumbnail_size(Size display) {
  Size size{kThumbnailWidth, std::max(1, kThumbnailWidth * display.height / display.width)};
  if (size.height > kThumbnailHeightMax) {
    size = {std::max(1, kThumbnailHeightMax * display.width / display.height), kThumbnailHeightMax};
  }
  return size;
}

}  // namespace noseon
