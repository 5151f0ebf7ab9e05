#include "playlist/sheet_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <vector>

#include "playlist/patterns.h"

namespace noseon {
namespace {

struct Word {
  std::string_view key;
  std::string_view word;    // of the campaign language
  std::string_view korean;  // as it is written; further ways after bars
};

constexpr Word kWords[] = {
    {"row", "campaign", "캠페인"},
    {"row", "window", "기간"},
    {"row", "daypart", "시간대"},
    {"row", "place", "장소"},
    {"row", "style", "스타일"},
    {"row", "item", "항목|아이템"},
    {"role", "urgent", "긴급"},
    {"role", "takeover", "단독|특집|테이크오버"},
    {"role", "normal", "일반|보통"},
    {"role", "filler", "채움|채우기"},
    {"fit", "fit", "맞춤|전체"},
    {"fit", "fill", "채움|채우기"},
    {"transition", "cut", "바로|컷"},
    {"transition", "fade", "서서히|페이드"},
    {"motion", "still", "고정|멈춤"},
    {"motion", "ticker", "흐르기|흐름|티커"},
    {"clock", "none", "없음"},
    {"clock", "time", "시각|시간"},
    {"clock", "date", "날짜와 시각|날짜|날짜와 시간"},
    {"font", "sans", "고딕|고딕체"},
    {"font", "serif", "명조|명조체|바탕"},
    {"weight", "regular", "보통|일반"},
    {"weight", "bold", "굵게"},
    {"align", "left", "왼쪽"},
    {"align", "center", "가운데"},
    {"align", "right", "오른쪽"},
    {"align", "start", "앞쪽|시작|시작쪽"},
    {"wrap", "eojeol", "어절|단어"},
    {"wrap", "syllable", "글자|음절"},
    {"days", "daily", "매일|everyday|every day"},
    {"days", "holiday", "공휴일|휴일|holidays"},
    {"days", "-holiday", "-공휴일|-휴일|-holidays"},
    {"days", "mon-fri", "평일|weekday|weekdays"},
    {"days", "sat,sun", "주말|weekend|weekends"},
    {"days", "mon", "월|월요일|monday"},
    {"days", "tue", "화|화요일|tuesday|tues"},
    {"days", "wed", "수|수요일|wednesday"},
    {"days", "thu", "목|목요일|thursday|thur|thurs"},
    {"days", "fri", "금|금요일|friday"},
    {"days", "sat", "토|토요일|saturday"},
    {"days", "sun", "일|일요일|sunday"},
};

constexpr std::size_t kHangulBytes = 3;

bool is_among(std::string_view word, std::string_view ways) {
  while (!ways.empty()) {
    const std::size_t bar = std::min(ways.find('|'), ways.size());
    if (ways.substr(0, bar) == word) return true;
    ways.remove_prefix(std::min(bar + 1, ways.size()));
  }
  return false;
}

const Word* find_word(std::string_view key, std::string_view written) {
  const auto found = std::find_if(std::begin(kWords), std::end(kWords), [&](const Word& word) {
    return word.key == key && (word.word == written || is_among(written, word.korean));
  });
  return found == std::end(kWords) ? nullptr : found;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

// "월수금": nothing but days, each a syllable.
std::optional<std::string> days_of_syllables(std::string_view token) {
  if (token.size() % kHangulBytes != 0) return std::nullopt;
  std::vector<std::string_view> days;
  for (; !token.empty(); token.remove_prefix(kHangulBytes)) {
    const Word* word = find_word("days", token.substr(0, kHangulBytes));
    if (!word) return std::nullopt;
    days.push_back(word->word);
  }
  return fmt::format("{}", fmt::join(days, ","));
}

std::string days_of_token(std::string_view token) {
  if (const Word* word = find_word("days", token)) return std::string(word->word);
  if (auto days = days_of_syllables(token)) return *std::move(days);
  const std::size_t dash = token.find('-');
  if (dash == std::string_view::npos) return std::string(token);
  const Word* first = find_word("days", token.substr(0, dash));
  const Word* last = find_word("days", token.substr(dash + 1));
  if (!first || !last) return std::string(token);
  return fmt::format("{}-{}", first->word, last->word);
}

// Tokens parted by commas alone, ranges without blanks.
std::string with_commas(std::string_view written) {
  std::string text(written);
  for (const char* without : {"공휴일 제외", "공휴일제외", "휴일 제외", "휴일제외"})
    replace_all(text, without, ",-holiday,");
  replace_all(text, "every day", "daily");
  replace_all(text, "~", "-");
  replace_all(text, " - ", "-");
  replace_all(text, "- ", "-");
  for (const char* separator : {"·", "ㆍ", "、", ";", "/", "\n", " "})
    replace_all(text, separator, ",");
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t at = text.find(separator);
    parts.push_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

// "mon-fri" is 월-금, "-holiday" is -공휴일.
std::string korean_days(std::string_view token) {
  const auto korean = [](std::string_view word) {
    return written_word("days", word, SheetLanguage::korean);
  };
  const std::size_t dash = token.find('-');
  if (dash == 0 || dash == std::string_view::npos) return korean(token);
  return korean(token.substr(0, dash)) + "-" + korean(token.substr(dash + 1));
}

}  // namespace

std::string word_of(std::string_view key, std::string_view written) {
  const Word* word = find_word(key, written);
  return std::string(word ? word->word : written);
}

std::string written_word(std::string_view key, std::string_view word, SheetLanguage language) {
  const Word* found = find_word(key, word);
  if (!found || language == SheetLanguage::english) return std::string(word);
  return std::string(found->korean.substr(0, found->korean.find('|')));
}

std::optional<RowKind> row_kind_of(std::string_view written) {
  const Word* word = find_word("row", written);
  if (!word) return std::nullopt;
  return static_cast<RowKind>(word - kWords);  // the first words, in the order of RowKind
}

std::string_view to_string(RowKind kind) {
  return kWords[static_cast<std::size_t>(kind)].word;
}

std::string days_of(std::string_view written) {
  const std::string text = with_commas(written);
  std::vector<std::string> tokens;
  for (const std::string_view token : split(text, ',')) {
    if (!token.empty()) tokens.push_back(days_of_token(token));
  }
  return fmt::format("{}", fmt::join(tokens, ","));
}

std::string written_days(const DayPattern& pattern, SheetLanguage language) {
  std::string english = to_string(pattern);
  if (language == SheetLanguage::english) return english;
  std::vector<std::string> tokens;
  for (const std::string_view token : split(english, ',')) tokens.push_back(korean_days(token));
  return fmt::format("{}", fmt::join(tokens, ","));
}

}  // namespace noseon
