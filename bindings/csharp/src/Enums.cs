// SPDX-License-Identifier: MIT
// The numbers of the C headers, which are fixed for ever. New ones may come: readers let pass what
// they do not know. The stable words for them are in Words.cs.
using System;

namespace PoleLookup
{
    /// <summary>Whether a call worked. What an answer means is a <see cref="PoleMatch"/>.</summary>
    public enum PoleStatus
    {
        Ok = 0,
        NotFound = 1,
        /// <summary>The code stands in more than one scope: name the scope.</summary>
        Several = 2,
        InvalidArgument = 3,
        NoMemory = 4,
        Io = 5,
        NotAnIndex = 6,
        Damaged = 7,
        NewerFormat = 8,
        Unsupported = 9,
        Limit = 10,
        MalformedCode = 11,
        BadInput = 12,
        Refused = 13,
        Stopped = 14
    }

    /// <summary>What a text or code turned out to be.</summary>
    public enum PoleMatch
    {
        /// <summary>Not yet asked; in a batch: not decided, resolve this one.</summary>
        None = 0,
        Exact = 1,
        Corrected = 2,
        Ambiguous = 3,
        /// <summary>No such pole, but a place between two of its street and side.</summary>
        Interpolated = 4,
        Unknown = 5,
        NoCode = 6,
        Malformed = 7
    }

    /// <summary>Why a text holds no code.</summary>
    public enum PoleReason
    {
        None = 0,
        NoDigits = 1,
        TooFew = 2,
        TooMany = 3,
        PhoneNumber = 4,
        OtherNumber = 5
    }

    /// <summary>Whether a pole still stands where the table says.</summary>
    public enum PoleState
    {
        Active = 0,
        Moved = 1,
        Removed = 2
    }

    public enum PoleLanguage
    {
        Chinese = 0,
        English = 1,
        Russian = 2
    }

    /// <summary>Why a station is named.</summary>
    [Flags]
    public enum StationRole
    {
        None = 0,
        /// <summary>The digits say so.</summary>
        Coded = 1,
        /// <summary>Its area holds the place.</summary>
        Responsible = 2,
        Road = 4,
        /// <summary>In a straight line, which may cross the river.</summary>
        Nearest = 8,
        All = 15
    }

    /// <summary>Things that a person must hear of.</summary>
    [Flags]
    public enum PoleWarnings
    {
        None = 0,
        SampleData = 1 << 0,
        Uncorroborated = 1 << 1,
        ScopeNeeded = 1 << 2,
        StationConflict = 1 << 3,
        AreaEdge = 1 << 4,
        NoArea = 1 << 5,
        RetiredPole = 1 << 6,
        OtherLength = 1 << 7,
        /// <summary>At least 0.05 is believed of places that are not near.</summary>
        ConfusableFar = 1 << 8,
        HintConflict = 1 << 9,
        HintOutside = 1 << 10,
        HintDatumSuspect = 1 << 11,
        StreetConflict = 1 << 12,
        StreetUnmatched = 1 << 13,
        AlsoConflict = 1 << 14,
        SeveralCodes = 1 << 15
    }

    /// <summary>What is known beside the heard code.</summary>
    [Flags]
    public enum EvidenceKinds
    {
        None = 0,
        Hint = 1 << 0,
        Street = 1 << 1,
        District = 1 << 2,
        Scope = 1 << 3,
        Also = 1 << 4,
        Then = 1 << 5,
        Digit = 1 << 6,
        Box = 1 << 7,
        Polygon = 1 << 8
    }

    /// <summary>What to ask next.</summary>
    public enum QuestionKind
    {
        Nothing = 0,
        ReadBack = 1,
        Digit = 2,
        Digits = 3,
        Neighbour = 4,
        Side = 5,
        Street = 6,
        County = 7,
        Object = 8,
        Place = 9
    }

    public enum PoleMatchedBy
    {
        Code = 1,
        /// <summary>Another owner's number on the same pole.</summary>
        Alias = 2
    }

    /// <summary>How a heard code differs from the one meant.</summary>
    public enum EditKind
    {
        Substitution = 1,
        Transposition = 2,
        Twin = 3,
        Omission = 4,
        Insertion = 5,
        Doubling = 6,
        Unknown = 7
    }

    /// <summary>How two poles lie to each other.</summary>
    public enum PoleRelation
    {
        /// <summary>One of the two names no pole of the index, or several.</summary>
        Unknown = 0,
        Same = 1,
        /// <summary>In sight of each other, on one street as far as is known.</summary>
        Stretch = 2,
        Corner = 3,
        /// <summary>Too far: one is wrong, or the caller has moved.</summary>
        Apart = 4
    }

    /// <summary>What the digits of a field say.</summary>
    public enum CodeField
    {
        District = 1,
        Station = 2,
        Street = 3,
        Pole = 4,
        Other = 5
    }

    /// <summary>Which table a source was.</summary>
    public enum SourceKind
    {
        Poles = 1,
        Stations = 2,
        Areas = 3
    }

    [Flags]
    public enum OpenFlags
    {
        None = 0,
        /// <summary>Maps the file instead of reading it. If another process truncates the file,
        /// this one dies by SIGBUS.</summary>
        Mapped = 1
    }
}
