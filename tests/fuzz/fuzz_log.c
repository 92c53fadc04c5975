/* SPDX-License-Identifier: MIT
 *
 * Any bytes as a log of calls: rows out are rows in, by a count of this file's own; the same by one
 * thread and by two, from a whole input and from pieces. Two bytes before the log choose how. */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/polelookup.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool holds)
{
    if (!holds)
        abort();
}

typedef struct {
    uint8_t *bytes;
    size_t size;
} block;

static pole_status append(void *context, const void *bytes, size_t size_bytes)
{
    block *to = context;
    uint8_t *grown = realloc(to->bytes, to->size + size_bytes + 1);
    must(grown != NULL);
    memcpy(grown + to->size, bytes, size_bytes);
    to->bytes = grown;
    to->size += size_bytes;
    return POLE_OK;
}

/* A few poles in a street. */
static pole_index *make_index(void)
{
    static const char *const codes[] = {"1234561", "1234563", "1234565", "1234599"};
    pole_builder *builder = NULL;
    pole_index *index = NULL;
    block file = {NULL, 0};
    const pole_sink sink = {&file, append};
    pole_build_options options;
    pole_build_options_init(&options);
    options.scheme = "district:1,station:2,street:2,pole:2";
    must(pole_builder_new(&options, &builder, NULL) == POLE_OK);
    for (unsigned i = 0; i < sizeof codes / sizeof *codes; i++) {
        pole_record pole = {.struct_size = sizeof pole};
        pole.at = (pole_point){45.77 + 0.0003 * i, 126.61};
        pole.street = (pole_span){"通江街", strlen("通江街")};
        const pole_span code = {codes[i], strlen(codes[i])};
        must(pole_builder_add_pole(builder, code, &pole, NULL) == POLE_OK);
    }
    must(pole_builder_finish_to(builder, &sink, NULL, NULL) == POLE_OK);
    pole_builder_free(builder);
    must(pole_index_open_memory(file.bytes, file.size, NULL, &index, NULL) == POLE_OK);
    free(file.bytes);
    return index;
}

typedef struct {
    const uint8_t *bytes;
    size_t size, at, step;
} pieces;

static pole_status read_piece(void *context, void *bytes, size_t size_bytes, size_t *got)
{
    pieces *from = context;
    *got = from->size - from->at;
    if (*got > from->step)
        *got = from->step;
    if (*got > size_bytes)
        *got = size_bytes;
    memcpy(bytes, from->bytes + from->at, *got);
    from->at += *got;
    return POLE_OK;
}

static const struct {
    const char *name, *mark;
    size_t mark_size;
} encodings[] = {{"utf-8", "\xEF\xBB\xBF", 3},
                 {"gb18030", "\x84\x31\x95\x33", 4},
                 {"utf-16le", "\xFF\xFE", 2},
                 {"utf-16be", "\xFE\xFF", 2}};

/* The records of a text of bytes (unit 1) or of UTF-16 (2; high: where the high byte of each is),
 * empty lines among them. */
static size_t count_text(const uint8_t *text, size_t size, unsigned unit, unsigned high,
                         char delimiter, char quote)
{
    enum { START, PLAIN, QUOTED, CLOSED } state = START;
    size_t count = 0;
    bool begun = false;
    for (size_t i = 0; i + unit <= size; i += unit) {
        const char byte = (char)text[i + (unit == 2 ? 1 - high : 0)];
        const char c = unit == 2 && text[i + high] != 0 ? 'x' : byte;
        begun = true;
        if (state == QUOTED) {
            state = c == quote ? CLOSED : QUOTED;
        } else if (c == quote && (state == START || state == CLOSED)) {
            state = QUOTED;
        } else if (c == '\n' || c == '\r') {
            const size_t next = i + unit;
            if (c == '\r' && next + unit <= size &&
                text[next + (unit == 2 ? 1 - high : 0)] == '\n' &&
                (unit == 1 || text[next + high] == 0))
                i = next;
            count++;
            begun = false;
            state = START;
        } else {
            state = c == delimiter ? START : PLAIN;
        }
    }
    return count + begun;
}

typedef struct {
    pole_geocode_options options;
    const uint8_t *log;
    size_t size;
    unsigned encoding;
    bool counts; /* delimiters are seen without knowing the encoding */
} question;

/* The records behind a mark. */
static size_t count_records(const question *asked, const uint8_t *text, size_t size, char quote)
{
    const size_t mark = encodings[asked->encoding].mark_size;
    const unsigned unit = asked->encoding >= 2 ? 2 : 1;
    if (size >= mark && memcmp(text, encodings[asked->encoding].mark, mark) == 0) {
        text += mark;
        size -= mark;
    }
    return count_text(text, size, unit, asked->encoding == 2, (char)asked->options.delimiter,
                      quote);
}

static pole_status run(const pole_index *index, const question *asked, uint32_t threads,
                       size_t step, block *out, pole_geocode_summary *came)
{
    pole_geocode_options options = asked->options;
    pole_geocoder *geocoder = NULL;
    pieces from = {asked->log, asked->size, 0, step};
    const pole_reader reader = {&from, read_piece};
    const pole_sink sink = {out, append};
    options.threads = threads;
    must(pole_geocoder_new(index, &options, &geocoder, NULL) == POLE_OK);
    const pole_status status = pole_geocoder_run(geocoder, &reader, &sink, NULL);
    must(status == POLE_OK || status == POLE_BAD_INPUT);
    must(status == POLE_OK || out->size == 0);
    *came = (pole_geocode_summary){.struct_size = sizeof *came};
    must(pole_geocoder_summary(geocoder, came) == POLE_OK);
    must(status != POLE_OK ||
         (came->bytes_read == asked->size && came->bytes_written == out->size));
    pole_geocoder_free(geocoder);
    return status;
}

/* Rows out, in the output and by its own word. */
static void judge(const question *asked, const block *out, const pole_geocode_summary *came)
{
    const pole_geocode_options *options = &asked->options;
    uint64_t rows = 0;
    for (unsigned i = 0; i < sizeof came->matches / sizeof *came->matches; i++)
        rows += came->matches[i];
    must(rows == came->rows);
    if (options->to == POLE_TO_JSONL) {
        for (size_t i = 0; i < out->size; i++)
            rows -= out->bytes[i] == '\n';
        must(rows == 0);
    }
    if (!asked->counts)
        return;
    /* Which quote was found out is not told. */
    bool fits = false;
    for (unsigned i = 0; i < 2 && !fits; i++) {
        const char quote = "\"'"[i];
        const size_t in = count_records(asked, asked->log, asked->size, quote);
        const bool has_header =
            options->header == POLE_HEADER_PRESENT && came->rows + came->blank_lines < in;
        fits = came->rows + came->blank_lines + has_header == in;
        if (fits && options->to == POLE_TO_CSV && options->output_encoding == NULL)
            fits = count_records(asked, out->bytes, out->size, quote) == in;
    }
    must(fits);
}

static question choose(const uint8_t *data, size_t size)
{
    static const char *const first[] = {"#1", NULL};
    question asked = {.log = data + 2, .size = size - 2, .encoding = data[0] >> 2 & 3};
    pole_geocode_options *options = &asked.options;
    pole_geocode_options_init(options);
    options->delimiter = (uint8_t) ",;\t|"[data[0] & 3];
    options->encoding = encodings[asked.encoding].name;
    options->to = (data[0] >> 4 & 3) % 3;
    options->header = data[0] & 64 ? POLE_HEADER_PRESENT : POLE_HEADER_ABSENT;
    options->excel_safe = data[0] >> 7;
    options->drop = data[1] & 16 ? first : NULL;
    options->bom = data[1] >> 5 & 1;
    options->output_encoding = data[1] & 64 ? encodings[(asked.encoding + 1) % 4].name : NULL;
    if (data[1] & 128)
        options->text_columns = first;
    else
        options->column = "#1";
    /* A pipe may be half a character of GB18030; half a unit of UTF-16 at the end is no record. */
    asked.counts = (asked.encoding != 1 || options->delimiter == ',') &&
                   (asked.encoding < 2 || asked.size % 2 == 0);
    return asked;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static pole_index *index;
    if (size < 2 || size > 4096)
        return 0;
    if (index == NULL)
        index = make_index();
    const question asked = choose(data, size);
    block whole = {NULL, 0}, cut = {NULL, 0};
    pole_geocode_summary came, again;
    const pole_status status = run(index, &asked, 1, SIZE_MAX, &whole, &came);
    must(run(index, &asked, 2, 1u + (data[1] & 15), &cut, &again) == status);
    must(cut.size == whole.size &&
         (cut.size == 0 || memcmp(cut.bytes, whole.bytes, cut.size) == 0));
    must(memcmp(came.matches, again.matches, sizeof came.matches) == 0);
    if (status == POLE_OK)
        judge(&asked, &whole, &came);
    free(whole.bytes);
    free(cut.bytes);
    return 0;
}
