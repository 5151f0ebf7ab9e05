#include "staff/command_line.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/say.h"
#include "staff/usage.h"

namespace noseon {

CommandLine::CommandLine() {
  app.description(say("noseon: check, see and explain poster campaigns before a bus plays them"));
  app.set_help_flag("-h,--help", say("Print this help and exit"));
  app.set_version_flag("--version", NOSEON_VERSION, say("Print the version and exit"));
  app.option_defaults()->group(say("Options"));
  for (CLI::Option* option : app.get_options()) option->group(say("Options"));
  app.get_formatter()->label("Usage", say("Usage"));
  app.get_formatter()->label("OPTIONS", say("OPTIONS"));
  app.get_formatter()->label("Positionals", say("Positionals"));
  app.get_formatter()->label("REQUIRED", say("REQUIRED"));
  app.get_formatter()->label("Needs", say("Needs"));
  app.get_formatter()->label("Excludes", say("Excludes"));
  app.get_formatter()->label("SUBCOMMAND", say("COMMAND"));
  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("noseon: {}\n", usage_message(error.what()));
  });
  app.require_subcommand(1);
}

std::string CommandLine::complaint_of(int argc, char** argv) const {
  const CLI::App* of = &app;
  for (int i = 1; i < argc; ++i) {
    std::vector<std::string> names;
    for (const CLI::App* command : of->get_subcommands({})) names.push_back(command->get_name());
    const std::string word = argv[i];
    if (names.empty() || word.starts_with("-")) return "";
    if (std::find(names.begin(), names.end(), word) == names.end())
      return unknown_command(word, names);
    of = of->get_subcommand(word);
  }
  return "";
}

CLI::App& CommandLine::add_group(CLI::App& parent, const char* name, const std::string& help) {
  CLI::App* command = parent.add_subcommand(name, help)->group(say("Commands"));
  for (CLI::Option* option : command->get_options()) option->group(say("Options"));
  return *command;
}

}  // namespace noseon
