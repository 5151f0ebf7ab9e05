#include "base/say.h"

#include <gtest/gtest.h>

#include <cstring>

namespace noseon {
namespace {

// Speaks a made-up language for one test.
class Speaking {
 public:
  explicit Speaking(Translate translate) { speak(translate); }
  ~Speaking() {
    speak([](const char* english) { return english; });
  }
  Speaking(const Speaking&) = delete;
  Speaking& operator=(const Speaking&) = delete;
};

const char* in_another_language(const char* english) {
  if (std::strcmp(english, "{} has {} turns") == 0) return "{1} x {0}";
  if (std::strcmp(english, "item {}") == 0) return "{} and {} too many";
  return english;
}

TEST(Say, IsEnglishUntilAProgramSpeaks) {
  EXPECT_EQ(say("{} has {} turns", "remember", 3), "remember has 3 turns");
}

TEST(Say, ATranslationMayTurnTheOrderOfWordsAround) {
  const Speaking speaking(in_another_language);
  EXPECT_EQ(say("{} has {} turns", "remember", 3), "3 x remember");
}

TEST(Say, WhatIsNotTranslatedStaysEnglish) {
  const Speaking speaking(in_another_language);
  EXPECT_EQ(say("write {{ ko = \"...\" }}"), "write { ko = \"...\" }");
}

TEST(Say, ATranslationThatAsksForMoreThanThereIsIsNotUsed) {
  const Speaking speaking(in_another_language);
  EXPECT_EQ(say("item {}", "names"), "item names");
}

}  // namespace
}  // namespace noseon
