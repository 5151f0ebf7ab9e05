"""The few calls of Pango's C library that its oracle needs, by ctypes.

python3-gi cannot read glyphs, and pango_layout_serialize() hashes the whole font for every run.
"""

from ctypes import CDLL, POINTER, Structure, c_char_p, c_double, c_int, c_uint32, c_void_p

SCALE = 1024  # Pango units a pixel
WRAP_WORD = 0  # PANGO_WRAP_WORD


class GlyphInfo(Structure):
    _fields_ = [
        ("glyph", c_uint32),
        ("width", c_int),
        ("x_offset", c_int),
        ("y_offset", c_int),
        ("attributes", c_uint32),
    ]


class GlyphString(Structure):
    _fields_ = [
        ("num_glyphs", c_int),
        ("glyphs", POINTER(GlyphInfo)),
        ("log_clusters", POINTER(c_int)),
    ]


class Item(Structure):
    _fields_ = [("offset", c_int), ("length", c_int), ("num_chars", c_int)]


class GlyphItem(Structure):
    _fields_ = [("item", POINTER(Item)), ("glyphs", POINTER(GlyphString))]


class List(Structure):  # GSList
    pass


List._fields_ = [("data", c_void_p), ("next", POINTER(List))]


class LayoutLine(Structure):
    _fields_ = [
        ("layout", c_void_p),
        ("start_index", c_int),
        ("length", c_int),
        ("runs", POINTER(List)),
    ]


# Name: result, arguments.
FUNCTIONS = {
    "pango_version_string": (c_char_p, []),
    "pango_ft2_font_map_new": (c_void_p, []),
    "pango_ft2_font_map_set_resolution": (None, [c_void_p, c_double, c_double]),
    "pango_font_map_create_context": (c_void_p, [c_void_p]),
    "pango_context_set_round_glyph_positions": (None, [c_void_p, c_int]),
    "pango_context_set_language": (None, [c_void_p, c_void_p]),
    "pango_language_from_string": (c_void_p, [c_char_p]),
    "pango_font_description_from_string": (c_void_p, [c_char_p]),
    "pango_font_description_free": (None, [c_void_p]),
    "pango_attr_list_new": (c_void_p, []),
    "pango_attr_list_insert": (None, [c_void_p, c_void_p]),
    "pango_attr_list_unref": (None, [c_void_p]),
    "pango_attr_font_features_new": (c_void_p, [c_char_p]),
    "pango_layout_new": (c_void_p, [c_void_p]),
    "pango_layout_set_font_description": (None, [c_void_p, c_void_p]),
    "pango_layout_set_attributes": (None, [c_void_p, c_void_p]),
    "pango_layout_set_wrap": (None, [c_void_p, c_int]),
    "pango_layout_set_width": (None, [c_void_p, c_int]),
    "pango_layout_set_text": (None, [c_void_p, c_char_p, c_int]),
    "pango_layout_get_line_count": (c_int, [c_void_p]),
    "pango_layout_get_line_readonly": (POINTER(LayoutLine), [c_void_p, c_int]),
    "g_object_unref": (None, [c_void_p]),
}


def load() -> CDLL:
    """OSError where it is not installed."""
    library = CDLL("libpangoft2-1.0.so.0")  # which brings libpango and glib
    for name, (result, arguments) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library
