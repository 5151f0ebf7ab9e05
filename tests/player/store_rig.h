// The real noseon-player on a virtual screen, playing a store that is signed on the spot.
#pragma once

#include "player/studio.h"
#include "tests/player/glass_rig.h"
#include "tests/support/signed_store.h"

namespace noseon {

class StoreRig : public GlassRig {
 protected:
  void SetUp() override {
    GlassRig::SetUp();
    folder_.write("root.json", repository_.root());
  }

  static std::string text_item(const std::string& id, const std::string& words,
                               const std::string& more = "") {
    return "[[item]]\nid = \"" + id + "\"\ntext = { en = \"" + words + "\" }\n" + more + "\n";
  }
  // One campaign with these posters, each of that many seconds.
  void set_posters(const std::map<std::string, Color>& posters, int seconds = 2,
                   const std::string& more = "") {
    std::string items = more;
    std::map<std::string, std::string> pictures;
    for (const auto& [id, color] : posters) {
      items += poster(id, "seconds = " + std::to_string(seconds));
      pictures[id + ".png"] = plain_png(color);
    }
    repository_.set_campaign("seoul", "spring", items, pictures);
  }
  [[nodiscard]] std::vector<std::string> from_store() const {
    return {"--store", store_.path().string(),       "--root", (folder_ / "root.json").string(),
            "--state", (folder_ / "state").string(), "--run",  (folder_ / "run").string()};
  }
  Program& play_store(const std::vector<std::string>& more = {},
                      const std::vector<std::string>& environment = {}) {
    std::vector<std::string> arguments = from_store();
    arguments.insert(arguments.end(), more.begin(), more.end());
    return start(std::move(arguments), environment);
  }
  bool says(const std::string& words, std::chrono::milliseconds time = std::chrono::seconds{20}) {
    const auto is_said = [&] { return player_->said().find(words) != std::string::npos; };
    watch(time, is_said);
    return is_said();
  }
  [[nodiscard]] std::filesystem::path wanted(std::string_view bytes) const {
    return folder_ / "run/wanted" / to_hex(sha256(bytes));
  }
  static void overwrite(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::remove_all(file);
    std::ofstream(file, std::ios::binary) << bytes;
  }

  TestRepository repository_;
  SignedStore store_{folder_ / "store"};
};

}  // namespace noseon
