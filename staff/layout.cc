// `noseon layout --json`: typesetting for whoever wants to hold it against another typesetter.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/json.h"
#include "base/say.h"
#include "fonts/typeset.h"
#include "staff/commands.h"
#include "staff/json_text.h"

namespace noseon {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kLineBytesMax = 1U << 20U;
constexpr std::size_t kFontsMax = 16;
constexpr std::size_t kTypesettersMax = 16;
constexpr int kPixelsMax = 65535;
constexpr std::array kKeys = {"text",        "fonts",    "size",          "width", "height",
                              "lang",        "mode",     "balance",       "fit",   "align",
                              "line_height", "size_min", "letter_spacing"};

struct Request {
  std::vector<FontFile> fonts;
  TextBlock block;
};

template <class Value>
Failure bad_value(const char* key, const Value& wanted) {
  return fail(ErrorKind::bad_format, say("\"{}\" is not {}", key, wanted));
}

// A whole number in a range; `usual` where the key is not there, which has to be where there is
// none.
Result<int> read_number(const json& object, const char* key, int least, int most,
                        std::optional<int> usual = {}) {
  const auto entry = object.find(key);
  if (entry == object.end() && usual) return *usual;
  const std::string wanted = say("a whole number from {} to {}", least, most);
  if (entry == object.end() || !entry->is_number_integer()) return bad_value(key, wanted);
  const auto number = entry->get<std::int64_t>();
  if (number < least || number > most) return bad_value(key, wanted);
  return static_cast<int>(number);
}

Result<std::string> read_text(const json& object, const char* key,
                              std::optional<std::string> usual = {}) {
  const auto entry = object.find(key);
  if (entry == object.end() && usual) return *usual;
  if (entry == object.end() || !entry->is_string()) return bad_value(key, say("a text"));
  return entry->get<std::string>();
}

Result<bool> read_flag(const json& object, const char* key, bool usual) {
  const auto entry = object.find(key);
  if (entry == object.end()) return usual;
  if (!entry->is_boolean()) return bad_value(key, say("true or false"));
  return entry->get<bool>();
}

Result<std::vector<FontFile>> read_fonts(const json& object) {
  const auto entry = object.find("fonts");
  const std::string wanted =
      say("a list of 1 to {} fonts such as {{\"file\": \"x.ttc\", \"index\": 1}}", kFontsMax);
  if (entry == object.end() || !entry->is_array()) return bad_value("fonts", wanted);
  if (entry->empty() || entry->size() > kFontsMax) return bad_value("fonts", wanted);
  std::vector<FontFile> fonts;
  for (const json& font : *entry) {
    if (!font.is_object()) return bad_value("fonts", wanted);
    FontFile file;
    ASSIGN_OR_RETURN(file.path, read_text(font, "file"));
    ASSIGN_OR_RETURN(file.face_index, read_number(font, "index", 0, 255, 0));
    fonts.push_back(std::move(file));
  }
  return fonts;
}

// A word of a list as the value that stands beside it, the first where the key is not there.
template <class Value, std::size_t Count>
Result<Value> read_choice(const json& object, const char* key,
                          const std::array<std::pair<const char*, Value>, Count>& choices) {
  ASSIGN_OR_RETURN(const std::string word, read_text(object, key, choices[0].first));
  std::string names;
  for (const auto& [name, value] : choices) {
    if (word == name) return value;
    names += fmt::format("{}\"{}\"", names.empty() ? "" : ", ", name);
  }
  return bad_value(key, say("one of {}", names));
}

Status check_keys(const json& object) {
  for (const auto& [key, value] : object.items()) {
    if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) {
      return fail(ErrorKind::bad_format, say("there is no key \"{}\"", key));
    }
  }
  return {};
}

Status read_shape(const json& object, TextBlock& block) {
  using AlignChoice = std::pair<const char*, Align>;
  using WrapChoice = std::pair<const char*, Wrap>;
  ASSIGN_OR_RETURN(block.wrap, read_choice(object, "mode",
                                           std::array{WrapChoice{"eojeol", Wrap::eojeol},
                                                      WrapChoice{"syllable", Wrap::syllable}}));
  ASSIGN_OR_RETURN(block.align, read_choice(object, "align",
                                            std::array{AlignChoice{"start", Align::start},
                                                       AlignChoice{"left", Align::left},
                                                       AlignChoice{"center", Align::center},
                                                       AlignChoice{"right", Align::right}}));
  ASSIGN_OR_RETURN(block.balances, read_flag(object, "balance", false));
  ASSIGN_OR_RETURN(block.letter_spacing, read_number(object, "letter_spacing", -100, 1000, 0));
  const auto height = object.find("line_height");
  if (height == object.end()) return {};
  if (!height->is_number() || !(*height >= 0.5) || !(*height <= 10)) {
    return bad_value("line_height", say("a number from 0.5 to 10"));
  }
  block.line_height = height->get<double>();
  return {};
}

Status read_sizes(const json& object, TextBlock& block) {
  ASSIGN_OR_RETURN(block.size_max, read_number(object, "size", 8, 1024));
  ASSIGN_OR_RETURN(block.box.width, read_number(object, "width", 1, kPixelsMax));
  ASSIGN_OR_RETURN(block.box.height, read_number(object, "height", 1, kPixelsMax, kAnyHeight));
  ASSIGN_OR_RETURN(const bool fits, read_flag(object, "fit", false));
  ASSIGN_OR_RETURN(block.size_min,
                   read_number(object, "size_min", 8, block.size_max, fits ? 8 : block.size_max));
  if (!fits) block.size_min = block.size_max;
  return {};
}

Result<Request> read_request(const std::string& line) {
  if (line.size() > kLineBytesMax) {
    return fail(ErrorKind::too_large, say("longer than {} bytes", kLineBytesMax));
  }
  ASSIGN_OR_RETURN(const json object, parse_json(line));
  if (!object.is_object()) return fail(ErrorKind::bad_format, say("a request is an object"));
  TRY(check_keys(object));
  Request request;
  ASSIGN_OR_RETURN(request.fonts, read_fonts(object));
  ASSIGN_OR_RETURN(request.block.text, read_text(object, "text"));
  ASSIGN_OR_RETURN(request.block.language, read_text(object, "lang", "ko"));
  TRY(read_sizes(object, request.block));
  TRY(read_shape(object, request.block));
  return request;
}

double pixels(Px64 length) {
  return length / 64.0;
}

ordered_json line_json(const TextLine& line, const std::string& text) {
  ordered_json glyphs = ordered_json::array();
  for (const Glyph& glyph : line.glyphs) {
    glyphs.push_back({{"font", glyph.font},
                      {"gid", glyph.id},
                      {"cluster", glyph.cluster},
                      {"x", pixels(glyph.x)},
                      {"y", pixels(glyph.y)},
                      {"adv", pixels(glyph.advance)}});
  }
  return {{"text", text.substr(line.start, line.end - line.start)},
          {"start", line.start},
          {"end", line.end},
          {"x", pixels(line.x)},
          {"y", pixels(line.y)},
          {"w", pixels(line.width)},
          {"glyphs", std::move(glyphs)}};
}

ordered_json layout_json(const TextLayout& layout) {
  ordered_json lines = ordered_json::array();
  for (const TextLine& line : layout.lines) lines.push_back(line_json(line, layout.text));
  return {{"size", layout.size}, {"lines", std::move(lines)}, {"missing", layout.missing}};
}

// Typesetters by their fonts, so that a stream of requests opens each list of files once.
class Typesetters {
 public:
  Result<Typesetter*> of(const std::vector<FontFile>& fonts) {
    std::string key;
    for (const FontFile& font : fonts) key += fmt::format("{}#{}\n", font.path, font.face_index);
    if (const auto entry = opened_.find(key); entry != opened_.end()) return &entry->second;
    ASSIGN_OR_RETURN(Typesetter typesetter, Typesetter::open(fonts));
    if (opened_.size() == kTypesettersMax) opened_.clear();
    return &opened_.emplace(std::move(key), std::move(typesetter)).first->second;
  }

 private:
  std::map<std::string, Typesetter> opened_;
};

Result<ordered_json> answer(const std::string& line, Typesetters& typesetters) {
  ASSIGN_OR_RETURN(const Request request, read_request(line));
  ASSIGN_OR_RETURN(Typesetter * typesetter, typesetters.of(request.fonts));
  return layout_json(typesetter->lay_out(request.block));
}

// The next line of stdin, of one that is too long only as much as shows that it is; whether there
// was any.
bool read_line(std::string& line) {
  line.clear();
  int c = std::getchar();
  if (c == EOF) return false;
  for (; c != EOF && c != '\n'; c = std::getchar()) {
    if (line.size() <= kLineBytesMax) line += static_cast<char>(c);
  }
  return true;
}

}  // namespace

int run_layout(const LayoutOptions& options) {
  if (!options.json) {
    return wrong_usage({ErrorKind::bad_format, say("layout answers in JSON alone: add --json")});
  }
  Typesetters typesetters;
  int exit_code = kDone;
  std::size_t number = 0;
  for (std::string line; read_line(line);) {
    ++number;
    if (line.empty()) continue;
    const Result<ordered_json> reply = answer(line, typesetters);
    if (!reply) {
      exit_code = kRefused;
      const std::string message = say("line {}: {}", number, reply.error().message);
      fmt::print(stderr, "noseon: {}\n", message);
    }
    fmt::print("{}\n", to_text(reply ? *reply : ordered_json{{"error", reply.error().message}}));
    std::fflush(stdout);
  }
  return exit_code;
}

}  // namespace noseon
