#include "tests/fleet/pull/hostile_servers.h"

#include <fmt/format.h>

#include <algorithm>

namespace noseon::testing {
namespace {

using Deed = std::function<bool(Peer&, const Asked&, const FileServer&)>;  ///< whether it was done

// An answer's head and body.
struct Parts {
  std::string head;
  std::string body;
};
Parts split(const std::string& answer) {
  const std::size_t end = answer.find("\r\n\r\n") + 4;
  return {answer.substr(0, end), answer.substr(end)};
}

// The body without Range and without gzip.
std::string whole(const Asked& asked, const FileServer& files) {
  return files.get(asked.path).value_or("no such file, says a liar\n");
}
std::string ok(std::size_t length) {
  return head("200 OK", {fmt::format("Content-Length: {}", length)});
}

HostileKind plain(std::string name, Deed deed) {
  HostileKind kind;
  kind.name = std::move(name);
  kind.start = [deed = std::move(deed)](const FileServer& files, const Authority&) {
    auto deeds = std::make_shared<std::atomic<int>>(0);
    Hostile hostile;
    hostile.server = std::make_unique<LoopbackServer>([deed, deeds, &files](Peer& peer) {
      while (const auto asked = peer.read_request()) {
        if (deed(peer, *asked, files)) ++*deeds;
        return;  // the connection ends with the deed
      }
    });
    hostile.url = hostile.server->url();
    hostile.deeds = [deeds] { return deeds->load(); };
    return hostile;
  };
  return kind;
}

HostileKind hanging(HostileKind kind) {
  kind.hangs = true;
  return kind;
}
HostileKind plausible(HostileKind kind) {
  kind.looks_right = true;
  return kind;
}
HostileKind of_ranges(HostileKind kind) {
  kind.needs_range = true;
  return kind;
}

// It serves well, to those who believe its certificate.
HostileKind secured(std::string name, CertificateWish wish, bool is_of_authority) {
  HostileKind kind;
  kind.name = std::move(name);
  kind.start = [wish, is_of_authority](const FileServer& files, const Authority& authority) {
    Hostile hostile;
    const Authority other;
    hostile.server =
        std::make_unique<LoopbackServer>([&files](Peer& peer) { files.serve(peer); },
                                         (is_of_authority ? authority : other).context(wish));
    hostile.url = hostile.server->url();
    hostile.deeds = [server = hostile.server.get()] { return server->connections(); };
    return hostile;
  };
  return kind;
}

HostileKind never_ending_handshake() {
  HostileKind kind;
  kind.name = "a TLS handshake that never ends";
  kind.hangs = true;
  kind.start = [](const FileServer&, const Authority&) {
    Hostile hostile;
    hostile.server = std::make_unique<LoopbackServer>([](Peer& peer) { peer.linger(); });
    hostile.url = fmt::format("https://127.0.0.1:{}", hostile.server->port());
    hostile.deeds = [server = hostile.server.get()] { return server->connections(); };
    return hostile;
  };
  return kind;
}

HostileKind dns_black_hole() {
  HostileKind kind;
  kind.name = "a name that is never resolved";
  kind.hangs = true;
  kind.start = [](const FileServer&, const Authority&) {
    Hostile hostile;
    hostile.url = fmt::format("http://{}", kBlackHoleName);
    hostile.deeds = [before = black_hole_lookups()] { return black_hole_lookups() - before; };
    return hostile;
  };
  return kind;
}

HostileKind syn_black_hole() {
  HostileKind kind;
  kind.name = "a host that drops every SYN";
  kind.hangs = true;
  kind.start = [](const FileServer&, const Authority&) {
    Hostile hostile;
    hostile.hole = std::make_unique<SynBlackHole>();
    hostile.url = hostile.hole->url();
    hostile.deeds = [] { return 1; };  // its constructor saw a SYN dropped
    return hostile;
  };
  return kind;
}

bool send_until_refused(Peer& peer, std::string_view first, std::string_view again) {
  if (!peer.send(first)) return false;
  for (std::size_t sent = 0; sent < (1U << 30U); sent += again.size()) {
    if (!peer.send(again)) return true;  // whom we feed has had enough
  }
  return false;
}

// ---- The deeds -------------------------------------------------------------------------------

bool never_answers(Peer& peer, const Asked&, const FileServer&) {
  peer.linger();
  return true;
}

bool one_byte_a_second(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string body = whole(asked, files);
  if (!peer.send(ok(body.size()))) return false;
  for (const char c : body) {
    if (!peer.send({&c, 1}) || !peer.pause(std::chrono::seconds{1})) break;
  }
  return true;
}

bool dripping_headers(Peer& peer, const Asked&, const FileServer&) {
  if (!peer.send("HTTP/1.1 200 OK\r\nX-Slow: ")) return false;
  while (peer.pause(Millis{300}) && peer.send("x")) {
  }
  return true;
}

bool endless_chunks(Peer& peer, const Asked&, const FileServer&) {
  return send_until_refused(peer, head("200 OK", {"Transfer-Encoding: chunked"}),
                            "4000\r\n" + std::string(0x4000, 'x') + "\r\n");
}

bool header_flood(Peer& peer, const Asked&, const FileServer&) {
  return send_until_refused(peer, "HTTP/1.1 200 OK\r\n",
                            "X-Flood: " + std::string(4000, 'x') + "\r\n");
}

bool one_endless_header(Peer& peer, const Asked&, const FileServer&) {
  return send_until_refused(peer, "HTTP/1.1 200 OK\r\nX-Flood: ", std::string(4000, 'x'));
}

bool gzip_bomb(Peer& peer, const Asked&, const FileServer&) {
  static const std::string bomb = gzipped_zeros(64U << 20U);
  return peer.send(head("200 OK", {fmt::format("Content-Length: {}", bomb.size()),
                                   "Content-Encoding: gzip"})) &&
         (peer.send(bomb), true);
}

bool redirect_to(Peer& peer, const std::string& where) {
  return peer.send(head("302 Found", {"Location: " + where, "Content-Length: 0"}));
}
bool redirect_loop(Peer& peer, const Asked& asked, const FileServer&) {
  return redirect_to(peer, asked.path);
}
bool redirect_to_file(Peer& peer, const Asked&, const FileServer&) {
  return redirect_to(peer, "file:///etc/passwd");
}
bool redirect_to_ftp(Peer& peer, const Asked&, const FileServer&) {
  return redirect_to(peer, "ftp://127.0.0.1:9/poster");
}

bool captive_portal(Peer& peer, const Asked&, const FileServer&) {
  constexpr std::string_view kPage = "<html><title>Welcome aboard</title>Please sign in.</html>\n";
  return peer.send(ok(kPage.size())) && peer.send(kPage);
}

bool truncated_without_length(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string body = whole(asked, files);
  return peer.send(head("200 OK", {"Connection: close"}) + body.substr(0, body.size() / 2));
}
bool truncated_with_length(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string body = whole(asked, files);
  return peer.send(ok(body.size()) + body.substr(0, body.size() / 2));
}

std::string part(const std::string& body, std::size_t said, std::size_t sent) {
  const std::string bytes = body.substr(std::min(sent, body.size()));
  return head("206 Partial Content",
              {fmt::format("Content-Length: {}", bytes.size()),
               fmt::format("Content-Range: bytes {}-{}/{}", said, said + bytes.size() - 1,
                           body.size() + said - std::min(sent, body.size()))}) +
         bytes;
}
bool part_from_elsewhere(Peer& peer, const Asked& asked, const FileServer& files) {
  return peer.send(part(whole(asked, files), 7, 7));
}
bool part_that_lies(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string good = files.answer(asked);
  Parts parts = split(good);
  std::reverse(parts.body.begin(), parts.body.end());
  return peer.send(parts.head + parts.body);
}
bool part_without_place(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string body = whole(asked, files);
  return peer.send(head("206 Partial Content", {fmt::format("Content-Length: {}", body.size())}) +
                   body);
}
bool range_ignored(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string body = whole(asked, files);
  std::string wrong = body;
  for (char* const c : {&wrong.front(), &wrong.back()}) *c = static_cast<char>(*c ^ 1);
  return peer.send(ok(wrong.size()) + wrong);
}

bool flipped_byte(Peer& peer, const Asked& asked, const FileServer& files) {
  std::string body = whole(asked, files);
  body[body.size() / 2] = static_cast<char>(body[body.size() / 2] ^ 0x20);
  return peer.send(ok(body.size()) + body);
}
bool empty_200(Peer& peer, const Asked&, const FileServer&) {
  return peer.send(ok(0));
}
bool longer_than_it_is(Peer& peer, const Asked& asked, const FileServer& files) {
  return send_until_refused(peer, head("200 OK", {"Connection: close"}) + whole(asked, files),
                            std::string(4096, 'x'));
}

bool reset_in_the_middle(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string body = whole(asked, files);
  if (!peer.send(ok(body.size()) + body.substr(0, body.size() / 2))) return false;
  peer.reset();
  return true;
}
bool reset_at_once(Peer& peer, const Asked&, const FileServer&) {
  peer.reset();
  return true;
}

bool error_500(Peer& peer, const Asked& asked, const FileServer& files) {
  const std::string body = whole(asked, files);
  return peer.send(
      head("500 Internal Server Error", {fmt::format("Content-Length: {}", body.size())}) + body);
}
bool busy_for_ever(Peer& peer, const Asked&, const FileServer&) {
  return peer.send(
      head("429 Too Many Requests", {"Retry-After: 99999999999999999999", "Content-Length: 0"}));
}
bool endless_100(Peer& peer, const Asked&, const FileServer&) {
  return send_until_refused(peer, "", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n");
}
bool http_0_9(Peer& peer, const Asked& asked, const FileServer& files) {
  return peer.send(whole(asked, files));
}
bool not_modified(Peer& peer, const Asked&, const FileServer&) {
  return peer.send(head("304 Not Modified", {"ETag: \"whatever\""}));
}

}  // namespace

bool Hostile::is_done_soon() const {
  for (int i = 0; i < 300 && deeds() == 0; ++i) std::this_thread::sleep_for(Millis{10});
  return deeds() > 0;
}

const std::vector<HostileKind>& hostile_servers() {
  using std::chrono::hours;
  static const std::vector<HostileKind> kAll = {
      hanging(plain("a server that never answers", never_answers)),
      hanging(plain("one byte a second", one_byte_a_second)),
      hanging(plain("headers that drip", dripping_headers)),
      plain("endless chunks", endless_chunks),
      plain("a flood of headers", header_flood),
      plain("one header without end", one_endless_header),
      plausible(plain("a gzip bomb", gzip_bomb)),
      plain("a redirect loop", redirect_loop),
      plain("a redirect to file://", redirect_to_file),
      plain("a redirect to another scheme", redirect_to_ftp),
      plausible(plain("a captive portal", captive_portal)),
      plausible(plain("a body cut short, without a length", truncated_without_length)),
      plain("a body cut short, with a length", truncated_with_length),
      of_ranges(plain("a part from elsewhere", part_from_elsewhere)),
      of_ranges(plausible(plain("a part that is not what it says", part_that_lies))),
      of_ranges(plain("a part that does not say where it begins", part_without_place)),
      of_ranges(plausible(plain("a Range ignored, with another body", range_ignored))),
      plausible(plain("one flipped bit", flipped_byte)),
      plausible(plain("an empty 200", empty_200)),
      plain("a body longer than the file", longer_than_it_is),
      plain("a reset in the middle", reset_in_the_middle),
      plain("a reset at once", reset_at_once),
      secured("a certificate that has expired", {"127.0.0.1", -hours{48}, -hours{24}}, true),
      secured("a certificate of another host", {"other.example", -hours{1}, hours{24}}, true),
      secured("a certificate of an unknown authority", {"127.0.0.1", -hours{1}, hours{24}}, false),
      never_ending_handshake(),
      dns_black_hole(),
      syn_black_hole(),
      plain("status 500, with the right body", error_500),
      plain("status 429, for three trillion years", busy_for_ever),
      plain("1xx answers without end", endless_100),
      plain("HTTP/0.9", http_0_9),
      plain("304 to a question that named no ETag", not_modified),
  };
  return kAll;
}

}  // namespace noseon::testing
