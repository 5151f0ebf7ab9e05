#include "playlist/sheet_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "base/say.h"
#include "playlist/patterns.h"
#include "playlist/sheet_forms.h"
#include "playlist/suggest.h"

namespace noseon {
namespace {

struct LanguageName {
  std::string_view code;
  std::string_view names;
};
constexpr LanguageName kLanguageNames[] = {
    {"ko", "한국어|국문|한글|korean"},    {"en", "영어|영문|english"},
    {"az", "아제르바이잔어|azerbaijani"}, {"ja", "일본어|일문|japanese"},
    {"zh", "중국어|중문|chinese"},        {"order", "순서|order"},
};

template <class Function>
bool any_way(std::string_view ways, Function function) {
  while (!ways.empty()) {
    const std::size_t bar = std::min(ways.find('|'), ways.size());
    if (function(ways.substr(0, bar))) return true;
    ways.remove_prefix(std::min(bar + 1, ways.size()));
  }
  return false;
}

bool is_way(std::string_view ways, std::string_view wanted) {
  return any_way(ways, [&](std::string_view way) { return way == wanted; });
}

// "Radius m", "radius_m" and "RadiusM" are one name.
std::string squeezed(std::string_view text) {
  std::string result = folded(text);
  std::erase_if(result, [](char c) { return c == ' ' || c == '_' || c == '\n'; });
  return result;
}

using KindsByName = std::map<std::string, const ColumnKind*, std::less<>>;

KindsByName kinds_by_name() {
  KindsByName kinds;
  for (const ColumnKind& kind : column_kinds()) {
    const auto add = [&](std::string_view way) {
      kinds.emplace(squeezed(way), &kind);
      return false;
    };
    add(kind.key);
    any_way(kind.korean, add);
    any_way(kind.aliases, add);
  }
  return kinds;
}

const ColumnKind* find_kind(std::string_view written) {
  static const KindsByName kKinds = kinds_by_name();
  const auto found = kKinds.find(squeezed(written));
  return found == kKinds.end() ? nullptr : found->second;
}

// "ko", "KO", "zh-Hant", 한국어, "Korean"; the first part of a code is small, the rest as written.
std::optional<std::string> read_language(std::string_view written) {
  const std::string plain = plain_text(written);
  const std::string name = squeezed(plain);
  for (const LanguageName& known : kLanguageNames) {
    if (is_way(known.names, name)) return std::string(known.code);
  }
  const std::size_t dash = std::min(plain.find('-'), plain.size());
  const std::string code = folded(plain.substr(0, dash)) + plain.substr(dash);
  return is_language(code) ? std::optional(code) : std::nullopt;
}

std::optional<Column> column_of(std::string_view base, std::string_view language) {
  const ColumnKind* kind = find_kind(base);
  if (!kind || !kind->is_by_language) return std::nullopt;
  auto read = read_language(language);
  return read ? std::optional(Column{kind, *std::move(read)}) : std::nullopt;
}

// "text.ko", "text (ko)", "문구ko"
std::optional<Column> read_by_language(std::string header) {
  while (header.ends_with(')') || header.ends_with(']') || header.ends_with(' ')) header.pop_back();
  const std::size_t mark = header.find_last_of(".([_: \n");
  if (mark != std::string::npos) {
    std::string base = header.substr(0, mark);
    while (!base.empty() && std::string_view(".([_: \n").find(base.back()) != std::string::npos) {
      base.pop_back();
    }
    return column_of(base, header.substr(mark + 1));
  }
  const auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  const auto latin = std::find_if(header.begin(), header.end(), is_ascii);
  if (latin == header.begin()) return std::nullopt;  // "textko" is no header
  return column_of(std::string(header.begin(), latin), std::string(latin, header.end()));
}

std::vector<std::string> known_headers() {
  std::vector<std::string> headers;
  for (const ColumnKind& kind : column_kinds()) {
    const Column column{&kind, kind.is_by_language ? "ko" : ""};
    headers.push_back(header_of(column, SheetLanguage::english));
    headers.push_back(header_of(column, SheetLanguage::korean));
  }
  return headers;
}

}  // namespace

const std::vector<ColumnKind>& column_kinds() {
  using Form = CellForm;
  static const std::vector<ColumnKind> kKinds = {
      {"row", "행|구분|종류", "kind|type", Form::row_kind, "cwdpsi", false, true},
      {"id", "아이디|이름|식별자", "name", Form::name, "cdpsi", false, true},
      {"title", "제목", "", Form::text, "c", true, false},
      {"timezone", "표준시", "time zone", Form::name, "c", false, false},
      {"holidays", "공휴일|공휴일 달력", "", Form::name, "c", false, false},
      {"contact", "연락처", "", Form::name, "c", false, false},
      {"role", "역할", "", Form::word, "i", false, false},
      {"poster", "포스터", "", Form::name, "i", false, true},
      {"text", "문구", "", Form::text, "i", true, true},
      {"alt", "대체 문구|대체 텍스트", "alt text", Form::text, "i", true, true},
      {"caption", "설명|캡션|설명글", "", Form::text, "i", true, false},
      {"style", "스타일", "", Form::name, "i", false, false},
      {"fit", "맞춤", "", Form::word, "i", false, false},
      {"transition", "전환", "", Form::word, "i", false, false},
      {"motion", "움직임|흐름", "", Form::word, "i", false, false},
      {"seconds", "초", "", Form::whole, "i", false, true},
      {"weight", "가중치|굵기", "", Form::whole, "si", false, true},
      {"from", "시작일|시작", "start", Form::moment, "wi", false, true},
      {"until", "종료일|종료", "end", Form::moment, "wi", false, true},
      {"yearly", "매년", "every year", Form::yearly, "wi", false, true},
      {"days", "요일", "", Form::days, "di", false, true},
      {"hours", "시간", "", Form::hours, "di", false, true},
      {"dayparts", "시간대", "daypart", Form::names, "i", false, true},
      {"routes", "노선", "route", Form::names, "i", false, true},
      {"near", "장소|근처", "place", Form::names, "i", false, false},
      {"labels", "라벨", "label", Form::names, "i", false, false},
      {"share", "비율", "", Form::share, "i", false, false},
      {"salt", "솔트", "", Form::name, "i", false, false},
      {"lat", "위도", "latitude", Form::decimal, "p", false, false},
      {"lon", "경도", "longitude", Form::decimal, "p", false, false},
      {"radius_m", "반경(m)|반경", "radius|radius (m)", Form::metres, "p", false, false},
      {"like", "바탕 스타일|기본 스타일", "", Form::name, "s", false, false},
      {"background", "배경색|배경", "", Form::name, "s", false, false},
      {"picture", "배경 그림|배경 사진|그림", "", Form::name, "s", false, false},
      {"scrim", "배경색 덮기|덮기", "", Form::whole, "s", false, false},
      {"ink", "글자색", "", Form::name, "s", false, false},
      {"font", "글꼴", "", Form::word, "s", false, false},
      {"align", "정렬", "", Form::word, "s", false, false},
      {"wrap", "줄바꿈", "", Form::word, "s", false, false},
      {"padding", "여백", "", Form::whole, "s", false, false},
      {"size", "글자 크기|크기", "", Form::whole, "s", false, false},
      {"line_height", "줄 높이|줄 간격", "", Form::whole, "s", false, false},
      {"letter_spacing", "자간|글자 간격", "", Form::whole, "s", false, false},
      {"outline.color", "외곽선 색|테두리 색", "outline color", Form::name, "s", false, false},
      {"outline.width", "외곽선 굵기|테두리 굵기", "outline width", Form::whole, "s", false, false},
      {"shadow.color", "그림자 색", "shadow color", Form::name, "s", false, false},
      {"shadow.right", "그림자 오른쪽", "shadow right", Form::whole, "s", false, false},
      {"shadow.down", "그림자 아래쪽", "shadow down", Form::whole, "s", false, false},
      {"shadow.blur", "그림자 흐림", "shadow blur", Form::whole, "s", false, false},
      {"shadow.opacity", "그림자 진하기", "shadow opacity", Form::whole, "s", false, false},
      {"clock", "시계", "", Form::word, "s", false, false},
  };
  return kKinds;
}

std::string Column::name() const {
  return kind->is_by_language ? fmt::format("{}.{}", kind->key, language) : std::string(kind->key);
}

CellForm Column::form_in(RowKind row) const {
  if (language == kOrderColumn) return CellForm::names;
  if (kind->key == "weight" && row == RowKind::style) return CellForm::word;
  return kind->form;
}

bool Column::is_in(RowKind row) const {
  return kind->rows.find(to_string(row).front()) != std::string_view::npos;
}

Result<Column> read_header(std::string_view written) {
  const ColumnKind* kind = find_kind(written);
  if (kind && !kind->is_by_language) return Column{kind, ""};
  if (kind) {
    const std::string korean = header_of({kind, "ko"}, SheetLanguage::korean);
    return fail(ErrorKind::bad_format,
                say("the header \"{}\" lacks its language; write {}.ko or {}", plain_text(written),
                    kind->key, korean));
  }
  if (auto column = read_by_language(plain_text(written))) return *std::move(column);
  return fail(ErrorKind::bad_format,
              say("the header \"{}\" is not known; {}", plain_text(written),
                  suggestion(plain_text(written), known_headers(),
                             say("see the list of columns, or take the column out"))));
}

std::string header_of(const Column& column, SheetLanguage language) {
  if (language == SheetLanguage::english) return column.name();
  const std::string_view korean = column.kind->korean.substr(0, column.kind->korean.find('|'));
  if (!column.kind->is_by_language) return std::string(korean);
  const std::string of = column.language == kOrderColumn ? "순서" : column.language;
  return fmt::format("{}({})", korean, of);
}

}  // namespace noseon
