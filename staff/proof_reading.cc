#include "staff/proof_reading.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <set>

#include "base/say.h"
#include "player/journal/database.h"
#include "player/journal/device_key.h"
#include "staff/commands.h"
#include "staff/proof_journals.h"
#include "staff/world.h"

namespace noseon {
namespace {

std::string without_folder(const std::string& file) {
  return std::filesystem::path(file).filename().string();
}

std::string in_words(const Tampering& tampering) {
  const std::string place =
      tampering.sequence > 0 ? say("row {}", tampering.sequence) : say("the journal");
  return place + ": " + tampering.what;
}

// Who seems to have signed a journal; nothing where nobody has.
Result<std::optional<KeyBytes>> signer_of(const JournalFile& journal) {
  std::optional<KeyBytes> signer;
  TRY(journal.each_checkpoint([&](const Checkpoint& checkpoint) {
    signer = checkpoint.key;
    return false;
  }));
  return signer;
}

class Reader {
 public:
  Reader(const std::vector<std::string>& files, const std::vector<NamedKey>& keys)
      : files_(files), keys_(keys) {}

  void read(const std::string& path) {
    const auto journal = JournalFile::open(path);
    if (!journal) return add_unreadable(path, journal.error());
    const auto signer = signer_of(*journal);
    if (!signer) return add_unreadable(path, signer.error());
    const NamedKey* const key = key_of(*signer);
    if (key == nullptr && !keys_.empty() && *signer) return add_foreign(path, **signer);
    auto found = verify(*journal, *signer);
    if (!found) return add_unreadable(path, found.error());
    print_findings(path, *found);
    if (!found->is_good()) return add_tampered(path, *found);
    read_.journals.push_back(
        {path, name_of(path), key == nullptr ? "" : key->file, *std::move(found)});
  }

  // Those that parted are all bad; the others are related anew, as if they were alone.
  ReadJournals take() {
    std::vector<Proved>& journals = read_.journals;
    const auto forks = relate(journals);
    if (!forks) return refuse_all(forks.error());
    if (!forks->empty()) {
      leave_out(*forks);
      if (const auto again = relate(journals); !again) return refuse_all(again.error());
    }
    return std::move(read_);
  }

 private:
  [[nodiscard]] const NamedKey* key_of(const std::optional<KeyBytes>& signer) const {
    const auto found = std::find_if(keys_.begin(), keys_.end(),
                                    [&](const NamedKey& key) { return key.key == signer; });
    return found == keys_.end() ? nullptr : &*found;
  }

  // Its name, or more where another file has the same.
  [[nodiscard]] std::string name_of(const std::string& path) const {
    const std::string name = without_folder(path);
    const auto same = std::count_if(files_.begin(), files_.end(), [&](const std::string& file) {
      return without_folder(file) == name;
    });
    return same > 1 ? path : name;
  }

  void add_bad(const std::string& path, const std::string& why, int exit_code) {
    read_.bad.push_back({name_of(path), why});
    read_.exit_code = std::max(read_.exit_code, exit_code);
  }

  // A report does not tell where its files were.
  void add_unreadable(const std::string& path, const Error& error) {
    const int exit_code = refused(error);
    const std::string before = path + ": ";
    const bool begins_so = error.message.starts_with(before);
    add_bad(path, begins_so ? error.message.substr(before.size()) : error.message, exit_code);
  }

  void add_foreign(const std::string& path, const KeyBytes& signer) {
    const std::string why =
        say("signed with the key {}, which is none of those given with --key", fingerprint(signer));
    fmt::print(stderr, "{}: {}\n", path, why);
    add_bad(path, why, kTampered);
  }

  void add_tampered(const std::string& path, const Verification& found) {
    std::string why = in_words(found.findings.front());
    if (found.tamperings > 1) why += "; " + say("and {} more", found.tamperings - 1);
    add_bad(path, why, kTampered);
  }

  void leave_out(const std::vector<Fork>& forks) {
    std::vector<Proved>& journals = read_.journals;
    std::set<std::string> parted;
    for (const Fork& fork : forks) {
      const Proved& one = journals[fork.one];
      const Proved& other = journals[fork.other];
      fmt::print(stderr, "{}\n",
                 say("{} and {}: the same up to row {}, and then each goes on by itself: one was "
                     "rewritten, or the display's disk was copied or restored",
                     one.path, other.path, fork.last));
      const auto add = [&](const Proved& journal, const Proved& from) {
        if (!parted.insert(journal.path).second) return;
        add_bad(journal.path, say("parts from {} after row {}", from.file, fork.last), kTampered);
      };
      add(one, other);
      add(other, one);
    }
    std::erase_if(journals, [&](const Proved& journal) { return parted.contains(journal.path); });
  }

  ReadJournals refuse_all(const Error& error) {
    read_.journals.clear();
    read_.exit_code = std::max(read_.exit_code, refused(error));
    return std::move(read_);
  }

  const std::vector<std::string>& files_;
  const std::vector<NamedKey>& keys_;
  ReadJournals read_;
};

}  // namespace

Result<std::vector<NamedKey>> read_keys(const std::vector<std::string>& files) {
  std::vector<NamedKey> keys;
  for (const std::string& file : files) {
    ASSIGN_OR_RETURN(const KeyBytes key, read_public_half(file));
    keys.push_back({without_folder(file), key});
  }
  return keys;
}

ReadJournals read_journals(const std::vector<std::string>& files,
                           const std::vector<NamedKey>& keys) {
  Reader reader(files, keys);
  for (const std::string& file : files) reader.read(file);
  return reader.take();
}

void print_findings(const std::string& file, const Verification& found) {
  for (const Tampering& tampering : found.findings) {
    fmt::print(stderr, "{}: {}\n", file, in_words(tampering));
  }
  const auto listed = static_cast<std::int64_t>(found.findings.size());
  if (found.tamperings > listed) {
    fmt::print(stderr, "{}\n", say("and {} more", found.tamperings - listed));
  }
}

}  // namespace noseon
