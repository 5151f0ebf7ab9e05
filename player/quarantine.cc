#include "player/quarantine.h"

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/json.h"
#include "base/unicode.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kFormat = "noseon.quarantine/1";
constexpr std::size_t kFileBytesMax = 1U << 20U;
constexpr std::size_t kReasonMax = 300;

}  // namespace

Quarantine::Quarantine(const fs::path& state, const fs::path& run)
    : file_(state / "quarantine.json"), wanted_(run / "wanted") {
  read();
}

// It is our own, but it may rot: what does not read as it was written is left out.
void Quarantine::read() {
  const Result<std::string> text = read_file(file_, kFileBytesMax);
  if (!text) return;
  const Result<json> all = parse_json(*text, {kFileBytesMax, 4});
  if (!all || !all->is_object() || !all->contains("blobs") || !(*all)["blobs"].is_array()) return;
  for (const json& blob : (*all)["blobs"]) {
    if (bad_.size() == kBlobsMax || !blob.is_object()) return;
    const auto hash = blob.find("sha256");
    const auto bytes = blob.find("bytes");
    if (hash == blob.end() || !hash->is_string() || bytes == blob.end() ||
        !bytes->is_number_unsigned())
      continue;
    const auto sha256 = sha256_from_hex(hash->get<std::string>());
    if (!sha256) continue;
    const auto word = [&](const char* name) {
      const auto found = blob.find(name);
      return found == blob.end() || !found->is_string() ? std::string() : found->get<std::string>();
    };
    bad_[*sha256] = {bytes->get<std::uint64_t>(), word("reason"), word("since")};
  }
}

bool Quarantine::contains(const Sha256& sha256) const {
  return bad_.contains(sha256);
}

bool Quarantine::add(const DamagedBlob& blob, Instant now) {
  if (bad_.contains(blob.expected.sha256) || bad_.size() == kBlobsMax) return false;
  bad_[blob.expected.sha256] = {blob.expected.bytes, blob.reason.substr(0, kReasonMax),
                                to_rfc3339(now, std::chrono::seconds{0})};
  return true;
}

bool Quarantine::keep_only(const std::set<Sha256>& needed) {
  return std::erase_if(bad_, [&](const auto& each) {
           if (needed.contains(each.first)) return false;
           withdraw(each.first);
           return true;
         }) > 0;
}

void Quarantine::withdraw(const Sha256& sha256) const {
  std::error_code ignored;
  fs::remove(wanted_ / to_hex(sha256), ignored);
}

std::size_t Quarantine::recheck(const StoreReader& store) {
  return std::erase_if(bad_, [&](const auto& each) {
    const auto& [sha256, bad] = each;
    if (!store.read_blob({sha256, bad.bytes})) return false;
    withdraw(sha256);
    return true;
  });
}

Status Quarantine::ask() const {
  if (bad_.empty()) return {};
  std::error_code ignored;
  fs::create_directories(wanted_, ignored);  // where it cannot be, the first file says why
  for (const auto& [sha256, bad] : bad_) TRY(create_empty_file(wanted_ / to_hex(sha256)));
  return {};
}

Status Quarantine::write() const {
  json blobs = json::array();
  for (const auto& [sha256, bad] : bad_) {
    blobs.push_back({{"sha256", to_hex(sha256)},
                     {"bytes", bad.bytes},
                     {"reason", repair_utf8(bad.reason)},
                     {"since", bad.since}});
  }
  TRY(make_folders(file_.parent_path()));
  return write_file(file_, json{{"format", kFormat}, {"blobs", std::move(blobs)}}.dump(2) + "\n");
}

}  // namespace noseon
