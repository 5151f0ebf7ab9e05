// noseon-sync as its user runs it, and the whole of it over real connections.
#include "fleet/pull/sync.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include <fstream>

#include "base/files.h"
#include "fleet/pull/curl.h"
#include "tests/fleet/pull/city.h"
#include "tests/fleet/pull/hostile_servers.h"
#include "tests/fleet/pull/relay.h"
#include "tests/support/notify_socket.h"

extern char** environ;

namespace noseon::testing {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const CurlLibrary kLibrary;

// The real program; ended, if it still runs, with the test.
class Program {
 public:
  Program(const std::vector<std::string>& arguments, const std::filesystem::path& output)
      : output_(output) {
    std::vector<std::string> words{NOSEON_BIN_DIR "/noseon-sync"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 1, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC,
                                       0600);
    ::posix_spawn_file_actions_adddup2(&actions, 1, 2);
    CHECK(::posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ) == 0);
    ::posix_spawn_file_actions_destroy(&actions);
  }
  ~Program() {
    if (pid_ <= 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  void signal(int number) const { ::kill(pid_, number); }
  /// Its exit code; -1 where it goes on after that, or was killed.
  int wait(Millis at_most) {
    for (Millis waited{0}; waited <= at_most; waited += Millis{5}) {
      int status = 0;
      if (::waitpid(pid_, &status, WNOHANG) == pid_) {
        pid_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
      }
      std::this_thread::sleep_for(Millis{5});
    }
    return -1;
  }
  [[nodiscard]] std::string output() const { return read_file(output_, 1U << 20U).value_or(""); }
  /// The most memory that it ever had.
  [[nodiscard]] long peak_kilobytes() const {
    std::ifstream status(fmt::format("/proc/{}/status", pid_));
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
    }
    return 0;
  }

 private:
  std::filesystem::path output_;
  pid_t pid_ = 0;
};

constexpr Millis kPatience{60'000};

class SyncTest : public ::testing::Test {
 protected:
  SyncTest() : city(SystemClock().now()) {
    for (int i = 0; i < 5; ++i) {
      city.put_poster(fmt::format("p{}", i), picture_bytes(static_cast<std::uint32_t>(i), 300'000));
    }
    city.publish();
    city.serve_on(files);
    folder.write("root.json", city.repository.first_root());
    folder.write("ca.pem", authority.pem());
    folder.write("display.toml", "id = \"bus-7\"\nsize = [1920, 1080]\n");
  }

  std::vector<std::string> arguments(const std::vector<std::string>& more) const {
    std::vector<std::string> all{
        "--store",   folder / "store",        "--root", folder / "root.json",
        "--display", folder / "display.toml", "--run",  folder / "run"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  Program start(const std::vector<std::string>& more) const {
    return Program(arguments(more), folder / "output");
  }
  std::string report() const {
    return read_file(folder / "run" / "sync.json", 1U << 20U).value_or("");
  }
  bool is_up_to_date() const { return report().find("\"up-to-date\"") != std::string::npos; }
  template <class Condition>
  static bool comes_true(const Condition& condition, Millis within = kPatience) {
    for (Millis waited{0}; waited < within; waited += Millis{10}) {
      if (condition()) return true;
      std::this_thread::sleep_for(Millis{10});
    }
    return condition();
  }

  City city;
  FileServer files;
  Authority authority;
  TemporaryFolder folder;
};

TEST_F(SyncTest, PullsOverTlsInUnder20MegabytesAndSaysHowItFares) {
  LoopbackServer server([this](Peer& peer) { files.serve(peer); }, authority.context({}));
  Program program = start({"--source", server.url(), "--ca", folder / "ca.pem"});
  ASSERT_TRUE(comes_true([&] { return is_up_to_date(); })) << program.output() << report();
  const long peak = program.peak_kilobytes();
  fmt::print("noseon-sync: at most {} kB resident\n", peak);
#ifndef NOSEON_SANITIZED
  EXPECT_LT(peak, 20'000);
#endif
  Program asks({"--status", "--run", folder / "run"}, folder / "status");
  EXPECT_EQ(asks.wait(kPatience), 0);
  EXPECT_THAT(asks.output(), HasSubstr("up to date"));
  EXPECT_THAT(asks.output(), HasSubstr("generation 1"));
  EXPECT_THAT(asks.output(), ContainsRegex("version +Noseon [0-9]+\\."));
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(Millis{2000}), 0);
  EXPECT_THAT(report(), HasSubstr("\"stopped\""));
}

TEST_F(SyncTest, AnUnchangedRepositoryCostsTwoRequestsAndUnder5KilobytesOverTls) {
  LoopbackServer server([this](Peer& peer) { files.serve(peer); }, authority.context({}));
  Relay relay(server.port());
  const std::vector<std::string> once{"--once", "--ca", folder / "ca.pem", "--source",
                                      fmt::format("https://127.0.0.1:{}", relay.port())};
  ASSERT_EQ(start(once).wait(kPatience), 0);
  const std::size_t requests = server.requests().size();
  relay.forget_bytes();
  ASSERT_EQ(start(once).wait(kPatience), 0);
  fmt::print("unchanged: {} requests, {} bytes\n", server.requests().size() - requests,
             relay.bytes());
  EXPECT_LE(server.requests().size() - requests, 2);
  EXPECT_LT(relay.bytes(), 5000);
}

TEST_F(SyncTest, AChangeOfOnePosterCostsItsBytesAnd4Kilobytes) {
  LoopbackServer server([this](Peer& peer) { files.serve(peer); });
  Relay relay(server.port());
  Program program =
      start({"--poll", "1", "--source", fmt::format("http://127.0.0.1:{}", relay.port())});
  ASSERT_TRUE(comes_true([&] { return is_up_to_date(); }));
  city.put_poster("p3", picture_bytes(33, 200'000));
  city.publish();
  relay.forget_bytes();
  const std::size_t before = server.requests().size();
  city.serve_on(files);
  ASSERT_TRUE(comes_true([&] { return report().find("\"generation\": 2") != std::string::npos; }));
  const std::uint64_t bytes = relay.bytes();
  fmt::print("one poster: its bytes and {} more, in {} requests\n", bytes - 200'000,
             server.requests().size() - before);
  EXPECT_LT(bytes, 200'000 + 4096 + 1000);  // and polls before it that found nothing
}

TEST_F(SyncTest, AStickServesWithoutANetwork) {
  city.write_to(folder / "stick");
  Program program = start({"--once", "--source", "file://" + (folder / "stick").string()});
  EXPECT_EQ(program.wait(kPatience), 0) << program.output();
  EXPECT_TRUE(is_up_to_date());
}

TEST_F(SyncTest, WhatThePlayerAsksForIsFetchedAnewAtOnce) {
  LoopbackServer server([this](Peer& peer) { files.serve(peer); });
  Program program = start({"--source", server.url(), "--poll", "3600"});
  ASSERT_TRUE(comes_true([&] { return is_up_to_date(); }));
  const StoreReader store(folder / "store");
  const Sha256 hash = city.hash_of("p2");
  const auto file = store.blob_path(hash);
  std::filesystem::permissions(file, std::filesystem::perms::owner_write,
                               std::filesystem::perm_options::add);
  std::fstream(file, std::ios::in | std::ios::out | std::ios::binary).write("rot", 3);
  ASSERT_FALSE(store.read_blob({hash, 300'000}));
  folder.write("run/wanted/" + to_hex(hash), "");
  EXPECT_TRUE(comes_true([&] { return store.read_blob({hash, 300'000}).has_value(); }));
  EXPECT_TRUE(comes_true(
      [&] { return !std::filesystem::exists(folder / "run" / "wanted" / to_hex(hash)); }));
}

TEST_F(SyncTest, TermIsObeyedWithinTwoSecondsInEachPhase) {
  for (const std::string phase :
       {"2.root.json", "timestamp.json", "snapshot.json", "targets.json", "city.json",
        "campaign-spring.json", ".png", "the handshake", "the wait"}) {
    SCOPED_TRACE(phase);
    std::filesystem::remove_all(folder / "store");
    std::filesystem::remove_all(folder / "run");
    std::atomic<bool> is_reached = false;
    LoopbackServer server([&](Peer& peer) {
      if (phase == "the handshake") {
        is_reached = true;
        return peer.linger();
      }
      while (const auto asked = peer.read_request()) {
        if (asked->path.ends_with(phase)) {
          is_reached = true;
          return peer.linger();
        }
        if (!peer.send(files.answer(*asked))) return;
      }
    });
    const std::string scheme = phase == "the handshake" ? "https" : "http";
    Program program = start({"--source", fmt::format("{}://127.0.0.1:{}", scheme, server.port())});
    ASSERT_TRUE(comes_true([&] { return is_reached || is_up_to_date(); })) << program.output();
    const auto begin = std::chrono::steady_clock::now();
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(Millis{5000}), 0) << program.output();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, Millis{2000});
  }
}

// ---- What systemd hears -------------------------------------------------------------------------

class SupervisedSync : public SyncTest {
 protected:
  SupervisedSync() { NotifySocket::ask_for_life("300000"); }
  /// So many words of life more than there are now.
  bool lives(std::ptrdiff_t beats, Millis within = kPatience) {
    const std::ptrdiff_t wanted = socket.count("WATCHDOG=1") + beats;
    return comes_true([&] { return socket.count("WATCHDOG=1") >= wanted; }, within);
  }

  NotifySocket socket;
};

TEST_F(SupervisedSync, IsReadyAndLivesWhileItWaitsForTheNextPoll) {
  city.write_to(folder / "stick");
  Program program = start({"--poll", "3600", "--source", "file://" + (folder / "stick").string()});
  ASSERT_TRUE(comes_true([&] { return is_up_to_date(); })) << program.output();
  EXPECT_EQ(socket.told().front(), "READY=1");
  EXPECT_TRUE(lives(5));
  program.signal(SIGSTOP);
  std::this_thread::sleep_for(Millis{50});
  EXPECT_FALSE(lives(1, Millis{1000})) << "somebody else tells for it";
  program.signal(SIGCONT);
  EXPECT_TRUE(lives(5));
  program.signal(SIGTERM);
  EXPECT_EQ(program.wait(Millis{5000}), 0);
  EXPECT_EQ(socket.count("READY=1"), 1);
  EXPECT_EQ(socket.told().back(), "STOPPING=1");
}

TEST_F(SupervisedSync, LivesWhileAServerDoesNotAnswer) {
  std::atomic<bool> is_asked = false;
  LoopbackServer server([&](Peer& peer) {
    std::ignore = peer.read_request();
    is_asked = true;
    peer.linger();
  });
  Program program = start({"--source", server.url()});
  ASSERT_TRUE(comes_true([&] { return is_asked.load(); })) << program.output();
  EXPECT_TRUE(lives(5, Millis{10'000}));
  EXPECT_THAT(report(), HasSubstr("\"fetching\"")) << "it waits for the same answer still";
}

TEST_F(SyncTest, SaysWhatIsWrongAndWhatToDo) {
  const auto says = [&](const std::vector<std::string>& more) {
    Program program(more, folder / "output");
    EXPECT_EQ(program.wait(kPatience), 1);
    return program.output();
  };
  EXPECT_THAT(says(arguments({"--once"})), HasSubstr("no source is named: --source URL"));
  EXPECT_THAT(says(arguments({"--once", "--source", "ftp://x"})), HasSubstr("https://host/path"));
  EXPECT_THAT(says({"--once", "--root", "/nothing"}), HasSubstr("there is no such file"));
  EXPECT_THAT(says({"--status", "--run", "/nothing"}), HasSubstr("has not run here yet"));
}

// ---- Over a bad link ----------------------------------------------------------------------------

// Tests do not wait half a minute for a server that is silent.
class Impatient final : public Http {
 public:
  Impatient(Http& http, Millis deadline) : http_(http), deadline_(deadline) {}
  void run(const std::function<std::optional<HttpTransfer>()>& next) override {
    http_.run([&]() -> std::optional<HttpTransfer> {
      auto transfer = next();
      if (transfer) transfer->request.deadline = std::min(transfer->request.deadline, deadline_);
      return transfer;
    });
  }
  [[nodiscard]] std::uint64_t wire_bytes() const override { return http_.wire_bytes(); }

 private:
  Http& http_;
  Millis deadline_;
};

TEST(BadLink, ALinkThatIsCutEachMinuteWastesATenthAtMost) {
  // A minute is a second here: up for 1 s, down for a third.
  constexpr std::size_t kBytes = 3'000'000;
  City city;
  city.put_poster("large", picture_bytes(1, kBytes));
  city.publish();
  FileServer files;
  city.serve_on(files);
  LoopbackServer server([&](Peer& peer) { files.serve(peer); });
  Relay relay(server.port(), 500'000);
  Stop stop;
  const auto http = CurlHttp::create(kLibrary, {}, stop).value();
  PullRig rig(*http, city.repository.first_root(),
              {{fmt::format("http://127.0.0.1:{}", relay.port()), LinkClass::metered}});
  std::atomic<int> cuts = 0;
  std::jthread link([&](const std::stop_token& ended) {
    while (!ended.stop_requested()) {
      std::this_thread::sleep_for(Millis{1000});
      relay.set_up(false);
      ++cuts;
      std::this_thread::sleep_for(Millis{333});
      relay.set_up(true);
    }
  });
  int passes = 0;
  while (!rig.pass().is_complete) {
    ASSERT_LT(++passes, 300);
    std::this_thread::sleep_for(Millis{50});
  }
  link.request_stop();
  link.join();
  fmt::print("{} cuts, {} passes, {} bytes for {}\n", cuts.load(), passes, relay.bytes(), kBytes);
  EXPECT_GE(cuts, 4);
  EXPECT_LE(relay.bytes(), kBytes * 11 / 10);
}

// ---- Against every hostile server ---------------------------------------------------------------

TEST(HostileSources, NoneGetsAWrongFileInAndAGoodOneBesideThemServesAll) {
  City city;
  city.put_poster("a", picture_bytes(1, 120'000));
  city.put_poster("b", picture_bytes(2, 80'000));
  city.publish();
  FileServer files;
  city.serve_on(files);
  const Authority authority;
  TemporaryFolder folder;
  const auto own = folder.write("ca.pem", authority.pem());
  LoopbackServer good([&](Peer& peer) { files.serve(peer); });
  for (const HostileKind& kind : hostile_servers()) {
    if (kind.needs_range) continue;  // below
    SCOPED_TRACE(kind.name);
    const Hostile hostile = kind.start(files, authority);
    Stop stop;
    const auto curl = CurlHttp::create(kLibrary, {.ca_file = own}, stop).value();
    Impatient http(*curl, Millis{300});
    PullRig rig(http, city.repository.first_root(), {{hostile.url, LinkClass::metered}});
    EXPECT_FALSE(rig.pass().is_complete);
    EXPECT_EQ(rig.current(), std::nullopt);
    EXPECT_THAT(rig.wrong_blobs(), IsEmpty());
    rig.sources.push_back({good.url(), LinkClass::metered});
    const PassReport report = rig.pass();
    EXPECT_TRUE(report.is_complete) << (report.error ? report.error->message : "");
    EXPECT_THAT(rig.wrong_blobs(), IsEmpty());
    EXPECT_TRUE(hostile.is_done_soon()) << "it was never reached";
  }
}

TEST(HostileSources, ALiarAboutRangesCostsAPartAndNoMore) {
  City city;
  const std::string bytes = picture_bytes(1, 120'000);
  city.put_poster("a", bytes);
  city.publish();
  FileServer files;
  city.serve_on(files);
  const Authority authority;
  LoopbackServer good([&](Peer& peer) { files.serve(peer); });
  for (const HostileKind& kind : hostile_servers()) {
    if (!kind.needs_range) continue;
    SCOPED_TRACE(kind.name);
    const Hostile hostile = kind.start(files, authority);
    Stop stop;
    const auto curl = CurlHttp::create(kLibrary, {}, stop).value();
    PullRig rig(*curl, city.repository.first_root(), {});
    {
      auto part = rig.store->continue_blob({sha256(bytes), bytes.size()});
      ASSERT_TRUE(part);
      ASSERT_TRUE(part->append(bytes.substr(0, 50'000)));
    }
    const Need asked{{sha256(bytes), bytes.size()},
                     "city/" + to_hex(sha256(bytes)).substr(0, 16) + ".a.png",
                     kEndOfTime};
    FetchNotes notes;
    const FakeClock clock(kNoon);
    const auto from_liar = fetch_blobs(*curl, {{hostile.url, LinkClass::free}}, *rig.store, {asked},
                                       {}, stop, clock, notes, {});
    EXPECT_FALSE(from_liar.states.front());
    EXPECT_TRUE(hostile.is_done_soon()) << "it was never reached";
    EXPECT_THAT(rig.wrong_blobs(), IsEmpty());
    const auto from_good = fetch_blobs(*curl, {{good.url(), LinkClass::free}}, *rig.store, {asked},
                                       {}, stop, clock, notes, {});
    EXPECT_TRUE(from_good.states.front());
    EXPECT_TRUE(rig.has(bytes));
  }
}

}  // namespace
}  // namespace noseon::testing
