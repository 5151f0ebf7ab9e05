// Many files from several sources: each is asked of the first source, and of the next where that
// fails or what it sends is wrong.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "fleet/pull/http.h"
#include "fleet/pull/source.h"
#include "fleet/pull/stop.h"

namespace noseon {

/// One file that is wanted.
class Wish {
 public:
  virtual ~Wish() = default;
  /// What to ask a source for; nothing where it is not to be asked for this. An error ends the
  /// wish.
  [[nodiscard]] virtual Result<std::optional<HttpRequest>> request(const Source& source) = 0;
  [[nodiscard]] virtual Status take(const HttpAnswer& answer, std::string_view bytes) = 0;
  /// All of it came: whether it is what was wanted. Else the source is passed over for this file.
  [[nodiscard]] virtual Status finish(const HttpAnswer& answer) = 0;
  /// After a failure: whether the same source may do better at once.
  [[nodiscard]] virtual bool may_ask_again() { return false; }
};

/// What it is known to have cost, and how it went.
struct FetchNotes {
  std::uint64_t metered_bytes = 0;                  ///< of bodies and heads over metered links
  std::optional<std::chrono::seconds> retry_after;  ///< the longest
  std::vector<std::string> failures;  ///< of sources, as people read them; each once, at most 20

  void add_failure(const std::string& message);
};

/// Stops asking after this; what runs goes on.
struct FetchLimits {
  std::optional<Steady> until;
  std::function<void()> on_progress;  ///< after each file
};

/// One answer for each wish, in their order. A source that gives no answer twice in a row, or asks
/// to be left alone, is not asked again in this call. disk ends all.
[[nodiscard]] std::vector<Status> fetch_all(Http& http, const std::vector<Source>& sources,
                                            const std::vector<Wish*>& wishes, const Stop& stop,
                                            const Clock& clock, FetchNotes& notes,
                                            const FetchLimits& limits = {});

}  // namespace noseon
