#include "tests/player/virtual_screen.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstring>
#include <fstream>
#include <sstream>

#include "base/check.h"
#include "base/handle.h"
#include "player/pixels.h"

extern char** environ;

namespace noseon {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (std::string& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

// The header of an X window dump, XWDFile.h: big-endian words, of which we need a few.
enum XwdWord { header_size = 0, bits_per_pixel = 11, bytes_per_line = 12, colour_count = 19 };

std::uint32_t word(const unsigned char* dump, int index) {
  std::uint32_t value = 0;
  std::memcpy(&value, dump + index * 4, 4);
  return ntohl(value);
}

std::uint8_t widened(unsigned value, unsigned bits) {
  return static_cast<std::uint8_t>(value << (8 - bits) | value >> (2 * bits - 8));
}

}  // namespace

Program::Program(std::vector<std::string> arguments, std::vector<std::string> environment,
                 const std::filesystem::path& log, std::vector<int> kept_fds)
    : log_(log) {
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view name =
        std::string_view(*entry).substr(0, std::string_view(*entry).find('=') + 1);
    const bool is_given = std::any_of(environment.begin(), environment.end(),
                                      [&](const std::string& e) { return e.starts_with(name); });
    if (!is_given) environment.emplace_back(*entry);
  }
  posix_spawn_file_actions_t actions;
  CHECK(::posix_spawn_file_actions_init(&actions) == 0);
  ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log.c_str(),
                                     O_WRONLY | O_CREAT | O_TRUNC, 0644);
  for (const int fd : kept_fds) ::posix_spawn_file_actions_adddup2(&actions, fd, fd);
  CHECK(::posix_spawnp(&pid_, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(),
                       pointers(environment).data()) == 0);
  ::posix_spawn_file_actions_destroy(&actions);
}

Program::~Program() {
  if (!is_running()) return;
  signal(SIGTERM);
  if (!wait_for_end(5000)) {
    signal(SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

bool Program::is_running() {
  return !wait_for_end(0);
}

void Program::signal(int number) const {
  ::kill(pid_, number);
}

std::optional<int> Program::wait_for_end(int milliseconds) {
  for (int waited = 0; !ended_; waited += 5) {
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_)
      ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (ended_ || waited >= milliseconds) break;
    ::usleep(5000);
  }
  return ended_;
}

std::string Program::said() const {
  std::ostringstream text;
  text << std::ifstream(log_).rdbuf();
  return text.str();
}

std::optional<std::string> VirtualScreen::missing() {
  if (::access("/usr/bin/Xvfb", X_OK) == 0) return std::nullopt;
  return "there is no Xvfb here (Debian's package xvfb)";
}

VirtualScreen::VirtualScreen(Size size, int depth) : size_(size), largest_(size), depth_(depth) {
  std::array<int, 2> ends{};
  CHECK(::pipe2(ends.data(), O_CLOEXEC) == 0);
  const Fd reading(ends[0]);
  Fd writing(ends[1]);
  const std::string screen =
      std::to_string(size.width) + "x" + std::to_string(size.height) + "x" + std::to_string(depth);
  server_.emplace(std::vector<std::string>{"Xvfb", "-displayfd", std::to_string(writing.get()),
                                           "-screen", "0", screen, "-fbdir",
                                           folder_.path().string(), "-nolisten", "tcp", "-noreset"},
                  std::vector<std::string>{}, folder_ / "log", std::vector<int>{writing.get()});
  writing.reset();
  pollfd ready{reading.get(), POLLIN, 0};
  CHECK(::poll(&ready, 1, 20'000) == 1);
  for (char digit = 0; ::read(reading.get(), &digit, 1) == 1 && digit != '\n';) display_ += digit;
  CHECK(!display_.empty());

  const Fd file(::open((folder_ / "Xvfb_screen0").c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  CHECK(file.is_open() && ::fstat(file.get(), &status) == 0);
  map_bytes_ = static_cast<std::size_t>(status.st_size);
  void* const map = ::mmap(nullptr, map_bytes_, PROT_READ, MAP_SHARED, file.get(), 0);
  CHECK(map != MAP_FAILED);
  map_ = static_cast<const unsigned char*>(map);
}

VirtualScreen::~VirtualScreen() {
  ::munmap(const_cast<unsigned char*>(map_), map_bytes_);
}

Color VirtualScreen::at(int x, int y) const {
  const std::size_t pixels = word(map_, header_size) + word(map_, colour_count) * std::size_t{12};
  const std::size_t line = word(map_, bytes_per_line);
  const std::size_t bytes = word(map_, bits_per_pixel) / 8;
  const unsigned char* const pixel =
      map_ + pixels + static_cast<std::size_t>(y) * line + static_cast<std::size_t>(x) * bytes;
  if (depth_ != 16) return {pixel[2], pixel[1], pixel[0]};
  const unsigned value = pixel[0] | static_cast<unsigned>(pixel[1]) << 8U;
  return {widened(value >> 11U, 5), widened((value >> 5U) & 63U, 6), widened(value & 31U, 5)};
}

PicturePtr VirtualScreen::picture() const {
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(size_.width) *
                                    static_cast<std::size_t>(size_.height));
  auto out = pixels.begin();
  for (int y = 0; y < size_.height; ++y)
    for (int x = 0; x < size_.width; ++x) *out++ = to_word(at(x, y));
  return make_picture(size_, std::move(pixels));
}

void VirtualScreen::look(std::vector<std::uint32_t>& pixels) const {
  CHECK(depth_ == 24);
  const std::size_t start = word(map_, header_size) + word(map_, colour_count) * std::size_t{12};
  const auto width = static_cast<std::size_t>(size_.width);
  pixels.resize(width * static_cast<std::size_t>(size_.height));
  for (int y = 0; y < size_.height; ++y) {
    const auto row = static_cast<std::size_t>(y);
    std::memcpy(pixels.data() + row * width, map_ + start + row * word(map_, bytes_per_line),
                width * 4);
  }
  for (std::uint32_t& pixel : pixels) pixel |= 0xff000000U;
}

std::optional<std::string> VirtualScreen::missing_modes() {
  if (::access("/usr/bin/xrandr", X_OK) == 0) return std::nullopt;
  return "there is no xrandr here (Debian's package x11-xserver-utils)";
}

bool VirtualScreen::set_mode(Size size) {
  const std::string name = std::to_string(size.width) + "x" + std::to_string(size.height);
  const auto xrandr = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "xrandr");
    Program program(std::move(arguments), {display()}, folder_ / "xrandr");
    return program.wait_for_end(10'000) == 0;
  };
  if (!(size == largest_) && modes_.insert(name).second) {
    const auto timings = [](int visible) {
      return std::vector{std::to_string(visible), std::to_string(visible + 8),
                         std::to_string(visible + 16), std::to_string(visible + 24)};
    };
    std::vector<std::string> mode{"--newmode", name, "25"};
    for (const int side : {size.width, size.height})
      for (std::string& each : timings(side)) mode.push_back(std::move(each));
    if (!xrandr(mode) || !xrandr({"--addmode", "screen", name})) return false;
  }
  if (!xrandr({"-s", name})) return false;
  size_ = size;
  return true;
}

}  // namespace noseon
