// The reader's language: messages from staff/po/, chosen as every program chooses.
#pragma once

#include <filesystem>

namespace noseon {

/// From now on say() speaks the language that the environment asks for: LC_ALL, else LC_MESSAGES,
/// else LANG; LANGUAGE refines it. Korean is there beside English; any other language is English.
/// The locale need not be installed on this machine: only its messages are used, so numbers and
/// dates stay as Noseon writes them. `program` is the running program; its catalogues are in
/// ../share/locale/LANGUAGE/LC_MESSAGES/noseon.mo beside its folder. Call it once, in main(),
/// before there is another thread.
void speak_readers_language(const std::filesystem::path& program);

}  // namespace noseon
