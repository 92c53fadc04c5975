// SPDX-License-Identifier: MIT
// What the library gave and must get back. A Lease keeps it alive while a call uses it: disposing
// in another thread waits for the last lease, and a lease of what was disposed throws.
using System;
using System.Runtime.InteropServices;

namespace PoleLookup.Native
{
    internal abstract class PoleHandle : SafeHandle
    {
        protected PoleHandle(IntPtr pointer) : base(IntPtr.Zero, true)
        {
            SetHandle(pointer);
        }

        public override bool IsInvalid => handle == IntPtr.Zero;
    }

    internal sealed class IndexHandle : PoleHandle
    {
        internal IndexHandle(IntPtr pointer) : base(pointer) {}

        protected override bool ReleaseHandle()
        {
            NativeMethods.pole_index_close(handle);
            return true;
        }
    }

    internal sealed class HeardHandle : PoleHandle
    {
        internal HeardHandle(IntPtr pointer) : base(pointer) {}

        internal static unsafe HeardHandle New()
        {
            IntPtr pointer;
            PoleException.Check(NativeMethods.pole_heard_new(IntPtr.Zero, &pointer));
            return new HeardHandle(pointer);
        }

        protected override bool ReleaseHandle()
        {
            NativeMethods.pole_heard_free(handle);
            return true;
        }
    }

    internal sealed class ResolutionHandle : PoleHandle
    {
        internal ResolutionHandle(IntPtr pointer) : base(pointer) {}

        internal static unsafe ResolutionHandle New()
        {
            IntPtr pointer;
            PoleException.Check(NativeMethods.pole_resolution_new(IntPtr.Zero, &pointer));
            return new ResolutionHandle(pointer);
        }

        protected override bool ReleaseHandle()
        {
            NativeMethods.pole_resolution_free(handle);
            return true;
        }
    }

    internal sealed class ChannelHandle : PoleHandle
    {
        internal ChannelHandle(IntPtr pointer) : base(pointer) {}

        protected override bool ReleaseHandle()
        {
            NativeMethods.pole_channel_free(handle);
            return true;
        }
    }

    internal sealed class CrsHandle : PoleHandle
    {
        internal CrsHandle(IntPtr pointer) : base(pointer) {}

        protected override bool ReleaseHandle()
        {
            NativeMethods.pole_crs_free(handle);
            return true;
        }
    }

    internal struct Lease : IDisposable
    {
        private readonly PoleHandle held;
        internal readonly IntPtr Pointer;

        // Null gives a lease of NULL.
        internal Lease(PoleHandle handle)
        {
            bool added = false;
            held = null;
            Pointer = IntPtr.Zero;
            if (handle != null) {
                handle.DangerousAddRef(ref added);
                held = handle;
                Pointer = handle.DangerousGetHandle();
            }
        }

        public void Dispose()
        {
            if (held != null) {
                held.DangerousRelease();
            }
        }
    }
}
