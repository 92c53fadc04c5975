# SPDX-License-Identifier: MIT
"""The structs of include/polelookup/*.h that the vectors need, for ctypes."""
import ctypes
from ctypes import POINTER, c_char, c_char_p, c_double, c_int32, c_int64, c_size_t, c_uint8
from ctypes import c_uint16, c_uint32, c_uint64, c_void_p

NO_ROW = NO_STATION = 0xFFFFFFFF
ANY_SCOPE = 0xFFFF
NO_DATE = -(2**31)


class Error(ctypes.Structure):
    _fields_ = [
        ("status", c_int32),
        ("line", c_uint32),
        ("column", c_uint32),
        ("reserved", c_uint32),
        ("offset_bytes", c_uint64),
        ("message", c_char * 256),
        ("hint", c_char * 128),
    ]


class Span(ctypes.Structure):
    _fields_ = [("data", c_void_p), ("size_bytes", c_size_t)]

    def text(self):
        """None for the empty one."""
        return ctypes.string_at(self.data, self.size_bytes).decode() if self.size_bytes else None


class Point(ctypes.Structure):
    _fields_ = [("lat_deg", c_double), ("lon_deg", c_double)]


class Code(ctypes.Structure):
    _fields_ = [
        ("number", c_uint32),
        ("scope", c_uint16),
        ("digits", c_uint8),
        ("reserved", c_uint8),
    ]

    def text(self):
        return f"{self.number:0{self.digits}d}"


class Grows(ctypes.Structure):
    """A struct that begins with its size."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.struct_size = ctypes.sizeof(self)


class Info(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("is_sample", c_uint32),
        ("format_major", c_uint32),
        ("format_minor", c_uint32),
        ("poles", c_uint32),
        ("stations", c_uint32),
        ("areas", c_uint32),
        ("scopes", c_uint32),
        ("schemes", c_uint32),
        ("sources", c_uint32),
        ("file_bytes", c_uint64),
        ("built_at_s", c_int64),
        ("data_date_s", c_int64),
        ("southwest", Point),
        ("northeast", Point),
        ("rows_read", c_uint64),
        ("rows_refused", c_uint64),
        ("rows_collapsed", c_uint64),
        ("id", c_char * 36),
        ("doubts_used", c_uint32),
        ("name", Span),
        ("builder", Span),
        ("doubt_channel", Span),
    ]


class Record(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("row", c_uint32),
        ("code", Code),
        ("at", Point),
        ("scope", Span),
        ("street", Span),
        ("district", Span),
        ("note", Span),
        ("successor", Span),
        ("alias", Span),
        ("alias_owner", Span),
        ("state", c_int32),
        ("surveyed_days", c_int32),
    ]


class Hit(ctypes.Structure):
    _fields_ = [
        ("row", c_uint32),
        ("reserved", c_uint32),
        ("distance_m", c_double),
        ("bearing_deg", c_double),
    ]


class Box(ctypes.Structure):
    _fields_ = [(n, c_double) for n in ("south_deg", "west_deg", "north_deg", "east_deg")]


class Station(Grows):
    _fields_ = [("struct_size", c_uint32), ("number", c_uint32), ("at", Point)] + [
        (n, Span)
        for n in (
            "id",
            "name",
            "kind",
            "phone",
            "group",
            "district",
            "prefix",
            "scope",
            "successor",
        )
    ]


class StationHit(ctypes.Structure):
    _fields_ = [
        ("number", c_uint32),
        ("role", c_int32),
        ("chosen", c_int32),
        ("reserved", c_uint32),
        ("distance_m", c_double),
        ("bearing_deg", c_double),
        ("road_m", c_double),
        ("road_s", c_double),
    ]


class Columns(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("rows", POINTER(c_uint32)),
        ("match", POINTER(c_int32)),
        ("lat_deg", POINTER(c_double)),
        ("lon_deg", POINTER(c_double)),
        ("stations", POINTER(c_uint32)),
        ("confidence", POINTER(c_double)),
        ("confidence_place", POINTER(c_double)),
        ("far_share", POINTER(c_double)),
        ("clean", c_double),
    ]


class Text(ctypes.Structure):
    _fields_ = [("text", Span), ("weight", c_double)]


class HearOptions(Grows):
    _fields_ = [("struct_size", c_uint32), ("lengths", c_uint32)]


class KnownDigit(ctypes.Structure):
    _fields_ = [("position", c_uint8), ("digit", c_uint8)]


class Evidence(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("digit_count", c_uint32),
        ("digits", POINTER(KnownDigit)),
        ("hint", Point),
        ("hint_radius_m", c_double),
        ("hint_level", c_double),
        ("hint_given", Span),
        ("hint_crs", Span),
        ("street", Span),
        ("district", Span),
        ("also", c_void_p),
        ("then", c_void_p),
        ("box", POINTER(Box)),
        ("polygon", POINTER(Point)),
        ("polygon_rings", POINTER(c_size_t)),
        ("polygon_ring_count", c_size_t),
    ]


class ResolveOptions(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("limit", c_uint32),
        ("crs", c_void_p),
        ("scope", Span),
        ("evidence", POINTER(Evidence)),
        ("channel", c_void_p),
        ("clean", c_double),
        ("near_m", c_double),
        ("exact_confidence", c_double),
        ("exact_place", c_double),
        ("corrected_confidence", c_double),
        ("corrected_place", c_double),
        ("caller_language", c_int32),
        ("brief", c_uint32),
    ]


class Answer(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("match", c_int32),
        ("reason", c_int32),
        ("warnings", c_uint32),
        ("question", c_int32),
        ("candidates", c_uint32),
        ("candidates_found", c_uint32),
        ("reserved", c_uint32),
        ("confidence", c_double),
        ("confidence_place", c_double),
        ("no_pole", c_double),
        ("query", Span),
        ("heard", Span),
        ("corroborated_by", c_uint32),
        ("evidence", c_uint32),
        ("far_share", c_double),
        ("channel", Span),
        ("channel_id", Span),
        ("clean", c_double),
    ]


class AreaEdge(ctypes.Structure):
    _fields_ = [("distance_m", c_double), ("station", c_uint32), ("reserved", c_uint32)]


class Edit(ctypes.Structure):
    _fields_ = [
        ("kind", c_int32),
        ("position", c_uint8),
        ("heard_position", c_uint8),
        ("reserved", c_uint8 * 2),
        ("heard", c_char * 4),
        ("meant", c_char * 4),
    ]


class Candidate(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("matched", c_int32),
        ("confidence", c_double),
        ("distance_to_first_m", c_double),
        ("x", c_double),
        ("y", c_double),
        ("crs", Span),
        ("cross_streets", Span * 2),
        ("cross_street_m", c_double * 2),
        ("neighbours", c_void_p),
        ("neighbour_count", c_size_t),
        ("stations", POINTER(StationHit)),
        ("station_count", c_size_t),
        ("area_edge", AreaEdge),
        ("edits", POINTER(Edit)),
        ("edit_count", c_size_t),
        ("distance_to_hint_m", c_double),
    ]


class FarRival(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("row", c_uint32),
        ("code", Code),
        ("confidence", c_double),
        ("distance_m", c_double),
        ("station", c_uint32),
        ("digits", c_uint32),
    ]


class Estimate(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("reserved", c_uint32),
        ("code", Code),
        ("at", Point),
        ("radius_m", c_double),
        ("confidence", c_double),
        ("between", c_uint32 * 2),
        ("stations", POINTER(StationHit)),
        ("station_count", c_size_t),
        ("area_edge", AreaEdge),
    ]


class Question(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("kind", c_int32),
        ("digit", c_uint32),
        ("digits", c_uint32),
        ("options", c_void_p),
        ("option_count", c_size_t),
        ("digit_count", c_uint32),
        ("choice", c_uint8 * 2),
        ("reserved", c_uint8 * 2),
    ]


class BetweenOptions(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("caller_language", c_int32),
        ("scope", Span),
        ("crs", c_void_p),
        ("channel", c_void_p),
        ("clean", c_double),
    ]


class Correction(ctypes.Structure):
    _fields_ = [("query", c_int32), ("candidate", c_int32), ("distance_m", c_double)]


class BetweenAnswer(Grows):
    _fields_ = [
        ("struct_size", c_uint32),
        ("relation", c_int32),
        ("pole", c_int32 * 2),
        ("same_street", c_int32),
        ("same_side", c_int32),
        ("poles_between", c_int32),
        ("warnings", c_uint32),
        ("distance_m", c_double),
        ("bearing_deg", c_double),
        ("side_deg", c_double),
        ("middle", Point),
        ("radius_m", c_double),
        ("corrections", Correction * 3),
        ("correction_count", c_uint32),
        ("reserved", c_uint32),
    ]


NAMES = (  # functions that give a name for a number
    "pole_status_name",
    "pole_match_name",
    "pole_reason_name",
    "pole_warning_name",
    "pole_evidence_name",
    "pole_edit_name",
    "pole_role_name",
    "pole_question_name",
    "pole_relation_name",
)


def load(path):
    """The library, with the types that ctypes cannot guess."""
    library = ctypes.CDLL(str(path))
    for name in NAMES:
        getattr(library, name).restype = c_char_p
    library.pole_heard_digits.restype = Span
    library.pole_index_lengths.restype = c_uint32
    for name in ("pole_index_close", "pole_heard_free", "pole_resolution_free"):
        getattr(library, name).restype = None
    library.pole_channel_free.restype = None
    library.pole_nearest.argtypes = [c_void_p, Point, c_size_t, c_double, c_void_p, c_void_p]
    library.pole_within_radius.argtypes = [c_void_p, Point, c_double, c_void_p, c_size_t, c_void_p]
    library.pole_stations_at.argtypes = [
        *(c_void_p, Point, Span, c_uint32, c_size_t, c_void_p, c_size_t, c_void_p)
    ]
    library.pole_index_find_texts.argtypes = [
        *(c_void_p, c_char_p, c_size_t, c_size_t, c_uint8, c_uint16, c_void_p)
    ]
    library.pole_code_parse.argtypes = [c_void_p, Span, c_void_p]
    library.pole_index_find.argtypes = [c_void_p, Code, c_void_p]
    library.pole_index_find_alias.argtypes = [c_void_p, Span, c_void_p, c_size_t, c_void_p]
    library.pole_index_find_scope.argtypes = [c_void_p, Span, c_void_p]
    library.pole_index_scope.argtypes = [c_void_p, c_uint16, c_void_p]
    library.pole_channel_named.argtypes = [Span, c_void_p, c_void_p]
    return library
