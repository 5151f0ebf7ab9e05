#include "staff/csv.h"

#include <fmt/format.h>

namespace noseon {
namespace {

std::string in_quotes(const std::string& field) {
  std::string text = "\"";
  for (const char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

}  // namespace

std::string csv_record(const std::vector<std::string>& fields) {
  std::string record;
  const char* separator = "";
  for (const std::string& field : fields) {
    record += separator;
    record += field.find_first_of(",\"\r\n") == std::string::npos ? field : in_quotes(field);
    separator = ",";
  }
  return record + "\r\n";
}

std::string csv_seconds(Millis length) {
  std::string text = fmt::format("{}.{:03}", length.count() / 1000, length.count() % 1000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

}  // namespace noseon
