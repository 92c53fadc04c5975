// SPDX-License-Identifier: MIT
// The model of errors between a pole and what was heard of it (docs/channel.md).
using System;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>Immutable, shared freely between threads.</summary>
    public sealed unsafe class Channel : IDisposable
    {
        internal readonly ChannelHandle Handle;

        public string Name { get; }
        /// <summary>Hash of the table's values: the same values, the same id.</summary>
        public string Id { get; }
        /// <summary>Share of codes heard clean.</summary>
        public double Clean { get; }

        private Channel(IntPtr pointer)
        {
            Handle = new ChannelHandle(pointer);
            pole_channel_info info;
            info.struct_size = (uint)sizeof(pole_channel_info);
            PoleException.Check(NativeMethods.pole_channel_info_get(pointer, &info));
            Name = Utf8.Read(info.name);
            Id = Utf8.Read(info.id);
            Clean = info.clean;
        }

        /// <summary>"everyday" or "heavy". NotFound.</summary>
        public static Channel Named(string name)
        {
            using (var arena = new Arena()) {
                IntPtr pointer;
                int status =
                    NativeMethods.pole_channel_named(arena.Text(name), IntPtr.Zero, &pointer);
                if (status == (int)PoleStatus.NotFound) {
                    throw new PoleException(PoleStatus.NotFound, "no such channel: " + name);
                }
                PoleException.Check(status);
                return new Channel(pointer);
            }
        }

        /// <summary>From the text of its table. name: told in answers. BadInput, with the
        /// line.</summary>
        public static Channel Read(string table, string name)
        {
            using (var arena = new Arena()) {
                IntPtr pointer;
                pole_error error;
                PoleException.Check(
                    NativeMethods.pole_channel_read(arena.Text(table), arena.Text(name),
                                                    IntPtr.Zero, &pointer, &error), &error);
                return new Channel(pointer);
            }
        }

        public void Dispose() => Handle.Dispose();

        public override string ToString() => Name + " (" + Id + ")";
    }
}
