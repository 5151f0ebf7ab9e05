// The store when its writer is killed, or the disk refuses one call of it.
#include <gtest/gtest.h>

#include "tests/faults/injected_test.h"
#include "tests/faults/pretend_release.h"

namespace noseon::faults {
namespace {

constexpr const char* kWriter = NOSEON_BIN_DIR "/store_writer";

class InjectedStore : public InjectedTest {
 protected:
  InjectedStore() {
    Store store = Store::open(before_).value();
    EXPECT_TRUE(pull_release(store, 1, [](const std::string&) {}));
  }
  std::vector<std::string> command() override {
    std::vector<std::string> words{kWriter, root_.string(), "2"};
    if (!bug_.empty()) words.push_back(bug_);
    return words;
  }
  std::optional<std::string> wrong_with(const std::string& said, int exit_code) override {
    return wrong_with_store(root_, said, exit_code == 0 ? 2 : 1, 2);
  }

  std::string bug_;  // planted in the writer
};

TEST_F(InjectedStore, IsOneReleaseOrTheOtherWhereverItsWriterIsKilled) {
  expect_survived("kill of a pull", {"signal=KILL"});
}

TEST_F(InjectedStore, IsOneReleaseOrTheOtherWhicheverCallFails) {
  expect_survived("errors of a pull", {"error=EIO", "error=ENOSPC", "error=EROFS", "error=EMFILE",
                                       "error=ENOMEM", "error=EINTR"});
}

TEST_F(InjectedStore, FindsThatABlobIsSaidToBeThereTooEarlyWhereverItsWriterIsKilled) {
  bug_ = "says-early";
  expect_found("kill of a pull", {"signal=KILL"});
}

TEST_F(InjectedStore, FindsThatAnErrorIsSwallowedWhicheverCallFails) {
  bug_ = "swallows-errors";
  expect_found("errors of a pull", {"error=EIO"});
}

}  // namespace
}  // namespace noseon::faults
