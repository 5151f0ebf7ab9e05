#include "player/compose.h"

#include "base/check.h"

namespace noseon {
namespace {

__extension__ using Wide = unsigned __int128;

// How far two aspects are apart, as a ratio >= 1: the distance of their logarithms, exactly.
struct Mismatch {
  std::uint64_t more = 1;
  std::uint64_t less = 1;
  [[nodiscard]] bool is_under(const Mismatch& other) const {
    return Wide{more} * other.less < Wide{other.more} * less;
  }
};

Mismatch mismatch(Size a, Size b) {
  CHECK(a.width > 0 && a.height > 0 && b.width > 0 && b.height > 0);
  const auto one = static_cast<std::uint64_t>(a.width) * static_cast<std::uint64_t>(b.height);
  const auto two = static_cast<std::uint64_t>(b.width) * static_cast<std::uint64_t>(a.height);
  return one > two ? Mismatch{one, two} : Mismatch{two, one};
}

}  // namespace

Style style_of(const Campaign& campaign, const Item& item) {
  return item.style ? campaign.styles.at(*item.style) : Style{};
}

Frame compose_poster(PicturePtr poster, const std::string& name, Size size) {
  CHECK(poster != nullptr);
  const Size has = poster->size();
  const Point corner{(size.width - has.width) / 2, (size.height - has.height) / 2};
  Frame frame{size, {FillDraw{{0, 0, size.width, size.height}, edge_color(*poster)}}};
  frame.draws.emplace_back(
      PictureDraw{std::move(poster), {0, 0, has.width, has.height}, corner, name});
  return frame;
}

std::size_t best_variant(const std::vector<Size>& variants, Size box) {
  CHECK(!variants.empty());
  std::size_t best = 0;
  for (std::size_t i = 1; i < variants.size(); ++i) {
    if (mismatch(variants[i], box).is_under(mismatch(variants[best], box))) best = i;
  }
  return best;
}

}  // namespace noseon
