#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "player/journal/device_key.h"
#include "player/journal/verify.h"
#include "player/when.h"
#include "staff/commands.h"
#include "staff/json_text.h"
#include "staff/proof_contract.h"
#include "staff/proof_delivery.h"
#include "staff/proof_page.h"
#include "staff/proof_reading.h"
#include "staff/proof_tables.h"
#include "staff/range.h"

namespace noseon {
namespace {

using nlohmann::ordered_json;

Result<std::optional<KeyBytes>> key_of(const std::string& file) {
  if (file.empty()) return std::optional<KeyBytes>();
  ASSIGN_OR_RETURN(const KeyBytes key, read_public_half(file));
  return std::optional(key);
}

Result<ZonePtr> zone_of(const std::string& name) {
  SystemZones zones;
  return zones.find(name.empty() ? "UTC" : name);
}

// ---- verify ----------------------------------------------------------------------------------

void print_for_people(const std::string& file, const Verification& found, bool has_key,
                      const Zone& zone) {
  const std::string checkpoints =
      found.checkpoints == 1 ? say("1 checkpoint") : say("{} checkpoints", found.checkpoints);
  fmt::print("{}\n", say("{}: rows {} to {}, {}", file, found.first, found.last, checkpoints));
  if (found.is_good()) {
    fmt::print("{}\n", say("Intact, and signed up to row {} ({}).", found.sealed,
                           moment_text(*found.sealed_at, zone) + " " + zone.name()));
  } else {
    fmt::print("{}\n",
               found.tamperings == 1
                   ? say("NOT what the display wrote: 1 finding, above.")
                   : say("NOT what the display wrote: {} findings, above.", found.tamperings));
  }
  if (found.unsealed > 0) {
    fmt::print("{}\n", found.unsealed == 1
                           ? say("Not yet signed: 1 row after it.")
                           : say("Not yet signed: {} rows after it.", found.unsealed));
  }
  if (found.key) {
    fmt::print("{}\n", has_key ? say("Key {}: the one that was given.", fingerprint(*found.key))
                               : say("Key {}: the journal's own word; --key holds it against the "
                                     "display's device.pub.",
                                     fingerprint(*found.key)));
  }
  if (!found.after.empty()) fmt::print("{}\n", say("It began {}.", found.after));
  if (!found.archive.empty()) {
    fmt::print("{}\n", say("Earlier rows are in {}.", found.archive));
  }
}

void print_json(const std::string& file, const Verification& found, const Zone& zone) {
  ordered_json findings = ordered_json::array();
  for (const Tampering& tampering : found.findings) {
    findings.push_back({{"row", tampering.sequence}, {"what", tampering.what}});
  }
  fmt::print("{}\n", to_text({{"file", file},
                              {"good", found.is_good()},
                              {"rows", found.rows},
                              {"first", found.first},
                              {"last", found.last},
                              {"checkpoints", found.checkpoints},
                              {"sealed", found.sealed},
                              {"sealed_at", instant_json(found.sealed_at, zone)},
                              {"unsealed", found.unsealed},
                              {"before", to_hex(found.before)},
                              {"end", to_hex(found.end)},
                              {"archive", found.archive},
                              {"tamperings", found.tamperings},
                              {"findings", findings}}));
}

// ---- export and report -----------------------------------------------------------------------

// Either end may be left open.
Result<Span> range_of(const std::string& from, const std::string& until, const Zone& zone) {
  Span range{kBeginningOfTime, kEndOfTime};
  if (!from.empty()) {
    ASSIGN_OR_RETURN(range.from, parse_when(from, zone));
  }
  if (!until.empty()) {
    ASSIGN_OR_RETURN(range.until, parse_when(until, zone));
  }
  if (range.until <= range.from) {
    return fail(ErrorKind::bad_format, say("--until does not come after --from"));
  }
  return range;
}

Status count_rows(const std::vector<Proved>& journals, DeliveryBuilder& builder) {
  for (const Proved& journal : journals) {
    ASSIGN_OR_RETURN(const JournalFile file, JournalFile::open(journal.path));
    builder.begin_journal(journal);
    TRY(file.each_row([&](const Row& row) {
      builder.see(row);
      return true;
    }));
  }
  return {};
}

std::map<std::string, std::string> titles_of(const Playlist& playlist) {
  std::map<std::string, std::string> titles;
  for (const Campaign& campaign : playlist.campaigns) {
    if (const std::string* title = best_text(campaign.title, {say("en"), "ko", "en"})) {
      titles[campaign.id.str()] = *title;
    }
  }
  return titles;
}

void keep_campaign(DeliveryReport& delivery, const std::string& campaign) {
  if (campaign.empty()) return;
  std::erase_if(delivery.items,
                [&](const DeliveredItem& item) { return item.campaign != campaign; });
}

Result<std::string> report_text(const DeliveryReport& delivery, const ProofReportOptions& options,
                                const PageOptions& page) {
  if (options.output.ends_with(".html")) return proof_page(delivery, page);
  if (options.output.ends_with(".csv")) return delivery_csv(delivery, page.zone);
  if (options.output.ends_with(".json")) {
    return delivery_json(delivery, page.zone, page.generated);
  }
  return fail(ErrorKind::bad_format,
              say("{}: write a name that ends in .html, .csv or .json", options.output));
}

struct Reporting {
  const ProofReportOptions& options;
  Instant now;
  const Zone& zone;
  const World* world;  ///< null: no campaigns were given
};

DeliveryReport delivery_of(DeliveryBuilder& builder, const Reporting& reporting) {
  DeliveryReport delivery = builder.take();
  if (reporting.world != nullptr) add_contract(delivery, *reporting.world);
  keep_campaign(delivery, reporting.options.campaign);
  return delivery;
}

void print_sums(const std::string& output, const DeliveryReport& delivery) {
  const auto items = delivery.items.size();
  const auto plays = delivery.all.plays;
  const auto gaps = delivery.gaps.size();
  fmt::print("{}: {}, {}, {}\n", output, items == 1 ? say("1 item") : say("{} items", items),
             plays == 1 ? say("1 play") : say("{} plays", plays),
             gaps == 1 ? say("1 gap") : say("{} gaps", gaps));
}

// Nobody is to take the days of UTC for those of Seoul.
void print_zone(const Reporting& reporting) {
  const bool was_asked = !reporting.options.zone.empty() || reporting.world != nullptr;
  fmt::print("{}\n", was_asked ? say("Its days and hours are those of {}.", reporting.zone.name())
                               : say("Its days and hours are those of {}: --zone Asia/Seoul asks "
                                     "for those of Seoul.",
                                     reporting.zone.name()));
}

// What to do about the bad ones, which were named above.
int refuse_report(const ReadJournals& read, const ProofReportOptions& options) {
  fmt::print(stderr, "{}\n",
             read.journals.empty()
                 ? say("{} was not written: none of the journals can be counted. Copy them from "
                       "their displays again, and give each display's device.pub with --key.",
                       options.output)
                 : say("{} was not written. Copy the journals named above from their displays "
                       "again, and give each display's device.pub with --key; or report without "
                       "them: --leave-out-bad.",
                       options.output));
  return read.exit_code;
}

Result<int> write_report(const Reporting& reporting) {
  const ProofReportOptions& options = reporting.options;
  ASSIGN_OR_RETURN(const std::vector<NamedKey> keys, read_keys(options.keys));
  ASSIGN_OR_RETURN(const Span range, parse_range(options.from, options.until, reporting.zone));
  const ReadJournals read = read_journals(options.files, keys);
  const bool is_good = read.exit_code == kDone;
  if (!is_good && (!options.leaves_out_bad || read.journals.empty())) {
    return refuse_report(read, options);
  }
  DeliveryBuilder builder(range, reporting.zone);
  if (const Status counted = count_rows(read.journals, builder); !counted) {
    return refused(counted.error());
  }
  DeliveryReport delivery = delivery_of(builder, reporting);
  delivery.left_out = read.bad;
  PageOptions page{reporting.now, reporting.zone, {}};
  if (reporting.world != nullptr) page.titles = titles_of(*reporting.world->playlist);
  ASSIGN_OR_RETURN(const std::string text, report_text(delivery, options, page));
  TRY(write_file(options.output, text));
  print_sums(options.output, delivery);
  print_zone(reporting);
  if (is_good) return kDone;
  const std::size_t all = options.files.size();
  fmt::print(stderr, "{}\n",
             read.bad.size() == 1 ? say("1 of {} journals was left out", all)
                                  : say("{} of {} journals were left out", read.bad.size(), all));
  return kTampered;
}

int exit_code_of(const Result<int>& result) {
  if (result) return *result;
  return result.error().kind == ErrorKind::bad_format || result.error().kind == ErrorKind::too_large
             ? wrong_usage(result.error())
             : refused(result.error());
}

}  // namespace

int run_proof_verify(const ProofVerifyOptions& options) {
  const auto zone = zone_of(options.zone);
  if (!zone) return wrong_usage(zone.error());
  const auto key = key_of(options.key);
  if (!key) return refused(key.error());
  const auto journal = JournalFile::open(options.file);
  if (!journal) return refused(journal.error());
  const auto found = verify(*journal, *key);
  if (!found) return refused(found.error());
  print_findings(options.file, *found);
  if (options.json) {
    print_json(options.file, *found, **zone);
  } else {
    print_for_people(options.file, *found, key->has_value(), **zone);
  }
  return found->is_good() ? kDone : kTampered;
}

int run_proof_export(const ProofExportOptions& options) {
  const auto zone = zone_of(options.zone);
  if (!zone) return wrong_usage(zone.error());
  const auto range = range_of(options.from, options.until, **zone);
  if (!range) return wrong_usage(range.error());
  const auto journal = JournalFile::open(options.file);
  if (!journal) return refused(journal.error());
  const char* separator = "";
  fmt::print("{}", options.json ? "[" : play_csv_heading());
  const Status read = journal->each_row([&](const Row& row) {
    const bool is_play = row.kind == RecordKind::play || row.kind == RecordKind::lost;
    if (!is_play || !range->contains(row.start)) return true;
    if (options.json) {
      fmt::print("{}{}", separator, play_json(row, **zone));
    } else {
      fmt::print("{}", play_csv(row, **zone));
    }
    separator = ",\n";
    return true;
  });
  if (options.json) fmt::print("]\n");
  return read ? kDone : refused(read.error());
}

int run_proof_report(const ProofReportOptions& options, const Clock& clock) {
  if (options.campaigns.dir.empty()) {
    const auto zone = zone_of(options.zone);
    if (!zone) return wrong_usage(zone.error());
    return exit_code_of(write_report({options, clock.now(), **zone, nullptr}));
  }
  return with_items(options.campaigns, [&](World& world) {
    const auto zone =
        options.zone.empty() ? Result<ZonePtr>(world.display->zone) : zone_of(options.zone);
    if (!zone) return wrong_usage(zone.error());
    return exit_code_of(write_report({options, clock.now(), **zone, &world}));
  });
}

}  // namespace noseon
