// Fields of a JSON object that another program wrote for people and programs to read: each is taken
// where it is of its kind, and is as if it were missing where it is not. So a reader outlives what
// later versions add.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace noseon {

/// The object must outlive it.
class JsonFields {
 public:
  /// REQUIRES: an object. Of texts the first `text_bytes_max` bytes are taken.
  explicit JsonFields(const nlohmann::json& object, std::size_t text_bytes_max = 300);

  /// Well-formed UTF-8 that a terminal takes for no command: control characters are blanks. "" for
  /// none.
  [[nodiscard]] std::string text(const char* name) const;
  /// Those of a list; what of it is no text is passed over.
  [[nodiscard]] std::vector<std::string> texts(const char* name) const;
  [[nodiscard]] std::optional<std::uint64_t> number(const char* name) const;
  /// 0 for none, or one that is below 0 or not an int64.
  [[nodiscard]] std::int64_t whole(const char* name) const;
  [[nodiscard]] std::uint64_t count(const char* name) const;
  /// The same, at most some thirty thousand years.
  [[nodiscard]] Millis millis(const char* name) const;
  /// From 0 to a million; 0 for none.
  [[nodiscard]] double decimal(const char* name) const;
  /// RFC 3339.
  [[nodiscard]] std::optional<Instant> time(const char* name) const;
  [[nodiscard]] bool is_true(const char* name) const;
  /// Null for none.
  [[nodiscard]] const nlohmann::json* object(const char* name) const;
  [[nodiscard]] const nlohmann::json* list(const char* name) const;

 private:
  [[nodiscard]] const nlohmann::json* find(const char* name) const;

  const nlohmann::json& object_;
  std::size_t text_bytes_max_;
};

}  // namespace noseon
