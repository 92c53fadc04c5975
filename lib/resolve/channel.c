/* SPDX-License-Identifier: MIT
 * Channels by name, their lives, and what a resolution takes of one. */
#include "resolve/channel.h"

#include "base/abi.h"
#include "base/status.h"

typedef struct {
    const char *name;
    const char *table;
} builtin_channel;

#define CHANNEL(NAME, TABLE) {NAME, TABLE},
static const builtin_channel builtins[] = {
#include "resolve/channel_tables.inc"
};
#undef CHANNEL

static const builtin_channel *find_builtin(pole_span name)
{
    for (size_t i = 0; i < sizeof builtins / sizeof *builtins; i++)
        if (pole_span_equal(name, pole_span_of(builtins[i].name)))
            return builtins + i;
    return NULL;
}

pole_status pole_channel_builtin(pole_span name, pole_channel *channel)
{
    const builtin_channel *found = find_builtin(name);
    memset(channel, 0, sizeof *channel);
    if (found == NULL)
        return POLE_NOT_FOUND;
    channel->name = pole_span_of(found->name);
    return pole_channel_parse(pole_span_of(found->table), channel, NULL);
}

pole_span pole_channel_builtin_table(pole_span name)
{
    const builtin_channel *found = find_builtin(name);
    return found ? pole_span_of(found->table) : (pole_span){NULL, 0};
}

static pole_channel *make(const pole_allocator *allocator)
{
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_channel *channel = pole_allocate_zeroed(&memory, 1, sizeof *channel);
    if (channel)
        channel->allocator = memory;
    return channel;
}

pole_status pole_channel_named(pole_span name, const pole_allocator *allocator,
                               pole_channel **channel)
{
    if (channel == NULL)
        return POLE_INVALID_ARGUMENT;
    *channel = NULL;
    if (name.data == NULL && name.size_bytes > 0)
        return POLE_INVALID_ARGUMENT;
    pole_channel *made = make(allocator);
    if (made == NULL)
        return POLE_NO_MEMORY;
    const pole_allocator memory = made->allocator;
    const pole_status status = pole_channel_builtin(name, made);
    made->allocator = memory;
    if (status != POLE_OK) {
        pole_channel_free(made);
        return status;
    }
    *channel = made;
    return POLE_OK;
}

pole_status pole_channel_read(pole_span table, pole_span name, const pole_allocator *allocator,
                              pole_channel **channel, pole_error *error)
{
    pole_error_clear(error);
    if (channel == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no place for the channel");
    *channel = NULL;
    if ((table.data == NULL && table.size_bytes > 0) || (name.data == NULL && name.size_bytes > 0))
        return pole_fail(error, POLE_INVALID_ARGUMENT, "a text that is NULL");
    const pole_allocator memory = pole_allocator_or_default(allocator);
    /* The name lies behind the channel. */
    if (name.size_bytes > SIZE_MAX - sizeof(pole_channel))
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the channel");
    uint8_t *block = pole_allocate_array(&memory, sizeof(pole_channel) + name.size_bytes, 1);
    if (block == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory for the channel");
    pole_channel *made = (pole_channel *)(void *)block;
    memset(made, 0, sizeof *made);
    made->allocator = memory;
    made->name = (pole_span){(const char *)block + sizeof *made, name.size_bytes};
    if (name.size_bytes > 0)
        memcpy(block + sizeof *made, name.data, name.size_bytes);
    const pole_status status = pole_channel_parse(table, made, error);
    if (status != POLE_OK) {
        pole_channel_free(made);
        return status;
    }
    *channel = made;
    return POLE_OK;
}

void pole_channel_free(pole_channel *channel)
{
    if (channel == NULL)
        return;
    const pole_allocator memory = channel->allocator;
    pole_release(&memory, channel);
}

pole_status pole_channel_info_get(const pole_channel *channel, pole_channel_info *info)
{
    if (!pole_record_is_sound(info))
        return POLE_INVALID_ARGUMENT;
    if (channel == NULL) {
        pole_record_fill(info, NULL, sizeof *info);
        return POLE_INVALID_ARGUMENT;
    }
    pole_channel_info full = {.struct_size = sizeof full};
    full.name = channel->name;
    full.id = pole_span_of(channel->id);
    full.clean = channel->languages[POLE_LANGUAGE_ZH].weights[POLE_CLASS_CLEAN];
    pole_record_fill(info, &full, sizeof full);
    return POLE_OK;
}

pole_status pole_channel_prepare(const pole_channel *channel, double clean, int32_t language,
                                 pole_channel_prepared *prepared)
{
    if (language < 0 || language >= POLE_CHANNEL_LANGUAGES || !(clean >= 0 && clean < 1))
        return POLE_INVALID_ARGUMENT;
    const pole_channel_language *spoken = channel->languages + language;
    if (!(clean > 0))
        clean = channel->languages[POLE_LANGUAGE_ZH].weights[POLE_CLASS_CLEAN];
    const double others = (1 - clean) / (1 - spoken->weights[POLE_CLASS_CLEAN]);
    prepared->channel = channel;
    prepared->language = spoken;
    for (int i = 0; i < POLE_CLASSES; i++)
        prepared->weights[i] = spoken->weights[i] * others;
    prepared->weights[POLE_CLASS_CLEAN] = clean;
    return POLE_OK;
}
