// SPDX-License-Identifier: MIT
// Texts and arrays that the library reads during one call: UTF-8 in memory that does not move.
using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;

namespace PoleLookup.Native
{
    internal sealed unsafe class Arena : IDisposable
    {
        private const int BlockBytes = 4096;
        private readonly List<IntPtr> blocks = new List<IntPtr>();
        private byte* free;
        private int left;

        // Zeroed, aligned to 8 bytes.
        internal byte* Bytes(int size)
        {
            int room = checked(size + 7) & ~7;
            if (room > left) {
                int block = Math.Max(room, BlockBytes);
                IntPtr memory = Marshal.AllocHGlobal(block);
                blocks.Add(memory);
                free = (byte*)memory;
                left = block;
            }
            byte* bytes = free;
            free += room;
            left -= room;
            new Span<byte>(bytes, room).Clear();
            return bytes;
        }

        // An unpaired surrogate becomes U+FFFD. Null and "" give an empty span.
        internal pole_span Text(string text)
        {
            if (string.IsNullOrEmpty(text)) {
                return default(pole_span);
            }
            int size = Encoding.UTF8.GetByteCount(text);
            byte* bytes = Bytes(size);
            fixed (char* chars = text)
            {
                Encoding.UTF8.GetBytes(chars, text.Length, bytes, size);
            }
            return new pole_span(bytes, size);
        }

        // For what must reach the operating system unchanged: refuses what UTF-8 cannot express.
        internal byte* Path(string path)
        {
            if (path == null) {
                throw new ArgumentNullException(nameof(path));
            }
            if (path.IndexOf('\0') >= 0) {
                throw new ArgumentException("A path holds no NUL.", nameof(path));
            }
            byte[] text = new UTF8Encoding(false, true).GetBytes(path);
            byte* bytes = Bytes(text.Length + 1);
            Marshal.Copy(text, 0, (IntPtr)bytes, text.Length);
            return bytes;
        }

        public void Dispose()
        {
            foreach (IntPtr block in blocks) {
                Marshal.FreeHGlobal(block);
            }
            blocks.Clear();
            left = 0;
        }
    }

    // Texts that the library gives.
    internal static unsafe class Utf8
    {
        internal static string Read(pole_span span)
        {
            return Read(span.data, checked((int)(ulong)span.size_bytes));
        }

        internal static string Read(byte* bytes, int size)
        {
            return size == 0 ? "" : Encoding.UTF8.GetString(bytes, size);
        }

        // Null where the table gives nothing.
        internal static string ReadOrNull(pole_span span)
        {
            return span.size_bytes == UIntPtr.Zero ? null : Read(span);
        }

        // NUL-ended; null for NULL.
        internal static string ReadEnded(byte* text)
        {
            if (text == null) {
                return null;
            }
            int size = 0;
            while (text[size] != 0) {
                size++;
            }
            return Read(text, size);
        }

        internal delegate int Writer(byte* text, UIntPtr capacity, UIntPtr* needed);

        // Calls a function that fills a buffer, again with a larger one if it asks for that.
        internal static string Written(Writer write)
        {
            int capacity = 4096;
            for (;;) {
                byte[] buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(capacity);
                try {
                    fixed (byte* text = buffer)
                    {
                        UIntPtr needed = UIntPtr.Zero;
                        int status = write(text, (UIntPtr)(uint)buffer.Length, &needed);
                        if (status != (int)PoleStatus.Limit ||
                            (ulong)needed <= (ulong)buffer.Length) {
                            PoleException.Check(status);
                            return Read(text, checked((int)(ulong)needed) - 1);
                        }
                        capacity = checked((int)(ulong)needed);
                    }
                } finally {
                    System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
                }
            }
        }
    }
}
