// SPDX-License-Identifier: MIT
// What an index holds, and where it came from.
using System;
using System.Collections.Generic;
using System.Globalization;
using PoleLookup.Native;

namespace PoleLookup
{
    public sealed class PoleInfo
    {
        /// <summary>True: an invented city; no answer of it is a real place.</summary>
        public bool IsSample { get; }
        /// <summary>Content id: the same poles, stations, areas and schemes have the
        /// same.</summary>
        public string Id { get; }
        /// <summary>What the index calls itself, such as a city; null: nothing.</summary>
        public string Name { get; }
        public int FormatMajor { get; }
        public int FormatMinor { get; }
        public long Poles { get; }
        public long Stations { get; }
        public long Areas { get; }
        /// <summary>Names, numbered from 0; "" is the urban districts.</summary>
        public IReadOnlyList<string> Scopes { get; }
        public IReadOnlyList<CodeScheme> Schemes { get; }
        public IReadOnlyList<TableSource> Sources { get; }
        public long FileBytes { get; }
        public DateTime? BuiltAt { get; }
        /// <summary>The newest source's time; null: not known.</summary>
        public DateTime? DataDate { get; }
        /// <summary>Extent of the poles.</summary>
        public PolePoint Southwest { get; }
        public PolePoint Northeast { get; }
        public long RowsRead { get; }
        public long RowsRefused { get; }
        public long RowsCollapsed { get; }
        /// <summary>Whether a clean code's doubt is read from the index.</summary>
        public bool DoubtsUsed { get; }
        /// <summary>The id of the channel that the stored doubts rest on; null: none.</summary>
        public string DoubtChannelId { get; }
        public string Builder { get; }

        internal unsafe PoleInfo(pole_info* info, IReadOnlyList<string> scopes,
                                 IReadOnlyList<CodeScheme> schemes,
                                 IReadOnlyList<TableSource> sources)
        {
            IsSample = info->is_sample != 0;
            Id = Utf8.ReadEnded(info->id);
            Name = Utf8.ReadOrNull(info->name);
            FormatMajor = (int)info->format_major;
            FormatMinor = (int)info->format_minor;
            Poles = info->poles;
            Stations = info->stations;
            Areas = info->areas;
            Scopes = scopes;
            Schemes = schemes;
            Sources = sources;
            FileBytes = (long)info->file_bytes;
            BuiltAt = Time.FromSeconds(info->built_at_s);
            DataDate = info->data_date_s == 0 ? null : Time.FromSeconds(info->data_date_s);
            Southwest = info->southwest;
            Northeast = info->northeast;
            RowsRead = (long)info->rows_read;
            RowsRefused = (long)info->rows_refused;
            RowsCollapsed = (long)info->rows_collapsed;
            DoubtsUsed = info->doubts_used != 0;
            DoubtChannelId = Utf8.ReadOrNull(info->doubt_channel);
            Builder = Utf8.Read(info->builder);
        }

        public override string ToString()
        {
            return string.Format(
                CultureInfo.InvariantCulture,
                "{0}{1}{2} poles, {3} stations, {4} areas; data of {5:yyyy-MM-dd}; id {6}",
                IsSample ? "SAMPLE " : "", Name == null ? "" : Name + ": ", Poles, Stations,
                Areas, DataDate.HasValue ? (object)DataDate.Value : "no known date", Id);
        }
    }

    /// <summary>How the codes of one scope and length divide.</summary>
    public sealed class CodeScheme
    {
        public string Scope { get; }
        public int Digits { get; }
        /// <summary>What each field says, and how many digits it has.</summary>
        public IReadOnlyList<KeyValuePair<CodeField, int>> Fields { get; }
        public uint FirstRow { get; }
        public long Rows { get; }

        internal unsafe CodeScheme(pole_scheme_info* scheme, string scope)
        {
            Scope = scope;
            Digits = scheme->digits;
            var fields = new KeyValuePair<CodeField, int>[scheme->field_count];
            for (int i = 0; i < fields.Length; i++) {
                fields[i] = new KeyValuePair<CodeField, int>((CodeField)scheme->field_kind[i],
                                                             scheme->field_width[i]);
            }
            Fields = fields;
            FirstRow = scheme->first_row;
            Rows = scheme->rows;
        }

        public override string ToString()
        {
            var parts = new List<string>();
            foreach (KeyValuePair<CodeField, int> field in Fields) {
                parts.Add(field.Key.ToString().ToLowerInvariant() + ":" + field.Value);
            }
            return (Scope.Length > 0 ? Scope : "urban") + " " + Digits + " digits, " +
                   string.Join(",", parts) + ", " + Rows + " poles";
        }
    }

    /// <summary>A table that the index was built from.</summary>
    public sealed class TableSource
    {
        public SourceKind Kind { get; }
        public string FileName { get; }
        /// <summary>XXH3-128 of the file, hex.</summary>
        public string Hash { get; }
        public string Crs { get; }
        public long SizeBytes { get; }
        public long RowsRead { get; }
        public long RowsRefused { get; }

        internal TableSource(in pole_source_info source)
        {
            Kind = (SourceKind)source.kind;
            FileName = Utf8.Read(source.file_name);
            Hash = Utf8.Read(source.hash);
            Crs = Utf8.Read(source.crs);
            SizeBytes = (long)source.size_bytes;
            RowsRead = (long)source.rows_read;
            RowsRefused = (long)source.rows_refused;
        }

        public override string ToString()
        {
            return FileName + ": " + RowsRead + " rows, " + RowsRefused + " refused (" + Crs + ")";
        }
    }
}
