// The command line as it is put together: each command adds itself, and running it leaves its exit
// code here. Private to the program noseon.
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "staff/commands.h"

namespace noseon {

struct CommandLine {
  CLI::App app;
  int exit_code = kDone;

  /// With what CLI11 would say in English.
  CommandLine();

  /// That the first word is no command, or the second none of that command's own; empty where all
  /// is well.
  [[nodiscard]] std::string complaint_of(int argc, char** argv) const;

  /// A command whose options live as long as the command line.
  template <class Options>
  CLI::App& add(const char* name, const std::string& help, const std::shared_ptr<Options>& options,
                int (*run)(const Options&)) {
    return add_to(app, name, help, options, run);
  }

  /// One that is a command of a command, as `repo init`.
  template <class Options>
  CLI::App& add_to(CLI::App& parent, const char* name, const std::string& help,
                   const std::shared_ptr<Options>& options, int (*run)(const Options&)) {
    CLI::App& command = add_group(parent, name, help);
    command.callback([this, options, run] { exit_code = run(*options); });
    return command;
  }

  /// What has commands of its own, or a callback yet to come.
  CLI::App& add_group(CLI::App& parent, const char* name, const std::string& help);
};

/// The commands of staff/delivery.h.
void add_delivery(CommandLine& line);

}  // namespace noseon
