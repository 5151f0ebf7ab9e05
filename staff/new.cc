// A new campaign is made whole in a working folder, and only then gets its name.
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "media/png.h"
#include "player/painter.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/scaffold.h"
#include "staff/welcome_poster.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 3> kFiles{"campaign.toml", "posters/welcome.png",
                                            "posters/welcome.bar.png"};
constexpr Size kPosterSize{1920, 1080};
constexpr Size kBarSize{1920, 540};

// The folder as it is called, without a slash at its end: its last part is its name.
fs::path normal(const std::string& dir) {
  fs::path path = fs::absolute(dir).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

Failure cannot(const fs::path& folder, const std::error_code& error) {
  if (error == std::errc::permission_denied || error == std::errc::read_only_file_system) {
    return fail(ErrorKind::denied,
                say("nothing may be written in {}; choose a folder of your own", folder.string()));
  }
  return fail(ErrorKind::disk, say("{}: {}", folder.string(), error.message()));
}

// Nothing of anyone's is written over.
Status check_free(const fs::path& target) {
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (status.type() == fs::file_type::not_found) {
    if (fs::is_directory(target.parent_path(), error)) return {};
    return fail(ErrorKind::not_found,
                say("there is no folder {}; make it first", target.parent_path().string()));
  }
  if (error) return cannot(target, error);
  if (status.type() != fs::file_type::directory) {
    return fail(ErrorKind::bad_format,
                say("{} is there and is no folder; choose another name", target.string()));
  }
  ASSIGN_OR_RETURN(const std::vector<std::string> names, list_folder(target));
  if (names.empty()) return {};
  return fail(ErrorKind::bad_format,
              say("{} is not empty; name a folder that is not there yet", target.string()));
}

// Goes with all that is in it, unless it got another name.
class Workplace {
 public:
  [[nodiscard]] static Result<Workplace> make(const fs::path& inside) {
    const fs::path path = inside / fmt::format(".noseon-new-{}", ::getpid());
    std::error_code error;
    if (!fs::create_directory(path, error)) {
      if (!error) error = std::make_error_code(std::errc::file_exists);
      return cannot(inside, error);
    }
    return Workplace(path);
  }
  Workplace(Workplace&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  Workplace& operator=(Workplace&&) = delete;
  Workplace(const Workplace&) = delete;
  Workplace& operator=(const Workplace&) = delete;
  ~Workplace() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] const fs::path& path() const { return path_; }

 private:
  explicit Workplace(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

Status write_poster(const fs::path& file, Size size, Typesetter& typesetter) {
  const PicturePtr picture = paint(compose_welcome(size, typesetter), typesetter);
  ASSIGN_OR_RETURN(const std::string png, encode_png(*picture));
  return write_file(file, png);
}

Status fill(const fs::path& folder, const std::string& campaign) {
  std::error_code error;
  if (!fs::create_directory(folder / "posters", error)) return cannot(folder, error);
  ASSIGN_OR_RETURN(Typesetter typesetter, Typesetter::open());
  TRY(write_file(folder / kFiles[0], campaign));
  TRY(write_poster(folder / kFiles[1], kPosterSize, typesetter));
  return write_poster(folder / kFiles[2], kBarSize, typesetter);
}

// An empty folder that is there stays the one it is: its owner may be standing in it. The file of
// the campaign comes last, so that there never is a campaign without its posters.
Status move_into(const fs::path& target, const fs::path& from) {
  std::error_code error;
  fs::rename(from / "posters", target / "posters", error);
  if (error) return cannot(target, error);
  fs::rename(from / kFiles[0], target / kFiles[0], error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove_all(target / "posters", ignored);
  return cannot(target, error);
}

Status make_folder(const fs::path& target, const std::string& campaign) {
  TRY(check_free(target));
  std::error_code error;
  const bool is_there = fs::exists(target, error);
  ASSIGN_OR_RETURN(const Workplace workplace,
                   Workplace::make(is_there ? target : target.parent_path()));
  TRY(fill(workplace.path(), campaign));
  if (is_there) return move_into(target, workplace.path());
  fs::rename(workplace.path(), target, error);
  return error ? Status(cannot(target, error)) : Status();
}

TemplateLanguage language_of(const NewOptions& options) {
  if (options.language == "ko") return TemplateLanguage::korean;
  if (options.language == "en") return TemplateLanguage::english;
  return template_language(std::getenv("LC_ALL"), std::getenv("LC_MESSAGES"), std::getenv("LANG"));
}

// As a shell takes it for one word.
std::string shell_word(const std::string& text) {
  const bool is_plain = std::none_of(text.begin(), text.end(), [](char c) {
    return std::string_view(" \t\n'\"\\$`&|;<>()*?[]{}!#~").find(c) != std::string_view::npos;
  });
  if (is_plain && !text.starts_with('-')) return text;
  std::string word = text.starts_with('-') ? "./" : "";
  for (const char c : text) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return "'" + word + "'";
}

struct Made {
  std::string id;
  CampaignDays days;
};

void print_json(const NewOptions& options, const Made& made) {
  fmt::print("{}\n", to_text({{"folder", options.dir},
                              {"id", made.id},
                              {"from", to_string(made.days.from)},
                              {"until", to_string(made.days.until)},
                              {"files", kFiles}}));
}

void print_for_people(const NewOptions& options, const Made& made) {
  const std::string dir = shell_word(options.dir);
  fmt::print("{}\n\n",
             say("{}: the campaign \"{}\", from {} until {}, with a poster and a text", options.dir,
                 made.id, to_string(made.days.from), to_string(made.days.until)));
  fmt::print("{}\n", say("It plays as it is. What to do next:"));
  fmt::print("    noseon check {}     # {}\n", dir, say("what is wrong, and the remedy"));
  fmt::print("    noseon preview {}   # {}\n", dir, say("what a display will show"));
  fmt::print("{}\n",
             say("Then open campaign.toml in an editor and put your posters into posters/."));
}

}  // namespace

int run_new(const NewOptions& options, const Clock& clock) {
  SystemZones zones;
  const auto zone = zones.find("Asia/Seoul");  // the template's
  if (!zone) return refused(zone.error());
  const fs::path target = normal(options.dir);
  const Made made{id_from_name(target.filename().string()),
                  first_days((*zone)->day_of(clock.now()))};
  const std::string campaign = campaign_text(language_of(options), made.id, made.days);
  if (const Status status = make_folder(target, campaign); !status) return refused(status.error());
  options.json ? print_json(options, made) : print_for_people(options, made);
  return kDone;
}

}  // namespace noseon
