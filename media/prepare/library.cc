#include "media/prepare/library.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <ctime>

namespace noseon {
namespace {

// Formats come in by vips_jpegload_source() and its like alone; that nothing else could is made
// sure.
void block_what_is_not_needed() {
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeign", TRUE);
  for (const char* const needed : {"VipsForeignLoadJpegSource", "VipsForeignLoadPngSource",
                                   "VipsForeignLoadWebpSource", "VipsForeignSavePngBuffer"}) {
    vips_operation_block_set(needed, FALSE);
  }
}

// What libraries remark goes nowhere: GLib would ask the system what its stderr is.
GLogWriterOutput say_nothing(GLogLevelFlags, const GLogField*, gsize, gpointer) {
  return G_LOG_WRITER_HANDLED;
}

}  // namespace

bool start_vips(int threads) {
  // Modules (poppler, ImageMagick, libheif ...) are looked for below VIPSHOME: they are never
  // loaded.
  ::setenv("VIPSHOME", "/nonexistent", 1);
  // One arena: each further one reserves 64 MB of address space, and the threads here hardly
  // allocate.
  ::mallopt(M_ARENA_MAX, 1);
  ::tzset();  // Little CMS dates the profiles it makes, for which the C library reads the zone
  g_log_set_writer_func(say_nothing, nullptr, nullptr);
  if (VIPS_INIT("noseon-prepare") != 0) return false;
  vips_concurrency_set(threads);
  vips_cache_set_max(0);
  block_what_is_not_needed();
  return true;
}

std::string vips_complaint() {
  std::string complaint = vips_error_buffer();
  vips_error_clear();
  while (!complaint.empty() && complaint.back() == '\n') complaint.pop_back();
  std::replace(complaint.begin(), complaint.end(), '\n', ';');
  return complaint.empty() ? "no reason given" : complaint;
}

}  // namespace noseon
