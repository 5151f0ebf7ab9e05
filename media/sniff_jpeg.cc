// JPEG (ITU-T T.81 B.1-B.2): every marker segment by its length, every scan to its end, until EOI.
#include <fmt/format.h>

#include <algorithm>
#include <bitset>
#include <optional>
#include <string>

#include "base/say.h"
#include "media/byte_order.h"
#include "media/exif.h"
#include "media/facts.h"

namespace noseon {
namespace {

// T.81 table B.1
constexpr std::uint32_t kTem = 0x01, kSof0 = 0xC0, kSof2 = 0xC2, kDht = 0xC4, kJpg = 0xC8,
                        kDac = 0xCC, kSof15 = 0xCF, kRst0 = 0xD0, kRst7 = 0xD7, kSoi = 0xD8,
                        kEoi = 0xD9, kSos = 0xDA, kDhp = 0xDE, kExp = 0xDF, kApp1 = 0xE1,
                        kApp2 = 0xE2, kApp14 = 0xEE;

// Each scan of a progressive file costs a pass over the whole picture, however few bytes it has.
// What encoders write has a dozen.
constexpr int kScansMax = 200;

Failure broken(std::string_view what) {
  return fail(ErrorKind::bad_format,
              say("this JPEG file is damaged: {}; copy or export it again", what));
}

constexpr bool is_frame_header(std::uint32_t marker) {
  return marker >= kSof0 && marker <= kSof15 && marker != kDht && marker != kJpg && marker != kDac;
}

class Walk {
 public:
  Walk(std::string_view bytes, const PictureLimits& limits) : bytes_(bytes), limits_(limits) {}

  Result<PictureFacts> run() {
    while (true) {
      ASSIGN_OR_RETURN(const std::uint32_t marker, next_marker());
      if (marker == kEoi) return finish();
      if (marker == kTem || (marker >= kRst0 && marker <= kRst7)) continue;
      ASSIGN_OR_RETURN(const std::string_view segment, next_segment());
      TRY(take(marker, segment));
    }
  }

 private:
  [[nodiscard]] Error too_short() const { return cut_short("JPEG", bytes_.size()); }

  // B.1.1.2: any number of fill bytes 0xFF may go before a marker.
  Result<std::uint32_t> next_marker() {
    if (at_ >= bytes_.size()) return fail(too_short());
    if (byte_at(bytes_, at_) != 0xFF) {
      return broken(say("there is no marker at byte {}", at_));
    }
    while (at_ < bytes_.size() && byte_at(bytes_, at_) == 0xFF) ++at_;
    if (at_ >= bytes_.size()) return fail(too_short());
    const std::uint32_t marker = byte_at(bytes_, at_++);
    if (marker == 0x00 || marker == kSoi) {
      return broken(say("marker {:02X} at byte {} does not belong there", marker, at_ - 1));
    }
    return marker;
  }

  Result<std::string_view> next_segment() {
    if (bytes_.size() - at_ < 2) return fail(too_short());
    const std::size_t length = big_u16(bytes_, at_);  // counts itself
    if (length < 2) return broken(say("segment at byte {} has no length", at_));
    if (bytes_.size() - at_ < length) return fail(too_short());
    const std::string_view segment = bytes_.substr(at_ + 2, length - 2);
    at_ += length;
    return segment;
  }

  Status take(std::uint32_t marker, std::string_view segment) {
    if (marker == kDhp || marker == kExp) return refuse_process(say("hierarchical"));
    if (is_frame_header(marker)) return take_frame(marker, segment);
    if (marker == kSos) return take_scan(segment);
    if (marker == kApp1 && facts_.orientation == 1) {
      facts_.orientation = exif_orientation(segment);
    }
    // ICC.1:2010 B.4
    if (marker == kApp2 && segment.starts_with(std::string_view("ICC_PROFILE\0", 12))) {
      facts_.is_plain = false;
    }
    has_adobe_marker_ = has_adobe_marker_ || (marker == kApp14 && segment.starts_with("Adobe"));
    return {};
  }

  static Failure refuse_process(std::string_view process) {
    return fail(ErrorKind::bad_format,
                say("this is a {} JPEG, which hardly any program reads: save it as an "
                    "ordinary or progressive JPEG, or as PNG",
                    process));
  }

  // B.2.2
  Status take_frame(std::uint32_t marker, std::string_view frame) {
    if (marker > kSof2) {
      return refuse_process(marker > 0xC8 ? "arithmetic-coded" : "lossless or hierarchical");
    }
    if (components_ != 0) return broken(say("it has two frame headers"));
    if (frame.size() < 6) return broken(say("its frame header is too short"));
    const std::uint32_t precision = byte_at(frame, 0);
    if (precision != 8) return refuse_process(say("{}-bit", precision));
    ASSIGN_OR_RETURN(facts_.stored, check_caps(big_u16(frame, 3), big_u16(frame, 1), limits_));
    components_ = byte_at(frame, 5);
    if (components_ == 4 && !limits_.is_cmyk_taken) {
      return fail(
          ErrorKind::bad_format,
          say("this JPEG has CMYK colours, which are for printing: save it with RGB colours"));
    }
    if (components_ != 1 && components_ != 3 && components_ != 4) {
      return broken(say("it has {} colour components, not 1, 3 or 4", components_));
    }
    if (frame.size() != 6 + 3 * components_)
      return broken(say("its frame header has a wrong length"));
    facts_.is_plain = facts_.is_plain && components_ != 4;
    is_progressive_ = marker == kSof2;
    frame_ = frame;
    for (std::size_t i = 0; i < components_; ++i) missing_.set(byte_at(frame, 6 + 3 * i));
    if (missing_.count() != components_) return broken(say("two of its colour components are one"));
    return {};
  }

  // B.2.3, then the entropy-coded segments with their restart markers.
  Status take_scan(std::string_view header) {
    if (components_ == 0) return broken(say("a scan comes before its frame header"));
    if (header.empty() || header.size() != 4 + 2 * std::size_t{byte_at(header, 0)}) {
      return broken(say("a scan header has a wrong length"));
    }
    if (++scans_ > kScansMax) {
      return fail(
          ErrorKind::too_large,
          say("this JPEG has more than {} scans: save it again, not progressive", kScansMax));
    }
    for (std::size_t i = 0; i < byte_at(header, 0); ++i) missing_.reset(byte_at(header, 1 + 2 * i));
    return skip_entropy_coded();
  }

  Status skip_entropy_coded() {
    while (true) {
      at_ = bytes_.find('\xFF', at_);
      if (at_ == std::string_view::npos || at_ + 1 >= bytes_.size()) return fail(too_short());
      const std::uint32_t next = byte_at(bytes_, at_ + 1);
      if (next == 0x00 || (next >= kRst0 && next <= kRst7)) {
        at_ += 2;
      } else if (next == 0xFF) {
        ++at_;
      } else {
        return {};
      }
    }
  }

  Result<PictureFacts> finish() {
    if (components_ == 0) return broken(say("it holds no picture"));
    if (missing_.any()) return broken(say("it ends before each of its colour components came"));
    facts_.is_ink = components_ == 4 && !has_adobe_marker_;
    if (is_progressive_ || scans_ > 1) {
      facts_.held_bytes = coefficient_bytes();
      TRY(check_held(facts_.held_bytes, limits_, say("a progressive JPEG"),
                     say("save it as ordinary (baseline) JPEG")));
    }
    return facts_;
  }

  // A.1.1, A.2.4: 64 coefficients of 16 bits for each block of each component, as many blocks as
  // its sampling factors give it.
  [[nodiscard]] std::uint64_t coefficient_bytes() const {
    constexpr std::uint64_t kBlockSide = 8, kBlockBytes = 64 * 2;
    const auto factor = [this](std::size_t i, unsigned shift) {
      return std::uint64_t{byte_at(frame_, 7 + 3 * i) >> shift & 0xFU};
    };
    std::uint64_t across = 1, down = 1;
    for (std::size_t i = 0; i < components_; ++i) {
      across = std::max(across, factor(i, 4));
      down = std::max(down, factor(i, 0));
    }
    const auto units = [](int side, std::uint64_t factor_max) {
      return static_cast<std::uint64_t>(side) / (kBlockSide * factor_max) + 1;
    };
    std::uint64_t blocks = 0;
    for (std::size_t i = 0; i < components_; ++i) blocks += factor(i, 4) * factor(i, 0);
    return blocks * units(facts_.stored.width, across) * units(facts_.stored.height, down) *
           kBlockBytes;
  }

  std::string_view bytes_;
  const PictureLimits& limits_;
  std::string_view frame_;  // of the frame header, once it came
  bool is_progressive_ = false;
  bool has_adobe_marker_ = false;
  std::size_t at_ = 2;  // behind SOI
  PictureFacts facts_{PictureFormat::jpeg, {}};
  std::size_t components_ = 0;
  std::bitset<256> missing_;  // components no scan has brought yet
  int scans_ = 0;
};

}  // namespace

Result<PictureFacts> read_jpeg_facts(std::string_view bytes, const PictureLimits& limits) {
  return Walk(bytes, limits).run();
}

}  // namespace noseon
