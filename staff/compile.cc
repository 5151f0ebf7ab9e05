#include "playlist/compiled.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "base/say.h"
#include "staff/commands.h"
#include "staff/json_text.h"

namespace noseon {

int run_compile(const CompileOptions& options) {
  return with_items(options.world, [&](World& world) {
    if (has_errors(world.findings)) return kRefused;
    if (world.playlist->campaigns.size() != 1) {
      return wrong_usage(
          {ErrorKind::bad_format,
           say("{} has several campaigns; compile one folder at a time", options.world.dir)});
    }
    const std::string text = write_compiled(world.playlist->campaigns.front());
    if (options.output.empty()) {
      fmt::print("{}", text);
      return kDone;
    }
    if (const Status written = write_file(options.output, text); !written)
      return refused(written.error());
    const std::size_t items = world.playlist->campaigns.front().items.size();
    if (options.world.json) {
      fmt::print("{}\n",
                 to_text({{"file", options.output}, {"bytes", text.size()}, {"items", items}}));
    } else {
      fmt::print("{}\n", say("{}: {} items, {} bytes", options.output, items, text.size()));
    }
    return kDone;
  });
}

}  // namespace noseon
