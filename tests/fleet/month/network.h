// The way between a display and the repository, as it is on the road: it drops, it crawls, it
// stands behind a captive portal; and of the places that serve the repository one is behind, one is
// a stick in a pocket, one means harm.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "fleet/pull/http.h"
#include "fleet/pull/source.h"
#include "tests/fleet/month/publisher.h"

namespace noseon::month {

enum class Weather {
  clear,
  down,     ///< nothing comes
  slow,     ///< a few kilobytes, then it is cut
  captive,  ///< every address answers with a page to sign in at
  corrupt,  ///< a byte of what comes is another one, now and then
};

/// What the first source of a display is; the origin is the second, a stick the third.
enum class Mirror {
  honest,     ///< as the origin
  behind,     ///< three hours
  malicious,  ///< whatever it can think of
};

struct Servers {
  const Publisher& publisher;
  const Publisher& attacker;  ///< with keys of his own
  Instant now;                ///< true time
};

/// Mirror, origin, stick.
[[nodiscard]] std::vector<Source> sources_of_a_bus();

class Link final : public Http {
 public:
  /// Both must outlive it.
  Link(const Servers& servers, std::mt19937_64& random, Mirror mirror)
      : servers_(servers), random_(random), mirror_(mirror) {}

  void run(const std::function<std::optional<HttpTransfer>()>& next) override;
  [[nodiscard]] std::uint64_t wire_bytes() const override { return wire_bytes_; }

  Weather weather = Weather::clear;
  std::optional<Instant> stick{};  ///< when the one that is plugged in was written
  void set_mirror(Mirror mirror) { mirror_ = mirror; }
  [[nodiscard]] Mirror mirror() const { return mirror_; }
  /// How often each kind of harm was done, by what it is called.
  [[nodiscard]] std::uint64_t harms() const { return harms_; }
  [[nodiscard]] std::uint64_t failures() const { return failures_; }

 private:
  [[nodiscard]] HttpOutcome answer(const HttpTransfer& transfer);
  [[nodiscard]] HttpOutcome over_the_air(const HttpTransfer& transfer, std::string body,
                                         bool is_stick);
  [[nodiscard]] std::optional<std::string> served(const std::string& path, Instant as_of) const;
  [[nodiscard]] HttpOutcome harm(const HttpTransfer& transfer, const std::string& path);
  [[nodiscard]] HttpOutcome send(const HttpTransfer& transfer, std::string_view body,
                                 std::uint64_t cut_at = UINT64_MAX);

  const Servers& servers_;
  std::mt19937_64& random_;
  Mirror mirror_;
  std::uint64_t left_ = 0;  // bytes until a slow link is cut
  std::uint64_t wire_bytes_ = 0;
  std::uint64_t harms_ = 0;
  std::uint64_t failures_ = 0;
};

}  // namespace noseon::month
