# Included by tests/bench/CMakeLists.txt: how long typesetting takes.
find_package(benchmark REQUIRED)
add_executable(fonts_bench ${CMAKE_CURRENT_LIST_DIR}/fonts_bench.cc)
target_link_libraries(fonts_bench PRIVATE noseon_fonts benchmark::benchmark)
