// Finished pages on disk, so that a start shows what must stand without decoding a picture, opening
// a font or setting a line. Keyed by a hash of everything that goes into a page; verified when
// read; may vanish at any time (media/prepared_cache.h is the folder it lies in).
#pragma once

#include <optional>

#include "media/prepared_cache.h"
#include "player/frame_use.h"
#include "player/picture_cache.h"

namespace noseon {

/// A finished page, and what all pages of its item weigh.
struct Rendering {
  Finished finished;
  PageWeights pages;
  bool is_draft = false;  ///< a quick look, where drafts were allowed; never kept
};

/// The hash over what goes into a page: the item and its style as written, the bytes of its
/// pictures, the display, the look, which fonts there are, and the version of what draws it. Reads
/// the pictures' files, but of a published campaign takes the hashes that were signed; opens no
/// font. Nothing where the page is not worth keeping (a clock's
/// minute, a ticker, the built-in card) or cannot be made (a file that cannot be read).
[[nodiscard]] std::optional<Sha256> frame_key(const Playlist& playlist, const PageId& page,
                                              const Display& display);

/// The hash of what an item shows: the bytes of its pictures (of a published campaign the hashes
/// that were signed), and where it has words, these and their style. Neither its name, nor when and
/// where it shows, nor the display. For no entry the operator's card. Reads the pictures' files of
/// an unsigned folder, decodes nothing; a file that cannot be read counts as one of its own.
[[nodiscard]] Sha256 content_key(const Playlist& playlist, const std::optional<EntryIndex>& entry,
                                 const Display& display);

/// One thread, one run: what is worth keeping follows from what was asked for (frame_use.h). Of
/// pages it keeps nothing in memory.
class FrameCache {
 public:
  static constexpr std::uint64_t kBytesMax = 256ULL << 20U;

  explicit FrameCache(PreparedCache files) : files_(std::move(files)) {}

  /// The page is asked for: what is on the disk of it.
  [[nodiscard]] std::optional<Rendering> find(const Sha256& key);
  /// Puts what find() did not have onto the disk, where it is worth that. REQUIRES: find() was
  /// asked for it last; it has no ticker, and is no draft.
  void keep(const Sha256& key, const Rendering& rendering) const;

 private:
  PreparedCache files_;
  FrameUse use_;
};

/// Where a display keeps its frames: /var/cache/noseon/frames where the player may write there,
/// else noseon/frames in the user's cache (XDG Base Directory Specification); empty where there is
/// none.
[[nodiscard]] std::filesystem::path default_frame_cache();

}  // namespace noseon
