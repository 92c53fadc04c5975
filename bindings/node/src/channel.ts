// SPDX-License-Identifier: MIT
// The model of errors between a pole and what was heard of it.
import { close, engine, watch } from './native.js';

export class Channel {
    /** @internal */
    readonly handle: number;
    readonly name: string;
    /** A hash of its values. */
    readonly id: string;
    /** The share of codes heard clean. */
    readonly clean: number;

    private constructor(handle: number) {
        const { name, id, clean } = engine.channelInfo(handle);
        this.handle = handle;
        this.name = name;
        this.id = id;
        this.clean = clean;
        watch(this, handle);
    }

    /** One that comes with the library: 'everyday' or 'heavy'. Fails with 'not_found'. */
    static named(name: string): Channel {
        return new Channel(engine.channel(name));
    }

    /** From the text of its table; name: told in answers. Fails with 'bad_input'. */
    static read(table: string, name: string): Channel {
        return new Channel(engine.channel(name, table));
    }

    /** Lets go of its memory now; else that happens when nothing refers to it any more. */
    close(): void {
        close(this, this.handle);
    }
}

const named = new Map<string, Channel>();

/** @internal */
export function channelOf(channel: string | Channel): number {
    if (channel instanceof Channel) {
        return channel.handle;
    }
    let found = named.get(channel);
    if (found === undefined) {
        found = Channel.named(channel);
        named.set(channel, found);
    }
    return found.handle;
}
