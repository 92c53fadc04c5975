// SPDX-License-Identifier: MIT
package polelookup;

/** The native part, loaded at its first use. */
final class Native {
    static final NativeCalls CALLS = load();

    private Native() {}

    private static NativeCalls load() {
        NativeLibrary.load();
        return Platform.calls();
    }

    /** The answer to a request, behind its status; throws what the status says. */
    static Reply call(int what, long handle, Request request) {
        return read(CALLS.call(what, handle, request.toBytes()));
    }

    static Reply call(int what, long handle, byte[] request) {
        return read(CALLS.call(what, handle, request));
    }

    private static Reply read(byte[] bytes) {
        Reply reply = new Reply(bytes);
        int status = reply.i32();
        if (status == 0) {
            return reply;
        }
        String name = reply.text();
        String message = reply.text();
        throw PoleException.of(
                status, name, message, reply.text(), reply.i32(), reply.i32(), reply.i64());
    }
}
