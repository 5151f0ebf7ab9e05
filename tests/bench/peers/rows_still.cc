// Row 7: wake-ups while a poster stands, on the glass and on the drivers that have none.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/bench/peers/bench.h"
#include "tests/bench/peers/processes.h"

namespace noseon::peers {
namespace {

using namespace std::chrono_literals;

constexpr Millis kPatience{20'000};
constexpr uid_t kNobody = 65534;

std::string name_of(pid_t pid) {
  std::ifstream file(fmt::format("/proc/{}/comm", pid));
  std::string name;
  std::getline(file, name);
  return name;
}

double wakeups_per_second(pid_t pid, Millis time) {
  const std::uint64_t before = switches_of(pid);
  std::this_thread::sleep_for(time);
  const std::uint64_t after = switches_of(pid);
  return static_cast<double>(after - before) / std::chrono::duration<double>(time).count();
}

// The player somewhere below cage, which takes a moment to start it.
std::optional<pid_t> player_below(pid_t root) {
  for (int waited = 0; waited < 100; ++waited) {
    for (const pid_t pid : tree_of(root))
      if (name_of(pid) == "noseon-player") return pid;
    std::this_thread::sleep_for(100ms);
  }
  return std::nullopt;
}

// cage refuses to run as root, and nobody has to be able to read what it plays.
void give_to_nobody(const std::filesystem::path& folder) {
  if (::chown(folder.c_str(), kNobody, kNobody) != 0) return;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
    if (entry.is_directory() && ::chown(entry.path().c_str(), kNobody, kNobody) != 0) return;
}

}  // namespace

void Bench::measure_stillness(const Peer* peer) {
  Run run(*this);
  const Glass glass(*screen_, posters_.hd.place());
  // Whatever makes the slideshow go on is at work, and is due in an hour.
  starter(peer, posters_.hd, {.delay = 1h})(run);
  if (!glass.wait_for([](int) { return true; }, kPatience))
    return failed("wakeups", column(peer), run);
  std::this_thread::sleep_for(3s);
  results_.add("wakeups", column(peer), wakeups_per_second(run.program->pid(), options_.stillness));
}

void Bench::measure_stillness_of_driver(const std::string& driver) {
  Run run(*this);
  NoseonStart start;
  start.folder = write_campaign(run.folder, posters_.hd.files, 3600, "");
  start.cache = kept_ / "cache-hd";
  start.environment = {"SDL_VIDEODRIVER=" + driver, "DISPLAY="};
  run.program = start_noseon(start, nullptr, run.folder);
  std::this_thread::sleep_for(4s);
  const std::string samples = "wakeups_" + driver;
  if (!run.program->is_running()) return failed(samples, kNoseon, run);
  results_.add(samples, kNoseon, wakeups_per_second(run.program->pid(), options_.stillness));
}

void Bench::measure_stillness_on_wayland() {
  if (::access("/usr/bin/cage", X_OK) != 0) {
    results_.say("wakeups_wayland", kNoseon, "no cage");
    results_.note("cage is not installed: apt-get install cage (or deploy/setup --peers)");
    return;
  }
  Run run(*this);
  const auto campaign = write_campaign(run.folder, posters_.hd.files, 3600, "");
  std::vector<std::string> arguments;
  if (::geteuid() == 0) {
    give_to_nobody(run.folder.path());
    arguments = {"setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"};
  }
  const std::string folder = run.folder.path().string();
  arguments.insert(arguments.end(), {"cage", "--", kNoseonPlayer, "--playlist", campaign.string(),
                                     "--size", "1280x720"});
  run.program = std::make_unique<Program>(
      arguments,
      std::vector<std::string>{"XDG_RUNTIME_DIR=" + folder, "HOME=" + folder,
                               "XDG_CACHE_HOME=" + folder + "/cache", "WLR_BACKENDS=headless",
                               "WLR_RENDERER=pixman", "WLR_LIBINPUT_NO_DEVICES=1",
                               "DISPLAY=", "WAYLAND_DISPLAY=", "SDL_VIDEODRIVER=wayland"},
      run.folder / "log");
  const auto player = player_below(run.program->pid());
  if (!player) return failed("wakeups_wayland", kNoseon, run);
  std::this_thread::sleep_for(6s);
  if (name_of(*player) != "noseon-player") return failed("wakeups_wayland", kNoseon, run);
  results_.add("wakeups_wayland", kNoseon, wakeups_per_second(*player, options_.stillness));
}

}  // namespace noseon::peers
