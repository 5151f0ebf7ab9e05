// Stands in for noseon-decode, or noseon-prepare, or noseon-draft, and does what a broken or
// conquered one might. The name it is started by says which; "draft-" before it says noseon-draft.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "media/decode_answer.h"

namespace noseon {
namespace {

std::uint64_t own_magic = kAnswerMagic;  // NOLINT: one for the process

constexpr int kAllSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

void put(const void* bytes, std::size_t size) {
  if (::write(kAnswerFd, bytes, size) != static_cast<ssize_t>(size)) ::_exit(99);
}

void put_header(const AnswerHeader& header) {
  put(&header, sizeof header);
}

AnswerHeader picture_header(std::uint32_t width, std::uint32_t height) {
  AnswerHeader header;
  header.magic = own_magic;
  header.status = AnswerStatus::picture;
  header.width = width;
  header.height = height;
  return header;
}

void put_pixels(std::size_t count) {
  const std::vector<std::uint32_t> pixels(count, 0xFF336699U);
  put(pixels.data(), pixels.size() * sizeof(std::uint32_t));
}

void seal(int seals = kAllSeals) {
  if (::fcntl(kAnswerFd, F_ADD_SEALS, seals) != 0) ::_exit(98);
}

// 4 x 2, all right: what the lies are measured against.
void answer_well() {
  put_header(picture_header(4, 2));
  put_pixels(8);
  seal();
}

void answer_with(const AnswerHeader& header, std::size_t pixels) {
  put_header(header);
  put_pixels(pixels);
  seal();
}

void sleep_for_ever() {
  while (true) ::pause();
}

void refuse_with(AnswerStatus status, std::string_view message) {
  AnswerHeader header;
  header.status = status;
  std::memcpy(header.message.data(), message.data(), message.size());
  put_header(header);
  seal();
}

void fill_stderr_and_stdout() {
  const std::string line(4096, 'x');
  for (int i = 0; i < 2000; ++i) {
    std::fputs(line.c_str(), stderr);
    std::fputs(line.c_str(), stdout);
  }
  answer_well();
}

void close_everything() {
  for (int fd = 0; fd < 64; ++fd) ::close(fd);
  sleep_for_ever();
}

// The child of the child writes its number where the test finds it, then stays.
void leave_a_child_behind(std::string_view program) {
  if (::fork() == 0) {
    std::ofstream(std::string(program) + ".pid") << ::getpid() << std::endl;
    sleep_for_ever();
  }
  while (::access((std::string(program) + ".pid").c_str(), F_OK) != 0) ::usleep(1000);
  ::usleep(20'000);
  answer_well();
}

void keep_a_writable_mapping() {
  put_header(picture_header(4, 2));
  put_pixels(8);
  ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, kAnswerFd, 0);
  ::fcntl(kAnswerFd, F_ADD_SEALS, kAllSeals);  // refused: EBUSY
}

// One line for each descriptor and variable that came with it.
void report_what_it_was_given(std::string_view program, char** environment) {
  std::ofstream report(std::string(program) + ".given");
  const int own = 5;  // the report itself
  for (int fd = 0; fd < 256; ++fd) {
    if (fd != own && ::fcntl(fd, F_GETFD) >= 0) report << "fd " << fd << '\n';
  }
  for (; *environment != nullptr; ++environment) report << *environment << '\n';
  sigset_t blocked;
  ::sigprocmask(SIG_SETMASK, nullptr, &blocked);
  for (int signal = 1; signal < 32; ++signal) {
    if (::sigismember(&blocked, signal) == 1) report << "blocked " << signal << '\n';
  }
  report << "picture "
         << ((::fcntl(kPictureFd, F_GETFL) & O_ACCMODE) == O_RDONLY ? "read-only" : "?") << '\n';
  report.close();
  answer_well();
}

// As noseon-prepare: a header that claims the size, then a file.
void answer_with_file(std::uint32_t width, std::uint32_t height, std::string_view file) {
  AnswerHeader header = picture_header(width, height);
  header.magic = kPreparedMagic;
  put_header(header);
  put(file.data(), file.size());
  seal();
}

// What the picture's file holds, given back as it is.
std::string own_picture() {
  std::string file(1 << 20, '\0');
  const ssize_t bytes = ::pread(kPictureFd, file.data(), file.size(), 0);
  file.resize(bytes > 0 ? static_cast<std::size_t>(bytes) : 0);
  return file;
}

void burn_cpu() {
  const rlimit one_second{1, 2};
  ::setrlimit(RLIMIT_CPU, &one_second);
  while (true) static_cast<void>(::getppid());
}

int behave(const std::string& name, const std::string& program, char** environment) {
  if (name == "well") answer_well();
  if (name == "sleeps") sleep_for_ever();
  if (name == "ignores-signals") {
    for (int signal = 1; signal < 32; ++signal) ::signal(signal, SIG_IGN);
    sleep_for_ever();
  }
  if (name == "aborts") std::abort();
  if (name == "segfaults") ::raise(SIGSEGV);
  if (name == "kills-itself") ::raise(SIGKILL);
  if (name == "exits-7") return 7;
  if (name == "exits-127") return 127;
  if (name == "burns-cpu") burn_cpu();
  if (name == "says-nothing") seal();
  if (name == "half-a-header") {
    put("Ndecode1", 8);
    seal();
  }
  if (name == "wrong-magic") {
    AnswerHeader header = picture_header(4, 2);
    header.magic ^= 1;
    answer_with(header, 8);
  }
  if (name == "wrong-version") {
    AnswerHeader header = picture_header(4, 2);
    header.version = kAnswerVersion + 1;
    answer_with(header, 8);
  }
  if (name == "wrong-status") {
    AnswerHeader header;
    header.magic = own_magic;
    header.status = static_cast<AnswerStatus>(77);
    put_header(header);
    seal();
  }
  if (name == "forgets-seals") {
    put_header(picture_header(4, 2));
    put_pixels(8);
  }
  if (name == "forgets-one-seal") {
    put_header(picture_header(4, 2));
    put_pixels(8);
    seal(F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
  }
  if (name == "one-pixel-short") answer_with(picture_header(4, 2), 7);
  if (name == "one-pixel-more") answer_with(picture_header(4, 2), 9);
  if (name == "wider-than-asked") answer_with(picture_header(11, 2), 22);
  if (name == "higher-than-asked") answer_with(picture_header(2, 11), 22);
  if (name == "smaller-than-asked") answer_with(picture_header(3, 2), 6);
  if (name == "no-width") answer_with(picture_header(0, 2), 0);
  if (name == "no-height") answer_with(picture_header(2, 0), 0);
  if (name == "overflowing-size") answer_with(picture_header(0x80000001U, 0x80000001U), 1);
  if (name == "pixels-with-error") {
    AnswerHeader header;
    header.magic = own_magic;
    put_header(header);
    put_pixels(8);
    seal();
  }
  if (name == "bad-utf8")
    refuse_with(AnswerStatus::bad_format, "line\none \xFF\x1B[31m\xC2\x9B\x32J");
  if (name == "refuses-in-silence") refuse_with(AnswerStatus::bad_format, "");
  if (name == "refuses-with-blanks") refuse_with(AnswerStatus::bad_format, "\r\n ");
  if (name == "endless-message") {
    refuse_with(AnswerStatus::too_large, std::string(sizeof(AnswerHeader::message), 'm'));
  }
  if (name == "disk-error") refuse_with(AnswerStatus::unreadable, "the disk refuses to read it");
  if (name == "fills-stderr") fill_stderr_and_stdout();
  if (name == "closes-fds") close_everything();
  if (name == "forks") leave_a_child_behind(program);
  if (name == "keeps-mapping") keep_a_writable_mapping();
  if (name == "gives-back-4x2") answer_with_file(4, 2, own_picture());
  if (name == "gives-back-5x2") answer_with_file(5, 2, own_picture());
  if (name == "gives-no-picture") answer_with_file(4, 2, "GIF89a");
  if (name == "gives-half") {
    const std::string file = own_picture();
    answer_with_file(4, 2, std::string_view(file).substr(0, file.size() / 2));
  }
  if (name == "gives-nothing") answer_with_file(4, 2, "");
  if (name == "gives-too-much") {
    AnswerHeader header = picture_header(4, 2);
    header.magic = kPreparedMagic;
    put_header(header);
    if (::ftruncate(kAnswerFd, (64L << 20) + 513) != 0) ::_exit(97);
    seal();
  }
  if (name == "reports") report_what_it_was_given(program, environment);
  return 0;
}

}  // namespace
}  // namespace noseon

int main(int, char** argv, char** environment) {
  const std::string program = argv[0];
  std::string name = program.substr(program.rfind('/') + 1);
  if (name.starts_with("draft-")) {
    name.erase(0, 6);
    noseon::own_magic = noseon::kDraftMagic;
  }
  return noseon::behave(name, program, environment);
}
