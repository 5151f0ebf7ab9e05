// The vocabulary of these tests: a city's repository with one campaign, and a display that pulls
// it.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.h"
#include "fleet/pull/update.h"
#include "tests/fleet/pull/loopback_server.h"
#include "tests/support/repository_simulator.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {

inline const Instant kNoon = *parse_rfc3339("2027-02-25T12:00:00Z");

/// Bytes like a picture's, which do not compress; others for another seed.
[[nodiscard]] std::string picture_bytes(std::uint32_t seed, std::size_t size);

/// The agency "city" with the campaign "spring", whose items are its posters in turn, 10 s each.
class City {
 public:
  explicit City(Instant now = kNoon);

  /// `keys`: further keys of the item, as `from = 2027-03-01`.
  void put_poster(const std::string& name, std::string bytes, const std::string& keys = "");
  void remove_poster(const std::string& name);
  /// Features that a display must have.
  std::vector<std::string> needs;
  /// Signs and serves all of it.
  void publish();

  RepositorySimulator repository;
  [[nodiscard]] Sha256 hash_of(const std::string& poster) const;
  [[nodiscard]] std::string target_path(const std::string& poster) const;  ///< "targets/city/..."
  /// As a server has it: "/metadata/timestamp.json".
  void serve_on(FileServer& server) const;
  void write_to(const std::filesystem::path& folder) const;

 private:
  struct Poster {
    std::string bytes;
    std::string keys;
  };
  [[nodiscard]] std::string manifest() const;

  std::map<std::string, Poster> posters_;
  std::int64_t release_ = 0;
};

/// Http from memory, one after the other; a test may change what is said.
class FakeHttp final : public Http {
 public:
  explicit FakeHttp(RepositorySimulator& repository) : repository_(repository) {}

  void run(const std::function<std::optional<HttpTransfer>()>& next) override;
  [[nodiscard]] std::uint64_t wire_bytes() const override { return 0; }

  /// Asked first, with the URL; an answer ends it. Nothing: the repository answers.
  std::function<std::optional<HttpOutcome>(const HttpTransfer&)> before;
  /// What is asked for, without the source's base: "metadata/timestamp.json".
  std::vector<std::string> asked;
  std::vector<std::uint64_t> asked_from;

 private:
  HttpOutcome answer(const HttpTransfer& transfer);
  RepositorySimulator& repository_;
};

[[nodiscard]] HttpOutcome no_connection();
/// A whole body through the sink, as a server would send it.
HttpOutcome send_body(const HttpTransfer& transfer, std::string_view body, std::uint64_t from = 0);

/// A display with a store of its own.
class PullRig {
 public:
  PullRig(Http& http, std::string trusted_root, std::vector<Source> sources,
          std::optional<std::uint64_t> budget = std::nullopt);

  [[nodiscard]] PassReport pass(Depth depth = Depth::full, const std::set<Sha256>& broken = {});
  /// As after a restart: all that is not on the disk is forgotten.
  void restart();

  [[nodiscard]] bool has(const std::string& bytes) const;
  [[nodiscard]] std::optional<std::uint64_t> current() const;
  [[nodiscard]] std::optional<std::uint64_t> previous() const;
  /// Every file under blobs/ whose name is not its hash. None, ever.
  [[nodiscard]] std::vector<std::string> wrong_blobs() const;

  TemporaryFolder folder;
  FakeClock clock{kNoon};
  Stop stop;
  UpdateLimits limits;
  std::uint64_t disk_free = 10'000'000'000;
  std::uint64_t journal_room = 0;
  /// Each byte of the store takes one of disk_free, as on a real disk.
  bool disk_fills = false;
  Display display;
  std::vector<Source> sources;
  std::optional<std::uint64_t> budget_a_day;
  std::vector<Missing> progress;
  std::unique_ptr<Store> store;
  std::unique_ptr<DayBudget> budget;
  std::unique_ptr<KeptMetadata> kept;
  std::unique_ptr<Updater> updater;

 private:
  [[nodiscard]] std::uint64_t free_now() const;

  Http& http_;
  std::string root_;
  SystemZones zones_;
};

}  // namespace noseon::testing
