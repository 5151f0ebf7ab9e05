// A client of a simulated repository, and the words of these tests.
#pragma once

#include <gmock/gmock.h>

#include <memory>
#include <ostream>
#include <string>

#include "tests/support/repository_simulator.h"
#include "tests/support/small_updater.h"

namespace noseon {

inline constexpr Instant kNow =
    std::chrono::sys_days{std::chrono::year{2027} / 2 / 25} + std::chrono::hours{12};

/// EXPECT_THAT(client.refresh(), FailsWith(ErrorKind::rollback));
MATCHER_P(FailsWith, kind, "fails with kind " + std::to_string(static_cast<int>(kind))) {
  if (arg) {
    *result_listener << "was fine";
    return false;
  }
  *result_listener << "kind " << static_cast<int>(arg.error().kind) << ": " << arg.error().message;
  return arg.error().kind == kind;
}

MATCHER(Succeeds, "succeeds") {
  if (!arg) *result_listener << arg.error().message;
  return static_cast<bool>(arg);
}

class Client {
 public:
  explicit Client(RepositorySimulator& repository)
      : repository_(repository), kept{{"root.json", repository.first_root()}} {}

  [[nodiscard]] Status refresh(Instant now = kNow) {
    updater_ = std::make_unique<SmallUpdater>(
        kept, [this](const std::string& name, std::uint64_t most) { return fetch(name, most); },
        [this](const std::string& name, std::string_view bytes) -> Status {
          kept[name] = std::string(bytes);
          return {};
        });
    return updater_->refresh(now);
  }

  /// After a refresh.
  [[nodiscard]] Result<std::optional<FoundTarget>> find(std::string_view target) {
    return updater_->find(target);
  }
  /// Who signed for it, in the end: "-" for nobody.
  std::string owner_of(std::string_view target) {
    const auto found = find(target);
    if (!found) return found.error().message;
    return *found ? (*found)->role : "-";
  }

  /// Of what is kept; 0 where there is none.
  std::int64_t version(const std::string& role) const {
    const auto file = kept.find(role + ".json");
    if (file == kept.end()) return 0;
    if (role == "root") return parse_root(file->second)->content.head.version;
    if (role == "timestamp") return parse_timestamp(file->second)->content.head.version;
    if (role == "snapshot") return parse_snapshot(file->second)->content.head.version;
    return parse_targets(file->second)->content.head.version;
  }

 private:
  [[nodiscard]] Result<std::string> fetch(const std::string& name, std::uint64_t bytes_max) {
    auto served = repository_.serve("metadata/" + name);
    if (!served) return fail(ErrorKind::not_found, name + " is not there");
    if (served->size() > bytes_max) return fail(ErrorKind::too_large, name + " is too large");
    return *std::move(served);
  }

  RepositorySimulator& repository_;
  std::unique_ptr<SmallUpdater> updater_;

 public:
  KeptFiles kept;
};

}  // namespace noseon
