// Rows 1, 2, 6 and 9: exec to the first poster, the memory while it stands, and how true it is.
#include <fmt/format.h>

#include <fstream>
#include <thread>

#include "base/clock.h"
#include "media/png.h"
#include "tests/bench/peers/bench.h"
#include "tests/bench/peers/processes.h"
#include "tests/bench/peers/reference.h"

namespace noseon::peers {
namespace {

using namespace std::chrono_literals;

constexpr Millis kPatience{20'000};

double in_millis(Steady::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}

bool any(int) {
  return true;
}

}  // namespace

void Bench::measure_start(const StartSamples& samples, const Start& start, const PosterSet& set,
                          bool is_preview) {
  Run run(*this);
  Glass glass(*screen_, set.place());
  if (is_preview) glass.ignore_last_row_middle();
  start(run);
  const auto first = glass.wait_for(any, kPatience);
  if (!first) return failed(samples.time, samples.column, run);
  results_.add(samples.time, samples.column, in_millis(first->complete.steady - run.begun));
  const bool looks_on = !samples.memory.empty() || !samples.fidelity.empty();
  if (!looks_on) return;
  std::this_thread::sleep_for(options_.settling);
  if (!samples.memory.empty())
    results_.add(samples.memory, samples.column, pss_mb_of(run.program->pid()));
  if (!samples.fidelity.empty() && options_.has_row(9) &&
      !results_.has(samples.fidelity, samples.column))
    measure_fidelity(samples.fidelity, samples.column, set, first->code);
}

void Bench::measure_cold_preview() {
  if (results_.says("start_print_preview", kNoseon)) return;  // it never will
  const Start start = [this](Run& run) {
    NoseonStart noseon;
    noseon.folder =
        write_campaign(run.folder, posters_.print.files, 3600, "transition = \"cut\"\n");
    noseon.way = Way::preview;
    noseon.cache = run.folder / "cache";
    run.begun = std::chrono::steady_clock::now();
    run.program = start_noseon(noseon, &*screen_, run.folder);
  };
  measure_start({"start_print_preview", "", "fidelity_preview", kNoseon}, start, posters_.print,
                true);
}

// Always against the original: what publishing took away counts.
void Bench::measure_fidelity(const std::string& samples, const std::string& program,
                             const PosterSet& set, int code) {
  // A preview's hints are gone by then.
  if (samples == "fidelity_preview") std::this_thread::sleep_for(5s);
  const auto original = read_jpeg(posters_.print.files[static_cast<std::size_t>(code)]);
  if (!original) return results_.note(original.error().message);
  const PicturePtr picture = screen_->picture();
  const Match match = best_match(*picture, *original, set.place());
  results_.add(samples, program, match.psnr);
  keep_picture(samples + "-" + program, *picture);
}

void Bench::keep_picture(const std::string& name, const Picture& picture) const {
  if (options_.pictures.empty()) return;
  std::filesystem::create_directories(options_.pictures);
  if (const auto png = encode_png(picture))
    std::ofstream(std::filesystem::path(options_.pictures) / (name + ".png")) << *png;
}

// A poster after a text: the fonts are open, as they are on a bus.
void Bench::measure_memory_with_text(const std::string& samples, const PosterSet& set) {
  Run run(*this);
  const SystemClock clock;
  const auto until = std::chrono::ceil<std::chrono::seconds>(clock.now()) + 3s;
  const std::string text = fmt::format(
      "[[item]]\nid = \"text\"\nrole = \"urgent\"\nfrom = {}\nuntil = {}\n"
      "text = {{ ko = \"손잡이를 꼭 잡아 주세요\", en = \"Please hold on\" }}\n",
      toml_time(until - 60s), toml_time(until));
  NoseonStart start;
  start.folder = write_campaign(run.folder, set.files, 3600, "transition = \"cut\"\n", text);
  start.cache = kept_ / "cache-text";
  run.program = start_noseon(start, &*screen_, run.folder);
  const Glass glass(*screen_, set.place());
  while (clock.now() < until - 300ms) std::this_thread::sleep_for(20ms);
  const bool has_text = !glass.is_blank() && !glass.whole();
  if (!glass.wait_for(any, kPatience)) return failed(samples, kNoseon, run);
  if (!has_text) results_.note("the text before the poster was not seen: memory is without fonts");
  std::this_thread::sleep_for(options_.settling);
  results_.add(samples, kNoseon, pss_mb_of(run.program->pid()));
}

}  // namespace noseon::peers
