#include "tests/fleet/pull/city.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/check.h"
#include "base/files.h"
#include "fleet/manifest.h"
#include "playlist/compiled.h"

namespace noseon::testing {
namespace {

constexpr std::string_view kBase = "http://repository.test/";

SystemZones& zones() {
  static SystemZones zones;
  return zones;
}

}  // namespace

std::string picture_bytes(std::uint32_t seed, std::size_t size) {
  std::string bytes(size, '\0');
  std::uint32_t state = seed * 2654435761U + 1;
  for (char& c : bytes) c = static_cast<char>((state = state * 1664525U + 1013904223U) >> 24U);
  return bytes;
}

City::City(Instant now) : repository(now) {
  repository.timestamp.issued = now;
  repository.delegate("targets", "city", {"city/*"}).is_terminating = true;
  repository.publish_role("targets");
}

void City::put_poster(const std::string& name, std::string bytes, const std::string& keys) {
  posters_[name] = {std::move(bytes), keys};
}
void City::remove_poster(const std::string& name) {
  posters_.erase(name);
}

std::string City::manifest() const {
  std::string toml = "format = \"noseon.campaign/1\"\nid = \"spring\"\ntimezone = \"Asia/Seoul\"\n";
  Manifest manifest;
  manifest.agency = "city";
  manifest.campaign = "spring";
  ManifestEdition edition;
  edition.release = release_;
  edition.published = kNoon;
  for (const auto& [name, poster] : posters_) {
    toml += fmt::format("[[item]]\nid = \"{0}\"\nposter = \"posters/{0}.png\"\nseconds = 10\n{1}\n",
                        name, poster.keys);
    ManifestPicture picture;
    picture.written = fmt::format("posters/{}.png", name);
    picture.box = picture.size = {1920, 1080};
    picture.background = Color{0x10, 0x14, 0x18};
    picture.sha256 = sha256(poster.bytes);
    picture.target = fmt::format("city/{}.{}.png", to_hex(picture.sha256).substr(0, 16), name);
    picture.bytes = poster.bytes.size();
    picture.type = "image/png";
    picture.displays = {{1920, 1080}};
    edition.pictures.push_back(std::move(picture));
  }
  if (posters_.empty()) toml += "[[item]]\nid = \"text\"\ntext = { ko = \"가\" }\n";
  const ParsedCampaign parsed = parse_campaign(toml, "campaign.toml", zones());
  CHECK(parsed.campaign.has_value() && !has_errors(parsed.findings));
  edition.compiled = write_compiled(*parsed.campaign);
  manifest.editions.push_back(std::move(edition));
  std::string json = write_manifest(manifest).value();
  if (needs.empty()) return json;
  const std::string none = "\"needs\":[]";
  const std::size_t at = json.find(none);
  CHECK(at != json.npos);
  return json.replace(at, none.size(),
                      fmt::format("\"needs\":[\"{}\"]", fmt::join(needs, "\",\"")));
}

void City::publish() {
  ++release_;
  auto& targets = repository.roles["city"].targets;
  targets.clear();
  for (const auto& [name, poster] : posters_) {
    repository.add_target(
        "city", fmt::format("city/{}.{}.png", to_hex(sha256(poster.bytes)).substr(0, 16), name),
        poster.bytes);
  }
  repository.add_target("city", "city/campaign-spring.json", manifest());
  repository.publish_role("city");
  repository.publish_snapshot();
  repository.publish_timestamp();
}

Sha256 City::hash_of(const std::string& poster) const {
  return sha256(posters_.at(poster).bytes);
}

std::string City::target_path(const std::string& poster) const {
  const std::string hash = to_hex(hash_of(poster));
  return fmt::format("targets/city/{}.{}.{}.png", hash, hash.substr(0, 16), poster);
}

void City::serve_on(FileServer& server) const {
  for (const auto& [path, bytes] : repository.files) server.put("/" + path, bytes);
}

void City::write_to(const std::filesystem::path& folder) const {
  for (const auto& [path, bytes] : repository.files) {
    std::filesystem::create_directories((folder / path).parent_path());
    std::ofstream(folder / path, std::ios::binary) << bytes;
  }
}

HttpOutcome no_connection() {
  return {.answer = fail(ErrorKind::network, "no connection")};
}

HttpOutcome send_body(const HttpTransfer& transfer, std::string_view body, std::uint64_t from) {
  HttpAnswer answer;
  answer.status = from == 0 ? 200 : 206;
  answer.from = from;
  answer.etag = "\"" + to_hex(sha256(body)).substr(0, 8) + "\"";
  if (!transfer.request.etag.empty() && transfer.request.etag == answer.etag) {
    answer.status = 304;
    return {.answer = answer, .bytes = 200};
  }
  std::uint64_t bytes = 300;
  if (body.size() > transfer.request.bytes_max) {
    return {.answer = fail(ErrorKind::too_large, "too large"), .bytes = bytes};
  }
  // In pieces, as from a network.
  while (!body.empty()) {
    const auto piece = body.substr(0, 10'000);
    bytes += piece.size();
    if (const Status status = transfer.sink(answer, piece); !status) {
      return {.answer = fail(status.error()), .bytes = bytes};
    }
    body.remove_prefix(piece.size());
  }
  return {.answer = answer, .bytes = bytes};
}

void FakeHttp::run(const std::function<std::optional<HttpTransfer>()>& next) {
  while (const auto transfer = next()) {
    std::string path = transfer->request.url;
    if (path.starts_with(kBase)) path.erase(0, kBase.size());
    asked.push_back(path);
    asked_from.push_back(transfer->request.from);
    auto outcome = before ? before(*transfer) : std::nullopt;
    transfer->done(outcome ? *std::move(outcome) : answer(*transfer));
  }
}

HttpOutcome FakeHttp::answer(const HttpTransfer& transfer) {
  std::string path = transfer.request.url;
  path.erase(0, path.find('/', std::string_view("http://").size()) + 1);
  const auto file = repository_.serve(path);
  if (!file) return {.answer = fail(ErrorKind::not_found, path + ": not found"), .bytes = 300};
  const std::uint64_t from = transfer.request.from;
  return send_body(transfer, std::string_view(*file).substr(std::min(from, file->size())), from);
}

PullRig::PullRig(Http& http, std::string trusted_root, std::vector<Source> from,
                 std::optional<std::uint64_t> a_day)
    : sources(std::move(from)), budget_a_day(a_day), http_(http), root_(std::move(trusted_root)) {
  display.id = DisplayId("bus-1-front");
  display.zone = zones_.find("Asia/Seoul").value();
  restart();
}

void PullRig::restart() {
  updater.reset();
  store.reset();
  store = std::make_unique<Store>(Store::open(folder / "store").value());
  kept = std::make_unique<KeptMetadata>(folder / "store");
  CHECK(kept->prepare().has_value());
  budget = std::make_unique<DayBudget>(folder / "store" / "budget.json", budget_a_day);
  updater =
      std::make_unique<Updater>(Updater::Parts{.http = http_,
                                               .store = *store,
                                               .kept = *kept,
                                               .sources = sources,
                                               .trusted_root = root_,
                                               .display = display,
                                               .zones = zones_,
                                               .budget = *budget,
                                               .stop = stop,
                                               .clock = clock,
                                               .limits = limits,
                                               .disk_free = [this] { return free_now(); },
                                               .journal_room = [this] { return journal_room; },
                                               .build_time = kNoon - std::chrono::days{30}});
}

std::uint64_t PullRig::free_now() const {
  if (!disk_fills) return disk_free;
  return disk_free - std::min(disk_free, store->bytes_used().value());
}

PassReport PullRig::pass(Depth depth, const std::set<Sha256>& broken) {
  return updater->pass(depth, broken,
                       [this](const Missing& missing) { progress.push_back(missing); });
}

bool PullRig::has(const std::string& bytes) const {
  return store->reader().read_blob({sha256(bytes), bytes.size()}).has_value();
}

std::optional<std::uint64_t> PullRig::current() const {
  const auto number = store->reader().number_of(Which::current);
  return number ? std::optional(*number) : std::nullopt;
}
std::optional<std::uint64_t> PullRig::previous() const {
  const auto number = store->reader().number_of(Which::previous);
  return number ? std::optional(*number) : std::nullopt;
}

std::vector<std::string> PullRig::wrong_blobs() const {
  std::vector<std::string> wrong;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(folder / "store" / "blobs")) {
    if (!entry.is_regular_file()) continue;
    const std::string name = entry.path().filename().string();
    const auto bytes = read_file(entry.path(), 1U << 28U);
    if (!bytes || to_hex(sha256(*bytes)) != name) wrong.push_back(name);
  }
  return wrong;
}

}  // namespace noseon::testing
