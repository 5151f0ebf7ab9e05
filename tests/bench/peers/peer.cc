#include "tests/bench/peers/peer.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstring>

#include "base/handle.h"
#include "tests/bench/peers/processes.h"

namespace noseon::peers {
namespace {

namespace fs = std::filesystem;

double in_seconds(Millis time) {
  return std::chrono::duration<double>(time).count();
}

std::optional<std::string> missing_file(const char* program, const char* package) {
  if (::access(program, X_OK) == 0) return std::nullopt;
  return fmt::format("apt-get install {} (or deploy/setup --peers)", package);
}

std::unique_ptr<Program> launch(std::vector<std::string> arguments, const Stand& stand,
                                const std::vector<fs::path>& files = {}) {
  for (const fs::path& file : files) arguments.push_back(file.string());
  // A home of its own: no settings, no caches, nothing left behind.
  return std::make_unique<Program>(
      std::move(arguments),
      std::vector<std::string>{stand.screen.display(), "HOME=" + stand.folder.path().string(),
                               "XDG_CACHE_HOME=" + (stand.folder / "cache").string(),
                               "XDG_CONFIG_HOME=" + (stand.folder / "config").string()},
      stand.folder / "log");
}

class Feh final : public Peer {
 public:
  [[nodiscard]] std::string column() const override { return "feh"; }
  [[nodiscard]] std::optional<std::string> missing() const override {
    return missing_file("/usr/bin/feh", "feh");
  }
  [[nodiscard]] std::string version() const override { return first_line_of("feh --version"); }
  [[nodiscard]] std::unique_ptr<Program> start(const Stand& stand,
                                               const std::vector<fs::path>& files,
                                               const Playing& playing) const override {
    std::vector<std::string> arguments{"feh",        "--fullscreen",   "--auto-zoom",
                                       "--quiet",    "--hide-pointer", "--no-menus",
                                       "--image-bg", "black"};
    if (playing.delay.count() > 0) {
      arguments.emplace_back("--slideshow-delay");
      arguments.push_back(fmt::format("{}", in_seconds(playing.delay)));
    }
    return launch(arguments, stand, files);
  }
  [[nodiscard]] bool tell_next(const Program& program, const Stand&) const override {
    program.signal(SIGUSR1);
    return true;
  }
  [[nodiscard]] std::string definition_of_next() const override {
    return "from SIGUSR1 (\"next\"), which it takes in place of a key";
  }
};

class Mpv final : public Peer {
 public:
  explicit Mpv(bool is_gpu) : is_gpu_(is_gpu) {}
  [[nodiscard]] std::string column() const override { return is_gpu_ ? "mpv gpu" : "mpv x11"; }
  [[nodiscard]] std::optional<std::string> missing() const override {
    return missing_file("/usr/bin/mpv", "mpv");
  }
  [[nodiscard]] std::string version() const override {
    const std::string line = first_line_of("mpv --no-config --version");
    return line.substr(0, line.find(" Copyright"));
  }
  [[nodiscard]] std::unique_ptr<Program> start(const Stand& stand,
                                               const std::vector<fs::path>& files,
                                               const Playing& playing) const override {
    std::vector<std::string> arguments{"mpv",
                                       "--no-config",
                                       "--fullscreen",
                                       "--no-border",
                                       "--no-audio",
                                       "--no-osc",
                                       "--no-osd-bar",
                                       "--osd-level=0",
                                       "--no-input-default-bindings",
                                       "--cursor-autohide=always",
                                       "--load-scripts=no",
                                       "--ytdl=no",
                                       "--loop-playlist=inf",
                                       "--input-ipc-server=" + (stand.folder / "ipc").string()};
    // Without --gpu-sw it refuses a renderer that is software, which is the only one where there is
    // no GPU.
    if (is_gpu_) {
      arguments.insert(arguments.end(), {"--vo=gpu", "--gpu-sw"});
    } else {
      arguments.emplace_back("--vo=x11");
    }
    arguments.push_back(playing.delay.count() > 0
                            ? fmt::format("--image-display-duration={}", in_seconds(playing.delay))
                            : "--image-display-duration=inf");
    return launch(arguments, stand, files);
  }
  [[nodiscard]] bool tell_next(const Program&, const Stand& stand) const override {
    const Fd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string path = (stand.folder / "ipc").string();
    if (!socket.is_open() || path.size() >= sizeof address.sun_path) return false;
    std::memcpy(address.sun_path, path.c_str(), path.size());
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      return false;
    constexpr std::string_view kNext = "{\"command\":[\"playlist-next\"]}\n";
    return ::write(socket.get(), kNext.data(), kNext.size()) == ssize_t{kNext.size()};
  }
  [[nodiscard]] std::string definition_of_next() const override {
    return "from playlist-next written to its IPC socket";
  }

 private:
  bool is_gpu_;
};

// Pictures on top of one another; CSS animations of their visibility (or opacity) bring them up in
// turn. Negative delays put all of them in phase with the machine's clock: a change is due at whole
// multiples of the delay.
constexpr const char* kPage = R"html(<!doctype html><meta charset="utf-8"><title>posters</title>
<style>
html, body {{ margin: 0; background: black; overflow: hidden; cursor: none }}
img {{ position: fixed; inset: 0; width: 100vw; height: 100vh; object-fit: contain }}
.turn {{ visibility: hidden; animation: turn {total}ms step-end infinite }}
@keyframes turn {{ 0% {{ visibility: visible }} {part}% {{ visibility: hidden }} }}
.fade {{ opacity: 0; animation: fade {slot}ms ease-in-out both }}
@keyframes fade {{ 0% {{ opacity: 0 }} {fade}% {{ opacity: 1 }} 100% {{ opacity: 1 }} }}
</style><body><script>
const files = {files}, mode = "{mode}", slot = {slot}, total = {total};
const now = Date.now() % total;
files.forEach((file, k) => {{
  const image = document.createElement("img");
  image.src = file;
  if (mode === "turn") {{
    image.className = "turn";
    image.style.animationDelay = (k * slot - now - (k * slot > now ? total : 0)) + "ms";
  }} else if (mode === "fade" && k > 0) {{
    image.className = "fade";
    image.style.animationDelay = (k * slot) + "ms";
  }} else if (mode === "still" && k > 0) {{
    return;
  }}
  document.body.append(image);
}});
</script>
)html";

std::string page_of(const std::vector<fs::path>& files, const Playing& playing) {
  std::string list = "[";
  for (const fs::path& file : files)
    list += fmt::format("{}\"file://{}\"", list.size() > 1 ? "," : "", file.string());
  list += "]";
  const bool is_still = playing.delay.count() == 0;
  const auto slot = std::max<Millis::rep>(playing.delay.count(), 1);
  return fmt::format(fmt::runtime(kPage), fmt::arg("files", list),
                     fmt::arg("mode", is_still        ? "still"
                                      : playing.fades ? "fade"
                                                      : "turn"),
                     fmt::arg("slot", slot),
                     fmt::arg("total", slot * static_cast<Millis::rep>(files.size())),
                     fmt::arg("part", 100.0 / static_cast<double>(files.size())),
                     fmt::arg("fade", 50'000.0 / static_cast<double>(slot)));
}

class Chromium final : public Peer {
 public:
  [[nodiscard]] std::string column() const override { return "chromium"; }
  [[nodiscard]] std::optional<std::string> missing() const override {
    return missing_file("/usr/bin/chromium", "chromium");
  }
  [[nodiscard]] std::string version() const override {
    return first_line_of("chromium --version --no-sandbox");
  }
  [[nodiscard]] std::unique_ptr<Program> start(const Stand& stand,
                                               const std::vector<fs::path>& files,
                                               const Playing& playing) const override {
    const fs::path page = stand.folder.write("page.html", page_of(files, playing));
    std::vector<std::string> arguments{"chromium",
                                       "--kiosk",
                                       "--disable-gpu",
                                       "--disable-quic",
                                       "--no-first-run",
                                       "--no-default-browser-check",
                                       "--noerrdialogs",
                                       "--disable-background-networking",
                                       "--disable-component-update",
                                       "--disable-sync",
                                       "--disable-breakpad",
                                       "--disable-features=Translate,OptimizationHints,MediaRouter",
                                       "--password-store=basic",
                                       "--host-resolver-rules=MAP * ~NOTFOUND",
                                       "--window-size=1920,1080",
                                       "--window-position=0,0",
                                       "--user-data-dir=" + (stand.folder / "profile").string()};
    // Its sandbox refuses to start as root.
    if (::geteuid() == 0) arguments.emplace_back("--no-sandbox");
    arguments.push_back("file://" + page.string());
    return launch(arguments, stand);
  }
  [[nodiscard]] bool can_fade() const override { return true; }
  [[nodiscard]] bool follows_the_clock() const override { return true; }
  [[nodiscard]] std::string definition_of_next() const override {
    return "from the whole multiple of the delay, to which CSS animations of visibility are set in "
           "phase";
  }
};

}  // namespace

bool Peer::tell_next(const Program&, const Stand&) const {
  return false;
}

std::vector<std::unique_ptr<Peer>> all_peers() {
  std::vector<std::unique_ptr<Peer>> peers;
  peers.push_back(std::make_unique<Feh>());
  peers.push_back(std::make_unique<Mpv>(false));
  peers.push_back(std::make_unique<Mpv>(true));
  peers.push_back(std::make_unique<Chromium>());
  return peers;
}

std::unique_ptr<Program> start_noseon(const NoseonStart& start, const VirtualScreen* screen,
                                      const TemporaryFolder& folder) {
  std::vector<std::string> arguments{
      kNoseonPlayer, start.way == Way::preview ? "--preview" : "--playlist", start.folder.string(),
      "--size", fmt::format("{}x{}", kGlass.width, kGlass.height)};
  arguments.insert(arguments.end(), start.more.begin(), start.more.end());
  std::vector<std::string> environment = start.environment;
  environment.push_back("HOME=" + folder.path().string());
  environment.push_back("XDG_CACHE_HOME=" + start.cache.string());
  if (screen != nullptr) {
    environment.push_back(screen->display());
    environment.emplace_back("SDL_VIDEODRIVER=x11");
  }
  return std::make_unique<Program>(std::move(arguments), std::move(environment), folder / "log");
}

fs::path write_campaign(const TemporaryFolder& folder, const std::vector<fs::path>& files,
                        int seconds, const std::string& item_keys, const std::string& more_items) {
  std::string toml = "format = \"noseon.campaign/1\"\nid = \"posters\"\ntimezone = \"UTC\"\n";
  toml += more_items;
  fs::path campaign = folder / "campaign";
  fs::create_directories(campaign);
  for (std::size_t i = 0; i < files.size(); ++i) {
    const fs::path& file = files[i];
    const std::string id = fmt::format("poster-{:02}", i);
    const std::string name = id + file.extension().string();
    // A hard link: the same file in every way that a program could tell.
    std::error_code error;
    fs::create_hard_link(file, campaign / name, error);
    if (error) fs::copy_file(file, campaign / name, fs::copy_options::skip_existing, error);
    toml += fmt::format("[[item]]\nid = \"{}\"\nposter = \"{}\"\nseconds = {}\n{}\n", id, name,
                        seconds, item_keys);
  }
  folder.write("campaign/campaign.toml", toml);
  return campaign;
}

std::string toml_time(std::chrono::sys_seconds time) {
  std::string text = to_rfc3339(time, std::chrono::seconds{0});
  return text.substr(0, text.find('.'));
}

std::string first_words(const Program& program) {
  std::string said = program.said();
  if (said.size() > 300) said = said.substr(0, 300) + "...";
  for (char& letter : said)
    if (letter == '\n') letter = ' ';
  return said.empty() ? "it said nothing" : said;
}

}  // namespace noseon::peers
