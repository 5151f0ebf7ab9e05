#include "staff/prepare.h"

#include <algorithm>
#include <tuple>

#include "base/say.h"
#include "media/sniff.h"
#include "staff/progress.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kNameMax = 60;

const char* type_of(PictureFormat format) {
  switch (format) {
    case PictureFormat::png:
      return "image/png";
    case PictureFormat::jpeg:
      return "image/jpeg";
    case PictureFormat::webp:
      return "image/webp";
  }
  return "";
}

// A wish of one display or of several.
struct Wanted {
  PictureRequest request;
  std::vector<Size> displays;
};

void add_display(std::vector<Size>& displays, Size size) {
  const auto order = [](Size a, Size b) {
    return std::tie(a.width, a.height) < std::tie(b.width, b.height);
  };
  const auto where = std::lower_bound(displays.begin(), displays.end(), size, order);
  if (where == displays.end() || *where != size) displays.insert(where, size);
}

std::vector<Wanted> wanted_by(const Campaign& campaign,
                              const std::vector<DisplayProfile>& profiles) {
  std::vector<Wanted> all;
  for (const DisplayProfile& profile : profiles) {
    for (PictureRequest& request : picture_requests(campaign, profile.display)) {
      auto same = std::find_if(all.begin(), all.end(),
                               [&](const Wanted& one) { return one.request.wish == request.wish; });
      if (same == all.end()) same = all.insert(all.end(), {std::move(request), {}});
      add_display(same->displays, profile.display.composed_size());
    }
  }
  return all;
}

Result<ReadyPicture> prepare_one(const Wanted& wanted, const PictureSource& source) {
  const PictureWish& wish = wanted.request.wish;
  ReadyPicture ready;
  ready.request = {wanted.request.file, wish.box, wish.fit, wish.background};
  ASSIGN_OR_RETURN(const PictureBytes file, source.prepared_file(ready.request));
  ASSIGN_OR_RETURN(const PictureInfo info, sniff_picture(file.bytes()));
  ready.name = target_name(wanted.request.file.filename().string(), info.format);
  ready.picture.written = wish.written;
  ready.picture.box = wish.box;
  ready.picture.fit = wish.fit;
  ready.picture.background = wish.background;
  ready.picture.sha256 = sha256(file.bytes());
  ready.picture.bytes = file.bytes().size();
  ready.picture.type = type_of(info.format);
  ready.picture.size = info.size;
  ready.picture.displays = wanted.displays;
  return ready;
}

}  // namespace

Result<std::vector<ReadyPicture>> prepare_pictures(const Campaign& campaign,
                                                   const std::vector<DisplayProfile>& profiles,
                                                   const PictureSource& source) {
  const std::vector<Wanted> all = wanted_by(campaign, profiles);
  Progress progress(say("pictures prepared for {}", campaign.id.str()), all.size());
  std::vector<ReadyPicture> ready;
  for (const Wanted& wanted : all) {
    Result<ReadyPicture> one = prepare_one(wanted, source);
    if (!one) return fail(one.error().with_context(say("campaign {}", campaign.id.str())));
    ready.push_back(*std::move(one));
    progress.step();
  }
  return ready;
}

Result<std::string> bytes_of(const ReadyPicture& picture, const PictureSource& source) {
  ASSIGN_OR_RETURN(const PictureBytes file, source.prepared_file(picture.request));
  if (sha256(file.bytes()) == picture.picture.sha256) return std::string(file.bytes());
  return fail(ErrorKind::bad_format,
              say("{}: it was changed while it was being published; publish again",
                  picture.request.file.string()));
}

std::string target_name(const std::string& written, PictureFormat format) {
  std::string name;
  for (const char c : fs::path(written).stem().string()) {
    const bool fits =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    if (fits) {
      name += c;
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
  }
  name.resize(std::min(name.size(), kNameMax));
  while (name.ends_with('-')) name.pop_back();
  const std::string type = type_of(format);
  return (name.empty() ? "picture" : name) + "." +
         (format == PictureFormat::jpeg ? "jpg" : type.substr(type.find('/') + 1));
}

}  // namespace noseon
