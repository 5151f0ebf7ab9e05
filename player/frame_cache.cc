#include "player/frame_cache.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string>

#include "base/check.h"
#include "base/files.h"
#include "base/handle.h"
#include "fonts/chain.h"
#include "media/preparer.h"
#include "media/sniff.h"
#include "player/compose.h"
#include "player/folder.h"
#include "player/published.h"
#include "playlist/compiled.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

// Raised whenever the same page would be drawn otherwise.
constexpr int kFrameRecipe = 2;

// What a kept frame begins with; native byte order, it never leaves the machine. The weights
// follow, then the pixels.
struct FrameHeader {
  std::uint64_t magic = 0x31656d617266'4e4e;
  std::int32_t width = 0;
  std::int32_t height = 0;
  std::uint64_t weights = 0;
};
constexpr std::uint64_t kWeightsMax = 64;
constexpr std::int32_t kSideMax = 8192;

// Pixels that lie behind the header in the bytes that were read: nothing is copied.
class KeptPicture final : public Picture {
 public:
  KeptPicture(KeptBytes bytes, std::size_t at, Size size)
      : bytes_(std::move(bytes)), at_(at), size_(size) {}
  [[nodiscard]] Size size() const override { return size_; }
  [[nodiscard]] std::span<const std::uint32_t> pixels() const override {
    const std::string_view pixels = bytes_.view().substr(at_);
    return {reinterpret_cast<const std::uint32_t*>(pixels.data()),
            pixels.size() / sizeof(std::uint32_t)};
  }

 private:
  KeptBytes bytes_;
  std::size_t at_;  // a multiple of 8
  Size size_;
};

bool is_within_limits(const Fd& file) {
  struct stat info {};
  return ::fstat(file.get(), &info) == 0 &&
         static_cast<std::uint64_t>(info.st_size) <= kOriginalLimits.bytes_max;
}

// Collects what goes into a page, each part with its length, so that no two can be confused.
class Ingredients {
 public:
  void add(std::string_view part) { text_ += fmt::format("{}:{}\n", part.size(), part); }
  // The hash of a file's bytes; false where it cannot be read.
  bool add_file(const fs::path& file) {
    const Result<Fd> opened = open_file(file);
    if (!opened || !is_within_limits(*opened)) return false;
    const Result<Sha256> hash = hash_file(*opened, file);
    if (!hash) return false;
    add(to_hex(*hash));
    return true;
  }
  [[nodiscard]] Sha256 hash() const { return sha256(text_); }

 private:
  std::string text_;
};

void add_display(Ingredients& all, const Display& display, const PageId& page) {
  std::string languages;
  for (const std::string& language : display.languages) languages += language + " ";
  all.add(fmt::format("frame {} prepare {} {}x{} turned {} {} in {} m {}", kFrameRecipe,
                      kPrepareRecipe, display.size.width, display.size.height, display.rotation,
                      display.diagonal_inch, display.distance_m, languages));
  all.add(fmt::format("page {} brightness {}", page.page, page.look.brightness));
}

// By path, size and time: hashing the fonts would take longer than opening them.
bool add_fonts(Ingredients& all) {
  const auto chain = shipped_chain();
  if (!chain) return false;
  for (const ChainFont& font : *chain) {
    struct stat info {};
    if (::stat(font.file.path.c_str(), &info) != 0) return false;
    all.add(fmt::format("{} {} {} {}", font.file.path, font.file.face_index, info.st_size,
                        info.st_mtim.tv_sec));
  }
  return true;
}

// The item as strict JSON, which names everything written in it and in its style.
void add_item(Ingredients& all, const Campaign& campaign, const Item& item) {
  Campaign alone = campaign;
  alone.published.reset();  // what shows of it is added by its hash
  alone.items = {item};
  all.add(write_compiled(alone));
}

// A published picture by the hash that was signed, and the box that it was prepared for: nothing of
// it is read.
bool add_published(Ingredients& all, const Campaign& campaign, const Item& item,
                   const Display& display) {
  const auto wish = item.is_poster() ? std::optional(poster_wish(campaign, item, display))
                                     : backdrop_wish(style_of(campaign, item), display);
  if (!wish) return true;
  const PublishedPicture* const picture = published_picture(campaign, *wish);
  if (picture == nullptr) return false;
  all.add(fmt::format("published {}", to_hex(picture->sha256)));
  return true;
}

bool add_pictures(Ingredients& all, const Campaign& campaign, const Item& item,
                  const Display& display) {
  if (campaign.published) return add_published(all, campaign, item, display);
  const std::string& behind = style_of(campaign, item).picture;
  if (!item.is_poster()) return behind.empty() || all.add_file(fs::path(campaign.folder) / behind);
  const std::vector<fs::path> files = poster_files(campaign, item);
  return std::all_of(files.begin(), files.end(),
                     [&](const fs::path& file) { return all.add_file(file); });
}

// The words of an item as strict JSON, in a campaign that says nothing else.
void add_words(Ingredients& all, const Campaign& campaign, const Item& item) {
  Item shown;
  shown.id = ItemId("item");
  shown.poster = item.is_poster() ? "poster" : "";
  shown.text = item.text;
  shown.caption = item.caption;
  shown.style = item.style;
  shown.motion = item.motion;
  Campaign alone;
  alone.id = CampaignId("campaign");
  alone.zone = campaign.zone;
  alone.styles = campaign.styles;
  alone.items = {std::move(shown)};
  all.add(write_compiled(alone));
}

}  // namespace

Sha256 content_key(const Playlist& playlist, const std::optional<EntryIndex>& entry,
                   const Display& display) {
  Ingredients all;
  all.add("content");
  if (!entry) {
    if (!all.add_file(display.fallback)) all.add("no card");
    return all.hash();
  }
  const Campaign& campaign = playlist.campaign_of(*entry);
  const Item& item = playlist.item_of(*entry);
  if (!add_pictures(all, campaign, item, display)) all.add("no picture");
  if (!item.words().empty()) add_words(all, campaign, item);
  return all.hash();
}

std::optional<Sha256> frame_key(const Playlist& playlist, const PageId& page,
                                const Display& display) {
  Ingredients all;
  add_display(all, display, page);
  if (page.look.minute) return std::nullopt;
  if (!page.entry) {
    if (display.fallback.empty() || !all.add_file(display.fallback)) return std::nullopt;
    return all.hash();
  }
  const Campaign& campaign = playlist.campaign_of(*page.entry);
  const Item& item = playlist.item_of(*page.entry);
  if (item.motion == Motion::ticker) return std::nullopt;
  add_item(all, campaign, item);
  if (!add_pictures(all, campaign, item, display)) return std::nullopt;
  if (!item.words().empty() && !add_fonts(all)) return std::nullopt;
  return all.hash();
}

// On the disk it is marked as used once a run: a slot that writes nothing wears nothing.
std::optional<Rendering> FrameCache::find(const Sha256& key) {
  const bool is_first_time = use_.ask(key);
  std::optional<KeptBytes> kept =
      files_.find(key, is_first_time ? CountsAsUsed::yes : CountsAsUsed::no);
  if (!kept) return std::nullopt;
  const std::string_view bytes = kept->view();
  FrameHeader header;
  if (bytes.size() < sizeof header) return std::nullopt;
  std::memcpy(&header, bytes.data(), sizeof header);
  const bool is_header = header.magic == FrameHeader{}.magic && header.weights >= 1 &&
                         header.weights <= kWeightsMax && header.width >= 1 &&
                         header.width <= kSideMax && header.height >= 1 &&
                         header.height <= kSideMax;
  if (!is_header) return std::nullopt;
  const std::size_t at = sizeof header + header.weights * sizeof(std::int64_t);
  const std::uint64_t pixels = static_cast<std::uint64_t>(header.width) *
                               static_cast<std::uint64_t>(header.height) * sizeof(std::uint32_t);
  if (bytes.size() != at + pixels) return std::nullopt;
  Rendering rendering;
  rendering.pages.resize(header.weights);
  std::memcpy(rendering.pages.data(), bytes.data() + sizeof header,
              header.weights * sizeof(std::int64_t));
  rendering.finished.picture =
      std::make_shared<KeptPicture>(*std::move(kept), at, Size{header.width, header.height});
  return rendering;
}

void FrameCache::keep(const Sha256& key, const Rendering& rendering) const {
  CHECK(rendering.finished.ticker == nullptr && !rendering.pages.empty() && !rendering.is_draft);
  if (rendering.pages.size() > kWeightsMax || !use_.is_worth_keeping()) return;
  const Picture& picture = *rendering.finished.picture;
  FrameHeader header;
  header.width = picture.size().width;
  header.height = picture.size().height;
  header.weights = rendering.pages.size();
  std::string head(sizeof header + rendering.pages.size() * sizeof(std::int64_t), '\0');
  std::memcpy(head.data(), &header, sizeof header);
  std::memcpy(head.data() + sizeof header, rendering.pages.data(),
              rendering.pages.size() * sizeof(std::int64_t));
  const std::string_view pixels(reinterpret_cast<const char*>(picture.pixels().data()),
                                picture.pixels().size_bytes());
  std::vector<KeptPage> kept;
  for (const auto& file : files_.files()) kept.push_back({file.key, file.bytes});
  const auto places = use_.places_for(PreparedCache::bytes_on_disk(head.size() + pixels.size()),
                                      kept, files_.bytes_max());
  if (!places) return;
  for (const Sha256& place : *places) files_.remove(place);
  files_.keep(key, head, pixels);
}

fs::path default_frame_cache() {
  const fs::path of_machine = "/var/cache/noseon";
  if (::access(of_machine.c_str(), W_OK) == 0) return of_machine / "frames";
  const fs::path prepared = default_prepared_cache();
  return prepared.empty() ? fs::path() : prepared.parent_path() / "frames";
}

}  // namespace noseon
