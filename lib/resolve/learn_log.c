/* SPDX-License-Identifier: MIT
 * See learn_log.h. */
#include "resolve/learn_log.h"

#include <stdlib.h>

#include "base/decimal.h"
#include "formats/json_in.h"

bool pole_pair_take_heard(pole_span heard, pole_learned_pair *pair)
{
    pair->heard = 0;
    pair->places = 0;
    if (heard.size_bytes < 1 || heard.size_bytes > POLE_PAIR_HEARD || heard.data == NULL)
        return false;
    for (size_t i = 0; i < heard.size_bytes; i++) {
        const char c = heard.data[i];
        if (c != '?' && (c < '0' || c > '9'))
            return false;
        pair->heard = pair->heard << 4 | (uint64_t)(c == '?' ? 10 : c - '0');
    }
    pair->places = (uint8_t)heard.size_bytes;
    return true;
}

bool pole_pair_take_meant(pole_span meant, pole_learned_pair *pair)
{
    uint64_t number = 0;
    if (meant.size_bytes > POLE_MAX_DIGITS || (meant.size_bytes > 0 && meant.data == NULL))
        return false;
    if (meant.size_bytes > 0 && !pole_decimal_to_u64(meant, 999999999, &number))
        return false;
    pair->digits = (uint8_t)meant.size_bytes;
    pair->number = (uint32_t)number;
    return true;
}

/* ---- A line ---- */

typedef struct {
    pole_json_reader *json;
    pole_json_token token; /* the last one */
    pole_log_entry *entry;
    bool has_id, has_answer, has_choice;
} line_reading;

static pole_status next(line_reading *line)
{
    return pole_json_next(line->json, &line->token, NULL);
}

static bool is_key(const line_reading *line, const char *key)
{
    return line->token.kind == POLE_JSON_KEY &&
           pole_span_equal(line->token.text, pole_span_of(key));
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static pole_status take_id(line_reading *line)
{
    const pole_span text = line->token.text;
    uint8_t *id = line->entry->query_id;
    if (line->token.kind != POLE_JSON_STRING || text.size_bytes != 2 * sizeof line->entry->query_id)
        return POLE_BAD_INPUT;
    for (size_t i = 0; i < sizeof line->entry->query_id; i++) {
        const int high = hex_value(text.data[2 * i]), low = hex_value(text.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return POLE_BAD_INPUT;
        id[i] = (uint8_t)(high << 4 | low);
    }
    line->has_id = true;
    return POLE_OK;
}

/* The digits heard; null, or more than fit into a pair: nothing that can be learned from. */
static pole_status take_heard(line_reading *line)
{
    const pole_span text = line->token.text;
    line->has_answer = true;
    if (line->token.kind == POLE_JSON_NULL)
        return POLE_OK;
    if (line->token.kind != POLE_JSON_STRING)
        return POLE_BAD_INPUT;
    return pole_pair_take_heard(text, &line->entry->pair) || text.size_bytes > POLE_PAIR_HEARD
               ? POLE_OK
               : POLE_BAD_INPUT;
}

/* The digits meant; null: no pole was. */
static pole_status take_meant(line_reading *line)
{
    line->has_choice = true;
    if (line->token.kind == POLE_JSON_NULL)
        return POLE_OK;
    return line->token.kind == POLE_JSON_STRING && line->token.text.size_bytes > 0 &&
                   pole_pair_take_meant(line->token.text, &line->entry->pair)
               ? POLE_OK
               : POLE_BAD_INPUT;
}

static pole_status take_by(line_reading *line)
{
    line->entry->is_confirmed =
        line->token.kind == POLE_JSON_STRING && line->token.text.size_bytes > 0;
    return line->token.kind == POLE_JSON_STRING || line->token.kind == POLE_JSON_NULL
               ? POLE_OK
               : POLE_BAD_INPUT;
}

/* The one member of an object that matters; the object has begun. */
static pole_status take_member(line_reading *line, const char *key,
                               pole_status (*take)(line_reading *line))
{
    if (line->token.kind != POLE_JSON_OBJECT)
        return POLE_BAD_INPUT;
    for (;;) {
        pole_status status = next(line);
        if (status != POLE_OK || line->token.kind == POLE_JSON_OBJECT_END)
            return status;
        if (!is_key(line, key)) {
            status = pole_json_skip(line->json, &line->token, NULL, NULL);
        } else {
            status = next(line);
            if (status == POLE_OK)
                status = take(line);
        }
        if (status != POLE_OK)
            return status;
    }
}

static pole_status take_top(line_reading *line)
{
    enum { ID, ANSWER, CHOSEN, BY, OTHER } key = OTHER;
    if (is_key(line, "query_id"))
        key = ID;
    else if (is_key(line, "answer"))
        key = ANSWER;
    else if (is_key(line, "chosen"))
        key = CHOSEN;
    else if (is_key(line, "by"))
        key = BY;
    if (key == OTHER)
        return pole_json_skip(line->json, &line->token, NULL, NULL);
    const pole_status status = next(line);
    if (status != POLE_OK)
        return status;
    return key == ID       ? take_id(line)
           : key == ANSWER ? take_member(line, "heard", take_heard)
           : key == CHOSEN ? take_member(line, "code", take_meant)
                           : take_by(line);
}

static pole_status read_object(line_reading *line)
{
    pole_status status = next(line);
    if (status != POLE_OK || line->token.kind != POLE_JSON_OBJECT)
        return status == POLE_OK ? POLE_BAD_INPUT : status;
    for (;;) {
        status = next(line);
        if (status != POLE_OK)
            return status;
        if (line->token.kind == POLE_JSON_OBJECT_END)
            break;
        status = take_top(line);
        if (status != POLE_OK)
            return status;
    }
    status = next(line);
    if (status == POLE_OK && line->token.kind != POLE_JSON_END)
        return POLE_BAD_INPUT;
    return status;
}

pole_status pole_log_read(pole_span text, const pole_allocator *allocator, pole_log_entry *entry)
{
    pole_memory_bytes memory = {(const uint8_t *)text.data, text.size_bytes, 0};
    pole_text_in *source = NULL;
    line_reading line = {.entry = entry};
    memset(entry, 0, sizeof *entry);
    if (text.data == NULL)
        return POLE_BAD_INPUT;
    pole_status status = pole_text_in_new(pole_byte_source_of_memory(&memory), POLE_ENCODING_UTF8,
                                          allocator, &source, NULL);
    if (status == POLE_OK)
        status = pole_json_reader_new(source, false, allocator, &line.json);
    if (status == POLE_OK)
        status = read_object(&line);
    pole_json_reader_free(line.json);
    pole_text_in_free(source);
    if (status != POLE_OK)
        return status == POLE_NO_MEMORY ? status : POLE_BAD_INPUT;
    entry->kind = line.has_choice ? POLE_LOG_CHOICE : POLE_LOG_ANSWER;
    if (entry->kind == POLE_LOG_ANSWER)
        entry->is_confirmed = false;
    return line.has_id && line.has_answer != line.has_choice ? POLE_OK : POLE_BAD_INPUT;
}

/* ---- All of them ---- */

static int by_query(const void *a, const void *b)
{
    const pole_log_entry *x = a, *y = b;
    const int order = memcmp(x->query_id, y->query_id, sizeof x->query_id);
    if (order != 0)
        return order;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->order < y->order ? -1 : 1;
}

/* Entries of one query: answers first, then choices, each in order. */
static void settle_query(pole_log_entry *entries, size_t count)
{
    size_t answers = 0;
    while (answers < count && entries[answers].kind == POLE_LOG_ANSWER)
        answers++;
    const pole_log_entry *choice = entries + count - 1;
    for (size_t i = 0; i < count; i++)
        entries[i].is_spare = answers > 0 ? i > 0 : i + 1 < count;
    if (answers == 0)
        return;
    entries->is_confirmed = answers < count && choice->is_confirmed;
    if (entries->is_confirmed) {
        entries->pair.number = choice->pair.number;
        entries->pair.digits = choice->pair.digits;
    }
}

void pole_log_settle(pole_log_entry *entries, size_t count)
{
    if (count == 0)
        return;
    qsort(entries, count, sizeof *entries, by_query);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && memcmp(entries[to].query_id, entries[from].query_id,
                                                 sizeof entries->query_id) == 0;
             to++)
            ;
        settle_query(entries + from, to - from);
    }
}
