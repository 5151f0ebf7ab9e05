#include "player/loader.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <atomic>

#include "tests/player/show_rig.h"

namespace noseon {
namespace {

constexpr const char* kItem = "[[item]]\nid = \"a\"\ntext = { en = \"a\" }\nseconds = 8\n";

LoadedFolder folder(std::shared_ptr<const Playlist> playlist, Findings findings = {}) {
  return {std::move(playlist), rig_display(), std::move(findings)};
}

Finding error_in(const std::string& file) {
  return {Severity::error, file, {12, 3}, "syntax", "this is no TOML", "mend it"};
}

std::shared_ptr<const Playlist> campaigns(std::initializer_list<const char*> files) {
  auto playlist = std::make_shared<Playlist>();
  for (const char* file : files) {
    Campaign campaign = rig_playlist(kItem)->campaigns.at(0);
    campaign.file = file;
    campaign.id = CampaignId(file);
    playlist->entries.push_back(
        {.campaign = static_cast<std::uint32_t>(playlist->campaigns.size())});
    playlist->campaigns.push_back(std::move(campaign));
  }
  return playlist;
}

TEST(MayReplace, WhatHasNoErrors) {
  EXPECT_TRUE(may_replace(folder(campaigns({"a"})), folder(campaigns({"a"}))));
  EXPECT_TRUE(may_replace(folder(campaigns({"a"})), folder(campaigns({})))) << "it was removed";
}

TEST(MayReplace, NotWhereAnErrorLostAWholeCampaign) {
  const auto before = folder(campaigns({"a", "b"}));
  EXPECT_FALSE(may_replace(before, folder(campaigns({"b"}), {error_in("a")})));
}

TEST(MayReplace, WhereAnErrorCostsAnItemAlone) {
  const auto before = folder(campaigns({"a", "b"}));
  EXPECT_TRUE(may_replace(before, folder(campaigns({"a", "b"}), {error_in("a")})));
}

TEST(MayReplace, WhereACampaignThatNeverPlayedIsBroken) {
  const auto before = folder(campaigns({"a"}));
  EXPECT_TRUE(may_replace(before, folder(campaigns({"a"}), {error_in("new")})));
}

TEST(MayReplace, NotWhereNothingIsLeft) {
  EXPECT_FALSE(may_replace(folder(campaigns({"a"})), folder(campaigns({}), {error_in("dir")})));
  EXPECT_TRUE(may_replace(folder(campaigns({})), folder(campaigns({}), {error_in("dir")})));
}

TEST(Loader, ReadsOnAThreadAndOnceMoreWhereItIsAskedMeanwhile) {
  std::atomic<int> reads = 0;
  std::atomic<bool> may_end = false;
  Loader loader([&] {
    ++reads;
    while (!may_end) std::this_thread::yield();
    return folder(campaigns({"a"}));
  });
  EXPECT_FALSE(loader.take());
  loader.start();
  loader.start();
  loader.start();
  may_end = true;
  for (int read = 0; read < 2; ++read) {
    pollfd ready{loader.ready_fd(), POLLIN, 0};
    ASSERT_EQ(::poll(&ready, 1, 5000), 1);
    EXPECT_TRUE(loader.take());
  }
  EXPECT_EQ(reads, 2);
  EXPECT_FALSE(loader.take());
}

}  // namespace
}  // namespace noseon
