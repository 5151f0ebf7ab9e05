noseon_test(player_show_test
  LIBRARIES noseon_player
  SOURCES loader_test.cc paced_clock_test.cc picture_cache_test.cc preview_test.cc show_test.cc)
noseon_test(player_stage_test SERIAL
  LIBRARIES noseon_player SDL2::SDL2
  SOURCES blend_test.cc fit_to_test.cc poll_loop_test.cc stage_test.cc watcher_test.cc)
noseon_test(player_glass_test SERIAL
  LIBRARIES noseon_player noseon_picture_files noseon_hostile_pictures
  SOURCES glass_test.cc virtual_screen.cc)
add_dependencies(player_glass_test noseon-player noseon-decode)
