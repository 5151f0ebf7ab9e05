noseon_test(playlist_properties_test
  LIBRARIES noseon_playlist
  SOURCES
    properties_test.cc
    ${PROJECT_SOURCE_DIR}/tests/support/random_playlist.cc
    ${PROJECT_SOURCE_DIR}/tests/support/slow_schedule.cc)

set_source_files_properties(
  properties_test.cc
  ${PROJECT_SOURCE_DIR}/tests/support/random_playlist.cc
  ${PROJECT_SOURCE_DIR}/tests/support/slow_schedule.cc
  PROPERTIES COMPILE_OPTIONS -O1)
