#include "tests/house/arrows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <set>

namespace noseon::house {
namespace {

using Names = std::set<std::string, std::less<>>;

// Who may include whom. A folder that is not here is found by its first source.
const std::map<std::string, Names, std::less<>> kArrows = {
    {"base", {"base"}},
    {"playlist", {"base", "playlist"}},
    {"fonts", {"base", "fonts"}},
    {"media", {"base", "media"}},
    {"fleet", {"base", "playlist", "fleet"}},
    {"player", {"base", "playlist", "fonts", "media", "fleet", "player"}},
    {"staff", {"base", "playlist", "fonts", "media", "fleet", "player", "staff"}},
    {"tests", {"base", "playlist", "fonts", "media", "fleet", "player", "staff", "tests"}},
};

std::string_view folder_of(std::string_view path) {
  return path.substr(0, std::min(path.find('/'), path.size()));
}

bool is_header(std::string_view path) {
  return path.ends_with(".h");
}

bool is_pure(std::string_view path) {
  return path.starts_with("playlist/") || path.starts_with("fleet/trust/");
}

struct Include {
  std::size_t line;
  std::string name;
  bool is_ours;  ///< written in quotes
};

// The rest of a line after blanks and `token`; nothing where the line does not go on so.
std::optional<std::string_view> after(std::string_view line, std::string_view token) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with(token)) return std::nullopt;
  return line.substr(token.size());
}

std::optional<Include> include_on(std::string_view line, std::size_t number) {
  const auto hash = after(line, "#");
  const auto include = hash ? after(*hash, "include") : std::nullopt;
  if (!include) return std::nullopt;
  for (const auto& [open, close] : {std::pair{"<", '>'}, std::pair{"\"", '"'}}) {
    const auto rest = after(*include, open);
    if (!rest || rest->find(close) == std::string_view::npos) continue;
    return Include{number, std::string(rest->substr(0, rest->find(close))), close == '"'};
  }
  return std::nullopt;
}

std::vector<Include> includes_of(std::string_view code) {
  std::vector<Include> includes;
  for (std::size_t at = 0, number = 1; at < code.size(); ++number) {
    const std::size_t end = std::min(code.find('\n', at), code.size());
    if (auto include = include_on(code.substr(at, end - at), number)) {
      includes.push_back(*std::move(include));
    }
    at = end + 1;
  }
  return includes;
}

// ---- Rules about #include --------------------------------------------------------------------

std::optional<std::string> against_arrows(const Source& source, const Include& include) {
  const std::string_view from = folder_of(source.path);
  const std::string_view to = folder_of(include.name);
  const auto arrows = kArrows.find(from);
  if (arrows == kArrows.end()) {
    return fmt::format("{}/ has no place in the arrows; give it one in tests/house/arrows.cc",
                       from);
  }
  if (!kArrows.contains(to)) {
    return fmt::format("\"{}\": write what is ours from the top of the repository", include.name);
  }
  if (arrows->second.contains(to)) return std::nullopt;
  return fmt::format("{}/ may not include {}/ ({})", from, to, include.name);
}

// Libraries that have a home, and nobody else touches.
struct Home {
  const char* header;  ///< how its headers' names begin
  std::vector<std::string> folders;
};

const std::vector<Home> kHomes = {
    {"SDL", {"player/"}},
    {"jpeglib.h", {"media/decode/", "media/prepare/jpeg.cc", "tests/"}},
    {"webp/", {"media/decode/", "tests/"}},
    {"vips/", {"media/prepare/"}},
    {"lcms2.h", {"media/prepare/"}},
    {"seccomp.h", {"media/cage/"}},
    {"linux/landlock.h", {"media/cage/"}},
    {"linux/seccomp.h", {"media/cage/"}},
    {"hb", {"fonts/"}},
    {"ft2build.h", {"fonts/"}},
    {"freetype/", {"fonts/"}},
    {"curl/", {"fleet/pull/"}},
    {"systemd/", {"base/service_manager.cc"}},
    {"SQLiteCpp/", {"player/journal/"}},
    {"sqlite3.h", {"player/journal/"}},
    {"date/", {"base/"}},
    {"tl/expected.hpp", {"base/result.h"}},
};

std::optional<std::string> against_homes(const Source& source, const Include& include) {
  const auto home = std::find_if(kHomes.begin(), kHomes.end(), [&](const Home& candidate) {
    return include.name.starts_with(candidate.header);
  });
  if (home == kHomes.end()) return std::nullopt;
  const bool is_home =
      std::any_of(home->folders.begin(), home->folders.end(),
                  [&](const std::string& folder) { return source.path.starts_with(folder); });
  if (is_home) return std::nullopt;
  return fmt::format("<{}> belongs in {} alone", include.name, fmt::join(home->folders, ", "));
}

std::optional<std::string> against_purity(const Source& source, const Include& include) {
  static const Names kImpure = {
      "atomic",
      "condition_variable",
      "cstdio",
      "ctime",
      "filesystem",
      "fstream",
      "future",
      "iostream",
      "mutex",
      "random",
      "semaphore",
      "shared_mutex",
      "stdio.h",
      "stop_token",
      "thread",
      "time.h",
      "unistd.h",
      "base/boot.h",
      "base/clock.h",
      "base/files.h",
      "base/journal_room.h",
      "base/service_manager.h",
      "fcntl.h",
      "poll.h",
  };
  if (!is_pure(source.path)) return std::nullopt;
  const bool banned = kImpure.contains(include.name) || include.name.starts_with("sys/");
  if (!banned) return std::nullopt;
  return fmt::format("{} in pure code: files, threads, clocks and chance come in as values",
                     include.name);
}

void add_includes(const Source& source, const std::string& code, std::vector<Finding>& findings) {
  for (const Include& include : includes_of(code)) {
    const auto add = [&](const std::optional<std::string>& what) {
      if (what) findings.push_back({source.path, include.line, *what});
    };
    if (include.is_ours) add(against_arrows(source, include));
    if (folder_of(source.path) != "tests") add(against_homes(source, include));
    add(against_purity(source, include));
  }
}

// ---- Rules about words -----------------------------------------------------------------------

using Tokens = std::vector<Token>;

bool stands_at(const Tokens& tokens, std::size_t at, const std::vector<std::string_view>& words) {
  if (at + words.size() > tokens.size()) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (tokens[at + i].text != words[i]) return false;
  }
  return true;
}

struct Ban {
  std::vector<std::vector<std::string_view>> phrases;  ///< each a run of tokens
  bool (*applies)(std::string_view path);
  const char* what;
};

const std::vector<Ban> kBans = {
    {{{"SDL_SemWaitTimeout"}, {"SDL_CondWaitTimeout"}, {"SDL_WaitEventTimeout"}, {"SDL_Delay"}},
     [](std::string_view) { return true; },
     "SDL's timed waits follow the wall clock: wait with poll() or a condition_variable"},
    {{{"system_clock"}},
     [](std::string_view path) { return path != "base/clock.cc"; },
     "system_clock is asked in base/clock.cc alone: take a Clock, or the time"},
    {{{"sleep_for"}, {"sleep_until"}},
     [](std::string_view path) { return folder_of(path) != "tests"; },
     "sleeping is waiting for nothing: wait for the event, with a deadline"},
    {{{"tl", "::", "expected"}, {"tl", "::", "unexpected"}},
     [](std::string_view path) { return path != "base/result.h"; },
     "tl::expected is named in base/result.h alone: write Result, Status, fail"},
    {{{"::", "now", "("},
      {"std", "::", "time", "("},
      {"getenv"},
      {"random_device"},
      {"SystemZones"},
      {"fopen"}},
     is_pure,
     "pure code asks nobody: times, zones and seeds come in as values"},
};

void add_words(const Source& source, const Tokens& tokens, std::vector<Finding>& findings) {
  for (const Ban& ban : kBans) {
    if (!ban.applies(source.path)) continue;
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      const bool stands =
          std::any_of(ban.phrases.begin(), ban.phrases.end(),
                      [&](const auto& words) { return stands_at(tokens, at, words); });
      if (stands) findings.push_back({source.path, tokens[at].line, ban.what});
    }
  }
}

// ---- [[nodiscard]] ---------------------------------------------------------------------------

// Past the type Result<...> or Status that begins at `at`; `at` where none begins there.
std::size_t after_result_type(const Tokens& tokens, std::size_t at) {
  if (tokens[at].text == "Status") return at + 1;
  if (!stands_at(tokens, at, {"Result", "<"})) return at;
  int depth = 0;
  for (std::size_t i = at + 1; i < tokens.size(); ++i) {
    if (tokens[i].text == "<") ++depth;
    if (tokens[i].text == ">" && --depth == 0) return i + 1;
  }
  return at;
}

bool is_name(const Token& token) {
  return std::isalpha(static_cast<unsigned char>(token.text[0])) != 0 || token.text[0] == '_';
}

// Does a function's name, with its bracket, begin at `at`? "Writer::commit(", "operator+("
bool names_function(const Tokens& tokens, std::size_t at) {
  if (at >= tokens.size() || !is_name(tokens[at])) return false;
  while (stands_at(tokens, at + 1, {"::"}) && at + 2 < tokens.size()) at += 2;
  if (tokens[at].text == "operator") return true;
  return stands_at(tokens, at + 1, {"("});
}

// The first token of the declaration that `at` is in.
std::size_t declaration_of(const Tokens& tokens, std::size_t at) {
  const auto ends = [](const Token& token) {
    return token.text == ";" || token.text == "{" || token.text == "}";
  };
  while (at > 0 && !ends(tokens[at - 1])) --at;
  return at;
}

bool is_discardable(const Tokens& tokens, std::size_t at) {
  const std::size_t type_end = after_result_type(tokens, at);
  if (type_end == at) return false;
  const std::size_t begin = declaration_of(tokens, at);
  const auto says = [&](std::initializer_list<std::string_view> words) {
    for (std::size_t i = begin; i < at; ++i) {
      if (stands_at(tokens, i, words)) return true;
    }
    return false;
  };
  const bool is_trailing = says({"->"}) && !says({"]", "("});  // the latter is a lambda
  return (is_trailing || names_function(tokens, type_end)) && !says({"nodiscard"});
}

void add_discards(const Source& source, const Tokens& tokens, std::vector<Finding>& findings) {
  if (!is_header(source.path)) return;
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (!is_discardable(tokens, at)) continue;
    findings.push_back(
        {source.path, tokens[at].line, "a function returning Result or Status is [[nodiscard]]"});
  }
}

// ---- Between files ---------------------------------------------------------------------------

bool is_heavy(std::string_view include) {
  static const std::vector<std::string_view> kHeavy = {
      "nlohmann/json.hpp",
      "toml++/",
      "gtest/",
      "gmock/",
      "SDL",
      "hb",
      "ft2build.h",
      "vips/",
      "freetype/",
      "unicode/",
      "date/",
      "openssl/",
      "CLI/",
      "curl/",
      "SQLiteCpp/",
      "sqlite3.h",
  };
  return std::any_of(kHeavy.begin(), kHeavy.end(),
                     [&](std::string_view name) { return include.starts_with(name); });
}

using Graph = std::map<std::string, std::vector<Include>, std::less<>>;

// Every header of ours that a source sees.
Names headers_seen(const Graph& graph, const std::string& path) {
  Names seen;
  std::vector<std::string> open = {path};
  while (!open.empty()) {
    const auto node = graph.find(open.back());
    open.pop_back();
    if (node == graph.end()) continue;
    for (const Include& include : node->second) {
      if (include.is_ours && seen.insert(include.name).second) open.push_back(include.name);
    }
  }
  return seen;
}

// Headers that a folder other than their own sees.
Names shared_headers(const Graph& graph) {
  Names shared;
  for (const auto& [path, includes] : graph) {
    if (folder_of(path) == "tests") continue;
    for (const std::string& header : headers_seen(graph, path)) {
      if (folder_of(header) != folder_of(path)) shared.insert(header);
    }
  }
  return shared;
}

// Headers that share a library's handles among sources, and bring it along: no header may include
// them.
bool is_for_sources(std::string_view header) {
  return header == "base/openssl.h";
}

void add_heavy(const Graph& graph, const std::string& header, std::vector<Finding>& findings) {
  const auto node = graph.find(header);
  if (node == graph.end()) return;
  for (const Include& include : node->second) {
    const bool brings = is_for_sources(include.name);
    if (!brings && (include.is_ours || is_for_sources(header) || !is_heavy(include.name))) continue;
    findings.push_back({header, include.line,
                        fmt::format("other folders see this header: keep {} in the .cc",
                                    brings ? fmt::format("\"{}\"", include.name)
                                           : fmt::format("<{}>", include.name))});
  }
}

// ---- Names of files --------------------------------------------------------------------------

bool is_font(std::string path) {
  for (char& c : path) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  static const std::vector<std::string_view> kEndings = {".ttf",  ".otf",   ".ttc", ".otc",
                                                         ".woff", ".woff2", ".pfb", ".pcf"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return path.ends_with(ending); });
}

}  // namespace

std::string to_string(const Finding& finding) {
  return fmt::format("{}:{}: {}", finding.path, finding.line, finding.what);
}

std::vector<Finding> findings_in(const Source& source) {
  const std::string code = code_of(source.text);
  const Tokens tokens = tokens_of(code);
  std::vector<Finding> findings;
  add_includes(source, code, findings);
  add_words(source, tokens, findings);
  add_discards(source, tokens, findings);
  return findings;
}

std::vector<Finding> findings_across(const std::vector<Source>& sources) {
  Graph graph;
  for (const Source& source : sources) graph[source.path] = includes_of(code_of(source.text));
  std::vector<Finding> findings;
  for (const std::string& header : shared_headers(graph)) add_heavy(graph, header, findings);
  return findings;
}

std::vector<Finding> findings_in_names(const std::vector<std::string>& paths) {
  std::vector<Finding> findings;
  Names folders;
  Names explained;
  for (const std::string& path : paths) {
    if (is_font(path)) {
      findings.push_back(
          {path, 0, "fonts come from Debian's packages; fonts/fonts.toml names them"});
    }
    const std::string folder(folder_of(path));
    if (folder == path || folder.starts_with(".")) continue;
    folders.insert(folder);
    if (path == folder + "/README.md") explained.insert(folder);
  }
  for (const std::string& folder : folders) {
    if (!explained.contains(folder)) findings.push_back({folder, 0, "has no README.md"});
  }
  return findings;
}

}  // namespace noseon::house
