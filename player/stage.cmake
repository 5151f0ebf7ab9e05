# From the finished picture to the glass: stage, loop, show, preview, and the program.
find_package(X11 REQUIRED)  # for the number of the connection alone, to poll() on
pkg_check_modules(wayland_client REQUIRED IMPORTED_TARGET wayland-client)

target_sources(noseon_player PRIVATE
  blend.cc
  connection.cc
  edition.cc
  frame_times.cc
  loader.cc
  overlay.cc
  paced_clock.cc
  picture_cache.cc
  player.cc
  poll_loop.cc
  preview.cc
  preview_options.cc
  preview_overlays.cc
  preview_panels.cc
  preview_steps.cc
  preview_world.cc
  projector.cc
  scale.cc
  show.cc
  source.cc
  stage.cc
  unattended.cc
  watcher.cc
  when.cc
)
# The blend is the one loop that must be vectors, in every build.
set_source_files_properties(blend.cc PROPERTIES COMPILE_OPTIONS "-O3;-fno-sanitize=all")
target_link_libraries(noseon_player PRIVATE SDL2::SDL2 X11::X11 PkgConfig::wayland_client)

add_executable(noseon-player main.cc)
target_link_libraries(noseon-player PRIVATE noseon_player CLI11::CLI11)
