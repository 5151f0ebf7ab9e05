#include "player/journal/verify.h"

#include <fmt/format.h>

#include "base/say.h"
#include "player/journal/device_key.h"

namespace noseon {
namespace {

class Verifier {
 public:
  Verifier(std::vector<Checkpoint> checkpoints, const std::optional<KeyBytes>& key)
      : checkpoints_(std::move(checkpoints)) {
    found_.key = key;
    if (!key && !checkpoints_.empty()) found_.key = checkpoints_.front().key;
  }

  void see_checkpoints() {
    std::int64_t sequence = 0;
    for (std::size_t i = 0; i < checkpoints_.size(); ++i) {
      const Checkpoint& checkpoint = checkpoints_[i];
      see_signature(checkpoint);
      if (i > 0 && checkpoint.number != checkpoints_[i - 1].number + 1) {
        add(checkpoint.sequence, say("checkpoint {} follows checkpoint {}: one was removed",
                                     checkpoint.number, checkpoints_[i - 1].number));
      }
      if (checkpoint.sequence <= sequence) {
        add(checkpoint.sequence,
            say("checkpoint {} seals no row after the one before it", checkpoint.number));
      }
      sequence = checkpoint.sequence;
      ++found_.checkpoints;
    }
  }

  void see(const Row& row) {
    if (found_.rows == 0) {
      see_first(row);
    } else {
      if (row.sequence != found_.last + 1) {
        add(row.sequence, say("rows {} to {} are missing", found_.last + 1, row.sequence - 1));
      }
      if (row.previous != found_.end) {
        add(row.sequence, say("does not follow the row before it: one of the two was altered, "
                              "moved, added or removed"));
      }
    }
    ++found_.rows;
    found_.last = row.sequence;
    found_.end = hash_of(row);
    if (found_.rows == 1) found_.begin = found_.end;
    see_note(row);
    see_seal();
  }

  Verification take() {
    for (; next_ < checkpoints_.size(); ++next_) {
      add(checkpoints_[next_].sequence,
          say("checkpoint {} seals it, but the row is missing", checkpoints_[next_].number));
    }
    see_beginning();
    if (found_.rows > 0) found_.unsealed = found_.last - std::max(found_.sealed, found_.first - 1);
    return std::move(found_);
  }

 private:
  void add(std::int64_t sequence, std::string what) {
    ++found_.tamperings;
    if (found_.findings.size() < kTamperingsListed) {
      found_.findings.push_back({sequence, std::move(what)});
    }
  }

  void see_signature(const Checkpoint& checkpoint) {
    if (checkpoint.key != *found_.key) {
      add(checkpoint.sequence, say("checkpoint {} was signed with another key, {}",
                                   checkpoint.number, fingerprint(checkpoint.key)));
    } else if (!verifies(checkpoint.key, canonical(checkpoint), checkpoint.signature)) {
      add(checkpoint.sequence,
          say("checkpoint {}: its signature is not the device's", checkpoint.number));
    }
  }

  void see_first(const Row& row) {
    found_.first = row.sequence;
    found_.before = row.previous;
    begins_ = row.kind == RecordKind::begin && row.sequence == 1;
    if (begins_) found_.after = row.note;
  }

  // The newest word of what was archived is the one that counts.
  void see_note(const Row& row) {
    if (row.kind != RecordKind::archived) return;
    const auto note = parse_archive_note(row.note);
    if (!note) return add(row.sequence, note.error().message);
    archived_ = *note;
    found_.archive = note->file;
  }

  // The checkpoints of the row that was just seen.
  void see_seal() {
    for (; next_ < checkpoints_.size() && checkpoints_[next_].sequence <= found_.last; ++next_) {
      const Checkpoint& checkpoint = checkpoints_[next_];
      if (checkpoint.sequence < found_.last) {
        add(checkpoint.sequence,
            say("checkpoint {} seals it, but the row is missing", checkpoint.number));
      } else if (checkpoint.hash != found_.end) {
        add(checkpoint.sequence,
            say("checkpoint {} sealed another row than this", checkpoint.number));
      } else if (found_.tamperings == 0) {
        found_.sealed = checkpoint.sequence;
        found_.sealed_at = checkpoint.time;
      }
    }
  }

  // The last checkpoint says where the file began. Its checkpoints begin with the first one, or
  // where those of its archives end.
  void see_beginning() {
    const std::int64_t checkpoint = checkpoints_.empty() ? 0 : checkpoints_.front().number;
    if (found_.rows == 0) return add(0, say("has no rows; every journal has a first one"));
    if (checkpoints_.empty()) return add(0, say("has no checkpoints: nothing is sealed"));
    if (checkpoints_.back().first != found_.first) {
      add(found_.first,
          say("the journal began with row {} when it was sealed", checkpoints_.back().first));
    } else if (begins_) {
      if (checkpoint != 1) add(1, say("the first checkpoints were removed"));
    } else if (archived_ && archived_->last_sequence + 1 == found_.first &&
               archived_->last_checkpoint + 1 != checkpoint) {
      add(found_.first, say("the first checkpoints were removed"));
    }
  }

  std::vector<Checkpoint> checkpoints_;
  std::size_t next_ = 0;  ///< the first checkpoint whose row was not seen
  std::optional<ArchiveNote> archived_;
  bool begins_ = false;
  Verification found_;
};

}  // namespace

Result<Verification> verify(const JournalFile& journal, const std::optional<KeyBytes>& key) {
  std::vector<Checkpoint> checkpoints;
  TRY(journal.each_checkpoint([&](const Checkpoint& checkpoint) {
    checkpoints.push_back(checkpoint);
    return true;
  }));
  Verifier verifier(std::move(checkpoints), key);
  verifier.see_checkpoints();
  TRY(journal.each_row([&](const Row& row) {
    verifier.see(row);
    return true;
  }));
  return verifier.take();
}

}  // namespace noseon
