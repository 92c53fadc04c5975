// SPDX-License-Identifier: MIT
// A call that did not work.
using System;
using PoleLookup.Native;

namespace PoleLookup
{
    /// <summary>What the library said no to. <see cref="Status"/> is for programs, the message for
    /// a person. Null arguments and spans too short are ArgumentException; a closed index is
    /// ObjectDisposedException.</summary>
    public sealed class PoleException : Exception
    {
        public PoleStatus Status { get; }
        /// <summary>The stable word: "not_found", "damaged", ...</summary>
        public string StatusName => Status.Word();
        /// <summary>What to do; may be empty.</summary>
        public string Hint { get; }
        /// <summary>From 1 in a table; 0: does not apply.</summary>
        public int Line { get; }
        public int Column { get; }
        /// <summary>In a file; 0 when it does not apply.</summary>
        public ulong OffsetBytes { get; }
        private readonly string json;

        public PoleException(PoleStatus status, string message) : base(message)
        {
            Status = status;
            Hint = "";
        }

        private PoleException(PoleStatus status, string message, string hint, in pole_error error,
                              string json)
            : base(message)
        {
            Status = status;
            Hint = hint;
            Line = (int)error.line;
            Column = (int)error.column;
            OffsetBytes = error.offset_bytes;
            this.json = json;
        }

        /// <summary>{"error": {"code", "message", "hint", "line", "column"}}.</summary>
        public unsafe string ToJson()
        {
            if (json != null) {
                return json;
            }
            pole_error error = default(pole_error);
            error.status = (int)Status;
            int size = System.Text.Encoding.UTF8.GetByteCount(Message);
            if (size < 256) { // all messages of this assembly are shorter
                fixed (char* chars = Message)
                {
                    System.Text.Encoding.UTF8.GetBytes(chars, Message.Length, error.message, 255);
                }
            }
            return Json(&error);
        }

        internal static void Check(int status)
        {
            if (status != (int)PoleStatus.Ok) {
                throw new PoleException((PoleStatus)status, ((PoleStatus)status).Sentence());
            }
        }

        internal static unsafe void Check(int status, pole_error* error)
        {
            if (status == (int)PoleStatus.Ok) {
                return;
            }
            string message = Utf8.ReadEnded(error->message);
            throw message.Length == 0 ? new PoleException((PoleStatus)status,
                                                          ((PoleStatus)status).Sentence())
                                      : new PoleException((PoleStatus)status, message,
                                                          Utf8.ReadEnded(error->hint), *error,
                                                          Json(error));
        }

        private static unsafe string Json(pole_error* error)
        {
            return Utf8.Written((text, capacity, needed) => NativeMethods.pole_error_json(
                                    error, text, capacity, needed));
        }
    }
}
