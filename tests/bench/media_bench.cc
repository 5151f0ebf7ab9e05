// What a poster costs on its way to pixels, against this machine's own limits in the same run:
// libjpeg in this process, with and without DCT scaling, a copy of a frame, and a process that does
// next to nothing. Ratios of one line to another mean something on any machine; the times alone do
// not.
#include <benchmark/benchmark.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

// It needs <cstdio> before it.
#include <jpeglib.h>

#include "base/check.h"
#include "base/files.h"
#include "media/decoder.h"
#include "media/picture_source.h"
#include "media/png.h"
#include "media/preparer.h"
#include "tests/media/picture_files.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace testing;
namespace fs = std::filesystem;

constexpr Size kHd{1920, 1080};
constexpr Size kPrint{6000, 4000};

// Made once; the largest takes seconds.
struct Posters {
  static JpegOptions camera() { return {JpegColors::rgb, false, 0, 92, true, true}; }

  TemporaryFolder folder;
  fs::path tiny = folder.write("tiny.png", *encode_png(*make_picture({1, 1}, Pixels{0xFF336699U})));
  fs::path jpeg = folder.write("hd.jpg", jpeg_file(kHd, photograph(kHd), camera()));
  fs::path png = folder.write("hd.png", *encode_png(*make_picture(kHd, photograph(kHd))));
  fs::path webp = folder.write("hd.webp", lossy_webp_file(kHd, photograph(kHd)));
  fs::path print = folder.write("print.jpg", jpeg_file(kPrint, photograph(kPrint), camera()));
};

const Posters& posters() {
  static const Posters instance;
  return instance;
}

fs::path bin(const char* name) {
  return fs::path(NOSEON_BIN_DIR) / name;
}

// CPU time of this process' children, and of itself, for each turn: what a busy machine does not
// blur.
class CpuCounter {
 public:
  explicit CpuCounter(benchmark::State& state) : state_(state) {}
  CpuCounter(const CpuCounter&) = delete;
  CpuCounter& operator=(const CpuCounter&) = delete;
  ~CpuCounter() {
    state_.counters["cpu_ms"] =
        benchmark::Counter((seconds() - before_) * 1000, benchmark::Counter::kAvgIterations);
  }

 private:
  static double seconds() {
    double sum = 0;
    for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
      rusage usage{};
      ::getrusage(who, &usage);
      for (const timeval& part : {usage.ru_utime, usage.ru_stime}) {
        sum += static_cast<double>(part.tv_sec) + static_cast<double>(part.tv_usec) / 1e6;
      }
    }
    return sum;
  }
  benchmark::State& state_;
  double before_ = seconds();
};

void decode(benchmark::State& state, const fs::path& file, Size box) {
  const Decoder decoder(bin("noseon-decode"), std::chrono::seconds(60));
  const CpuCounter cpu(state);
  for (auto _ : state) {
    const auto picture = decoder.decode({file, box, Fit::fit, {}});
    CHECK(picture.has_value());
    benchmark::DoNotOptimize((*picture)->pixels().data());
  }
}

void starting_noseon_decode(benchmark::State& state) {
  decode(state, posters().tiny, {1, 1});
}
void decoding_hd_jpeg(benchmark::State& state) {
  decode(state, posters().jpeg, kHd);
}
void decoding_hd_png(benchmark::State& state) {
  decode(state, posters().png, kHd);
}
void decoding_hd_webp(benchmark::State& state) {
  decode(state, posters().webp, kHd);
}

void prepare(benchmark::State& state, const fs::path& file, Size box) {
  const Preparer preparer(bin("noseon-prepare"));
  const CpuCounter cpu(state);
  for (auto _ : state) {
    const auto prepared = preparer.prepare({file, box, Fit::fit, {}});
    CHECK(prepared.has_value());
  }
}

void starting_noseon_prepare(benchmark::State& state) {
  prepare(state, posters().tiny, {1, 1});
}
void preparing_print_jpeg(benchmark::State& state) {
  prepare(state, posters().print, kHd);
}

// From the file to pixels, as a preview does it: nothing kept, and kept.
void showing_print_jpeg(benchmark::State& state, const fs::path& cache) {
  const PictureSource source(Decoder(bin("noseon-decode"), std::chrono::seconds(60)),
                             Preparer(bin("noseon-prepare")), Drafter(bin("noseon-draft")),
                             PreparedCache(cache));
  const CpuCounter cpu(state);
  for (auto _ : state) {
    const auto picture = source.load({posters().print, kHd, Fit::fit, {}});
    CHECK(picture.has_value());
  }
}
void showing_print_jpeg_cold(benchmark::State& state) {
  showing_print_jpeg(state, {});
}
void showing_print_jpeg_from_the_cache(benchmark::State& state) {
  showing_print_jpeg(state, posters().folder / "cache");
}

// As djpeg does it: every row, thrown away.
void libjpeg(benchmark::State& state, const fs::path& path, unsigned shrink) {
  const std::string file = read_file(path, kOriginalLimits.bytes_max).value();
  const CpuCounter cpu(state);
  for (auto _ : state) {
    jpeg_decompress_struct jpeg{};
    jpeg_error_mgr errors{};
    jpeg.err = ::jpeg_std_error(&errors);
    jpeg_create_decompress(&jpeg);
    ::jpeg_mem_src(&jpeg, reinterpret_cast<const unsigned char*>(file.data()), file.size());
    ::jpeg_read_header(&jpeg, TRUE);
    jpeg.scale_num = 1;
    jpeg.scale_denom = shrink;
    ::jpeg_start_decompress(&jpeg);
    std::vector<JSAMPLE> row(std::size_t{jpeg.output_width} * 3);
    while (jpeg.output_scanline < jpeg.output_height) {
      JSAMPROW rows[] = {row.data()};
      ::jpeg_read_scanlines(&jpeg, rows, 1);
    }
    benchmark::DoNotOptimize(row.data());
    ::jpeg_destroy_decompress(&jpeg);
  }
}
void limit_libjpeg_hd(benchmark::State& state) {
  libjpeg(state, posters().jpeg, 1);
}
void limit_libjpeg_print(benchmark::State& state) {
  libjpeg(state, posters().print, 1);
}
void limit_libjpeg_print_at_half_its_size(benchmark::State& state) {
  libjpeg(state, posters().print, 2);
}

void limit_copying_a_frame(benchmark::State& state) {
  const Pixels from(std::size_t{1920} * 1080, 0xFF336699U);
  Pixels to(from.size());
  const CpuCounter cpu(state);
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), from.size() * sizeof(from[0]));
    benchmark::DoNotOptimize(to.data());
  }
}

void limit_starting_a_process(benchmark::State& state) {
  const CpuCounter cpu(state);
  for (auto _ : state) {
    char name[] = "/bin/true";
    char* const arguments[] = {name, nullptr};
    char* const environment[] = {nullptr};
    pid_t child = -1;
    CHECK(::posix_spawn(&child, name, nullptr, nullptr, arguments, environment) == 0);
    CHECK(::waitpid(child, nullptr, 0) == child);
  }
}

#define NOSEON_WALL(name) BENCHMARK(name)->Unit(benchmark::kMillisecond)->UseRealTime()
NOSEON_WALL(limit_starting_a_process);
NOSEON_WALL(starting_noseon_decode);
NOSEON_WALL(starting_noseon_prepare);
NOSEON_WALL(limit_copying_a_frame);
NOSEON_WALL(limit_libjpeg_hd);
NOSEON_WALL(decoding_hd_jpeg);
NOSEON_WALL(decoding_hd_png);
NOSEON_WALL(decoding_hd_webp);
NOSEON_WALL(limit_libjpeg_print);
NOSEON_WALL(limit_libjpeg_print_at_half_its_size);
NOSEON_WALL(preparing_print_jpeg);
NOSEON_WALL(showing_print_jpeg_cold);
NOSEON_WALL(showing_print_jpeg_from_the_cache);

}  // namespace
}  // namespace noseon
