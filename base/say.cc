#include "base/say.h"

namespace noseon {
namespace {

const char* in_english(const char* english) {
  return english;
}

// Set once, before there are threads.
Translate& translation() {
  static Translate translate = in_english;
  return translate;
}

}  // namespace

void speak(Translate translate) {
  translation() = translate;
}

std::string say_args(const char* template_text, fmt::format_args arguments) {
  const char* const translated = translation()(template_text);
  if (translated != template_text) {
    try {
      return fmt::vformat(translated, arguments);
    } catch (const fmt::format_error&) {  // a translation's fault is no reason to say nothing
    }
  }
  return fmt::vformat(template_text, arguments);
}

std::string said(const char* marked) {
  return translation()(marked);
}

}  // namespace noseon
