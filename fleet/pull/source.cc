#include "fleet/pull/source.h"

#include <algorithm>

#include "base/say.h"
#include "fleet/pull/http.h"
#include "fleet/trust/metadata.h"

namespace noseon {
namespace {

constexpr std::size_t kUrlBytesMax = 2000;

bool has_scheme(std::string_view url, std::string_view scheme) {
  return url.starts_with(scheme) && url.size() > scheme.size();
}

// encode_role_name() leaves what RFC 3986 calls unreserved, as URLs do.
std::string encoded_path(std::string_view path) {
  std::string encoded;
  for (std::size_t at = 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    encoded += (at == 0 ? "" : "/") + encode_role_name(path.substr(at, end - at));
    at = end + 1;
  }
  return encoded;
}

}  // namespace

std::string Source::metadata_url(std::string_view file) const {
  return url + "/metadata/" + encode_role_name(file);
}

std::string Source::target_url(std::string_view path, const Sha256& sha256) const {
  const std::size_t name = path.rfind('/') + 1;  // 0 where there is no '/'
  return url + "/targets/" +
         encoded_path(std::string(path.substr(0, name)) + to_hex(sha256) + "." +
                      std::string(path.substr(name)));
}

Result<std::vector<Source>> parse_sources(const std::vector<std::string>& urls,
                                          const std::vector<std::string>& free) {
  std::vector<Source> sources;
  for (std::string url : urls) {
    const bool is_url =
        has_scheme(url, "https://") || has_scheme(url, "http://") || has_scheme(url, "file:///");
    const bool is_plain = url.size() <= kUrlBytesMax && url.find_first_of("?# \t\r\n") == url.npos;
    if (!is_url || !is_plain) {
      return fail(ErrorKind::bad_format,
                  say("source \"{}\": write the base of a repository, as https://host/path, "
                      "http://host/path or file:///folder",
                      shown_url(url)));
    }
    while (url.ends_with('/')) url.pop_back();
    const bool is_free = url.starts_with("file://") ||
                         std::any_of(free.begin(), free.end(), [&](const auto& prefix) {
                           return !prefix.empty() && url.starts_with(prefix);
                         });
    sources.push_back({std::move(url), is_free ? LinkClass::free : LinkClass::metered});
  }
  return sources;
}

}  // namespace noseon
