# Included by tests/bench/CMakeLists.txt: what the schedule costs.
noseon_bench(playlist_bench LIBRARIES noseon_playlist SOURCES playlist_bench.cc)
