// Sentences for people, in their language. Every message that a person may read is made by say():
// its English template is the key of the translation (GNU gettext; staff/po/).
//
// A program that never calls speak() says everything in English. The language is the process's, as
// gettext's is: messages are the one thing in pure code that depends on more than its arguments.
#pragma once

#include <fmt/format.h>

#include <string>

namespace noseon {

/// The template in the reader's language, or the pointer that was given where there is none.
using Translate = const char* (*)(const char* english);

/// From now on messages are translated. Once, in main(), before there is another thread.
void speak(Translate translate);

/// `template_text` ends with a NUL. A translation whose placeholders do not fit is not used.
[[nodiscard]] std::string say_args(const char* template_text, fmt::format_args arguments);

/// say("item {}: there is no daypart \"{}\"", ...). REQUIRES: a string literal, which is what
/// xgettext finds; translations may change the order of its arguments: {1} {0}.
template <class... Args>
[[nodiscard]] std::string say(fmt::format_string<Args...> english, Args&&... args) {
  const fmt::string_view text(english);
  return say_args(text.data(), fmt::make_format_args(args...));
}

/// For texts in tables: marks a literal for translation; said() says it where it is needed.
[[nodiscard]] constexpr const char* to_say(const char* literal) {
  return literal;
}
[[nodiscard]] std::string said(const char* marked);

}  // namespace noseon
