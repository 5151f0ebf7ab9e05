#include "player/preview.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

#include "base/files.h"
#include "base/say.h"
#include "media/png.h"
#include "player/player.h"
#include "player/preview_overlays.h"
#include "player/preview_panels.h"
#include "player/preview_steps.h"
#include "player/preview_world.h"
#include "player/source.h"
#include "player/when.h"

namespace noseon {
namespace {

constexpr Millis kNoticeLength{2500};
constexpr Millis kTick{250};
// Steps taken one after another go on from where the last one led, not from where time has run to.
constexpr Millis kStepsTogether{1500};
constexpr std::size_t kTypedMax = 40;
constexpr std::size_t kCacheBytesMax = 128U << 20U;

std::uint64_t resident_bytes() {
  const auto text = read_start("/proc/self/statm", 128);
  unsigned long long pages = 0;
  unsigned long long resident = 0;
  if (!text || std::sscanf(text->c_str(), "%llu %llu", &pages, &resident) != 2) return 0;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

class Preview {
 public:
  /// Has the first picture made at once, while the caller opens the stage.
  Preview(const PreviewOptions& options, LoadedFolder first, PreviewClock& clock, PollLoop& loop)
      : options_(options),
        clock_(clock),
        start_(clock.now()),
        loop_(loop),
        overlays_([] { return Typesetter::open(); }),
        size_(first.display->size),
        player_(parts(std::move(first)), hooks()) {}

  /// Once; `stage` must outlive the loop's run.
  void start(Stage& stage) {
    stage_ = &stage;
    scale_ = scale_that_fits(size_, stage.room());
    resize();
    player_.on_event([this](const StageEvent& event) { take_event(event); });
    loop_.watch(tick_.fd(), [this] {
      if (tick_.take() > 0) tick();
    });
    tick_.set_every(kTick);
    player_.start(stage);
  }

  void reload() { player_.reload(); }
  [[nodiscard]] std::string stats() const { return player_.projector().report(); }

 private:
  PlayerParts parts(LoadedFolder first) {
    auto read = reader_of({options_.folder, options_.display, options_.size, options_.labels});
    return {.loop = loop_,
            .clock = clock_,
            .folder = options_.folder,
            .first = std::move(first),
            .read = [this, read] { return upright(read(), quarter_turns_); },
            .make_studio = make_studio,
            .show = {.cache_bytes_max = kCacheBytesMax, .drafts = Drafts::allowed}};
  }

  PlayerHooks hooks() {
    return {
        .decorate = [this](const PicturePtr& picture) { return decorated(picture); },
        .loaded = [this](const LoadedFolder& l, bool accepted) { take_findings(l, accepted); },
        .context =
            [this](const LoadedFolder& folder) {
              // A place may have gone from the folder since: then the display is not there.
              return context_of(options_, folder, start_).value_or(Context{});
            },
    };
  }

  // Steps in time.
  [[nodiscard]] const Zone& zone() const { return *player_.folder().display->zone; }

  [[nodiscard]] Instant step_base() const {
    const bool is_together = clock_.steady_now() < last_step_ + kStepsTogether;
    return is_together ? last_target_ : clock_.now();
  }

  void go_to(std::optional<Instant> target) {
    if (!target) return notify(say("nothing lies that way"));
    last_target_ = *target;
    last_step_ = clock_.steady_now();
    clock_.jump(*target);
    player_.jumped();
    notify(time_with_weekday(*target, zone()));
  }

  using Beside = std::optional<Instant> (&)(Schedule&, const Context&, Instant, Direction);
  void step(Beside beside, Direction direction) {
    Schedule schedule(*player_.folder().playlist, *player_.folder().display);
    go_to(beside(schedule, player_.show().context(), step_base(), direction));
  }

  // Page by page, and slot by slot.
  void step_page(Direction direction) {
    const Instant base = step_base();
    const Slot& slot = player_.show().showing().slot;
    if (base >= slot.from && base < slot.until) {
      const PageWeights& weights = player_.show().edition().pages_of(slot.entry);
      const auto beside = page_beside(weights, {slot.from, slot.until}, base, direction);
      if (beside) return go_to(beside);
    }
    step(slot_beside, direction);
  }

  void step_speed(Direction direction) {
    clock_.set_speed(speed_beside(clock_.speed(), direction));
    notify(speed_text(clock_.speed(), false));
  }

  void step_scale(Direction direction) {
    scale_ = scale_beside(scale_, direction);
    resize();
    notify(fmt::format("{:.0f} %", scale_ * 100));
  }

  void resize() {
    const auto side = [&](int length) { return std::max(16, static_cast<int>(length * scale_)); };
    stage_->set_size({side(size_.width), side(size_.height)});
  }

  // Keys.
  void take_event(const StageEvent& event) {
    if (std::holds_alternative<CloseAsked>(event)) return loop_.stop();
    if (std::holds_alternative<GlassChanged>(event)) return player_.refresh();
    if (const auto* text = std::get_if<TextTyped>(&event)) return take_text(text->text);
    const auto* key = std::get_if<KeyPressed>(&event);
    if (key == nullptr) return;
    prompt_ ? take_prompt_key(*key) : take_key(*key);
  }

  void take_key(const KeyPressed& key) {
    switch (key.key) {
      case Key::escape:
        return loop_.stop();
      case Key::left:
        return step_page(Direction::back);
      case Key::right:
        return step_page(Direction::forth);
      case Key::up:
        return step_speed(Direction::forth);
      case Key::down:
        return step_speed(Direction::back);
      case Key::character:
        return take_character(key.character);
      case Key::enter:
      case Key::backspace:
        return;
    }
  }

  void take_character(char key) {
    switch (key) {
      case 'q':
        return loop_.stop();
      case ' ':
        clock_.pause(!clock_.is_paused());
        return notify(clock_.is_paused() ? say("paused") : say("goes on"));
      case '[':
        return step(edge_beside, Direction::back);
      case ']':
        return step(edge_beside, Direction::forth);
      case 'd':
        return go_to(day_beside(zone(), step_base(), Direction::back));
      case 'n':
        return go_to(day_beside(zone(), step_base(), Direction::forth));
      case 'g':
        return open_prompt();
      case 'i':
        return toggle(shows_why_);
      case 'h':
        return toggle(shows_help_);
      case 'e':
        return toggle(shows_errors_);
      case 's':
        return take_screenshot();
      case 'r':
        ++quarter_turns_;
        return player_.reload();
      case 'f':
        is_full_screen_ = !is_full_screen_;
        return stage_->set_full_screen(is_full_screen_);
      case '+':
        return step_scale(Direction::forth);
      case '-':
        return step_scale(Direction::back);
      default:
        return;
    }
  }

  void toggle(bool& shown) {
    shown = !shown;
    player_.refresh();
  }

  void open_prompt() {
    prompt_ = to_string(zone().civil_at(clock_.now())).substr(0, 16);
    prompt_error_.clear();
    is_prompt_new_ = true;
    stage_->ask_for_text(true);
    player_.refresh();
  }

  void close_prompt() {
    prompt_.reset();
    stage_->ask_for_text(false);
    player_.refresh();
  }

  void take_text(const std::string& text) {
    // The key that opened the prompt may itself arrive as text.
    if (!prompt_ || (std::exchange(is_prompt_new_, false) && text == "g")) return;
    if (prompt_->size() < kTypedMax) *prompt_ += text;
    prompt_error_.clear();
    player_.refresh();
  }

  void take_prompt_key(const KeyPressed& key) {
    if (key.key == Key::escape) return close_prompt();
    if (key.key == Key::backspace) return rub_out();
    if (key.key != Key::enter) return;
    const auto target = parse_when(*prompt_, zone(), zone().day_of(clock_.now()));
    if (!target) {
      prompt_error_ = target.error().message;
      return player_.refresh();
    }
    close_prompt();
    go_to(*target);
  }

  // The last code point: in UTF-8 bytes 10xxxxxx go on with the one before.
  void rub_out() {
    while (!prompt_->empty()) {
      const auto byte = static_cast<unsigned char>(prompt_->back());
      prompt_->pop_back();
      if ((byte & 0xc0U) != 0x80U) break;
    }
    prompt_error_.clear();
    player_.refresh();
  }

  void take_screenshot() {
    const PicturePtr& picture = player_.decision().picture;
    if (!picture) return notify(say("nothing shows yet"));
    if (player_.decision().is_draft)
      return notify(say("this is a draft; press s again when the picture is there"));
    std::string time = to_string(zone().civil_at(clock_.now()));
    std::replace(time.begin(), time.end(), ':', '-');
    std::replace(time.begin(), time.end(), ' ', '_');
    const auto file = options_.screenshots / ("noseon-" + time + ".png");
    const auto png = encode_png(*picture);
    const Status written = png ? write_file(file, *png) : Status(fail(png.error()));
    notify(written ? say("saved {}", file.lexically_normal().string()) : written.error().message);
  }

  // What lies over the picture.
  void notify(std::string text) {
    notice_ = std::move(text);
    notice_end_ = clock_.steady_now() + kNoticeLength;
    player_.refresh();
  }

  void take_findings(const LoadedFolder& loaded, bool accepted) {
    std::vector<std::string> errors;
    for (const Finding& finding : loaded.findings)
      if (finding.severity == Severity::error) errors.push_back(to_string(finding));
    shows_errors_ = !errors.empty();
    overlays_.set_errors(accepted ? "Errors in this folder" : "Errors: the last good state stays",
                         std::move(errors));
    if (!accepted || loaded.display->size == size_ || stage_ == nullptr) return;
    size_ = loaded.display->size;
    scale_ = std::min(scale_, scale_that_fits(size_, stage_->room()));
    resize();
  }

  std::vector<Panel> panels() const {
    std::vector<Panel> panels;
    if (shows_why_) panels.push_back(why());
    if (shows_help_) panels.push_back(help_panel());
    if (prompt_) panels.push_back(prompt_panel(*prompt_, prompt_error_));
    if (!notice_.empty()) panels.push_back(notice_panel(notice_));
    return panels;
  }

  [[nodiscard]] Panel why() const {
    const Edition& edition = player_.show().edition();
    const FrameTimes& times = player_.projector().frame_times();
    const Instant now = clock_.now();
    const Explained explained =
        explain(*edition.playlist(), *edition.display(), player_.show().context(), now);
    return why_panel(*edition.playlist(), *edition.display(), player_.show().context(), explained,
                     {.now = now,
                      .speed = clock_.speed(),
                      .is_paused = clock_.is_paused(),
                      .frames_per_second = times.rate(),
                      .frames_dropped = times.dropped(),
                      .memory_bytes = resident_bytes(),
                      .aside_count = edition.aside_count(),
                      .standing = player_.show().showing().slot.entry,
                      .page = player_.decision().page});
  }

  PicturePtr decorated(const PicturePtr& picture) {
    return overlays_.over(picture, stage_->size(), shows_errors_, panels());
  }

  void tick() {
    const Show& show = player_.show();
    stage_->set_title(fmt::format("{} · {}{} · {} – Noseon",
                                  time_with_weekday(clock_.now(), zone()),
                                  name_of(*show.edition().playlist(), show.showing().slot.entry),
                                  player_.decision().is_draft ? " · " + say("draft") : "",
                                  speed_text(clock_.speed(), clock_.is_paused())));
    // Behind the first picture, which the fonts of panels must not delay.
    if (!std::exchange(is_greeted_, is_greeted_ || player_.decision().picture) &&
        player_.decision().picture)
      return notify(say("h shows the keys"));
    const bool is_over = !notice_.empty() && clock_.steady_now() >= notice_end_;
    if (is_over) notice_.clear();
    // A panel that is redrawn in mid-fade would cut it short.
    if ((is_over || shows_why_) && !player_.projector().is_fading()) player_.refresh();
  }

  const PreviewOptions& options_;
  Stage* stage_ = nullptr;  // from start() on
  PreviewClock& clock_;
  Instant start_;
  PollLoop& loop_;
  PreviewOverlays overlays_;
  Size size_;  // of the display, as the passenger sees it
  double scale_ = 1;
  bool is_full_screen_ = false;
  std::atomic<int> quarter_turns_ = 0;  // read on the loader's thread

  bool is_greeted_ = false;
  bool shows_why_ = false;
  bool shows_help_ = false;
  bool shows_errors_ = false;
  std::optional<std::string> prompt_;
  std::string prompt_error_;
  bool is_prompt_new_ = false;
  std::string notice_;
  Steady notice_end_{};
  Instant last_target_;
  Steady last_step_{};

  Timer tick_;
  Player player_;
};

Result<Instant> start_of(const PreviewOptions& options, const Display& display, const Clock& real) {
  if (!options.at) return real.now();
  return parse_when(*options.at, *display.zone);
}

}  // namespace

Status run_preview(const PreviewOptions& options) {
  Signals signals{SIGTERM, SIGINT, SIGHUP};
  LoadedFolder first =
      upright(reader_of({options.folder, options.display, options.size, options.labels})(), 0);
  const SystemClock real;
  ASSIGN_OR_RETURN(const Instant start, start_of(options, *first.display, real));
  TRY(context_of(options, first, start));
  PreviewClock clock(real, start, options.speed);

  const Size size = first.display->size;
  PollLoop loop;
  Preview preview(options, std::move(first), clock, loop);
  ASSIGN_OR_RETURN(
      Stage stage,
      Stage::open(
          {.title = "Noseon", .shape = StageShape::windowed, .size = size, .way = options.way}));
  preview.start(stage);
  loop.watch(signals.fd(), [&] {
    while (const auto signal = signals.take()) *signal == SIGHUP ? preview.reload() : loop.stop();
  });
  Status status = loop.run();
  if (options.prints_stats) fmt::print(stderr, "{}", preview.stats());
  return status;
}

}  // namespace noseon
