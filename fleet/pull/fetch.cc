#include "fleet/pull/fetch.h"

#include <algorithm>
#include <deque>

#include "base/say.h"

namespace noseon {

void FetchNotes::add_failure(const std::string& message) {
  constexpr std::size_t kFailuresMax = 20;
  const bool is_known = std::find(failures.begin(), failures.end(), message) != failures.end();
  if (!is_known && failures.size() < kFailuresMax) failures.push_back(message);
}

namespace {

class Fetching {
 public:
  Fetching(Http& http, const std::vector<Source>& sources, const std::vector<Wish*>& wishes,
           const Stop& stop, const Clock& clock, FetchNotes& notes, const FetchLimits& limits)
      : http_(http),
        sources_(sources),
        stop_(stop),
        clock_(clock),
        notes_(notes),
        limits_(limits),
        silences_(sources.size()) {
    for (Wish* wish : wishes) {
      left_.push_back({wish, states_.size(), 0});
      states_.push_back(fail(ErrorKind::network, say("not asked for yet")));
    }
  }

  std::vector<Status> run() {
    http_.run([this] { return next(); });
    return std::move(states_);
  }

 private:
  struct Turn {
    Wish* wish;
    std::size_t index;
    std::size_t source;
  };
  static constexpr int kSilencesMax = 2;

  std::optional<HttpTransfer> next() {
    while (!left_.empty() && may_go_on()) {
      Turn turn = left_.front();
      left_.pop_front();
      while (turn.source < sources_.size() && silences_[turn.source] >= kSilencesMax) ++turn.source;
      if (turn.source == sources_.size()) continue;  // its last failure stands
      Result<std::optional<HttpRequest>> request = turn.wish->request(sources_[turn.source]);
      if (!request) {
        end(turn, fail(request.error()));
      } else if (!*request) {
        ++turn.source;
        left_.push_front(turn);
      } else {
        return transfer(turn, **std::move(request));
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool may_go_on() const {
    const bool is_over = limits_.until && clock_.steady_now() >= *limits_.until;
    return !is_broken_ && !is_over && !stop_.is_asked();
  }

  HttpTransfer transfer(const Turn& turn, HttpRequest request) {
    return {std::move(request),
            [turn](const HttpAnswer& answer, std::string_view bytes) {
              return turn.wish->take(answer, bytes);
            },
            [this, turn](const HttpOutcome& outcome) { ended(turn, outcome); }};
  }

  void ended(Turn turn, const HttpOutcome& outcome) {
    const Source& source = sources_[turn.source];
    if (source.link == LinkClass::metered) notes_.metered_bytes += outcome.bytes;
    notes_.retry_after = std::max(notes_.retry_after, outcome.retry_after);
    count_silence(turn.source, outcome);
    const Status status =
        outcome.answer ? turn.wish->finish(*outcome.answer) : Status(fail(outcome.answer.error()));
    if (status || stop_.is_asked()) return end(turn, status);
    if (status.error().kind == ErrorKind::disk) {
      is_broken_ = true;
      return end(turn, status);
    }
    states_[turn.index] = status;
    notes_.add_failure(status.error().message);
    if (!turn.wish->may_ask_again()) ++turn.source;
    left_.push_front(turn);
  }

  void end(const Turn& turn, Status status) {
    states_[turn.index] = std::move(status);
    if (limits_.on_progress) limits_.on_progress();
  }

  // Whatever it answers, it is there; but who asks to be left alone is.
  void count_silence(std::size_t source, const HttpOutcome& outcome) {
    const bool is_silent = !outcome.answer && outcome.bytes == 0 &&
                           (outcome.answer.error().kind == ErrorKind::network ||
                            outcome.answer.error().kind == ErrorKind::out_of_time);
    silences_[source] = is_silent ? silences_[source] + 1 : 0;
    if (outcome.retry_after) silences_[source] = kSilencesMax;
  }

  Http& http_;
  const std::vector<Source>& sources_;
  const Stop& stop_;
  const Clock& clock_;
  FetchNotes& notes_;
  const FetchLimits& limits_;
  std::deque<Turn> left_;
  std::vector<Status> states_;
  std::vector<int> silences_;  ///< in a row, of each source
  bool is_broken_ = false;
};

}  // namespace

std::vector<Status> fetch_all(Http& http, const std::vector<Source>& sources,
                              const std::vector<Wish*>& wishes, const Stop& stop,
                              const Clock& clock, FetchNotes& notes, const FetchLimits& limits) {
  return Fetching(http, sources, wishes, stop, clock, notes, limits).run();
}

}  // namespace noseon
