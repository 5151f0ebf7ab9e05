#include "fleet/store/names.h"

#include <fmt/format.h>

#include <charconv>

namespace noseon {
namespace {

constexpr std::string_view kPartEnding = ".part";

}  // namespace

std::string unswapped_name(std::string_view link) {
  return fmt::format(".{}.new", link);
}

std::string generation_name(std::uint64_t number) {
  return fmt::format("{:06}", number);
}

std::optional<std::uint64_t> generation_number(std::string_view name) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || number == 0 || number > kGenerationNumberMax) return std::nullopt;
  if (generation_name(number) != name) return std::nullopt;
  return number;
}

std::string blob_folder_name(const Sha256& sha256) {
  return to_hex(sha256).substr(0, 2);
}

std::string part_name(const Sha256& sha256) {
  return to_hex(sha256) + std::string(kPartEnding);
}

std::optional<Sha256> part_hash(std::string_view name) {
  if (!name.ends_with(kPartEnding)) return std::nullopt;
  return sha256_from_hex(name.substr(0, name.size() - kPartEnding.size()));
}

}  // namespace noseon
