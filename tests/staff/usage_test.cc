#include "staff/usage.h"

#include <gtest/gtest.h>

namespace noseon::testing {
namespace {

constexpr const char* kRemedy = "; --help says what there is";

TEST(Usage, SaysInItsOwnWordsWhatCli11Says) {
  const std::pair<const char*, const char*> sentences[] = {
      {"A subcommand is required", "a command is missing"},
      {"--from is required", "--from is missing"},
      {"--until: 1 required T missing", "--until: its T is missing"},
      {"--speed: Value 1e9 not in range 0.1 to 86400", "--speed: 1e9 is not between 0.1 and 86400"},
      {"--json: Should be true/false or a number", "--json: takes no value"},
      {"--json: too many inputs for a flag", "--json: takes no value"},
      {"Could not convert: --speed = fast", "--speed: \"fast\" is no number"},
      {"The following argument was not expected: --form", "unknown, or one too many: --form"},
      {"The following arguments were not expected: a b", "unknown, or too much: a b"},
      {"--shares requires --csv", "--shares needs --csv beside it"},
      {"--json excludes --csv", "--json and --csv exclude each other"},
  };
  for (const auto& [theirs, ours] : sentences)
    EXPECT_EQ(usage_message(theirs), std::string(ours) + kRemedy);
}

TEST(Usage, PassesOnWhatItDoesNotKnow) {
  for (const char* theirs :
       {"--size was given a disallowed flag override", "requires ", "", " is required"})
    EXPECT_EQ(usage_message(theirs), std::string(theirs) + kRemedy);
}

TEST(Usage, NamesTheCommandThatWasMeant) {
  EXPECT_EQ(unknown_command("chek", {"check", "plan"}),
            "there is no command \"chek\"; did you mean \"check\"?");
  EXPECT_EQ(unknown_command("x\xff", {"check", "plan"}),
            "there is no command \"x\xef\xbf\xbd\"; one of: check, plan");
}

}  // namespace
}  // namespace noseon::testing
