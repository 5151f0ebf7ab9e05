// Staff of a city for a month: a real repository (fleet/publish) with agencies that publish, try
// out, roll back and withdraw campaigns, and a control centre with urgent news. And the truth about
// it, kept beside: what each release was to play, on which display.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/zone.h"
#include "fleet/publish/releases.h"
#include "fleet/publish/repository.h"

namespace noseon::month {

using Minutes = std::chrono::minutes;

/// When an item may be shown, as plain numbers: an oracle of its own for what the schedule does.
struct PlainWindow {
  std::optional<Instant> from;        ///< the first instant, of days in Seoul
  std::optional<Instant> until;       ///< the first one after
  std::optional<Minutes> day_begins;  ///< of each day in Seoul
  std::optional<Minutes> day_ends;    ///<
  /// Throughout [from, until].
  [[nodiscard]] bool contains(Instant now) const;
};

struct PlainItem {
  std::string id;
  Sha256 picture{};
  PlainWindow window;
  int weight = 1;
  bool is_urgent = false;
};

/// A campaign as it is written.
struct Draft {
  std::vector<PlainItem> items;
  std::map<std::string, std::string> pictures;  ///< bytes by item
};

/// One release of the repository.
struct Release {
  std::int64_t version = 0;  ///< of timestamp.json
  Instant signed_at;
  Instant expires;                          ///< of timestamp.json
  std::map<std::string, Sha256> manifests;  ///< of live campaigns, by target path
};

class Publisher {
 public:
  /// A repository in `folder`, signed by keys of its own. Who has other keys is another operator.
  Publisher(std::filesystem::path folder, std::uint64_t seed, Instant now);

  [[nodiscard]] const std::string& trusted_root() const { return trusted_root_; }

  /// `share`: of ten thousand displays; the rest keep what is live.
  void publish(const std::string& agency, const std::string& campaign, const Draft& draft,
               Instant now, int share = kShareWhole);
  /// What is live on every display becomes what the newest edition is.
  void finish_trial(const std::string& agency, const std::string& campaign, Instant now);
  /// To the kept release before the live one; false where there is none.
  bool roll_back(const std::string& agency, const std::string& campaign, Instant now);
  void withdraw(const std::string& agency, const std::string& campaign, Instant now);
  void sign_again(Instant now);
  /// The online keys are replaced, by a root that the old keys vouch for.
  void replace_online_keys(Instant now);

  /// A file as a web server has it.
  [[nodiscard]] std::optional<std::string> file(const std::string& path) const;
  /// "metadata/timestamp.json" as it was then: of a mirror that is behind, or a stick.
  [[nodiscard]] std::string timestamp_at(Instant at) const;
  [[nodiscard]] const std::vector<std::string>& timestamps() const { return timestamps_; }

  [[nodiscard]] const Release& latest() const { return releases_.rbegin()->second; }
  [[nodiscard]] const Release* release(std::int64_t version) const;
  [[nodiscard]] std::size_t releases() const { return releases_.size(); }
  [[nodiscard]] bool is_live(const std::string& agency, const std::string& campaign) const {
    return latest().manifests.contains(manifest_target(agency, campaign));
  }
  /// What a manifest shows on a display.
  [[nodiscard]] const std::vector<PlainItem>& items_of(const Sha256& manifest,
                                                       const DisplayId& display) const;

 private:
  [[nodiscard]] RepositoryEditor edit(Instant now) const;
  [[nodiscard]] OnlineSigners online() const { return {{snapshot_}, {timestamp_}}; }
  void change(const std::string& agency, const AgencyChange& change, RepositoryEditor& editor,
              Instant now);
  void commit(RepositoryEditor& editor, Instant now);
  [[nodiscard]] std::optional<Manifest> live(const std::string& agency,
                                             const std::string& campaign) const;
  [[nodiscard]] std::string compiled_of(const std::string& campaign, const Draft& draft);
  [[nodiscard]] std::int64_t next_release(const std::string& agency, const std::string& campaign,
                                          const RepositoryEditor& editor) const;

  std::filesystem::path folder_;
  std::uint64_t seed_;
  SigningKey root_, targets_, snapshot_, timestamp_;
  std::map<std::string, SigningKey> agencies_;
  std::string trusted_root_;
  RootMetadata root_metadata_;
  SystemZones zones_;
  std::map<std::int64_t, Release> releases_;
  std::vector<std::pair<Instant, std::size_t>> signed_;  // index into timestamps_
  std::vector<std::string> timestamps_;
  std::map<Sha256, Manifest> manifests_;
  std::map<std::string, std::vector<PlainItem>> items_;  // by compiled campaign
};

/// The first instant of a day in Seoul, counted from 1970.
[[nodiscard]] Instant seoul_day(std::int64_t days);

}  // namespace noseon::month
