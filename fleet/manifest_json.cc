// The manifest as bytes: written in one way, read with every value capped and checked.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <set>
#include <tuple>

#include "base/json.h"
#include "base/say.h"
#include "fleet/manifest.h"
#include "playlist/compiled.h"
#include "playlist/patterns.h"

namespace noseon {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr JsonLimits kLimits{.bytes_max = kManifestBytesMax, .depth_max = 8};
constexpr std::string_view kFormatFamily = "noseon.manifest/";
constexpr std::size_t kEditionsMax = 2;
constexpr std::size_t kNeedsMax = 100;
constexpr std::size_t kWordMax = 64;
constexpr std::size_t kWrittenMax = 1024;
constexpr std::size_t kTargetMax = 255;
constexpr std::size_t kHashDigits = 16;
constexpr std::array<std::string_view, 3> kTypes{"image/png", "image/jpeg", "image/webp"};

// ---- Writing ----------------------------------------------------------------------------------

// "2027-02-25T08:00:00Z"
std::string seconds_text(Instant instant) {
  return to_rfc3339(instant, std::chrono::seconds{0}).substr(0, 19) + "Z";
}

ordered_json size_json(Size size) {
  return {size.width, size.height};
}

ordered_json picture_json(const ManifestPicture& picture) {
  ordered_json displays = ordered_json::array();
  for (const Size display : picture.displays) displays.push_back(size_json(display));
  return {{"written", picture.written},
          {"box", size_json(picture.box)},
          {"fit", kFitWords.at(static_cast<std::size_t>(picture.fit))},
          {"background", to_string(picture.background)},
          {"target", picture.target},
          {"sha256", to_hex(picture.sha256)},
          {"bytes", picture.bytes},
          {"type", picture.type},
          {"size", size_json(picture.size)},
          {"displays", std::move(displays)}};
}

ordered_json edition_json(const ManifestEdition& edition) {
  ordered_json pictures = ordered_json::array();
  for (const ManifestPicture& picture : edition.pictures) pictures.push_back(picture_json(picture));
  return {{"release", edition.release},   {"published", seconds_text(edition.published)},
          {"share", edition.share},       {"salt", edition.salt},
          {"compiled", edition.compiled}, {"pictures", std::move(pictures)}};
}

// ---- Reading ----------------------------------------------------------------------------------

Failure wrong(const std::string& where, const std::string& what) {
  return fail(ErrorKind::bad_format,
              say("the manifest: {}: {}; publish the campaign again", where, what));
}

std::string inside(const std::string& where, std::string_view key) {
  return where.empty() ? std::string(key) : fmt::format("{}.{}", where, key);
}

// An object with just these names; then every one of them may be asked for.
Status check_names(const json& object, const std::string& where,
                   std::initializer_list<std::string_view> names) {
  if (!object.is_object()) return wrong(where.empty() ? "{}" : where, say("is no object"));
  for (const auto& [key, value] : object.items()) {
    if (std::find(names.begin(), names.end(), key) == names.end())
      return wrong(inside(where, key), say("the name is unknown"));
  }
  for (const std::string_view name : names) {
    if (!object.contains(name)) return wrong(inside(where, name), say("is missing"));
  }
  return {};
}

Result<std::string> text_in(const json& object, std::string_view key, const std::string& where,
                            std::size_t bytes_max) {
  const auto* const text = object.at(std::string(key)).get_ptr<const json::string_t*>();
  if (text == nullptr) return wrong(inside(where, key), say("is no text"));
  if (text->size() > bytes_max)
    return wrong(inside(where, key), say("longer than {} bytes", bytes_max));
  return *text;
}

Result<std::int64_t> number_of(const json& value, const std::string& where, std::int64_t least,
                               std::int64_t most) {
  const bool is_whole = value.is_number_integer();
  // What is past 2^63 comes out negative, and is out of every range here.
  const std::int64_t number = is_whole ? value.get<std::int64_t>() : 0;
  if (!is_whole || number < least || number > most)
    return wrong(where, say("is no whole number from {} to {}", least, most));
  return number;
}

Result<std::int64_t> number_in(const json& object, std::string_view key, const std::string& where,
                               std::int64_t least, std::int64_t most) {
  return number_of(object.at(std::string(key)), inside(where, key), least, most);
}

Result<const json*> list_in(const json& object, std::string_view key, const std::string& where,
                            std::size_t count_max) {
  const json& list = object.at(std::string(key));
  if (!list.is_array()) return wrong(inside(where, key), say("is no list"));
  if (list.size() > count_max)
    return wrong(inside(where, key), say("has {} entries, at most {}", list.size(), count_max));
  return &list;
}

Result<Size> size_of(const json& value, const std::string& where) {
  if (!value.is_array() || value.size() != 2)
    return wrong(where, say("is no size: [width, height]"));
  ASSIGN_OR_RETURN(const std::int64_t width, number_of(value[0], where, 1, kManifestSideMax));
  ASSIGN_OR_RETURN(const std::int64_t height, number_of(value[1], where, 1, kManifestSideMax));
  return Size{static_cast<int>(width), static_cast<int>(height)};
}

Result<Size> size_in(const json& object, std::string_view key, const std::string& where) {
  return size_of(object.at(std::string(key)), inside(where, key));
}

// Text that has exactly one way to be written.
template <class Value, class Read, class Write>
Result<Value> exact_in(const json& object, std::string_view key, const std::string& where,
                       Read read, Write write, const std::string& expected) {
  ASSIGN_OR_RETURN(const std::string text, text_in(object, key, where, kWordMax));
  const std::optional<Value> value = read(text);
  if (!value || write(*value) != text) return wrong(inside(where, key), expected);
  return *value;
}

std::optional<Fit> fit_of(std::string_view text) {
  const auto* const word = std::find(kFitWords.begin(), kFitWords.end(), text);
  if (word == kFitWords.end()) return std::nullopt;
  return static_cast<Fit>(word - kFitWords.begin());
}

std::string_view fit_word(Fit fit) {
  return kFitWords.at(static_cast<std::size_t>(fit));
}

// "<agency>/<16 hexadecimal of the hash>.<name>", the name of letters, digits, '.', '-', '_'.
bool is_picture_target(std::string_view target, std::string_view agency, const Sha256& hash) {
  const std::string lead = std::string(agency) + "/" + to_hex(hash).substr(0, kHashDigits) + ".";
  if (!target.starts_with(lead) || target.size() == lead.size()) return false;
  const std::string_view name = target.substr(lead.size());
  return name.front() != '.' && std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '.' || c == '-' || c == '_';
         });
}

// In order, and each once.
Result<std::vector<Size>> read_displays(const json& value, const std::string& where) {
  ASSIGN_OR_RETURN(const json* const list, list_in(value, "displays", where, kPictureDisplaysMax));
  const std::string here = inside(where, "displays");
  std::vector<Size> displays;
  for (const json& one : *list) {
    ASSIGN_OR_RETURN(const Size size, size_of(one, here));
    const auto key = [](Size s) { return std::pair(s.width, s.height); };
    if (!displays.empty() && key(size) <= key(displays.back()))
      return wrong(here, say("is not in order, or has a size twice"));
    displays.push_back(size);
  }
  if (displays.empty()) return wrong(here, say("is empty"));
  return displays;
}

Status read_blob(const json& value, const std::string& where, std::string_view agency,
                 ManifestPicture& picture) {
  ASSIGN_OR_RETURN(picture.sha256,
                   exact_in<Sha256>(value, "sha256", where, sha256_from_hex, to_hex,
                                    say("is no SHA-256 in lower-case hexadecimal")));
  ASSIGN_OR_RETURN(picture.target, text_in(value, "target", where, kTargetMax));
  if (!is_picture_target(picture.target, agency, picture.sha256))
    return wrong(inside(where, "target"), say("is not \"{}/<start of sha256>.<name>\"", agency));
  ASSIGN_OR_RETURN(const std::int64_t bytes,
                   number_in(value, "bytes", where, 1, kManifestPictureBytesMax));
  picture.bytes = static_cast<std::uint64_t>(bytes);
  ASSIGN_OR_RETURN(picture.type, text_in(value, "type", where, kWordMax));
  if (std::find(kTypes.begin(), kTypes.end(), picture.type) == kTypes.end())
    return wrong(inside(where, "type"), say("is no type of picture that displays show"));
  return {};
}

Result<ManifestPicture> read_picture(const json& value, const std::string& where,
                                     std::string_view agency) {
  TRY(check_names(value, where,
                  {"written", "box", "fit", "background", "target", "sha256", "bytes", "type",
                   "size", "displays"}));
  ManifestPicture picture;
  ASSIGN_OR_RETURN(picture.written, text_in(value, "written", where, kWrittenMax));
  if (picture.written.empty()) return wrong(inside(where, "written"), say("is empty"));
  ASSIGN_OR_RETURN(picture.box, size_in(value, "box", where));
  ASSIGN_OR_RETURN(picture.fit, exact_in<Fit>(value, "fit", where, fit_of, fit_word,
                                              say("is neither \"fit\" nor \"fill\"")));
  ASSIGN_OR_RETURN(picture.background, exact_in<Color>(
                                           value, "background", where, parse_color,
                                           [](Color color) { return to_string(color); },
                                           say("is no colour: \"#rrggbb\" in lower case")));
  TRY(read_blob(value, where, agency, picture));
  ASSIGN_OR_RETURN(picture.size, size_in(value, "size", where));
  ASSIGN_OR_RETURN(picture.displays, read_displays(value, where));
  return picture;
}

auto key_of(const ManifestPicture& picture) {
  const Color b = picture.background;
  return std::tuple(picture.written, picture.box.width, picture.box.height, picture.fit, b.red,
                    b.green, b.blue);
}

Status read_pictures(const json& value, const std::string& where, std::string_view agency,
                     std::vector<ManifestPicture>& pictures) {
  ASSIGN_OR_RETURN(const json* const list, list_in(value, "pictures", where, kPicturesMax));
  std::set<decltype(key_of({}))> keys;
  for (const json& one : *list) {
    const std::string here = fmt::format("{}.pictures[{}]", where, pictures.size());
    ASSIGN_OR_RETURN(ManifestPicture picture, read_picture(one, here, agency));
    if (!keys.insert(key_of(picture)).second)
      return wrong(here, say("\"{}\" stands twice for the same box", picture.written));
    pictures.push_back(std::move(picture));
  }
  return {};
}

Result<ManifestEdition> read_edition(const json& value, const std::string& where,
                                     std::string_view agency) {
  TRY(check_names(value, where, {"release", "published", "share", "salt", "compiled", "pictures"}));
  ManifestEdition edition;
  ASSIGN_OR_RETURN(edition.release, number_in(value, "release", where, 1, kReleaseMax));
  ASSIGN_OR_RETURN(edition.published,
                   exact_in<Instant>(value, "published", where, parse_rfc3339, seconds_text,
                                     say("is no instant: \"2027-02-25T08:00:00Z\"")));
  ASSIGN_OR_RETURN(const std::int64_t share, number_in(value, "share", where, 1, kShareWhole));
  edition.share = static_cast<int>(share);
  ASSIGN_OR_RETURN(edition.salt, text_in(value, "salt", where, kWordMax));
  ASSIGN_OR_RETURN(edition.compiled, text_in(value, "compiled", where, kCompiledBytesMax));
  TRY(read_pictures(value, where, agency, edition.pictures));
  return edition;
}

// The last edition is everyone's; one before it is for a share of the displays, chosen by a salt.
Status check_shares(const std::vector<ManifestEdition>& editions) {
  for (std::size_t i = 0; i < editions.size(); ++i) {
    const std::string where = fmt::format("editions[{}]", i);
    const bool is_last = i + 1 == editions.size();
    if (is_last != (editions[i].share == kShareWhole))
      return wrong(inside(where, "share"),
                   say("the last edition is for all displays, and it alone"));
    if (!is_last && editions[i].salt.empty()) return wrong(inside(where, "salt"), say("is empty"));
    if (!is_last && editions[i].release <= editions[i + 1].release)
      return wrong(inside(where, "release"), say("the newest edition comes first"));
  }
  return {};
}

Status read_editions(const json& root, Manifest& manifest) {
  ASSIGN_OR_RETURN(const json* const list, list_in(root, "editions", "", kEditionsMax));
  if (list->empty()) return wrong("editions", say("is empty"));
  for (const json& one : *list) {
    const std::string where = fmt::format("editions[{}]", manifest.editions.size());
    ASSIGN_OR_RETURN(ManifestEdition edition, read_edition(one, where, manifest.agency));
    manifest.editions.push_back(std::move(edition));
  }
  return check_shares(manifest.editions);
}

// Before anything else is looked at: another version's manifest may have other names.
Status check_format(const json& root) {
  const auto format = root.is_object() ? root.find("format") : root.end();
  const auto* const text =
      root.is_object() && format != root.end() ? format->get_ptr<const json::string_t*>() : nullptr;
  if (text == nullptr || !text->starts_with(kFormatFamily))
    return wrong("format", say("is not \"{}\"", kManifestFormat));
  if (*text == kManifestFormat) return {};
  return fail(ErrorKind::unavailable,
              say("the manifest has a form that this version of Noseon does not know; update "
                  "Noseon on the display"));
}

// Format 1 has none, so that whatever is asked for is unknown.
Status check_needs(const json& root) {
  const auto needs = root.find("needs");
  if (needs == root.end()) return {};  // said with the other names
  ASSIGN_OR_RETURN(const json* const list, list_in(root, "needs", "", kNeedsMax));
  for (const json& need : *list) {
    const auto* const word = need.get_ptr<const json::string_t*>();
    if (word == nullptr || word->size() > kWordMax) return wrong("needs", say("is no text"));
    return fail(ErrorKind::unavailable,
                say("the manifest needs \"{}\", which this version of Noseon does not know; update "
                    "Noseon on the display",
                    *word));
  }
  return {};
}

}  // namespace

Result<std::string> write_manifest(const Manifest& manifest) {
  ordered_json editions = ordered_json::array();
  for (const ManifestEdition& edition : manifest.editions)
    editions.push_back(edition_json(edition));
  const ordered_json root = {{"format", kManifestFormat},
                             {"needs", manifest.needs},
                             {"agency", manifest.agency},
                             {"campaign", manifest.campaign},
                             {"editions", std::move(editions)}};
  std::string text = root.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
  ASSIGN_OR_RETURN(const Manifest back, read_manifest(text));
  if (back != manifest) return wrong("{}", say("holds what cannot be written down"));
  return text;
}

Result<Manifest> read_manifest(std::string_view text) {
  const Result<json> root = parse_json(text, kLimits);
  if (!root) return fail(root.error().with_context(say("the manifest")));
  TRY(check_format(*root));
  TRY(check_needs(*root));
  TRY(check_names(*root, "", {"format", "needs", "agency", "campaign", "editions"}));
  Manifest manifest;
  ASSIGN_OR_RETURN(manifest.agency, text_in(*root, "agency", "", kWordMax));
  if (!is_agency_name(manifest.agency)) return wrong("agency", say("is no name of an agency"));
  ASSIGN_OR_RETURN(manifest.campaign, text_in(*root, "campaign", "", kWordMax));
  if (!is_id(manifest.campaign)) return wrong("campaign", say("is no id of a campaign"));
  TRY(read_editions(*root, manifest));
  return manifest;
}

}  // namespace noseon
