// SPDX-License-Identifier: MIT
// The structs of the C headers, field for field and under their names there: blittable, so that
// nothing is converted on the way. An array of structs is written out, its elements _0, _1, ...;
// tests/LayoutTests.cs compares sizes and offsets with what the C compiler says.
using System;
using System.Runtime.InteropServices;

namespace PoleLookup.Native
{
#pragma warning disable 169, 649 // fields that only the library writes
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_span
    {
        public byte* data;
        public UIntPtr size_bytes;

        public pole_span(byte* data, int size)
        {
            this.data = data;
            size_bytes = (UIntPtr)(uint)size;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_error
    {
        public int status;
        public uint line;
        public uint column;
        public uint reserved;
        public ulong offset_bytes;
        public fixed byte message[256];
        public fixed byte hint[128];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_open_options
    {
        public uint struct_size;
        public uint flags;
        public IntPtr allocator;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_info
    {
        public uint struct_size;
        public uint is_sample;
        public uint format_major;
        public uint format_minor;
        public uint poles;
        public uint stations;
        public uint areas;
        public uint scopes;
        public uint schemes;
        public uint sources;
        public ulong file_bytes;
        public long built_at_s;
        public long data_date_s;
        public PolePoint southwest;
        public PolePoint northeast;
        public ulong rows_read;
        public ulong rows_refused;
        public ulong rows_collapsed;
        public fixed byte id[36];
        public uint doubts_used;
        public pole_span name;
        public pole_span builder;
        public pole_span doubt_channel;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_scheme_info
    {
        public uint struct_size;
        public ushort scope;
        public byte digits;
        public byte field_count;
        public fixed byte field_kind[12];
        public fixed byte field_width[12];
        public uint first_row;
        public uint rows;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_source_info
    {
        public uint struct_size;
        public uint kind;
        public pole_span file_name;
        public pole_span hash;
        public pole_span crs;
        public ulong size_bytes;
        public ulong rows_read;
        public ulong rows_refused;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_columns
    {
        public uint struct_size;
        public uint reserved;
        public uint* rows;
        public int* match;
        public double* lat_deg;
        public double* lon_deg;
        public uint* stations;
        public double* confidence;
        public double* confidence_place;
        public double* far_share;
        public double clean;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_record
    {
        public uint struct_size;
        public uint row;
        public PoleCode code;
        public PolePoint at;
        public pole_span scope;
        public pole_span street;
        public pole_span district;
        public pole_span note;
        public pole_span successor;
        public pole_span alias;
        public pole_span alias_owner;
        public int state;
        public int surveyed_days;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_station
    {
        public uint struct_size;
        public uint number;
        public PolePoint at;
        public pole_span id;
        public pole_span name;
        public pole_span kind;
        public pole_span phone;
        public pole_span group;
        public pole_span district;
        public pole_span prefix;
        public pole_span scope;
        public pole_span successor;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_station_hit
    {
        public uint number;
        public int role;
        public int chosen;
        public uint reserved;
        public double distance_m;
        public double bearing_deg;
        public double road_m;
        public double road_s;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_area_edge
    {
        public double distance_m;
        public uint station;
        public uint reserved;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_text
    {
        public pole_span text;
        public double weight;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_hear_options
    {
        public uint struct_size;
        public uint lengths;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_heard_code
    {
        public fixed byte code[24];
        public double weight;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_known_digit
    {
        public byte position;
        public byte digit;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_evidence
    {
        public uint struct_size;
        public uint digit_count;
        public pole_known_digit* digits;
        public PolePoint hint;
        public double hint_radius_m;
        public double hint_level;
        public pole_span hint_given;
        public pole_span hint_crs;
        public pole_span street;
        public pole_span district;
        public IntPtr also;
        public IntPtr then;
        public PoleBox* box;
        public PolePoint* polygon;
        public UIntPtr* polygon_rings;
        public UIntPtr polygon_ring_count;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_resolve_options
    {
        public uint struct_size;
        public uint limit;
        public IntPtr crs;
        public pole_span scope;
        public pole_evidence* evidence;
        public IntPtr channel;
        public double clean;
        public double near_m;
        public double exact_confidence;
        public double exact_place;
        public double corrected_confidence;
        public double corrected_place;
        public int caller_language;
        public uint brief;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_describe_options
    {
        public uint struct_size;
        public uint limit;
        public IntPtr crs;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_channel_info
    {
        public uint struct_size;
        public uint reserved;
        public pole_span name;
        public pole_span id;
        public double clean;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_json_options
    {
        public uint struct_size;
        public int language;
        public int caller_language;
        public uint reserved;
    }
#pragma warning restore 169, 649
}
