// Originals of a size that no memory should have to hold: read row by row, within the cage's
// limits. In the quick form 24 megapixels, in the long one (NOSEON_LONG=1) 200.
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

// It needs <cstdio> before it.
#include <jpeglib.h>

#include "base/check.h"
#include "media/preparer.h"
#include "tests/media/picture_files.h"
#include "tests/support/long_run.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

using namespace testing;
namespace fs = std::filesystem;

// Noise over slopes: what compresses badly, row after row, in no more memory than one.
void fill_row(std::vector<std::uint8_t>& row, int y, std::uint32_t& state) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    state = state * 1664525U + 1013904223U;
    row[i] = static_cast<std::uint8_t>((i / 97 + static_cast<std::size_t>(y) / 31) % 200 +
                                       (state >> 27U));
  }
}

void write_jpeg(const fs::path& path, Size size) {
  FILE* const file = std::fopen(path.c_str(), "wb");
  CHECK(file != nullptr);
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = ::jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  ::jpeg_stdio_dest(&jpeg, file);
  jpeg.image_width = static_cast<JDIMENSION>(size.width);
  jpeg.image_height = static_cast<JDIMENSION>(size.height);
  jpeg.input_components = 3;
  jpeg.in_color_space = JCS_RGB;
  ::jpeg_set_defaults(&jpeg);
  ::jpeg_start_compress(&jpeg, TRUE);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(size.width) * 3);
  std::uint32_t state = 1;
  for (int y = 0; y < size.height; ++y) {
    fill_row(row, y, state);
    JSAMPROW rows[] = {row.data()};
    ::jpeg_write_scanlines(&jpeg, rows, 1);
  }
  ::jpeg_finish_compress(&jpeg);
  ::jpeg_destroy_compress(&jpeg);
  std::fclose(file);
}

void write_png(const fs::path& path, Size size) {
  std::ofstream file(path, std::ios::binary);
  PngParts head{static_cast<std::uint32_t>(size.width),
                static_cast<std::uint32_t>(size.height),
                8,
                2,
                {},
                {},
                {}};
  file << png_file(head).substr(0, 33);
  z_stream deflater{};
  CHECK(::deflateInit(&deflater, 1) == Z_OK);
  std::vector<std::uint8_t> row(static_cast<std::size_t>(size.width) * 3);
  std::string chunk(1 << 20, '\0');
  std::uint32_t state = 1;
  const auto push = [&](const std::string& bytes, int flush) {
    std::string in = bytes;
    deflater.next_in = reinterpret_cast<Bytef*>(in.data());
    deflater.avail_in = static_cast<uInt>(in.size());
    int result = Z_OK;
    do {
      deflater.next_out = reinterpret_cast<Bytef*>(chunk.data());
      deflater.avail_out = static_cast<uInt>(chunk.size());
      result = ::deflate(&deflater, flush);
      const std::size_t got = chunk.size() - deflater.avail_out;
      if (got > 0) file << png_chunk("IDAT", std::string_view(chunk).substr(0, got));
    } while (flush == Z_FINISH ? result != Z_STREAM_END : deflater.avail_out == 0);
  };
  for (int y = 0; y < size.height; ++y) {
    fill_row(row, y, state);
    push(std::string(1, '\0') + std::string(row.begin(), row.end()), Z_NO_FLUSH);
  }
  push("", Z_FINISH);
  ::deflateEnd(&deflater);
  file << png_chunk("IEND", "");
}

// Looks at the one child of this process, over and over: the most memory it had at once. rusage
// will not do: between vfork() and exec() the child is this process, and counts what is mapped
// here.
class PeakOfChild {
 public:
  PeakOfChild() : watcher_([this](const std::stop_token& stop) { watch(stop); }) {}
  [[nodiscard]] std::uint64_t bytes() {
    watcher_.request_stop();
    watcher_.join();
    return peak_;
  }

 private:
  void watch(const std::stop_token& stop) {
    const std::string own = "/proc/self/task/" + std::to_string(::getpid()) + "/children";
    while (!stop.stop_requested()) {
      std::string child;
      std::ifstream(own) >> child;
      if (!child.empty()) look(child);
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  void look(const std::string& child) {
    std::string name;
    std::ifstream(("/proc/" + child + "/comm").c_str()) >> name;
    if (name != "noseon-prepare") return;
    std::ifstream status("/proc/" + child + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmHWM:"))
        peak_ = std::max<std::uint64_t>(peak_, 1024 * std::stoull(line.substr(6)));
    }
  }

  std::uint64_t peak_ = 0;
  std::jthread watcher_;
};

void prepare_within_limits(const char* name, const fs::path& file, Size size) {
  const Preparer preparer(fs::path(NOSEON_BIN_DIR) / "noseon-prepare");
  const auto start = std::chrono::steady_clock::now();
  PeakOfChild peak;
  const auto prepared = preparer.prepare({file, {1920, 1080}, Fit::fit, {}});
  const std::uint64_t peak_bytes = peak.bytes();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(prepared) << name << ": " << prepared.error().message;
  EXPECT_TRUE(prepared->size.width == 1920 || prepared->size.height == 1080) << name;
  std::cout << name << ' ' << size.width << " x " << size.height << ", "
            << fs::file_size(file) / 1'000'000 << " MB: " << took.count() << " s, peak "
            << peak_bytes / 1'000'000 << " MB\n";
#ifndef NOSEON_SANITIZED
  // What it holds grows with the width of a row, not with the picture.
  EXPECT_GT(peak_bytes, 10U << 20U) << name << ": nothing was measured";
  EXPECT_LE(peak_bytes, is_long_run() ? 512U << 20U : 128U << 20U) << name;
#endif
}

TEST(LargePictures, AJpegIsReadRowByRow) {
  const TemporaryFolder folder;
  const Size size = is_long_run() ? Size{16384, 12207} : Size{6000, 4000};
  write_jpeg(folder / "large.jpg", size);
  prepare_within_limits("JPEG", folder / "large.jpg", size);
}

TEST(LargePictures, APngIsReadRowByRow) {
  const TemporaryFolder folder;
  const Size size = is_long_run() ? Size{32768, 4000} : Size{6000, 2000};
  write_png(folder / "large.png", size);
  prepare_within_limits("PNG", folder / "large.png", size);
}

TEST(LargePictures, APngOfTwoHundredMegapixelsIsReadRowByRow) {
  if (!is_long_run()) GTEST_SKIP() << "NOSEON_LONG=1";
  const TemporaryFolder folder;
  // A byte a pixel, or its file would be over the cap.
  PngParts parts{32768, 6103, 8, 0, {}, {}, {}};
  std::uint32_t state = 1;
  std::vector<std::uint8_t> row(32768);
  for (int y = 0; y < 6103; ++y) {
    fill_row(row, y, state);
    parts.rows.append(row.begin(), row.end());
  }
  prepare_within_limits("grey PNG", folder.write("large.png", png_file(parts)), {32768, 6103});
}

TEST(LargePictures, WhatMustBeHeldIsHeldUpToItsCapWithinTheLimits) {
  const TemporaryFolder folder;
  // A progressive JPEG's coefficients: 4:4:4, six bytes a pixel.
  const Size size = is_long_run() ? Size{8000, 8000} : Size{2000, 2000};
  const Pixels pixels = photograph({2000, 2000});
  Pixels tiled;
  for (int y = 0; y < size.height; ++y) {
    for (int x = 0; x < size.width; ++x) {
      tiled.push_back(pixels[static_cast<std::size_t>(y % 2000 * 2000 + x % 2000)]);
    }
  }
  const std::string jpeg = jpeg_file(size, tiled, {JpegColors::rgb, true, 0, 90});
  prepare_within_limits("progressive JPEG", folder.write("large.jpg", jpeg), size);
}

}  // namespace
}  // namespace noseon
