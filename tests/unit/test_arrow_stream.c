/* SPDX-License-Identifier: MIT
 * A stream around a stream by the Arrow C Stream Interface: batches are matched as they are asked
 * for, errors of the input come through, and whoever lets go first leaves the rest whole. */
#include <check.h>
#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "support/arrow_oracle.h"
#include "support/test_main.h"
#include "support/test_memory.h"

/* Three batches, of 3, 0 and SAID rows. */
static void make_batches(struct ArrowArray *batches)
{
    const size_t sizes[] = {3, 0, SAID};
    for (size_t b = 0; b < 3; b++) {
        struct ArrowArray column;
        arrow_make_column("U", said, sizes[b], b, &column);
        arrow_make_table(&column, 1, (int64_t)sizes[b], NULL, batches + b);
    }
}

static const char *const stream_formats[] = {"U"};
static const char *const stream_names[] = {"pole_no"};

static arrow_made_stream stream_of(struct ArrowArray *batches, int fail_at)
{
    return (arrow_made_stream){stream_formats, stream_names, 1, batches, 3, fail_at};
}

START_TEST(a_stream_is_matched_batch_by_batch)
{
    struct ArrowArray batches[3], out, last = {.release = NULL};
    struct ArrowArrayStream in, stream;
    struct ArrowSchema schema;
    pole_arrow_options options;
    pole_error error;
    pole_arrow_options_init(&options);
    options.keep_input = (uint32_t)_i;
    make_batches(batches);
    const arrow_made_stream content = stream_of(batches, -1);
    arrow_make_stream(&content, &in);
    ck_assert_msg(pole_arrow_match_stream(arrow_city, &options, &in, &stream, &error) == POLE_OK,
                  "%s", error.message);
    ck_assert_ptr_null(in.release);
    for (int again = 0; again < 2; again++) {
        ck_assert_int_eq(stream.get_schema(&stream, &schema), 0);
        ck_assert_int_eq(schema.n_children, _i + COLUMNS);
        ck_assert_str_eq(schema.children[_i]->name, "match_status");
        if (_i == 1)
            ck_assert_str_eq(schema.children[0]->name, "pole_no");
        schema.release(&schema);
    }
    const size_t sizes[] = {3, 0, SAID};
    for (size_t b = 0; b < 3; b++) {
        ck_assert_int_eq(stream.get_next(&stream, &out), 0);
        expect_matches(&out, _i, said, NULL, sizes[b]);
        if (b == 2)
            last = out; /* outlives the stream */
        else
            out.release(&out);
    }
    ck_assert_int_eq(stream.get_next(&stream, &out), 0);
    ck_assert_ptr_null(out.release);
    ck_assert_ptr_null(stream.get_last_error(&stream));
    stream.release(&stream);
    ck_assert_ptr_null(stream.release);
    expect_matches(&last, _i, said, NULL, SAID);
    last.release(&last);
}
END_TEST

START_TEST(a_stream_that_is_let_go_before_its_end_leaves_nothing)
{
    struct ArrowArray batches[3], out;
    struct ArrowArrayStream in, stream;
    make_batches(batches);
    const arrow_made_stream content = stream_of(batches, -1);
    arrow_make_stream(&content, &in);
    ck_assert_int_eq(pole_arrow_match_stream(arrow_city, NULL, &in, &stream, NULL), POLE_OK);
    ck_assert_int_eq(stream.get_next(&stream, &out), 0);
    out.release(&out);
    stream.release(&stream);
}
END_TEST

START_TEST(an_error_of_the_input_is_passed_on_with_its_words)
{
    struct ArrowArray batches[3], out;
    struct ArrowArrayStream in, stream;
    make_batches(batches);
    const arrow_made_stream content = stream_of(batches, 1);
    arrow_make_stream(&content, &in);
    ck_assert_int_eq(pole_arrow_match_stream(arrow_city, NULL, &in, &stream, NULL), POLE_OK);
    ck_assert_int_eq(stream.get_next(&stream, &out), 0);
    out.release(&out);
    ck_assert_int_eq(stream.get_next(&stream, &out), EPERM);
    ck_assert_ptr_null(out.release);
    ck_assert_str_eq(stream.get_last_error(&stream), "the disk of the producer is full");
    stream.release(&stream);
}
END_TEST

START_TEST(a_bad_batch_is_an_error_with_a_message_and_the_next_is_still_read)
{
    struct ArrowArray batches[3], out;
    struct ArrowArrayStream in, stream;
    make_batches(batches);
    batches[0].length = 4;
    const arrow_made_stream content = stream_of(batches, -1);
    arrow_make_stream(&content, &in);
    ck_assert_int_eq(pole_arrow_match_stream(arrow_city, NULL, &in, &stream, NULL), POLE_OK);
    ck_assert_int_eq(stream.get_next(&stream, &out), EINVAL);
    ck_assert_ptr_null(out.release);
    ck_assert_ptr_nonnull(strstr(stream.get_last_error(&stream), "not as its schema says"));
    ck_assert_int_eq(stream.get_next(&stream, &out), 0);
    ck_assert_ptr_null(stream.get_last_error(&stream));
    out.release(&out);
    stream.release(&stream);
}
END_TEST

START_TEST(a_stream_without_codes_is_refused_at_once)
{
    static const char *const wrong[] = {"note"};
    struct ArrowArray batches[3];
    struct ArrowArrayStream in, stream;
    pole_error error;
    make_batches(batches);
    arrow_made_stream content = stream_of(batches, -1);
    content.names = wrong;
    arrow_make_stream(&content, &in);
    ck_assert_int_eq(pole_arrow_match_stream(arrow_city, NULL, &in, &stream, &error),
                     POLE_BAD_INPUT);
    ck_assert_ptr_nonnull(strstr(error.message, "note"));
    ck_assert(in.release == NULL && stream.release == NULL);
}
END_TEST

static void *release_children(void *context)
{
    struct ArrowArray *children = context;
    for (size_t i = 0; i < 4; i++)
        children[i].release(children + i);
    return NULL;
}

/* Columns of one batch go to whoever wants them, and are released there. */
START_TEST(columns_of_one_batch_are_released_by_several_threads)
{
    for (int round = 0; round < 50; round++) {
        struct ArrowSchema schema, schema_out;
        struct ArrowArray array, out, children[2][4];
        pthread_t threads[2];
        pole_arrow_options options;
        pole_arrow_options_init(&options);
        options.keep_input = 1;
        make_log(0, NULL, &schema, &array);
        matched(&options, &schema, &array, &schema_out, &out);
        for (size_t i = 0; i < 8; i++) {
            children[i % 2][i / 2] = *out.children[i];
            out.children[i]->release = NULL;
        }
        schema_out.release(&schema_out);
        for (size_t t = 0; t < 2; t++)
            ck_assert_int_eq(pthread_create(threads + t, NULL, release_children, children[t]), 0);
        out.release(&out);
        for (size_t t = 0; t < 2; t++)
            ck_assert_int_eq(pthread_join(threads[t], NULL), 0);
        ck_assert_int_eq(arrow_made_alive, 0);
    }
}
END_TEST

/* Reads a stream to its end. */
static int read_all(struct ArrowArrayStream *stream)
{
    struct ArrowSchema schema;
    int number = stream->get_schema(stream, &schema);
    if (number == 0)
        schema.release(&schema);
    while (number == 0) {
        struct ArrowArray out;
        number = stream->get_next(stream, &out);
        ck_assert(number == 0 || out.release == NULL);
        if (out.release == NULL)
            break;
        out.release(&out);
    }
    ck_assert((number == 0) == (stream->get_last_error(stream) == NULL));
    return number;
}

START_TEST(a_stream_survives_every_refusal_of_memory)
{
    size_t fail_at = 1;
    for (int done = 0; !done; fail_at++) {
        struct ArrowArray batches[3];
        struct ArrowArrayStream in, stream;
        test_memory memory;
        pole_arrow_options options;
        test_memory_init(&memory, fail_at);
        pole_arrow_options_init(&options);
        options.allocator = &memory.allocator;
        options.keep_input = 1;
        make_batches(batches);
        const arrow_made_stream content = stream_of(batches, -1);
        arrow_make_stream(&content, &in);
        const pole_status status =
            pole_arrow_match_stream(arrow_city, &options, &in, &stream, NULL);
        ck_assert(status == POLE_OK || status == POLE_NO_MEMORY);
        if (status == POLE_OK) {
            const int number = read_all(&stream);
            ck_assert(number == 0 || number == ENOMEM);
            stream.release(&stream);
        }
        done = memory.calls < fail_at;
        ck_assert_uint_eq(memory.live, 0);
        ck_assert_int_eq(arrow_made_alive, 0);
        ck_assert_uint_lt(fail_at, 2000);
    }
    ck_assert_uint_gt(fail_at, 60);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("arrow_stream");
    TCase *tcase = tcase_create("arrow_stream");
    tcase_add_checked_fixture(tcase, arrow_oracle_setup, arrow_oracle_teardown);
    tcase_add_loop_test(tcase, a_stream_is_matched_batch_by_batch, 0, 2);
    tcase_add_test(tcase, a_stream_that_is_let_go_before_its_end_leaves_nothing);
    tcase_add_test(tcase, columns_of_one_batch_are_released_by_several_threads);
    tcase_add_test(tcase, an_error_of_the_input_is_passed_on_with_its_words);
    tcase_add_test(tcase, a_bad_batch_is_an_error_with_a_message_and_the_next_is_still_read);
    tcase_add_test(tcase, a_stream_without_codes_is_refused_at_once);
    tcase_add_test(tcase, a_stream_survives_every_refusal_of_memory);
    suite_add_tcase(suite, tcase);
    return test_main(suite);
}
