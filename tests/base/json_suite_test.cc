// nst/JSONTestSuite, where it lies beside the checkout: y_ is JSON, n_ is not, i_ is up to the
// reader.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "base/files.h"
#include "base/json.h"
#include "tests/faults/summary.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

class JsonTestSuite : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(folder_)) GTEST_SKIP() << folder_ << " is not there";
  }

  // Calls check(name, was it accepted?) for every file of one kind, and says how many there were.
  template <class Check>
  int each(const std::string& kind, Check check) {
    int count = 0;
    const std::vector<std::string> names = list_folder(folder_).value();
    for (const std::string& name : names) {
      if (!name.starts_with(kind)) continue;
      const std::string text = read_file(folder_ / name, 1U << 20U).value();
      check(name, parse_json(text).has_value());
      ++count;
    }
    return count;
  }
  static void say_tried(const char* name, int count) {
    const auto tried = static_cast<std::size_t>(count);
    faults::say_survived(name, tried, tried, HasFailure() ? 0 : tried);
  }

 private:
  fs::path folder_ =
      fs::path(NOSEON_SOURCE_DIR) / "../shared/corpora/json-JSONTestSuite/test_parsing";
};

TEST_F(JsonTestSuite, WhatIsJsonIsReadButForNamesThatStandTwice) {
  const std::set<std::string> twice = {"y_object_duplicated_key.json",
                                       "y_object_duplicated_key_and_value.json"};
  const int count = each("y_", [&](const std::string& name, bool accepted) {
    EXPECT_EQ(accepted, !twice.contains(name)) << name;
  });
  say_tried("fuzz of JSON that is", count);
  EXPECT_EQ(count, 95);
}

TEST_F(JsonTestSuite, WhatIsNotJsonIsRefused) {
  const int count =
      each("n_", [](const std::string& name, bool accepted) { EXPECT_FALSE(accepted) << name; });
  say_tried("fuzz of JSON that is none", count);
  EXPECT_EQ(count, 188);
}

TEST_F(JsonTestSuite, WhatMayGoEitherWayIsSurvived) {
  const int count = each("i_", [](const std::string&, bool) {});
  say_tried("fuzz of JSON that may be", count);
  EXPECT_EQ(count, 35);
}

}  // namespace
}  // namespace noseon
