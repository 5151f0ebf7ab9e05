// What must be true of a journal's folder whatever became of its display: every play that was
// acknowledged is in it once, in its place, sealed as far as it says, with the key that sealed it;
// and the next start goes on with it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace noseon::faults {

/// The plays that tests/player/journal_writer.cc acknowledged; a torn last line counts for nothing.
[[nodiscard]] std::set<std::int64_t> plays_said(const std::string& said);

/// What is wrong with `folder`, into which one more play is then written. Changes the folder:
/// SQLite's index of the log, of which a power cut may leave anything, is filled with noise first.
[[nodiscard]] std::optional<std::string> wrong_with_journal(
    const std::filesystem::path& folder, const std::set<std::int64_t>& acknowledged);

/// Whether the last play in `folder` was an item's, and not a card's; false where there is none.
[[nodiscard]] bool ends_with_item(const std::filesystem::path& folder);

/// How many plays the journal in `folder` has; 0 where none can be read.
[[nodiscard]] std::int64_t plays_in(const std::filesystem::path& folder);

/// The same without the next start; nothing is changed.
[[nodiscard]] std::optional<std::string> wrong_with_journal_as_it_lies(
    const std::filesystem::path& folder, const std::set<std::int64_t>& acknowledged);

/// The same of a journal that may be damaged, and set aside before or by the next start: every play
/// that was acknowledged can be read from one of the databases, each with the log beside it, and
/// the one that goes on is whole.
[[nodiscard]] std::optional<std::string> wrong_with_what_was_set_aside(
    const std::filesystem::path& folder, const std::set<std::int64_t>& acknowledged);

/// With the next start, where plays are known by their count alone: at least so many are there.
[[nodiscard]] std::optional<std::string> wrong_with_journal(const std::filesystem::path& folder,
                                                            std::int64_t plays_least);

}  // namespace noseon::faults
