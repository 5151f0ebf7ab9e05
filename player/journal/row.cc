#include "player/journal/row.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

#include "base/say.h"
#include "base/unicode.h"

namespace noseon {
namespace {

// Fields one after the other, each told apart from the next by its length.
class Netstrings {
 public:
  explicit Netstrings(std::string_view head) : text_(head) {}
  void add(std::string_view field) {
    fmt::format_to(std::back_inserter(text_), "{}:{},", field.size(), field);
  }
  void add(std::int64_t number) { add(std::string_view(fmt::format_int(number).c_str())); }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

template <std::size_t N>
std::string hex_of(const std::array<std::uint8_t, N>& bytes) {
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

// Valid UTF-8 within the cap.
std::string bounded(std::string_view text) {
  return repair_utf8(text.substr(0, kRowTextBytesMax / 3));
}

std::string blobs_text(const std::vector<Sha256>& blobs) {
  std::string text;
  for (std::size_t i = 0; i < std::min(blobs.size(), kBlobsMax); ++i) {
    text += (i > 0 ? " " : "") + to_hex(blobs[i]);
  }
  return text;
}

std::string places_text(const std::vector<std::pair<std::string, std::string>>& places) {
  std::string text;
  for (const auto& [campaign, place] : places) {
    if (!text.empty()) text += ' ';
    text.append(campaign).append("/").append(place);
  }
  return bounded(text);
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (number < 1 || number > kSequenceMax) return std::nullopt;
  return number;
}

}  // namespace

Row row_of(const Play& play, std::string_view display, std::string_view boot) {
  Row row;
  row.display = bounded(display);
  row.boot = bounded(boot);
  row.agency = bounded(play.agency);
  row.campaign = bounded(play.campaign);
  row.item = bounded(play.item);
  row.generation = play.generation;
  row.blobs = blobs_text(play.blobs);
  row.start = play.start.civil;
  row.grade = play.start.grade;
  row.steady = std::chrono::floor<Millis>(play.start.steady.time_since_epoch());
  row.shown = play.shown;
  row.complete = play.complete;
  row.route = bounded(play.route.value_or(""));
  row.places = places_text(play.places);
  return row;
}

std::string canonical(const Row& row) {
  Netstrings fields("noseon-row-1\n");
  fields.add(row.sequence);
  fields.add(kRecordKindWords[static_cast<std::size_t>(row.kind)]);
  for (const std::string* text : {&row.display, &row.boot, &row.agency, &row.campaign, &row.item}) {
    fields.add(*text);
  }
  fields.add(row.generation);
  fields.add(row.blobs);
  fields.add(row.start.time_since_epoch().count());
  fields.add(kGradeWords[static_cast<std::size_t>(row.grade)]);
  fields.add(row.steady.count());
  fields.add(row.shown.count());
  fields.add(std::int64_t{row.complete});
  fields.add(row.route);
  fields.add(row.places);
  fields.add(row.count);
  fields.add(row.note);
  fields.add(to_hex(row.previous));
  return fields.take();
}

Sha256 hash_of(const Row& row) {
  return sha256(canonical(row));
}

std::string canonical(const Checkpoint& checkpoint) {
  Netstrings fields("noseon-checkpoint-1\n");
  fields.add(checkpoint.number);
  fields.add(checkpoint.first);
  fields.add(checkpoint.sequence);
  fields.add(to_hex(checkpoint.hash));
  fields.add(checkpoint.time.time_since_epoch().count());
  fields.add(kGradeWords[static_cast<std::size_t>(checkpoint.grade)]);
  fields.add(hex_of(checkpoint.key));
  return fields.take();
}

std::string to_string(const ArchiveNote& note) {
  return fmt::format("{} sha256 {} rows to {} checkpoints to {}", note.file, to_hex(note.sha256),
                     note.last_sequence, note.last_checkpoint);
}

Result<ArchiveNote> parse_archive_note(std::string_view text) {
  const auto bad = [&] {
    return fail(ErrorKind::bad_format, say("\"{}\" names no archive", text));
  };
  const std::vector<std::string_view> words = words_of(text);
  if (words.size() != 9) return bad();
  const auto hash = sha256_from_hex(words[2]);
  const auto sequence = number_of(words[5]);
  const auto checkpoint = number_of(words[8]);
  if (!hash || !sequence || !checkpoint) return bad();
  ArchiveNote note{std::string(words[0]), *hash, *sequence, *checkpoint};
  if (to_string(note) != text) return bad();
  return note;
}

}  // namespace noseon
