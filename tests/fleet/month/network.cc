#include "tests/fleet/month/network.h"

#include <algorithm>

namespace noseon::month {
namespace {

constexpr std::string_view kMirror = "http://mirror.test/";
constexpr std::string_view kOrigin = "http://origin.test/";
constexpr std::string_view kStick = "file:///media/stick/";
constexpr std::string_view kPortal = "<!doctype html><title>Free Wi-Fi</title>Sign in to go on";
constexpr std::string_view kTimestamp = "metadata/timestamp.json";
constexpr std::chrono::hours kBehind{3};

std::string etag_of(std::string_view body) {
  return '"' + to_hex(sha256(body)).substr(0, 8) + '"';
}

HttpOutcome silence() {
  return {.answer = fail(ErrorKind::network, "no connection")};
}

HttpOutcome absent(const std::string& path) {
  return {.answer = fail(ErrorKind::not_found, path + ": not found"), .bytes = 300};
}

}  // namespace

std::vector<Source> sources_of_a_bus() {
  return parse_sources({std::string(kMirror), std::string(kOrigin), std::string(kStick)}, {})
      .value();
}

void Link::run(const std::function<std::optional<HttpTransfer>()>& next) {
  left_ = 2'000 + random_() % 6'000;
  while (const auto transfer = next()) {
    HttpOutcome outcome = answer(*transfer);
    wire_bytes_ += outcome.bytes;
    if (!outcome.answer) ++failures_;
    transfer->done(std::move(outcome));
  }
}

std::optional<std::string> Link::served(const std::string& path, Instant as_of) const {
  if (path == kTimestamp) return servers_.publisher.timestamp_at(as_of);
  return servers_.publisher.file(path);
}

HttpOutcome Link::answer(const HttpTransfer& transfer) {
  const std::string& url = transfer.request.url;
  if (url.starts_with(kStick)) {
    if (!stick) return {.answer = fail(ErrorKind::not_found, url + ": no stick"), .bytes = 0};
    const std::string path = url.substr(kStick.size());
    auto body = served(path, *stick);
    return body ? over_the_air(transfer, *std::move(body), true) : absent(path);
  }
  const bool is_mirror = url.starts_with(kMirror);
  const std::string path = url.substr((is_mirror ? kMirror : kOrigin).size());
  if (weather == Weather::down) return silence();
  if (weather == Weather::captive) return send(transfer, kPortal);
  if (is_mirror && mirror_ == Mirror::malicious && random_() % 2 == 0) {
    ++harms_;
    return harm(transfer, path);
  }
  const bool is_behind = is_mirror && mirror_ == Mirror::behind;
  auto body = served(path, is_behind ? servers_.now - kBehind : servers_.now);
  return body ? over_the_air(transfer, *std::move(body), false) : absent(path);
}

HttpOutcome Link::over_the_air(const HttpTransfer& transfer, std::string body, bool is_stick) {
  if (!is_stick && weather == Weather::corrupt && !body.empty() && random_() % 4 == 0)
    body[random_() % body.size()] ^= static_cast<char>(1U << random_() % 8);
  const std::uint64_t from = std::min<std::uint64_t>(transfer.request.from, body.size());
  const std::string_view rest = std::string_view(body).substr(from);
  if (is_stick || weather != Weather::slow) return send(transfer, rest);
  const std::uint64_t cut_at = left_;
  left_ -= std::min<std::uint64_t>(left_, rest.size());
  return send(transfer, rest, cut_at);
}

// As a server would send it, to go on from where it was asked to.
HttpOutcome Link::send(const HttpTransfer& transfer, std::string_view body, std::uint64_t cut_at) {
  const HttpRequest& request = transfer.request;
  HttpAnswer answer{
      .status = request.from == 0 ? 200 : 206, .etag = etag_of(body), .from = request.from};
  if (!request.etag.empty() && request.etag == answer.etag) {
    answer.status = 304;
    return {.answer = answer, .bytes = 200};
  }
  std::uint64_t bytes = 300;
  if (body.size() > request.bytes_max)
    return {.answer = fail(ErrorKind::too_large, "too large"), .bytes = bytes};
  const bool is_cut = body.size() > cut_at;
  body = body.substr(0, std::min<std::uint64_t>(body.size(), cut_at));
  for (; !body.empty(); body.remove_prefix(std::min<std::size_t>(body.size(), 1'000))) {
    const std::string_view piece = body.substr(0, 1'000);
    bytes += piece.size();
    if (const Status taken = transfer.sink(answer, piece); !taken)
      return {.answer = fail(taken.error()), .bytes = bytes};
  }
  if (is_cut) return {.answer = fail(ErrorKind::network, "cut"), .bytes = bytes};
  return {.answer = answer, .bytes = bytes};
}

HttpOutcome Link::harm(const HttpTransfer& transfer, const std::string& path) {
  const auto& old = servers_.publisher.timestamps();
  std::string body = served(path, servers_.now).value_or("");
  switch (random_() % 9) {
    case 0:  // an older release, signed as it was
      return send(transfer, path == kTimestamp ? old[random_() % old.size()] : body);
    case 1:  // the attacker's own, with his keys
      body = servers_.attacker.file(path).value_or(servers_.attacker.timestamp_at(servers_.now));
      return send(transfer, body);
    case 2:  // one byte
      if (!body.empty()) body[random_() % body.size()] ^= 1;
      return send(transfer, body);
    case 3:  // cut short, and said to be whole
      return send(transfer, std::string_view(body).substr(0, body.size() / 2));
    case 4:  // something after the end
      return send(transfer, body + "and more");
    case 5:
      return send(transfer, "");
    case 6:  // other bytes of the same length, whatever part was asked for
      return send(transfer, std::string(body.size() - std::min<std::uint64_t>(transfer.request.from,
                                                                              body.size()),
                                        'x'));
    case 7:  // a file that is right, elsewhere
      return send(transfer, old[random_() % old.size()]);
    default:
      return absent(path);
  }
}

}  // namespace noseon::month
