// SPDX-License-Identifier: MIT
// The structs of an answer (resolution.h, between.h): see Structs.cs.
using System;
using System.Runtime.InteropServices;

namespace PoleLookup.Native
{
#pragma warning disable 169, 649 // fields that only the library writes
    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_answer
    {
        public uint struct_size;
        public int match;
        public int reason;
        public uint warnings;
        public int question;
        public uint candidates;
        public uint candidates_found;
        public uint reserved;
        public double confidence;
        public double confidence_place;
        public double no_pole;
        public pole_span query;
        public pole_span heard;
        public uint corroborated_by;
        public uint evidence;
        public double far_share;
        public pole_span channel;
        public pole_span channel_id;
        public double clean;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_neighbour
    {
        public uint row;
        public uint reserved;
        public double distance_m;
        public double bearing_deg;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_edit
    {
        public int kind;
        public byte position;
        public byte heard_position;
        public fixed byte reserved[2];
        public fixed byte heard[4];
        public fixed byte meant[4];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_candidate
    {
        public uint struct_size;
        public int matched;
        public double confidence;
        public double distance_to_first_m;
        public double x;
        public double y;
        public pole_span crs;
        public pole_span cross_streets_0;
        public pole_span cross_streets_1;
        public fixed double cross_street_m[2];
        public pole_neighbour* neighbours;
        public UIntPtr neighbour_count;
        public pole_station_hit* stations;
        public UIntPtr station_count;
        public pole_area_edge area_edge;
        public pole_edit* edits;
        public UIntPtr edit_count;
        public double distance_to_hint_m;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_far_rival
    {
        public uint struct_size;
        public uint row;
        public PoleCode code;
        public double confidence;
        public double distance_m;
        public uint station;
        public uint digits;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_estimate
    {
        public uint struct_size;
        public uint reserved;
        public PoleCode code;
        public PolePoint at;
        public double radius_m;
        public double confidence;
        public fixed uint between[2];
        public pole_station_hit* stations;
        public UIntPtr station_count;
        public pole_area_edge area_edge;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_question_option
    {
        public pole_span answer;
        public uint* rows;
        public UIntPtr row_count;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_question
    {
        public uint struct_size;
        public int kind;
        public uint digit;
        public uint digits;
        public pole_question_option* options;
        public UIntPtr option_count;
        public uint digit_count;
        public fixed byte choice[2];
        public fixed byte reserved[2];
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_evidence_used
    {
        public uint struct_size;
        public int kind;
        public PolePoint at;
        public double sigma_m;
        public pole_span given;
        public pole_span crs;
        public int agrees;
        public uint outside;
        public double outside_share;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_between_options
    {
        public uint struct_size;
        public int caller_language;
        public pole_span scope;
        public IntPtr crs;
        public IntPtr channel;
        public double clean;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct pole_between_correction
    {
        public int query;
        public int candidate;
        public double distance_m;
    }

    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct pole_between_answer
    {
        public uint struct_size;
        public int relation;
        public fixed int pole[2];
        public int same_street;
        public int same_side;
        public int poles_between;
        public uint warnings;
        public double distance_m;
        public double bearing_deg;
        public double side_deg;
        public PolePoint middle;
        public double radius_m;
        public pole_between_correction corrections_0;
        public pole_between_correction corrections_1;
        public pole_between_correction corrections_2;
        public uint correction_count;
        public uint reserved;
    }
#pragma warning restore 169, 649
}
