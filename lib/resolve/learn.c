/* SPDX-License-Identifier: MIT
 * A channel learned from pairs by expectation and maximisation (Dempster, Laird and Rubin, 1977):
 * each pair is shared out among the classes that explain it, then the classes' weights follow
 * their shares, and again. The table that it began with is the prior of both. */
#include <polelookup/learn.h>

#include "base/abi.h"
#include "base/decimal.h"
#include "base/status.h"
#include "resolve/explain.h"
#include "resolve/learn_log.h"

#define PRIOR_PAIRS 200.0
#define PRIOR_OF_ROW 20.0
#define LEAST 1e-4 /* of a row: what the table thought impossible may have happened */
#define ROUNDS 30
#define TABLE_MATRICES 3
#define MOST_EXPLANATIONS 128

typedef struct {
    double classes[POLE_CLASSES];
    double digits[TABLE_MATRICES][10][10];
} pair_counts;

struct pole_learner {
    pole_allocator allocator;
    pole_buffer table; /* that it began with */
    pole_buffer out;
    pole_learned_pair *pairs;
    size_t count, capacity;
    pole_log_entry *entries; /* lines of logs */
    size_t entry_count, entry_capacity;
    uint64_t unconfirmed, unexplained;
    pole_channel channel;
    pole_channel_language prior;
    pair_counts counts;
};

pole_status pole_learner_new(pole_span table, const pole_allocator *allocator,
                             pole_learner **learner, pole_error *error)
{
    pole_error_clear(error);
    if (learner == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no place for the learner");
    *learner = NULL;
    if (table.data == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no table to begin with");
    const pole_allocator memory = pole_allocator_or_default(allocator);
    pole_learner *made = pole_allocate_zeroed(&memory, 1, sizeof *made);
    if (made == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "no memory to learn with");
    made->allocator = memory;
    pole_buffer_init(&made->table, &memory);
    pole_buffer_init(&made->out, &memory);
    const pole_span named = pole_channel_builtin_table(table);
    const pole_span text = named.data ? named : table;
    pole_buffer_append(&made->table, text.data, text.size_bytes);
    const pole_status status = made->table.failed
                                   ? pole_fail(error, POLE_NO_MEMORY, "no memory to learn with")
                                   : pole_channel_parse(text, &made->channel, error);
    if (status != POLE_OK) {
        pole_learner_free(made);
        return status;
    }
    made->prior = made->channel.languages[POLE_LANGUAGE_ZH];
    *learner = made;
    return POLE_OK;
}

void pole_learner_free(pole_learner *learner)
{
    if (learner == NULL)
        return;
    const pole_allocator memory = learner->allocator;
    pole_buffer_free(&learner->table);
    pole_buffer_free(&learner->out);
    pole_release(&memory, learner->pairs);
    pole_release(&memory, learner->entries);
    pole_release(&memory, learner);
}

pole_status pole_learner_add(pole_learner *learner, pole_span heard, pole_span meant,
                             int32_t is_confirmed)
{
    pole_learned_pair pair = {0, 0, 0, 0};
    if (learner == NULL)
        return POLE_INVALID_ARGUMENT;
    if (!pole_pair_take_heard(heard, &pair) || !pole_pair_take_meant(meant, &pair))
        return POLE_BAD_INPUT;
    if (!is_confirmed) {
        learner->unconfirmed++;
        return POLE_OK;
    }
    if (!pole_grow_array(&learner->allocator, (void **)&learner->pairs, &learner->capacity,
                         learner->count + 1, sizeof *learner->pairs))
        return POLE_NO_MEMORY;
    learner->pairs[learner->count++] = pair;
    return POLE_OK;
}

pole_status pole_learner_add_line(pole_learner *learner, pole_span line)
{
    pole_log_entry entry;
    if (learner == NULL)
        return POLE_INVALID_ARGUMENT;
    const pole_status status = pole_log_read(line, &learner->allocator, &entry);
    if (status != POLE_OK)
        return status;
    if (!pole_grow_array(&learner->allocator, (void **)&learner->entries, &learner->entry_capacity,
                         learner->entry_count + 1, sizeof *learner->entries))
        return POLE_NO_MEMORY;
    entry.order = learner->entry_count;
    learner->entries[learner->entry_count++] = entry;
    return POLE_OK;
}

/* Whether a settled line of a log is a pair to learn from. */
static bool is_pair(const pole_log_entry *entry)
{
    return entry->kind == POLE_LOG_ANSWER && !entry->is_spare && entry->is_confirmed &&
           entry->pair.places > 0;
}

pole_status pole_learner_counts(pole_learner *learner, pole_learned_counts *counts)
{
    pole_learned_counts found = {.confirmed = 0};
    if (!pole_record_is_sound(counts))
        return POLE_INVALID_ARGUMENT;
    pole_record_fill(counts, NULL, 0);
    if (learner == NULL)
        return POLE_INVALID_ARGUMENT;
    found.confirmed = learner->count;
    found.unconfirmed = learner->unconfirmed;
    pole_log_settle(learner->entries, learner->entry_count);
    for (size_t i = 0; i < learner->entry_count; i++) {
        const pole_log_entry *entry = learner->entries + i;
        if (entry->is_spare)
            continue;
        if (entry->kind == POLE_LOG_CHOICE)
            found.unanswered++;
        else if (!entry->is_confirmed)
            found.unconfirmed++;
        else if (entry->pair.places == 0)
            found.unheard++;
        else
            found.confirmed++;
    }
    pole_record_fill(counts, &found, sizeof found);
    return POLE_OK;
}

typedef struct {
    double probability;
    pole_class which;
    uint32_t place;
} pair_explanation;

typedef struct {
    pair_explanation list[MOST_EXPLANATIONS];
    size_t count;
    double sum;
} pair_explanations;

static void take_explanation(void *context, pole_class which, uint32_t i, uint32_t j,
                             double probability)
{
    pair_explanations *all = context;
    (void)j;
    if (all->count == MOST_EXPLANATIONS)
        return;
    all->list[all->count++] = (pair_explanation){probability, which, i};
    all->sum += probability;
}

static void set_reading(const pole_learned_pair *pair, pole_reading *reading)
{
    memset(reading, 0, sizeof *reading);
    reading->count = pair->places;
    for (unsigned i = 0; i < pair->places; i++) {
        const unsigned digit = pair->heard >> (4 * (pair->places - 1u - i)) & 15;
        if (digit < 10) {
            reading->places[i].digits = (uint16_t)(1u << digit);
            reading->places[i].weights[digit] = 1;
        }
    }
}

/* Shares a pair out. False: no class explains it. */
static bool count_pair(const pole_channel_prepared *channel, const pole_learned_pair *pair,
                       pair_counts *counts)
{
    static const int matrix_of[POLE_CLASSES] = {[POLE_CLASS_SUB_PHON] = 1 + POLE_MATRIX_PHONETIC,
                                                [POLE_CLASS_SUB_VIS] = 1 + POLE_MATRIX_VISUAL,
                                                [POLE_CLASS_SUB_KEY] = 1 + POLE_MATRIX_KEYPAD};
    pole_reading reading;
    pole_fitting fitting;
    pair_explanations all = {.count = 0, .sum = 0};
    uint8_t digit[POLE_MAX_DIGITS] = {0};
    if (pair->digits == 0) {
        counts->classes[POLE_CLASS_NONE] += 1;
        return true;
    }
    uint32_t number = pair->number;
    for (unsigned i = pair->digits; i > 0; i--, number /= 10)
        digit[i - 1] = (uint8_t)(number % 10);
    set_reading(pair, &reading);
    pole_fitting_begin(&fitting, channel, &reading);
    pole_fitting_set_digits(&fitting, pair->digits);
    pole_explain(&fitting, digit, take_explanation, &all);
    for (size_t i = 0; i < all.count; i++) {
        const pair_explanation *one = all.list + i;
        const double share = one->probability / all.sum;
        counts->classes[one->which] += share;
        if (matrix_of[one->which]) {
            const unsigned heard = (unsigned)__builtin_ctz(reading.places[one->place].digits);
            counts->digits[matrix_of[one->which] - 1][digit[one->place]][heard] += share;
        }
    }
    return all.sum > 0;
}

/* The weights that the counts and the prior make. */
static void follow(pole_learner *learner)
{
    const pole_channel_language *prior = &learner->prior;
    pole_channel_language *to = learner->channel.languages + POLE_LANGUAGE_ZH;
    const pair_counts *counts = &learner->counts;
    double pairs = 0;
    for (unsigned i = 0; i < POLE_CLASSES; i++)
        pairs += counts->classes[i];
    for (unsigned i = 0; i < POLE_CLASSES; i++)
        to->weights[i] =
            (counts->classes[i] + PRIOR_PAIRS * prior->weights[i]) / (pairs + PRIOR_PAIRS);
    for (unsigned m = 0; m < TABLE_MATRICES; m++)
        for (unsigned a = 0; a < 10; a++) {
            double sum = 0, row[10];
            for (unsigned b = 0; b < 10; b++) {
                const double before = prior->matrices[m].rows[a][b];
                row[b] = a == b ? 0
                                : counts->digits[m][a][b] +
                                      PRIOR_OF_ROW * (before > LEAST ? before : LEAST);
                sum += row[b];
            }
            for (unsigned b = 0; b < 10; b++)
                to->matrices[m].rows[a][b] = row[b] / sum;
        }
    pole_channel_derive(to);
}

static void learn(pole_learner *learner)
{
    pole_channel_prepared prepared;
    pole_log_settle(learner->entries, learner->entry_count);
    learner->channel.languages[POLE_LANGUAGE_ZH] = learner->prior;
    for (unsigned round = 0; round < ROUNDS; round++) {
        (void)pole_channel_prepare(&learner->channel, 0, POLE_LANGUAGE_ZH, &prepared);
        memset(&learner->counts, 0, sizeof learner->counts);
        learner->unexplained = 0;
        for (size_t i = 0; i < learner->count; i++)
            learner->unexplained += !count_pair(&prepared, learner->pairs + i, &learner->counts);
        for (size_t i = 0; i < learner->entry_count; i++)
            if (is_pair(learner->entries + i))
                learner->unexplained +=
                    !count_pair(&prepared, &learner->entries[i].pair, &learner->counts);
        follow(learner);
    }
}

/* ---- The table ---- */

static void write_number(pole_buffer *out, double value, unsigned places)
{
    char text[32];
    pole_double_to_text(value, places, text);
    pole_buffer_append_text(out, text);
}

static void write_count(pole_buffer *out, uint64_t count, const char *what)
{
    char text[24];
    pole_u64_to_text(count, text);
    pole_buffer_append_text(out, text);
    pole_buffer_append_text(out, what);
}

static void write_heading(pole_learner *learner)
{
    pole_buffer *out = &learner->out;
    pole_learned_counts counts = {.struct_size = sizeof counts};
    (void)pole_learner_counts(learner, &counts);
    pole_buffer_append_text(out, "# A channel learned from ");
    write_count(out, counts.confirmed - learner->unexplained,
                " confirmed pairs of heard and meant.\n# ");
    write_count(out, counts.unconfirmed, " that nobody confirmed and ");
    write_count(out, learner->unexplained, " that no error explains were left out.\n");
    pole_buffer_append_text(
        out, "# The table that it began with counts as 200 pairs, and as 20 for each row of a"
             " matrix.\n# Behind each class, above each row: how many pairs it rests on.\n");
}

static void write_class(pole_learner *learner, pole_class which)
{
    pole_buffer *out = &learner->out;
    const double weight =
        learner->channel.class_total * learner->channel.languages[POLE_LANGUAGE_ZH].weights[which];
    pole_buffer_append_text(out, "class\t");
    pole_buffer_append_text(out, pole_class_name(which));
    pole_buffer_append_text(out, "\t");
    write_number(out, weight > 0 && weight < 1e-9 ? 1e-9 : weight, 9);
    pole_buffer_append_text(out, "\t");
    write_number(out, learner->counts.classes[which], 1);
    pole_buffer_append_text(out, " pairs\n");
}

static void write_row(pole_learner *learner, unsigned matrix, unsigned digit, pole_span begins)
{
    pole_buffer *out = &learner->out;
    const double *row = learner->channel.languages[POLE_LANGUAGE_ZH].matrices[matrix].rows[digit];
    double pairs = 0;
    for (unsigned b = 0; b < 10; b++)
        pairs += learner->counts.digits[matrix][digit][b];
    pole_buffer_append_text(out, "# ");
    write_number(out, pairs, 1);
    pole_buffer_append_text(out, " pairs\n");
    pole_buffer_append(out, begins.data, begins.size_bytes);
    for (unsigned b = 0; b < 10; b++) {
        pole_buffer_append_text(out, "\t");
        write_number(out, b != digit && row[b] < 1e-9 ? 1e-9 : row[b], 9);
    }
    pole_buffer_append_text(out, "\n");
}

/* Whether the line begins with these cells; then *rest is what follows them. */
static bool begins_with(pole_span line, const char *cells, pole_span *rest)
{
    const size_t size = strlen(cells);
    if (line.size_bytes < size || memcmp(line.data, cells, size) != 0)
        return false;
    *rest = (pole_span){line.data + size, line.size_bytes - size};
    return true;
}

/* Writes what was learned in the place of a common row. False: the row is none. */
static bool replace_row(pole_learner *learner, pole_span line)
{
    static const char *const matrices[] = {"matrix\tphonetic\t", "matrix\tvisual\t",
                                           "matrix\tkeypad\t"};
    pole_span rest;
    for (unsigned m = 0; m < TABLE_MATRICES; m++)
        if (begins_with(line, matrices[m], &rest)) {
            /* The digit may be written 07: the table was read, so it is one. */
            uint64_t digit = 0;
            size_t size = 0;
            while (size < rest.size_bytes && rest.data[size] != '\t')
                size++;
            (void)pole_decimal_to_u64((pole_span){rest.data, size}, 9, &digit);
            write_row(learner, m, (unsigned)digit,
                      (pole_span){line.data, (size_t)(rest.data - line.data) + size});
            return true;
        }
    if (!begins_with(line, "class\t", &rest))
        return false;
    for (unsigned c = 0; c < POLE_CLASSES; c++) {
        pole_span behind;
        if (begins_with(rest, pole_class_name((pole_class)c), &behind) && behind.size_bytes > 0 &&
            *behind.data == '\t') {
            write_class(learner, (pole_class)c);
            return true;
        }
    }
    return false;
}

pole_status pole_learner_write(pole_learner *learner, const pole_sink *sink)
{
    if (learner == NULL || sink == NULL || sink->write == NULL)
        return POLE_INVALID_ARGUMENT;
    learn(learner);
    pole_buffer_clear(&learner->out);
    write_heading(learner);
    const char *text = (const char *)learner->table.bytes;
    for (size_t at = 0, end; at < learner->table.size; at = end + 1) {
        for (end = at; end < learner->table.size && text[end] != '\n'; end++)
            ;
        const pole_span line = {text + at, end - at};
        if (line.size_bytes == 0 || *line.data == '#' || *line.data == '\r' ||
            replace_row(learner, line))
            continue;
        pole_buffer_append(&learner->out, line.data, line.size_bytes);
        pole_buffer_append_text(&learner->out, "\n");
    }
    if (learner->out.failed)
        return POLE_NO_MEMORY;
    return sink->write(sink->context, learner->out.bytes, learner->out.size);
}
