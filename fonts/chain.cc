#include "fonts/chain.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <cstdint>
#include <limits>
#include <optional>

#include "base/files.h"
#include "base/sha256.h"

namespace noseon {
namespace {

constexpr std::uint64_t font_bytes_max = 64u << 20;

Failure bad_chain(const toml::node& where, std::string_view what) {
  return fail(ErrorKind::bad_format,
              fmt::format("fonts.toml: line {}: {}", where.source().begin.line, what));
}

Result<std::string> read_word(const toml::table& font, std::string_view key) {
  const std::optional<std::string> word = font[key].value_exact<std::string>();
  if (!word || word->empty()) return bad_chain(font, fmt::format("{} is not given", key));
  return *word;
}

/// The value whose name stands under `key`.
template <class Value, std::size_t Count>
Result<Value> read_choice(const toml::table& font, std::string_view key,
                          const std::pair<std::string_view, Value> (&choices)[Count]) {
  ASSIGN_OR_RETURN(const std::string word, read_word(font, key));
  for (const auto& [name, value] : choices) {
    if (name == word) return value;
  }
  return bad_chain(font, fmt::format("{} cannot be \"{}\"", key, word));
}

constexpr std::pair<std::string_view, Family> families[] = {{"sans", Family::sans},
                                                            {"serif", Family::serif}};
constexpr std::pair<std::string_view, Weight> weights[] = {{"regular", Weight::regular},
                                                           {"bold", Weight::bold}};
constexpr std::pair<std::string_view, FontRole> roles[] = {{"latin", FontRole::latin},
                                                           {"hangul", FontRole::hangul},
                                                           {"arabic", FontRole::arabic},
                                                           {"emoji", FontRole::emoji}};

Result<int> read_face_index(const toml::table& font) {
  const std::optional<std::int64_t> index = font["face_index"].value_exact<std::int64_t>();
  if (!index || *index < 0 || *index > 255) {
    return bad_chain(font, "face_index is not a number from 0 to 255");
  }
  return static_cast<int>(*index);
}

Result<ChainFont> read_font(const toml::table& table) {
  ChainFont font;
  if (table.contains("family")) {
    ASSIGN_OR_RETURN(font.family, read_choice(table, "family", families));
  }
  if (table.contains("weight")) {
    ASSIGN_OR_RETURN(font.weight, read_choice(table, "weight", weights));
  }
  ASSIGN_OR_RETURN(font.role, read_choice(table, "role", roles));
  ASSIGN_OR_RETURN(font.file.path, read_word(table, "path"));
  ASSIGN_OR_RETURN(font.file.face_index, read_face_index(table));
  ASSIGN_OR_RETURN(font.file.package, read_word(table, "package"));
  ASSIGN_OR_RETURN(font.version, read_word(table, "version"));
  ASSIGN_OR_RETURN(font.sha256, read_word(table, "sha256"));
  ASSIGN_OR_RETURN(font.licence, read_word(table, "licence"));
  return font;
}

/// Every family and weight has one font of each role, no more and no less.
Status check_complete(const std::vector<ChainFont>& chain) {
  for (const auto& [family_name, family] : families) {
    for (const auto& [weight_name, weight] : weights) {
      for (const auto& [role_name, role] : roles) {
        int count = 0;
        for (const ChainFont& font : chain) {
          count += font.is_of(family, weight) && font.role == role;
        }
        if (count != 1) {
          return fail(ErrorKind::bad_format,
                      fmt::format("fonts.toml: {} fonts are {} {} {}, not 1", count, family_name,
                                  weight_name, role_name));
        }
      }
    }
  }
  return {};
}

Result<toml::table> parse_toml(std::string_view text) {
  try {
    return toml::parse(text, std::string_view("fonts.toml"));
  } catch (const toml::parse_error& error) {
    return fail(ErrorKind::bad_format,
                fmt::format("fonts.toml: line {}: {}", error.source().begin.line,
                            std::string_view(error.description())));
  }
}

}  // namespace

Result<std::vector<ChainFont>> parse_chain(std::string_view toml_text) {
  ASSIGN_OR_RETURN(const toml::table document, parse_toml(toml_text));
  std::vector<ChainFont> chain;
  if (const toml::array* fonts = document["font"].as_array()) {
    for (const toml::node& node : *fonts) {
      const toml::table* table = node.as_table();
      if (table == nullptr) return bad_chain(node, "a font is a table");
      ASSIGN_OR_RETURN(ChainFont font, read_font(*table));
      chain.push_back(std::move(font));
    }
  }
  TRY(check_complete(chain));
  return chain;
}

Result<std::vector<ChainFont>> shipped_chain() {
  return parse_chain(fonts_toml);
}

Result<bool> is_the_shipped_file(const ChainFont& font) {
  ASSIGN_OR_RETURN(const std::string bytes, read_file(font.file.path, font_bytes_max));
  return to_hex(sha256(bytes)) == font.sha256;
}

}  // namespace noseon
