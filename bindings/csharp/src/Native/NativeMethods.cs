// SPDX-License-Identifier: MIT
// The functions of libpolelookup that the binding calls. Nothing is marshalled: handles are plain
// pointers, kept alive by a Lease (Handles.cs); texts are UTF-8 by hand (Arena.cs).
using System;
using System.Runtime.InteropServices;
using System.Security;

namespace PoleLookup.Native
{
    [SuppressUnmanagedCodeSecurity]
    internal static unsafe class NativeMethods
    {
        private const string Library = "polelookup";
        private const CallingConvention C = CallingConvention.Cdecl;

        // types.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_status_text(int status);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_status_name(int status);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_version();

        // index.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_open_options_init(pole_open_options* options);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_open(byte* path, pole_open_options* options,
            IntPtr* index, pole_error* error);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_open_memory(void* bytes, UIntPtr size_bytes,
            pole_open_options* options, IntPtr* index, pole_error* error);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_index_retain(IntPtr index);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_index_close(IntPtr index);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_verify(IntPtr index, pole_error* error);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_info(IntPtr index, pole_info* info);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_scope(IntPtr index, ushort scope, pole_span*
            name);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_find_scope(IntPtr index, pole_span name,
            ushort* scope);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_scheme(IntPtr index, uint number,
            pole_scheme_info* scheme);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_source(IntPtr index, uint number,
            pole_source_info* source);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern uint pole_index_lengths(IntPtr index);

        // lookup.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_match_name(int match);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_code_parse(IntPtr index, pole_span text, PoleCode*
            code);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_code_format(IntPtr index, PoleCode code, int
            grouped, byte* text, UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_find(IntPtr index, PoleCode code, uint* row);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_find_all(IntPtr index, PoleCode code, uint*
            rows, UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_find_alias(IntPtr index, pole_span alias,
            uint* rows, UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_find_many(IntPtr index, uint* numbers, UIntPtr
            count, byte digits, ushort scope, pole_columns* columns);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_find_texts(IntPtr index, byte* texts, UIntPtr
            stride_bytes, UIntPtr count, byte digits, ushort scope, pole_columns* columns);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_point(IntPtr index, uint row, PolePoint* at);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_record(IntPtr index, uint row, pole_record*
            record);

        // near.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_nearest(IntPtr index, PolePoint at, UIntPtr k,
            double max_m, PoleHit* hits, UIntPtr* count);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_nearest_many(IntPtr index, PolePoint* at, UIntPtr
            count, UIntPtr k, double max_m, PoleHit* hits, UIntPtr* counts);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_within_radius(IntPtr index, PolePoint at, double
            radius_m, PoleHit* hits, UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_within_box(IntPtr index, PoleBox* box, uint* rows,
            UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_within_polygon(IntPtr index, PolePoint* points,
            UIntPtr* ring_sizes, UIntPtr rings, uint* rows, UIntPtr capacity, UIntPtr*
            needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_polygon_read(byte* geojson, UIntPtr size_bytes,
            IntPtr allocator, PolePoint* points, UIntPtr point_capacity, UIntPtr*
            points_needed, UIntPtr* ring_sizes, UIntPtr ring_capacity, UIntPtr*
            rings_needed, pole_error* error);

        // station.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_role_name(int role);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_station(IntPtr index, uint number,
            pole_station* station);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_index_find_station(IntPtr index, pole_span id, uint*
            number);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_stations_of(IntPtr index, uint row, uint roles,
            pole_station_hit* hits, UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_stations_at(IntPtr index, PolePoint at, pole_span
            kind, uint roles, UIntPtr nearest, pole_station_hit* hits, UIntPtr capacity,
            UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_area_edge_at(IntPtr index, PolePoint at, double
            max_m, pole_area_edge* edge);

        // speech.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_reason_name(int reason);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_hear_options_init(pole_hear_options* options);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_heard_new(IntPtr allocator, IntPtr* heard);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_heard_free(IntPtr heard);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_hear(pole_text* texts, UIntPtr count,
            pole_hear_options* options, IntPtr heard);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern pole_span pole_heard_query(IntPtr heard);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern pole_span pole_heard_digits(IntPtr heard);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern UIntPtr pole_heard_codes(IntPtr heard, pole_heard_code*
            codes, UIntPtr capacity);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_heard_several(IntPtr heard);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_heard_reason(IntPtr heard);

        // channel.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_channel_named(pole_span name, IntPtr allocator,
            IntPtr* channel);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_channel_read(pole_span table, pole_span name, IntPtr
            allocator, IntPtr* channel, pole_error* error);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_channel_free(IntPtr channel);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_channel_info_get(IntPtr channel, pole_channel_info*
            info);

        // crs.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_crs_new(pole_span name, IntPtr adapters, IntPtr
            allocator, IntPtr* crs, pole_error* error);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_crs_free(IntPtr crs);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_crs_to_wgs84(IntPtr crs, UIntPtr count, double* x,
            double* y, UIntPtr* bad);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_crs_from_wgs84(IntPtr crs, UIntPtr count, double* x,
            double* y, UIntPtr* bad);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_crs_name(IntPtr crs);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_crs_is_geographic(IntPtr crs);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_crs_unit(IntPtr crs);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern double pole_crs_accuracy_m(IntPtr crs);

        // resolve.h, resolution.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_evidence_init(pole_evidence* evidence);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_resolve_options_init(pole_resolve_options*
            options);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_describe_options_init(pole_describe_options*
            options);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolve(IntPtr index, IntPtr heard,
            pole_resolve_options* options, IntPtr resolution);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_describe(IntPtr index, uint row,
            pole_describe_options* options, IntPtr resolution);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_new(IntPtr allocator, IntPtr*
            resolution);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_resolution_free(IntPtr resolution);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_answer(IntPtr resolution, pole_answer*
            answer);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_candidate(IntPtr resolution, UIntPtr i,
            pole_candidate* candidate, pole_record* record);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_far_rival(IntPtr resolution,
            pole_far_rival* rival);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_estimate(IntPtr resolution,
            pole_estimate* estimate);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_question(IntPtr resolution,
            pole_question* question);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_evidence(IntPtr resolution, UIntPtr i,
            pole_evidence_used* used);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_warning_name(uint warning);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_evidence_name(uint evidence);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_edit_name(int kind);

        // between.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_relation_name(int relation);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_between_options_init(pole_between_options*
            options);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_between(IntPtr index, IntPtr first, IntPtr second,
            pole_between_options* options, IntPtr resolution, pole_between_answer* answer);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_between_json(IntPtr resolution, IntPtr first, IntPtr
            second, pole_between_answer* answer, pole_json_options* options, byte* text,
            UIntPtr capacity, UIntPtr* needed);

        // json.h
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern void pole_json_options_init(pole_json_options* options);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_resolution_json(IntPtr resolution,
            pole_json_options* options, byte* text, UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_question_text(pole_question* question, int language,
            byte* text, UIntPtr capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_question_name(int question);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern byte* pole_warning_text(uint warning, int language);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_hit_json(IntPtr described, double distance_m, double
            bearing_deg, pole_json_options* options, byte* text, UIntPtr capacity, UIntPtr*
            needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_stations_json(IntPtr index, pole_span query,
            PolePoint at, pole_span kind, pole_station_hit* hits, UIntPtr count,
            pole_area_edge* edge, pole_json_options* options, byte* text, UIntPtr capacity,
            UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_info_json(IntPtr index, byte* text, UIntPtr
            capacity, UIntPtr* needed);
        [DllImport(Library, CallingConvention = C, ExactSpelling = true)]
        internal static extern int pole_error_json(pole_error* error, byte* text, UIntPtr
            capacity, UIntPtr* needed);
    }
}
