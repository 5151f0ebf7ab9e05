// noseon-tuf: our trust rules as a client of the public conformance protocol of TUF, so that its
// suite can drive them. README.md beside this file has the protocol.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/sha256.h"
#include "fleet/pull/curl.h"
#include "tests/support/small_updater.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

struct Asked {
  std::string metadata_dir;
  std::string metadata_url;
  std::string root_file;
  std::vector<std::string> target_names;
  std::string target_base_url;
  std::string target_dir;
};

std::string under(const std::string& base, const std::string& name) {
  return base.ends_with('/') ? base + name : base + "/" + name;
}

// A target's path in a URL: each part encoded, the slashes as they are.
std::string encode_path(std::string_view path) {
  std::string encoded;
  for (std::size_t at = 0;;) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    encoded += encode_role_name(path.substr(at, end - at));
    if (end == path.size()) return encoded;
    encoded += '/';
    at = end + 1;
  }
}

Result<KeptFiles> read_kept(const fs::path& folder) {
  KeptFiles kept;
  ASSIGN_OR_RETURN(const std::vector<std::string> names, list_folder(folder));
  for (const std::string& name : names) {
    if (!name.ends_with(".json")) continue;
    ASSIGN_OR_RETURN(kept[name], read_file(folder / name, kTargetsBytesMax));
  }
  return kept;
}

class Program {
 public:
  Program(Asked asked, Http& http) : asked_(std::move(asked)), http_(http) {}

  /// The trusted root is kept as it is; whether it is one is found at the first refresh.
  [[nodiscard]] Status init() const {
    ASSIGN_OR_RETURN(const std::string root, read_file(asked_.root_file, kRootBytesMax));
    return keep("root.json", root);
  }

  [[nodiscard]] Status refresh() const {
    ASSIGN_OR_RETURN(const KeptFiles kept, read_kept(asked_.metadata_dir));
    return updater(kept).refresh(SystemClock().now());
  }

  [[nodiscard]] Status download() const {
    ASSIGN_OR_RETURN(const KeptFiles kept, read_kept(asked_.metadata_dir));
    SmallUpdater updating = updater(kept);
    TRY(updating.refresh(SystemClock().now()));
    for (const std::string& name : asked_.target_names) TRY(download_one(updating, name));
    return {};
  }

 private:
  [[nodiscard]] SmallUpdater updater(const KeptFiles& kept) const {
    return {kept,
            [this](const std::string& name, std::uint64_t bytes_max) {
              // The names of roles in it are percent-encoded already.
              return fetch(under(asked_.metadata_url, name), bytes_max);
            },
            [this](const std::string& name, std::string_view bytes) { return keep(name, bytes); }};
  }

  [[nodiscard]] Status keep(const std::string& name, std::string_view bytes) const {
    return write_file(fs::path(asked_.metadata_dir) / name, bytes);
  }

  [[nodiscard]] Result<std::string> fetch(const std::string& url, std::uint64_t bytes_max) const {
    std::string body;
    const HttpOutcome outcome = http_.get({.url = url, .bytes_max = bytes_max},
                                          [&](const HttpAnswer&, std::string_view bytes) -> Status {
                                            body += bytes;
                                            return {};
                                          });
    if (!outcome.answer) return fail(outcome.answer.error());
    return body;
  }

  [[nodiscard]] Status download_one(SmallUpdater& updating, const std::string& name) const {
    ASSIGN_OR_RETURN(const std::optional<FoundTarget> found, updating.find(name));
    if (!found) return fail(ErrorKind::not_found, name + ": no role has it");
    const fs::path path = fs::path(asked_.target_dir) / encode_role_name(name);
    const auto has = [&](const std::string& bytes) {
      return bytes.size() == found->file.length && sha256(bytes) == found->file.sha256;
    };
    const auto there = read_file(path, found->file.length);
    if (there && has(*there)) return {};
    const std::string url =
        under(asked_.target_base_url, encode_path(updating.served_name(*found)));
    ASSIGN_OR_RETURN(const std::string bytes, fetch(url, found->file.length));
    if (!has(bytes)) return fail(ErrorKind::bad_format, url + ": it is not what was signed");
    return write_file(path, bytes);
  }

  Asked asked_;
  Http& http_;
};

Status run(Asked asked, const std::string& command) {
  const CurlLibrary library;
  const Stop stop;
  ASSIGN_OR_RETURN(const std::unique_ptr<CurlHttp> http, CurlHttp::create(library, {}, stop));
  const Program program(std::move(asked), *http);
  if (command == "init") return program.init();
  return command == "refresh" ? program.refresh() : program.download();
}

}  // namespace
}  // namespace noseon

int main(int argc, char** argv) {
  noseon::Asked asked;
  CLI::App app("A client of the conformance protocol of TUF.", "noseon-tuf");
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--metadata-dir", asked.metadata_dir, "where trusted metadata lies")->required();
  app.add_option("--metadata-url", asked.metadata_url, "where metadata is fetched");
  app.add_option("--target-name", asked.target_names, "a target to be downloaded");
  app.add_option("--target-base-url", asked.target_base_url, "where targets are fetched");
  app.add_option("--target-dir", asked.target_dir, "where targets are put");
  app.add_subcommand("init", "begin with a trusted root")
      ->add_option("ROOT_FILE", asked.root_file)
      ->required();
  app.add_subcommand("refresh", "update all top-level metadata");
  app.add_subcommand("download", "update, and download the targets");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 1;
  }
  const noseon::Status status = noseon::run(asked, app.get_subcommands().front()->get_name());
  if (status) return 0;
  std::cerr << "noseon-tuf: " << status.error().message << "\n";
  return 1;
}
