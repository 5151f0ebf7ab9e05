// Lists of items for people: "khojaly/remember, lights; on-board/quiet".
#pragma once

#include <string>

namespace noseon {

/// Names the campaign once for all of its items that are added in a row.
class NameList {
 public:
  void add(const std::string& campaign, const std::string& item);
  [[nodiscard]] bool is_empty() const { return text_.empty(); }
  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::string campaign_;
};

}  // namespace noseon
