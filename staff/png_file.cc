#include "staff/png_file.h"

#include "base/files.h"
#include "media/png.h"

namespace noseon {

Status write_png(const Picture& picture, const std::string& file) {
  ASSIGN_OR_RETURN(const std::string png, encode_png(picture));
  return write_file(file, png);
}

}  // namespace noseon
