/* SPDX-License-Identifier: MIT
 * A channel's table to a channel. Rows are kept as they stand until the end, since a row for one
 * language may come before the common one. */
#include "base/checksum.h"
#include "base/decimal.h"
#include "base/status.h"
#include "resolve/channel.h"

#define MOST_CELLS 14
#define TELLABLE 40 /* bytes of a cell that a message repeats */

typedef struct {
    const char *name;
    double shared; /* where the table has no row: what lies with the pole or the object is there
                      the second time too, what lies with the ear hardly */
} class_row;

static const class_row classes[POLE_CLASSES] = {
    {"clean", 0},     {"sub_phon", 0.2},    {"sub_vis", 0.9},   {"sub_key", 0.1},
    {"transp", 0.1},  {"jump_transp", 0.1}, {"twin", 0.1},      {"jump_twin", 0.1},
    {"teen", 0.2},    {"omit", 0.1},        {"haplo", 0.1},     {"stutter", 0.05},
    {"insert", 0.05}, {"sub2", 0.3},        {"omit_sub", 0.1},  {"erase1", 0.9},
    {"erase2", 0.9},  {"erase3", 0.9},      {"erase_sub", 0.7}, {"partial", 0.9},
    {"none", 0.9}};
static const char *const matrix_names[] = {"phonetic", "visual", "keypad"};
#define TABLE_MATRICES 3
static const char *const language_names[] = {"zh", "en", "ru"};

const char *pole_class_name(pole_class which)
{
    return classes[which].name;
}

/* 0 is the common row, 1 and up the languages' own. */
#define SPOKEN (1 + POLE_CHANNEL_LANGUAGES)
/* What the rows gave; negative: no such row. */
typedef struct {
    double weights[SPOKEN][POLE_CLASSES];
    double matrices[SPOKEN][TABLE_MATRICES][10][10];
    double shared[POLE_CLASSES];
    double gap;
    double none_is_unlisted;
} given_rows;

typedef struct {
    given_rows rows;
    pole_span cells[MOST_CELLS];
    size_t cell_count;
    uint32_t line;
    pole_error *error;
} table_reader;

static pole_status refuse(const table_reader *reader, size_t cell, const char *what)
{
    const pole_span none = {"", 0};
    const pole_span text = cell < reader->cell_count ? reader->cells[cell] : none;
    const int told = text.size_bytes > TELLABLE ? TELLABLE : (int)text.size_bytes;
    pole_fail(reader->error, POLE_BAD_INPUT, "line %lu of the channel: %s: \"%.*s\"",
              (unsigned long)reader->line, what, told, told ? text.data : "");
    pole_fail_at(reader->error, reader->line, (uint32_t)cell + 1, 0);
    return POLE_BAD_INPUT;
}

/* The place of a name among count; count when it is none. */
static size_t place_of(pole_span name, const char *const *names, size_t count)
{
    size_t i = 0;
    while (i < count && !pole_span_equal(name, pole_span_of(names[i])))
        i++;
    return i;
}

/* "teen:en" to "teen" and 2; the common row is 0. False for a language that is none. */
static bool split_language(pole_span cell, pole_span *name, size_t *spoken)
{
    const char *colon = cell.size_bytes ? memchr(cell.data, ':', cell.size_bytes) : NULL;
    *name = cell;
    *spoken = 0;
    if (colon == NULL)
        return true;
    name->size_bytes = (size_t)(colon - cell.data);
    const pole_span language = {colon + 1, cell.size_bytes - name->size_bytes - 1};
    *spoken = 1 + place_of(language, language_names, POLE_CHANNEL_LANGUAGES);
    return *spoken < SPOKEN;
}

static bool class_of(pole_span name, size_t *which)
{
    for (*which = 0; *which < POLE_CLASSES; ++*which)
        if (pole_span_equal(name, pole_span_of(classes[*which].name)))
            return true;
    return false;
}

/* A figure from 0 to most, once. */
static pole_status take_figure(const table_reader *reader, size_t cell, double most, double *figure)
{
    double value;
    if (*figure >= 0)
        return refuse(reader, 1, "a second row of the same");
    if (cell >= reader->cell_count || !pole_decimal_to_double(reader->cells[cell], &value) ||
        !(value >= 0 && value <= most))
        return refuse(reader, cell, "no figure of this row's range");
    *figure = value;
    return POLE_OK;
}

static pole_status take_class(table_reader *reader)
{
    pole_span name;
    size_t which, spoken;
    if (!split_language(reader->cells[1], &name, &spoken))
        return refuse(reader, 1, "no language (zh, en, ru)");
    if (!class_of(name, &which))
        return refuse(reader, 1, "no class of errors");
    if (spoken > 0 && which == POLE_CLASS_CLEAN)
        return refuse(reader, 1, "the clean share is one for all languages");
    return take_figure(reader, 2, 1e9, &reader->rows.weights[spoken][which]);
}

static pole_status take_shared(table_reader *reader)
{
    size_t which;
    if (!class_of(reader->cells[1], &which) || which == POLE_CLASS_CLEAN)
        return refuse(reader, 1, "no class of errors");
    return take_figure(reader, 2, 1, &reader->rows.shared[which]);
}

static pole_status take_matrix(table_reader *reader)
{
    pole_span name;
    size_t spoken;
    uint64_t digit;
    if (!split_language(reader->cells[1], &name, &spoken))
        return refuse(reader, 1, "no language (zh, en, ru)");
    const size_t matrix = place_of(name, matrix_names, TABLE_MATRICES);
    if (matrix == TABLE_MATRICES)
        return refuse(reader, 1, "no matrix (phonetic, visual, keypad)");
    if (reader->cell_count != 13)
        return refuse(reader, reader->cell_count, "a matrix's row has a digit and ten figures");
    if (!pole_decimal_to_u64(reader->cells[2], 9, &digit))
        return refuse(reader, 2, "no digit");
    double *row = reader->rows.matrices[spoken][matrix][digit];
    for (size_t i = 0; i < 10; i++) {
        const pole_status status = take_figure(reader, 3 + i, 1e9, row + i);
        if (status != POLE_OK)
            return status;
    }
    return row[digit] > 0 ? refuse(reader, 3 + digit, "a digit that becomes itself") : POLE_OK;
}

static pole_status take_none(table_reader *reader)
{
    const char *const kinds[] = {"any", "unlisted"};
    const size_t kind = place_of(reader->cells[1], kinds, 2);
    if (kind == 2)
        return refuse(reader, 1, "neither any nor unlisted");
    if (reader->rows.none_is_unlisted >= 0)
        return refuse(reader, 0, "a second row of the same");
    reader->rows.none_is_unlisted = (double)kind;
    return POLE_OK;
}

static pole_status take_row(table_reader *reader)
{
    const char *const kinds[] = {"class", "shared", "matrix", "none", "gap", "radius"};
    const size_t kind = place_of(reader->cells[0], kinds, 6);
    double radius = -1;
    if (reader->cell_count < 2)
        return refuse(reader, 0, kind < 6 ? "a row that ends too early" : "no kind of row");
    switch (kind) {
    case 0:
        return take_class(reader);
    case 1:
        return take_shared(reader);
    case 2:
        return take_matrix(reader);
    case 3:
        return take_none(reader);
    case 4:
        return take_figure(reader, 1, 1, &reader->rows.gap);
    case 5: /* of simulated draws alone: how far a phone errs is evidence, not the channel */
        return take_figure(reader, 1, 1e7, &radius);
    default:
        return refuse(reader, 0, "no kind of row");
    }
}

static pole_status read_rows(table_reader *reader, pole_span table)
{
    for (size_t at = 0; at < table.size_bytes; reader->line++) {
        size_t end = at;
        while (end < table.size_bytes && table.data[end] != '\n')
            end++;
        const size_t next = end + (end < table.size_bytes);
        if (end > at && table.data[end - 1] == '\r')
            end--;
        reader->cell_count = 0;
        for (size_t from = at, to = at; to <= end; to++) {
            if (to < end && table.data[to] != '\t')
                continue;
            if (reader->cell_count == MOST_CELLS)
                return refuse(reader, MOST_CELLS - 1, "too many cells");
            reader->cells[reader->cell_count++] = (pole_span){table.data + from, to - from};
            from = to + 1;
        }
        if (end > at && table.data[at] != '#') {
            const pole_status status = take_row(reader);
            if (status != POLE_OK)
                return status;
        }
        at = next;
    }
    return POLE_OK;
}

static pole_status lacks(const table_reader *reader, const char *what, const char *name)
{
    return pole_fail(reader->error, POLE_BAD_INPUT, "the channel has no row \"%s %s\"", what, name);
}

/* Divides by the sum. False when that is 0. */
static bool normalise(double *values, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += values[i];
    for (size_t i = 0; i < count && sum > 0; i++)
        values[i] /= sum;
    return sum > 0;
}

static pole_status fill_weights(const table_reader *reader, pole_channel *channel)
{
    channel->class_total = 0;
    for (size_t i = 0; i < POLE_CLASSES; i++)
        channel->class_total += reader->rows.weights[0][i];
    for (size_t language = 0; language < POLE_CHANNEL_LANGUAGES; language++) {
        double *weights = channel->languages[language].weights;
        for (size_t i = 0; i < POLE_CLASSES; i++) {
            const double own = reader->rows.weights[1 + language][i];
            weights[i] = own >= 0 ? own : reader->rows.weights[0][i];
            if (weights[i] < 0)
                return lacks(reader, "class", classes[i].name);
        }
        if (!normalise(weights, POLE_CLASSES) || !(weights[POLE_CLASS_CLEAN] > 0) ||
            !(weights[POLE_CLASS_CLEAN] < 1))
            return pole_fail(reader->error, POLE_BAD_INPUT,
                             "the channel's clean share is not between 0 and 1");
    }
    return POLE_OK;
}

void pole_channel_derive(pole_channel_language *language)
{
    static const pole_class of_matrix[] = {POLE_CLASS_SUB_PHON, POLE_CLASS_SUB_VIS,
                                           POLE_CLASS_SUB_KEY};
    double weights[TABLE_MATRICES];
    for (size_t m = 0; m < TABLE_MATRICES; m++)
        weights[m] = language->weights[of_matrix[m]];
    if (!normalise(weights, TABLE_MATRICES))
        weights[0] = 1;
    for (size_t a = 0; a < 10; a++)
        for (size_t b = 0; b < 10; b++) {
            double sum = 0;
            for (size_t m = 0; m < TABLE_MATRICES; m++)
                sum += weights[m] * language->matrices[m].rows[a][b];
            language->matrices[POLE_MATRIX_MIX].rows[a][b] = sum;
        }
    for (size_t m = 0; m < POLE_MATRICES; m++)
        for (size_t a = 0; a < 10; a++)
            for (size_t b = 0; b < 10; b++)
                language->columns[m][b][a] = language->matrices[m].rows[a][b];
}

static pole_status fill_matrices(const table_reader *reader, pole_channel *channel)
{
    for (size_t l = 0; l < POLE_CHANNEL_LANGUAGES; l++) {
        pole_channel_language *language = channel->languages + l;
        for (size_t m = 0; m < TABLE_MATRICES; m++)
            for (size_t a = 0; a < 10; a++) {
                const double *own = reader->rows.matrices[1 + l][m][a];
                const double *row = own[0] >= 0 ? own : reader->rows.matrices[0][m][a];
                double *to = language->matrices[m].rows[a];
                if (row[0] < 0)
                    return lacks(reader, "matrix", matrix_names[m]);
                memcpy(to, row, 10 * sizeof *row);
                if (!normalise(to, 10))
                    return pole_fail(reader->error, POLE_BAD_INPUT,
                                     "the matrix %s has a row of zeros", matrix_names[m]);
            }
        pole_channel_derive(language);
    }
    return POLE_OK;
}

/* Names what the channel does, not how its table is written: figures as they are used. */
static void fill_id(pole_channel *channel)
{
    double values[3 + POLE_CLASSES];
    pole_hash128 parts[1 + POLE_CHANNEL_LANGUAGES];
    memset(values, 0, sizeof values);
    values[0] = channel->gap;
    values[1] = channel->none_is_unlisted;
    memcpy(values + 3, channel->shared, sizeof channel->shared);
    parts[0] = pole_hash(values, sizeof values);
    for (size_t l = 0; l < POLE_CHANNEL_LANGUAGES; l++)
        parts[1 + l] = pole_hash(channel->languages + l, offsetof(pole_channel_language, columns));
    pole_hash_to_text(pole_hash(parts, sizeof parts), channel->id);
}

pole_status pole_channel_parse(pole_span table, pole_channel *channel, pole_error *error)
{
    table_reader reader;
    memset(&reader, 0, sizeof reader);
    double *figures = (double *)(void *)&reader.rows;
    for (size_t i = 0; i < sizeof reader.rows / sizeof *figures; i++)
        figures[i] = -1;
    reader.line = 1;
    reader.error = error;
    pole_status status = read_rows(&reader, table);
    if (status == POLE_OK)
        status = fill_weights(&reader, channel);
    if (status == POLE_OK)
        status = fill_matrices(&reader, channel);
    if (status != POLE_OK)
        return status;
    for (size_t i = 0; i < POLE_CLASSES; i++)
        channel->shared[i] = reader.rows.shared[i] >= 0 ? reader.rows.shared[i] : classes[i].shared;
    channel->gap = reader.rows.gap >= 0 ? reader.rows.gap : 0.02;
    channel->none_is_unlisted = reader.rows.none_is_unlisted != 0;
    fill_id(channel);
    return POLE_OK;
}
