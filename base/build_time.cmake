# The date of the source as seconds since 1970, in NOSEON_BUILD_SECONDS: what is certainly past when the
# program runs (build_time(), base/clock.h). Reproducible: never the time at which somebody builds.
#   1. SOURCE_DATE_EPOCH of the environment, which Debian sets from the package's changelog;
#   2. the date of the commit, where this is a working copy of git;
#   3. the date below, where this is a tarball: to be moved on with each release, never past its day.
set(NOSEON_BUILD_SECONDS 1793491200)  # 2026-11-01

if(DEFINED ENV{SOURCE_DATE_EPOCH})
  if(NOT "$ENV{SOURCE_DATE_EPOCH}" MATCHES "^[0-9]+$")
    message(FATAL_ERROR "SOURCE_DATE_EPOCH is \"$ENV{SOURCE_DATE_EPOCH}\"; it has to be seconds since 1970")
  endif()
  set(NOSEON_BUILD_SECONDS "$ENV{SOURCE_DATE_EPOCH}")
elseif(EXISTS ${PROJECT_SOURCE_DIR}/.git)
  find_program(NOSEON_GIT git)
  mark_as_advanced(NOSEON_GIT)
  if(NOSEON_GIT)
    execute_process(COMMAND ${NOSEON_GIT} -C ${PROJECT_SOURCE_DIR} log -1 --format=%ct
      OUTPUT_VARIABLE committed OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
    if(committed MATCHES "^[0-9]+$" AND committed GREATER NOSEON_BUILD_SECONDS)
      set(NOSEON_BUILD_SECONDS ${committed})
    endif()
  endif()
endif()
