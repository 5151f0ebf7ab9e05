// A new campaign as values: the text of its file, the id from its folder's name. Pure.
#pragma once

#include <string>
#include <string_view>

#include "base/time.h"

namespace noseon {

enum class TemplateLanguage { korean, english };

/// What the environment asks for: the first of LC_ALL, LC_MESSAGES and LANG that is not empty
/// decides, Korean where it begins with "ko". Null counts as empty.
[[nodiscard]] TemplateLanguage template_language(const char* lc_all, const char* lc_messages,
                                                 const char* lang);

/// "Spring 2027" -> "spring-2027"; "campaign" where a name in another script leaves nothing sure.
[[nodiscard]] std::string id_from_name(std::string_view folder_name);

/// How long a new campaign runs, both ends included.
struct CampaignDays {
  Day from;
  Day until;
};
[[nodiscard]] CampaignDays first_days(Day today);

/// campaign.toml, commented in the language, sound as it is. REQUIRES: is_id(id).
[[nodiscard]] std::string campaign_text(TemplateLanguage language, std::string_view id,
                                        CampaignDays days);

}  // namespace noseon
