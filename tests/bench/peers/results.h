// What was measured, held against what is asked for: the table and its raw form.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace noseon::peers {

inline constexpr const char* kNoseon = "Noseon";

/// What stands in the table for a number of measurements.
enum class Statistic { median, mean, deviation, largest };
[[nodiscard]] double statistic(Statistic of, std::vector<double> values);

/// A bound: absolute, or as a part of what a peer has.
struct Ask {
  enum class Kind { at_most, at_least, at_most_part_of } kind = Kind::at_most;
  double value = 0;
  std::string peer = {};  ///< of at_most_part_of: its column
};

/// A line of the table.
struct Measure {
  int row = 0;     ///< as options name it
  std::string id;  ///< in JSON
  std::string title;
  std::string unit;
  int decimals = 0;
  Statistic shown = Statistic::median;
  std::vector<Ask> asked;
  std::string samples;  ///< whose measurements it shows; its own where empty
  std::string peers;    ///< whose the peers' are; `samples` where empty
};
[[nodiscard]] const std::vector<Measure>& measures();

class Results {
 public:
  void add(const std::string& samples, const std::string& column, double value);
  [[nodiscard]] bool has(const std::string& samples, const std::string& column) const;
  /// What the cell says in place of a number, such as "none".
  void say(const std::string& samples, const std::string& column, const std::string& words);
  [[nodiscard]] bool says(const std::string& samples, const std::string& column) const;
  /// A line below the table.
  void note(const std::string& text);
  void set_version(const std::string& column, const std::string& version);

  /// Lines for `rows`, Markdown.
  [[nodiscard]] std::string table(const std::vector<int>& rows) const;
  [[nodiscard]] nlohmann::json json(const std::vector<int>& rows) const;

 private:
  enum class Verdict { yes, no, unknown };
  [[nodiscard]] const std::vector<double>& values(const Measure& measure,
                                                  const std::string& column) const;
  [[nodiscard]] std::optional<double> value(const Measure& measure,
                                            const std::string& column) const;
  [[nodiscard]] std::string cell(const Measure& measure, const std::string& column) const;
  [[nodiscard]] std::string ratios(const Measure& measure) const;
  [[nodiscard]] Verdict verdict(const Measure& measure) const;
  [[nodiscard]] static std::string word(Verdict verdict);

  std::map<std::string, std::map<std::string, std::vector<double>>> values_;
  std::map<std::string, std::map<std::string, std::string>> words_;
  std::map<std::string, std::string> versions_;
  std::vector<std::string> notes_;
};

}  // namespace noseon::peers
