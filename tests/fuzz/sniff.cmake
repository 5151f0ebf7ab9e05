noseon_fuzzer(sniff_fuzz LIBRARIES noseon_media SOURCES sniff_fuzz.cc)
