#include "staff/language.h"

#include <libintl.h>

#include <clocale>
#include <cstdlib>
#include <string>

#include "base/say.h"

namespace noseon {
namespace {

constexpr const char* kDomain = "noseon";

const char* translated(const char* english) {
  return ::dgettext(kDomain, english);
}

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

// As POSIX orders them (Base Definitions 8.2).
std::string asked_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (std::string value = variable(name); !value.empty()) return value;
  }
  return "";
}

// gettext looks into LANGUAGE only where the locale is another than "C": one that each machine has
// stands in for a locale that is not installed.
void stand_in_for(const std::string& locale) {
  if (locale.empty() || locale == "C" || locale == "POSIX") return;
  if (variable("LANGUAGE").empty()) ::setenv("LANGUAGE", locale.c_str(), 1);
  std::setlocale(LC_MESSAGES, "C.UTF-8");
}

}  // namespace

void speak_readers_language(const std::filesystem::path& program) {
  if (std::setlocale(LC_MESSAGES, "") == nullptr) stand_in_for(asked_locale());
  const std::filesystem::path catalogues = program.parent_path() / ".." / "share" / "locale";
  ::bindtextdomain(kDomain, catalogues.c_str());
  ::bind_textdomain_codeset(kDomain, "UTF-8");
  speak(translated);
}

}  // namespace noseon
