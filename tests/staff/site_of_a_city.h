// A repository as its staff make one, by the commands: of an agency "city", with a small campaign.
#pragma once

#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "base/files.h"
#include "fleet/publish/repository.h"
#include "tests/staff/command_line.h"
#include "tests/support/temporary_folder.h"

namespace noseon::testing {

/// A descriptor that a program reads `text` from, and then its end.
class TextPipe {
 public:
  explicit TextPipe(const std::string& text) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_EQ(::write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(ends[1]);
    fd_ = ends[0];
  }
  TextPipe(const TextPipe&) = delete;
  TextPipe& operator=(const TextPipe&) = delete;
  ~TextPipe() { ::close(fd_); }
  [[nodiscard]] std::string number() const { return std::to_string(fd_); }

 private:
  int fd_ = -1;
};

class Site {
 public:
  Site() {
    must({"repo", "init", repo(), "--no-passphrase"});
    must({"keys", "new", keys() + "/city", "--no-passphrase"});
    must({"repo", "delegate", "city", keys() + "/city.pub", "--repo", repo()});
  }

  [[nodiscard]] std::string repo() const { return (scratch.path() / "site").string(); }
  [[nodiscard]] std::string keys() const { return repo() + "-keys"; }
  [[nodiscard]] std::string campaign() const { return (scratch.path() / "spring").string(); }

  /// The campaign's folder, with a text and further lines.
  void write_campaign(const std::string& text, const std::string& more = "") const {
    scratch.write("spring/campaign.toml",
                  "format = \"noseon.campaign/1\"\nid = \"spring\"\ntimezone = \"Asia/Seoul\"\n"
                  "[[item]]\nid = \"hello\"\ntext = { ko = \"" +
                      text + "\" }\n" + more);
  }
  [[nodiscard]] Ran publish(const std::vector<std::string>& more = {"--yes"}) const {
    std::vector<std::string> words{"publish", campaign(), "--repo", repo()};
    words.insert(words.end(), more.begin(), more.end());
    return run_noseon(words);
  }
  /// A command that has to be done.
  static Ran must(const std::vector<std::string>& arguments) {
    Ran ran = run_noseon(arguments);
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
    return ran;
  }
  /// What a display that has the root of this site makes of it now.
  [[nodiscard]] Result<RepositoryState> as_a_display() const {
    ASSIGN_OR_RETURN(const std::string root, read_file(keys() + "/root.json", 1 << 20));
    return read_repository(repo(), root);
  }

  TemporaryFolder scratch;
};

}  // namespace noseon::testing
