/* SPDX-License-Identifier: MIT
 *
 * Writes the report of an invented log, and the log's rows for who counts them again:
 *   report_dump INDEX|hostile en|zh ROWS PAGE.html ROWS.tsv
 * "hostile" is a city whose every name attacks its reader. A row of the TSV is row of the pole (or
 * -), code, street, district, station, match, flags, text of the time. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "index/index.h"
#include "lookup/policy.h"
#include "report/report.h"
#include "support/small_city.h"
#include "support/test_random.h"

#define BLOCK 256

/* What shows an attack that worked: a global of the page, a message, an address asked for. */
static const char *const attacks[] = {
    "<script>window.hostile=1</script>",
    "</style><script>window.hostile=2</script>",
    "\"><img src=x onerror=\"window.hostile=3\">",
    "' onmouseover='window.hostile=4",
    "</title></svg><svg onload=window.hostile=5>",
    "&lt;script&gt;&#60;b&#62;",
    "<!--",
    "]]><![CDATA[",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D 1 23", /* written from right to left */
    "javascript:window.hostile=6",
    "<a href=\"https://example.invalid/\">x</a>",
    "{{7*7}}${7*7}",
};
#define ATTACKS (sizeof attacks / sizeof *attacks)

/* A file may be called what no table lets in: with a mark that turns the direction of writing,
 * a NUL, a control, bytes that are no UTF-8. */
static const char log_name[] = "\xE2\x80\xAE<script>window.hostile=7</script>\0\x1B[2J\xFF.csv";

static void must(bool fine, const char *what)
{
    if (fine)
        return;
    fprintf(stderr, "report_dump: %s\n", what);
    exit(2);
}

static void add_hostile(pole_builder *builder)
{
    pole_error error;
    for (size_t i = 0; i < ATTACKS; i++) {
        pole_station station = {.struct_size = sizeof station};
        char id[8];
        snprintf(id, sizeof id, "1%02zu", i);
        station.id = station.prefix = pole_span_of(id);
        station.name = pole_span_of(attacks[i]);
        station.at = (pole_point){45.77 + 0.002 * (double)i, 126.60};
        must(pole_builder_add_station(builder, &station, &error) == POLE_OK, error.message);
        for (unsigned pole = 1; pole <= 40; pole++) {
            pole_record record = {.struct_size = sizeof record};
            record.street = pole_span_of(attacks[(i + 1) % ATTACKS]);
            record.district = pole_span_of(attacks[(i + 2) % ATTACKS]);
            record.surveyed_days = POLE_NO_DATE;
            record.at = (pole_point){station.at.lat_deg, 126.60 + 0.0004 * pole};
            char code[16];
            snprintf(code, sizeof code, "1%02zu01%02u", i, pole);
            must(pole_builder_add_pole(builder, pole_span_of(code), &record, &error) == POLE_OK,
                 error.message);
        }
    }
}

static pole_index *open_hostile(void)
{
    pole_build_options options;
    pole_builder *builder;
    pole_error error;
    pole_index *index;
    byte_block block = {NULL, 0, 0};
    pole_build_options_init(&options);
    options.is_sample = 1;
    options.source_date_epoch_s = 1214784000;
    options.name = attacks[0];
    must(pole_builder_new(&options, &builder, &error) == POLE_OK, error.message);
    add_hostile(builder);
    const pole_sink sink = byte_block_sink(&block);
    must(pole_builder_finish_to(builder, &sink, NULL, &error) == POLE_OK, error.message);
    pole_builder_free(builder);
    must(pole_index_open_memory(block.bytes, block.size, NULL, &index, &error) == POLE_OK,
         error.message);
    byte_block_free(&block);
    return index;
}

/* An invented log: a few streets have most calls, nights are quiet, one row in ten is not sure. */
typedef struct {
    const pole_index *index;
    uint32_t poles;
    test_random random;
    pole_row_match rows[BLOCK];
    pole_span codes[BLOCK], times[BLOCK];
    char code_texts[BLOCK][16], time_texts[BLOCK][32];
} invented_log;

static pole_match invent_match(test_random *random)
{
    static const pole_match seldom[] = {POLE_CORRECTED,    POLE_CORRECTED, POLE_AMBIGUOUS,
                                        POLE_INTERPOLATED, POLE_UNKNOWN,   POLE_NO_CODE,
                                        POLE_MALFORMED};
    return test_random_below(random, 100) < 88 ? POLE_EXACT : seldom[test_random_below(random, 7)];
}

/* The cube of a chance crowds together; blocks of 40 rows are strewn over the table. */
static pole_row invent_row(invented_log *log)
{
    const double unit = test_random_unit(&log->random);
    const uint32_t blocks = log->poles / 40 + 1;
    const uint64_t block = (uint64_t)(unit * unit * unit * blocks) * 2654435761u % blocks;
    const double inner = test_random_unit(&log->random);
    const uint32_t row = (uint32_t)block * 40 + (uint32_t)(inner * inner * 40);
    return row < log->poles ? row : log->poles - 1;
}

static void invent_time(invented_log *log, size_t i)
{
    const unsigned day = 1 + (unsigned)test_random_below(&log->random, 28);
    unsigned hour = (unsigned)test_random_below(&log->random, 24);
    if (hour < 6 && test_random_below(&log->random, 3) > 0)
        hour += 12;
    if (test_random_below(&log->random, 50) == 0)
        snprintf(log->time_texts[i], sizeof log->time_texts[i], "<time %u>", hour);
    else
        snprintf(log->time_texts[i], sizeof log->time_texts[i], "2008-06-%02u %02u:%02u:00", day,
                 hour, (unsigned)test_random_below(&log->random, 60));
    log->times[i] = pole_span_of(log->time_texts[i]);
}

static void invent(invented_log *log, size_t i)
{
    const pole_row row = invent_row(log);
    pole_row_match *match = log->rows + i;
    *match = (pole_row_match){.struct_size = sizeof *match};
    match->match = invent_match(&log->random);
    match->station = pole_policy_station(log->index, row);
    match->row = row;
    if (match->match == POLE_AMBIGUOUS)
        match->flags = test_random_below(&log->random, 2) ? POLE_ROW_GUESSED : POLE_ROW_DECIDED;
    if (match->match == POLE_NO_CODE)
        match->reason = 1 + (pole_reason)test_random_below(&log->random, 5);
    if (match->match == POLE_INTERPOLATED || match->match >= POLE_UNKNOWN)
        match->row = POLE_NO_ROW;
    if (match->match >= POLE_UNKNOWN)
        match->station = POLE_NO_STATION;
    pole_digits_write(pole_index_code_of(log->index, row).number, 7, log->code_texts[i]);
    log->codes[i] = pole_span_of(log->code_texts[i]);
    invent_time(log, i);
}

static void tell(const invented_log *log, size_t i, FILE *out)
{
    const pole_row_match *match = log->rows + i;
    pole_record record = {.struct_size = sizeof record};
    pole_station station = {.struct_size = sizeof station};
    if (match->row != POLE_NO_ROW)
        (void)pole_index_record(log->index, match->row, &record);
    if (match->station != POLE_NO_STATION)
        (void)pole_index_station(log->index, match->station, &station);
    fprintf(out, "%s\t%.*s\t%.*s\t%.*s\t%d\t%u\t%s\n",
            match->row != POLE_NO_ROW ? log->code_texts[i] : "-", (int)record.street.size_bytes,
            record.street.data, (int)record.district.size_bytes, record.district.data,
            (int)station.name.size_bytes, station.name.data, (int)match->match,
            (unsigned)match->flags, log->time_texts[i]);
}

static pole_status put(void *context, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, context) == size ? POLE_OK : POLE_IO;
}

int main(int argc, char **argv)
{
    must(argc == 6, "usage: report_dump INDEX|hostile en|zh ROWS PAGE.html ROWS.tsv");
    pole_error error;
    pole_index *index = NULL;
    const bool hostile = strcmp(argv[1], "hostile") == 0;
    if (hostile)
        index = open_hostile();
    else
        must(pole_index_open(argv[1], NULL, &index, &error) == POLE_OK, "no such index");
    pole_info info = {.struct_size = sizeof info};
    must(pole_index_info(index, &info) == POLE_OK, "no info");
    pole_tally *tally;
    must(pole_tally_new(index, true, NULL, &tally) == POLE_OK, "no memory");
    invented_log *log = calloc(1, sizeof *log);
    must(log != NULL, "no memory");
    log->index = index;
    log->poles = info.poles;
    log->random = test_random_begin("report_dump", 2008);
    FILE *page = fopen(argv[4], "wb"), *rows = fopen(argv[5], "wb");
    must(page && rows, "cannot write");
    for (size_t left = strtoul(argv[3], NULL, 10); left > 0;) {
        const size_t count = left < BLOCK ? left : BLOCK;
        for (size_t i = 0; i < count; i++) {
            invent(log, i);
            tell(log, i, rows);
        }
        must(pole_tally_rows(tally, log->rows, log->codes, log->times, count) == POLE_OK,
             "no memory");
        left -= count;
    }
    const pole_sink sink = {page, put};
    const pole_span name =
        hostile ? (pole_span){log_name, sizeof log_name - 1} : pole_span_of("calls-2008.csv");
    must(pole_report_write(tally, name,
                           strcmp(argv[2], "zh") == 0 ? POLE_LANGUAGE_ZH : POLE_LANGUAGE_EN, &sink,
                           &error) == POLE_OK,
         error.message);
    must(fclose(page) == 0 && fclose(rows) == 0, "cannot write");
    free(log);
    pole_tally_free(tally);
    pole_index_close(index);
    return 0;
}
