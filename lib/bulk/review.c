/* SPDX-License-Identifier: MIT
 * The table for a person to fill in. */
#include "bulk/review.h"

#include <math.h>

#include <polelookup/json.h>

#include "base/decimal.h"
#include "base/numerals.h"
#include "bulk/emit.h"
#include "bulk/review_key.h"
#include "formats/csv_out.h"

bool pole_review_needs(pole_match match)
{
    return match == POLE_AMBIGUOUS || match == POLE_UNKNOWN || match == POLE_INTERPOLATED ||
           match == POLE_MALFORMED;
}

bool pole_review_begin(pole_buffer *out)
{
    pole_buffer_append_text(out, "\xEF\xBB\xBF"
                                 "row,key,query,status,question,code_1,place_1,confidence_1,code_2,"
                                 "place_2,confidence_2,code_3,place_3,confidence_3,decision\n");
    return !out->failed;
}

static void put_span(pole_csv_writer *csv, pole_span text)
{
    pole_csv_write_cell(csv, text);
}

/* What was said, with an apostrophe before it where a spreadsheet would run it. */
static void put_query(pole_csv_writer *csv, pole_span text, uint64_t *excel_safe)
{
    if (excel_safe == NULL || !pole_spreadsheet_runs(text)) {
        put_span(csv, text);
        return;
    }
    pole_buffer safe;
    pole_buffer_init(&safe, &csv->out->allocator);
    pole_buffer_append_byte(&safe, '\'');
    pole_buffer_append(&safe, text.data, text.size_bytes);
    if (safe.failed)
        csv->out->failed = true;
    else
        put_span(csv, (pole_span){(const char *)safe.bytes, safe.size});
    pole_buffer_free(&safe);
    ++*excel_safe;
}

/* "SCOPE/CODE", or the code alone where it is urban: as a decision has it. */
static void put_code(pole_csv_writer *csv, const pole_record *pole)
{
    char digits[16], text[512];
    size_t size = 0;
    if (pole->scope.size_bytes > 0 && pole->scope.size_bytes < sizeof text - 16) {
        memcpy(text, pole->scope.data, pole->scope.size_bytes);
        size = pole->scope.size_bytes;
        text[size++] = '/';
    }
    pole_digits_write(pole->code.number, pole->code.digits, digits);
    memcpy(text + size, digits, pole->code.digits);
    put_span(csv, (pole_span){text, size + pole->code.digits});
}

/* The street, and the nearest other: people know places so. */
static void put_place(pole_csv_writer *csv, const pole_record *pole, pole_span cross)
{
    static const char between[] = {' ', '/', ' '};
    char text[512];
    size_t size = pole->street.size_bytes < 240 ? pole->street.size_bytes : 0;
    if (size > 0)
        memcpy(text, pole->street.data, size);
    if (cross.size_bytes > 0 && cross.size_bytes < 240) {
        memcpy(text + size, between, sizeof between);
        size += sizeof between;
        memcpy(text + size, cross.data, cross.size_bytes);
        size += cross.size_bytes;
    }
    put_span(csv, (pole_span){text, size});
}

static void put_candidates(pole_csv_writer *csv, const pole_resolution *resolution)
{
    for (size_t i = 0; i < POLE_REVIEW_CANDIDATES; i++) {
        pole_candidate candidate = {.struct_size = sizeof candidate};
        pole_record pole = {.struct_size = sizeof pole};
        char share[32] = "";
        if (resolution == NULL ||
            pole_resolution_candidate(resolution, i, &candidate, &pole) != POLE_OK) {
            for (unsigned empty = 0; empty < 3; empty++)
                pole_csv_write_text(csv, "");
            continue;
        }
        put_code(csv, &pole);
        put_place(csv, &pole, candidate.cross_streets[0]);
        if (!isnan(candidate.confidence))
            pole_double_to_text(candidate.confidence, 4, share);
        pole_csv_write_text(csv, share);
    }
}

static void put_question(pole_csv_writer *csv, const pole_resolution *resolution, int32_t language)
{
    pole_question question = {.struct_size = sizeof question};
    char words[POLE_QUESTION_BYTES] = "";
    if (resolution && pole_resolution_question(resolution, &question) == POLE_OK)
        pole_question_text(&question, language, words, sizeof words, NULL);
    pole_csv_write_text(csv, words);
}

bool pole_review_row(uint64_t number, pole_span code, bool shown, const pole_row_match *match,
                     const pole_resolution *resolution, int32_t language, uint64_t *excel_safe,
                     pole_buffer *out)
{
    pole_csv_writer csv;
    pole_answer answer = {.struct_size = sizeof answer};
    char text[24], key[24];
    pole_csv_writer_init(&csv, POLE_DIALECT_CSV, out);
    pole_u64_to_text(number, text);
    pole_review_key_text(pole_review_key(code), key);
    pole_csv_write_text(&csv, text);
    pole_csv_write_text(&csv, key);
    /* The query has its long runs of digits masked. */
    if (shown && resolution && pole_resolution_answer(resolution, &answer) == POLE_OK)
        put_query(&csv, answer.query, excel_safe);
    else
        pole_csv_write_text(&csv, "");
    pole_csv_write_text(&csv, pole_match_name(match->match));
    put_question(&csv, resolution, language);
    put_candidates(&csv, resolution);
    pole_csv_write_text(&csv, "");
    pole_csv_end_row(&csv);
    return !out->failed;
}
