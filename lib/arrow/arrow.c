/* SPDX-License-Identifier: MIT
 * The Arrow C Data and Stream Interface: an array at once, and a stream around a stream. */
#include <polelookup/arrow.h>

#include <errno.h>
#include <stdio.h>

#include "arrow/arrow_match.h"
#include "base/status.h"

pole_status pole_arrow_match(const pole_index *index, const pole_arrow_options *options,
                             struct ArrowSchema *schema, struct ArrowArray *array,
                             struct ArrowSchema *schema_out, struct ArrowArray *array_out,
                             pole_error *error)
{
    pole_error_clear(error);
    if (!schema || !array || !schema_out || !array_out)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "an argument is missing");
    struct ArrowSchema taken_schema = *schema;
    struct ArrowArray taken = *array;
    schema->release = NULL;
    array->release = NULL;
    schema_out->release = NULL;
    array_out->release = NULL;
    pole_arrow_plan plan = {.matcher = NULL};
    pole_status status =
        index && taken_schema.release && taken.release
            ? pole_arrow_plan_init(&plan, index, options, &taken_schema, error)
            : pole_fail(error, POLE_INVALID_ARGUMENT, "an argument is missing, or was released");
    if (status == POLE_OK)
        status = pole_arrow_plan_batch(&plan, &taken, array_out, error);
    if (status == POLE_OK && !pole_arrow_plan_schema(&plan, &taken_schema, schema_out)) {
        array_out->release(array_out);
        status = pole_fail(error, POLE_NO_MEMORY, "no memory for a schema");
    }
    pole_arrow_plan_free(&plan);
    if (taken_schema.release)
        taken_schema.release(&taken_schema);
    if (taken.release)
        taken.release(&taken);
    return status;
}

typedef struct {
    struct ArrowArrayStream input;
    pole_arrow_plan plan;
    char message[512]; /* of the last call; empty: it went well */
} match_stream;

static int number_of(pole_status status)
{
    switch (status) {
    case POLE_OK:
        return 0;
    case POLE_NO_MEMORY:
        return ENOMEM;
    case POLE_INVALID_ARGUMENT:
    case POLE_BAD_INPUT:
    case POLE_LIMIT:
        return EINVAL;
    default:
        return EIO;
    }
}

static int fail_by(match_stream *stream, pole_status status, const pole_error *error)
{
    const bool has_hint = error->hint[0] != '\0';
    snprintf(stream->message, sizeof stream->message, "%s%s%s",
             error->message[0] ? error->message : pole_status_text(status), has_hint ? ": " : "",
             error->hint);
    return number_of(status);
}

/* Passes on what the input says of its failure. */
static int fail_by_input(struct ArrowArrayStream *input, int number, char *message, size_t size)
{
    const char *text = input->get_last_error(input);
    snprintf(message, size, "%s", text ? text : "the stream of the input failed");
    return number;
}

static int stream_schema(struct ArrowArrayStream *self, struct ArrowSchema *out)
{
    match_stream *stream = self->private_data;
    struct ArrowSchema schema = {.release = NULL};
    stream->message[0] = '\0';
    out->release = NULL;
    const int number = stream->input.get_schema(&stream->input, &schema);
    if (number != 0)
        return fail_by_input(&stream->input, number, stream->message, sizeof stream->message);
    if (pole_arrow_plan_schema(&stream->plan, &schema, out))
        return 0;
    snprintf(stream->message, sizeof stream->message, "no memory for a schema");
    return ENOMEM;
}

static int stream_next(struct ArrowArrayStream *self, struct ArrowArray *out)
{
    match_stream *stream = self->private_data;
    struct ArrowArray batch = {.release = NULL};
    pole_error error = {.status = POLE_OK};
    stream->message[0] = '\0';
    out->release = NULL;
    const int number = stream->input.get_next(&stream->input, &batch);
    if (number != 0)
        return fail_by_input(&stream->input, number, stream->message, sizeof stream->message);
    if (batch.release == NULL)
        return 0; /* the end */
    const pole_status status = pole_arrow_plan_batch(&stream->plan, &batch, out, &error);
    return status == POLE_OK ? 0 : fail_by(stream, status, &error);
}

static const char *stream_error(struct ArrowArrayStream *self)
{
    const match_stream *stream = self->private_data;
    return stream->message[0] ? stream->message : NULL;
}

static void stream_release(struct ArrowArrayStream *self)
{
    match_stream *stream = self->private_data;
    const pole_allocator allocator = stream->plan.allocator;
    if (stream->input.release)
        stream->input.release(&stream->input);
    pole_arrow_plan_free(&stream->plan);
    pole_release(&allocator, stream);
    self->release = NULL;
}

/* Understands the schema that the input has. */
static pole_status plan_stream(struct ArrowArrayStream *input, const pole_index *index,
                               const pole_arrow_options *options, pole_arrow_plan *plan,
                               pole_error *error)
{
    struct ArrowSchema schema = {.release = NULL};
    char message[200];
    if (index == NULL || input->release == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "an argument is missing, or was released");
    if (input->get_schema(input, &schema) != 0) {
        fail_by_input(input, 0, message, sizeof message);
        return pole_fail(error, POLE_BAD_INPUT, "%s", message);
    }
    const pole_status status = pole_arrow_plan_init(plan, index, options, &schema, error);
    schema.release(&schema);
    return status;
}

pole_status pole_arrow_match_stream(const pole_index *index, const pole_arrow_options *options,
                                    struct ArrowArrayStream *in, struct ArrowArrayStream *out,
                                    pole_error *error)
{
    pole_error_clear(error);
    if (!in || !out)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "an argument is missing");
    struct ArrowArrayStream input = *in;
    pole_arrow_plan plan = {.matcher = NULL};
    in->release = NULL;
    memset(out, 0, sizeof *out);
    pole_status status = plan_stream(&input, index, options, &plan, error);
    match_stream *stream =
        status == POLE_OK ? pole_allocate_zeroed(&plan.allocator, 1, sizeof *stream) : NULL;
    if (stream == NULL) {
        if (status == POLE_OK)
            status = pole_fail(error, POLE_NO_MEMORY, "no memory for a stream");
        pole_arrow_plan_free(&plan);
        if (input.release)
            input.release(&input);
        return status;
    }
    stream->input = input;
    stream->plan = plan;
    *out =
        (struct ArrowArrayStream){stream_schema, stream_next, stream_error, stream_release, stream};
    return POLE_OK;
}
