#include "staff/names.h"

namespace noseon {

void NameList::add(const std::string& campaign, const std::string& item) {
  const bool is_same = !is_empty() && campaign == campaign_;
  if (!is_empty()) text_ += is_same ? ", " : "; ";
  if (!is_same) text_ += campaign + "/";
  text_ += item;
  campaign_ = campaign;
}

}  // namespace noseon
