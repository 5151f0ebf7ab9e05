#include "staff/scaffold.h"

#include <algorithm>

#include "base/check.h"
#include "playlist/patterns.h"
#include "staff/romanise.h"
#include "staff/templates.h"

namespace noseon {
namespace {

constexpr std::chrono::days kLength{60};
constexpr std::size_t kIdMax = 64;

bool is_set(const char* value) {
  return value && *value != '\0';
}

// Every place of `what`.
void fill_in(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

TemplateLanguage template_language(const char* lc_all, const char* lc_messages, const char* lang) {
  for (const char* value : {lc_all, lc_messages, lang}) {
    if (!is_set(value)) continue;
    return std::string_view(value).starts_with("ko") ? TemplateLanguage::korean
                                                     : TemplateLanguage::english;
  }
  return TemplateLanguage::english;
}

std::string id_from_name(std::string_view folder_name) {
  std::string id;
  for (const char c : romanised(folder_name)) {
    const char letter = lower(c);
    const bool fits = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    if (fits) {
      id += letter;
    } else if (!id.empty() && id.back() != '-') {
      id += '-';
    }
  }
  id.resize(std::min(id.size(), kIdMax));
  while (id.ends_with('-')) id.pop_back();
  return id.empty() ? "campaign" : id;
}

CampaignDays first_days(Day today) {
  return {today, today + kLength};
}

std::string campaign_text(TemplateLanguage language, std::string_view id, CampaignDays days) {
  CHECK(is_id(id));
  std::string text =
      language == TemplateLanguage::korean ? campaign_template_ko : campaign_template_en;
  fill_in(text, "%id%", id);
  fill_in(text, "%from%", to_string(days.from));
  fill_in(text, "%until%", to_string(days.until));
  return text;
}

}  // namespace noseon
