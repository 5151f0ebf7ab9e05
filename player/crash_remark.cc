#include "player/crash_remark.h"

#include "base/say.h"

namespace noseon {

std::string in_words(const CrashRemark& remark) {
  switch (remark.cost) {
    case CrashRemark::Cost::nothing:
      return "";
    case CrashRemark::Cost::card_alone:
      return say("after crashes the built-in card alone is shown");
    case CrashRemark::Cost::earlier_release:
      return say("after crashes another release than the latest may be played");
    case CrashRemark::Cost::left_out:
      return say("left out after crashes: {}", remark.names);
  }
  return "";
}

}  // namespace noseon
