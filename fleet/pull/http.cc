#include "fleet/pull/http.h"

#include <algorithm>
#include <utility>

#include "base/say.h"

namespace noseon {

HttpOutcome Http::get(const HttpRequest& request, const HttpSink& sink) {
  HttpOutcome outcome{fail(ErrorKind::network, say("{}: stopped", shown_url(request.url)))};
  std::optional<HttpTransfer> only{
      {request, sink, [&](HttpOutcome ended) { outcome = std::move(ended); }}};
  run([&] { return std::exchange(only, std::nullopt); });
  return outcome;
}

std::string shown_url(std::string_view url) {
  std::string shown(url.substr(0, std::min(url.find_first_of("?#"), url.size())));
  const std::size_t scheme = shown.find("://");
  if (scheme == shown.npos) return shown;
  const std::size_t host = scheme + 3;
  const std::size_t path = std::min(shown.find('/', host), shown.size());
  const std::size_t at = shown.rfind('@', path);
  if (at != shown.npos && at >= host) shown.erase(host, at + 1 - host);
  return shown;
}

}  // namespace noseon
