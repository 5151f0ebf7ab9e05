// Progress of long work: one line that is written over, on a terminal alone. Silent in a pipe.
#pragma once

#include <cstddef>
#include <string>

namespace noseon {

class Progress {
 public:
  /// `what` is what is counted: "items drawn".
  Progress(std::string what, std::size_t total);
  ~Progress();  ///< wipes the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void step();

 private:
  void show() const;

  std::string what_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool is_terminal_;
};

}  // namespace noseon
