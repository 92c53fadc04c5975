// SPDX-License-Identifier: MIT
// Spans as pointers: fixed (T* p = &Pin.Of(span)). What is empty is not wanted, and becomes NULL
// where the caller says so.
using System;
using System.Runtime.InteropServices;

namespace PoleLookup.Native
{
    internal static class Pin
    {
        internal static ref T Of<T>(ReadOnlySpan<T> span) => ref MemoryMarshal.GetReference(span);
        internal static ref T Of<T>(Span<T> span) => ref MemoryMarshal.GetReference(span);

        internal static void Room<T>(Span<T> column, int count, string name)
        {
            if (!column.IsEmpty && column.Length < count) {
                throw new ArgumentException("The span has fewer elements than the batch.", name);
            }
        }
    }
}
