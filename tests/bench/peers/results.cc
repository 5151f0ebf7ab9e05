#include "tests/bench/peers/results.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace noseon::peers {
namespace {

const std::array<std::string, 4> kPeerColumns{"feh", "mpv x11", "mpv gpu", "chromium"};
constexpr auto kAtMost = Ask::Kind::at_most;
constexpr auto kAtLeast = Ask::Kind::at_least;
constexpr auto kPartOf = Ask::Kind::at_most_part_of;
constexpr double kFrame = 1000.0 / 60;  // ms

std::string words_for(const Ask& ask, const Measure& measure) {
  switch (ask.kind) {
    case kAtMost:
      return fmt::format("<= {:g} {}", std::round(ask.value * 10) / 10, measure.unit);
    case kAtLeast:
      return fmt::format(">= {:g} {}", ask.value, measure.unit);
    case kPartOf:
      return fmt::format("<= {:g}x {}", ask.value, ask.peer);
  }
  return {};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
  return text;
}

}  // namespace

double statistic(Statistic of, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  switch (of) {
    case Statistic::median:
      return (values[(values.size() - 1) / 2] + values[values.size() / 2]) / 2;
    case Statistic::mean:
      return mean;
    case Statistic::deviation: {
      double squares = 0;
      for (const double value : values) squares += (value - mean) * (value - mean);
      return values.size() < 2 ? 0 : std::sqrt(squares / (count - 1));
    }
    case Statistic::largest:
      return values.back();
  }
  return mean;
}

// The figures asked for are those of the project's design.
const std::vector<Measure>& measures() {
  static const std::vector<Measure> all{
      {1,
       "start_hd",
       "exec to first poster, HD",
       "ms",
       0,
       Statistic::median,
       {{kPartOf, 1, "feh"}, {kPartOf, 0.3, "mpv x11"}},
       "",
       ""},
      {2,
       "start_print",
       "exec to first poster, print, as published",
       "ms",
       0,
       Statistic::median,
       {{kPartOf, 0.3, "feh"}},
       "",
       ""},
      {2,
       "start_print_preview",
       "the same, preview of originals, cold",
       "ms",
       0,
       Statistic::median,
       {{kPartOf, 0.7, "feh"}},
       "",
       "start_print"},
      {3,
       "next_print",
       "next scheduled poster on the glass, print",
       "ms",
       1,
       Statistic::median,
       {{kAtMost, 17}, {kPartOf, 0.05, "feh"}},
       "",
       ""},
      {4,
       "cpu_print",
       "CPU per poster, print, shown for the first time: the program",
       "s",
       3,
       Statistic::median,
       {{kPartOf, 0.15, "feh"}},
       "",
       ""},
      {4,
       "cpu_print_with_x",
       "the same, with the X server",
       "s",
       3,
       Statistic::median,
       {{kPartOf, 0.15, "feh"}},
       "",
       ""},
      {4,
       "cpu_print_settled",
       "the program, in the third round of a loop",
       "s",
       3,
       Statistic::median,
       {{kPartOf, 0.15, "feh"}},
       "",
       "cpu_print"},
      {5,
       "stand_error",
       "time each poster stands, nominal 3,000 ms, print: mean error",
       "ms",
       1,
       Statistic::mean,
       {{kAtMost, 1}},
       "stand",
       ""},
      {5,
       "stand_deviation",
       "the same: standard deviation",
       "ms",
       1,
       Statistic::deviation,
       {{kAtMost, 5}},
       "stand",
       ""},
      {6, "pss_hd", "PSS, all processes, HD", "MB", 0, Statistic::median, {{kAtMost, 40}}, "", ""},
      {6,
       "pss_print",
       "PSS, all processes, print",
       "MB",
       0,
       Statistic::median,
       {{kAtMost, 40}},
       "",
       ""},
      {7,
       "wakeups",
       "wake-ups while a poster stands, x11",
       "/s",
       1,
       Statistic::median,
       {{kAtMost, 0.5}},
       "",
       ""},
      {7,
       "wakeups_offscreen",
       "the same, offscreen",
       "/s",
       1,
       Statistic::median,
       {{kAtMost, 0.5}},
       "",
       ""},
      {7, "wakeups_dummy", "the same, dummy", "/s", 1, Statistic::median, {{kAtMost, 0.5}}, "", ""},
      {7,
       "wakeups_wayland",
       "the same, Wayland (under cage)",
       "/s",
       1,
       Statistic::median,
       {{kAtMost, 0.5}},
       "",
       ""},
      {8,
       "fade_rate",
       "fade: frames on the glass",
       "/s",
       1,
       Statistic::median,
       {{kAtLeast, 59}},
       "",
       ""},
      {8,
       "fade_cpu",
       "fade: CPU with the X server",
       "s",
       3,
       Statistic::median,
       {{kPartOf, 0.2, "chromium"}},
       "",
       ""},
      {9,
       "fidelity",
       "fidelity of a print poster, as published",
       "dB",
       1,
       Statistic::median,
       {{kAtLeast, 45}},
       "",
       ""},
      {9,
       "fidelity_preview",
       "the same, preview of originals",
       "dB",
       1,
       Statistic::median,
       {{kAtLeast, 45}},
       "",
       "fidelity"},
      {10,
       "growth",
       "growth of PSS without files over many changes",
       "MB",
       2,
       Statistic::median,
       {{kAtMost, 0.5}},
       "",
       ""},
      {11,
       "edge_late",
       "switch at a window's edge: latest",
       "ms",
       1,
       Statistic::largest,
       {{kAtMost, kFrame}},
       "edge",
       ""},
      {11,
       "edge_early",
       "switch at a window's edge: early",
       "times",
       0,
       Statistic::largest,
       {{kAtMost, 0}},
       "",
       ""},
  };
  return all;
}

void Results::add(const std::string& samples, const std::string& column, double value) {
  values_[samples][column].push_back(value);
}

bool Results::has(const std::string& samples, const std::string& column) const {
  const auto found = values_.find(samples);
  return found != values_.end() && found->second.contains(column);
}

void Results::say(const std::string& samples, const std::string& column, const std::string& words) {
  words_[samples][column] = words;
}

bool Results::says(const std::string& samples, const std::string& column) const {
  const auto found = words_.find(samples);
  return found != words_.end() && found->second.contains(column);
}

void Results::note(const std::string& text) {
  if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
}

void Results::set_version(const std::string& column, const std::string& version) {
  versions_[column] = version;
}

const std::vector<double>& Results::values(const Measure& measure,
                                           const std::string& column) const {
  static const std::vector<double> none;
  std::string samples = measure.samples.empty() ? measure.id : measure.samples;
  if (column != kNoseon && !measure.peers.empty()) samples = measure.peers;
  const auto of_samples = values_.find(samples);
  if (of_samples == values_.end()) return none;
  const auto found = of_samples->second.find(column);
  return found == of_samples->second.end() ? none : found->second;
}

std::optional<double> Results::value(const Measure& measure, const std::string& column) const {
  const std::vector<double>& all = values(measure, column);
  if (all.empty()) return std::nullopt;
  return statistic(measure.shown, all);
}

std::string Results::cell(const Measure& measure, const std::string& column) const {
  if (const auto number = value(measure, column)) {
    const bool is_signed = measure.shown == Statistic::mean || measure.row == 10;
    return is_signed ? fmt::format("{:+.{}f}", *number, measure.decimals)
                     : fmt::format("{:.{}f}", *number, measure.decimals);
  }
  std::string samples = measure.samples.empty() ? measure.id : measure.samples;
  if (column != kNoseon && !measure.peers.empty()) samples = measure.peers;
  const auto of_samples = words_.find(samples);
  if (of_samples == words_.end()) return "-";
  const auto found = of_samples->second.find(column);
  return found == of_samples->second.end() ? "-" : found->second;
}

std::string Results::ratios(const Measure& measure) const {
  const auto own = value(measure, kNoseon);
  std::vector<std::string> parts;
  for (const Ask& ask : measure.asked) {
    if (ask.kind != kPartOf || !own) continue;
    const auto theirs = value(measure, ask.peer);
    if (theirs && *theirs > 0) parts.push_back(fmt::format("{:.3g}x {}", *own / *theirs, ask.peer));
  }
  return parts.empty() ? "-" : joined(parts);
}

// What cannot be told because a peer is missing is not reached, and not missed either.
Results::Verdict Results::verdict(const Measure& measure) const {
  const auto own = value(measure, kNoseon);
  if (!own) return Verdict::unknown;
  Verdict verdict = Verdict::yes;
  for (const Ask& ask : measure.asked) {
    if (ask.kind == kPartOf) {
      const auto theirs = value(measure, ask.peer);
      if (!theirs) {
        if (verdict == Verdict::yes) verdict = Verdict::unknown;
        continue;
      }
      if (*own > ask.value * *theirs) verdict = Verdict::no;
      continue;
    }
    const double size = measure.shown == Statistic::mean ? std::abs(*own) : *own;
    if (ask.kind == kAtMost ? size > ask.value : size < ask.value) verdict = Verdict::no;
  }
  return verdict;
}

std::string Results::word(Verdict verdict) {
  return verdict == Verdict::yes ? "yes" : verdict == Verdict::no ? "**no**" : "not measured";
}

std::string Results::table(const std::vector<int>& rows) const {
  std::string text = "| measure |";
  for (const std::string& column : kPeerColumns) text += fmt::format(" {} |", column);
  text += " Noseon | asked | ratio | reached |\n|---|---|---|---|---|---|---|---|---|\n";
  for (const Measure& measure : measures()) {
    if (std::find(rows.begin(), rows.end(), measure.row) == rows.end()) continue;
    text += fmt::format("| {}, {} |", measure.title, measure.unit);
    for (const std::string& column : kPeerColumns)
      text += fmt::format(" {} |", cell(measure, column));
    std::vector<std::string> asked;
    for (const Ask& ask : measure.asked) asked.push_back(words_for(ask, measure));
    text += fmt::format(" {} | {} | {} | {} |\n", cell(measure, kNoseon), joined(asked),
                        ratios(measure), word(verdict(measure)));
  }
  if (!notes_.empty()) text += "\n";
  for (const std::string& note : notes_) text += "- " + note + "\n";
  return text;
}

nlohmann::json Results::json(const std::vector<int>& rows) const {
  nlohmann::json lines = nlohmann::json::array();
  for (const Measure& measure : measures()) {
    if (std::find(rows.begin(), rows.end(), measure.row) == rows.end()) continue;
    nlohmann::json line{{"row", measure.row},       {"id", measure.id},
                        {"title", measure.title},   {"unit", measure.unit},
                        {"ratio", ratios(measure)}, {"reached", word(verdict(measure))}};
    for (const Ask& ask : measure.asked) line["asked"].push_back(words_for(ask, measure));
    std::vector<std::string> columns(kPeerColumns.begin(), kPeerColumns.end());
    columns.emplace_back(kNoseon);
    for (const std::string& column : columns) {
      const std::vector<double>& all = values(measure, column);
      nlohmann::json& of = line["programs"][column];
      of["shown"] = cell(measure, column);
      if (all.empty()) continue;
      of["median"] = statistic(Statistic::median, all);
      of["mean"] = statistic(Statistic::mean, all);
      of["deviation"] = statistic(Statistic::deviation, all);
      of["least"] = *std::min_element(all.begin(), all.end());
      of["largest"] = statistic(Statistic::largest, all);
      of["values"] = all;
    }
    lines.push_back(std::move(line));
  }
  return {{"measures", lines}, {"versions", versions_}, {"notes", notes_}};
}

}  // namespace noseon::peers
