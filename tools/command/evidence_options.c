/* SPDX-License-Identifier: MIT
 * What the options say beside the heard code. */
#include "evidence_options.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "load_adapters.h"
#include "numbers.h"
#include "read_file.h"

static int refuse(const command_session *session, const pole_error *error)
{
    return tell_error(session->options->voice, error);
}

/* A point given in another CRS to WGS 84. x is easting or longitude, y northing or latitude. */
static int convert_hint(evidence_options *given, const command_session *session, const char *name,
                        double first, double second)
{
    const pole_adapters *adapters = NULL;
    pole_crs *crs = NULL;
    pole_error error = {0};
    size_t bad = 0;
    double x = second, y = first;
    if (crs_needs_adapters(name) && !(adapters = load_adapters(&error)))
        return refuse(session, &error);
    pole_status status = pole_crs_new(span_of(name), adapters, NULL, &crs, &error);
    if (status != POLE_OK) {
        refuse(session, &error);
        return status == POLE_NOT_FOUND || status == POLE_INVALID_ARGUMENT ? EXIT_USAGE
                                                                           : EXIT_BROKEN;
    }
    snprintf(given->hint_crs, sizeof given->hint_crs, "%s", pole_crs_name(crs));
    status = pole_crs_to_wgs84(crs, 1, &x, &y, &bad);
    pole_crs_free(crs);
    if (status != POLE_OK || bad > 0)
        return tell_usage(session->options->voice,
                          "the order is LAT,LON; in a projected CRS northing,easting",
                          "the hint '%s' is no place in %s", session->options->hint, name);
    given->evidence.hint = (pole_point){y, x};
    given->evidence.hint_crs = span_of(given->hint_crs);
    return EXIT_FINE;
}

/* "LAT,LON[,RADIUS_M[,LEVEL]]" */
static int read_hint(evidence_options *given, const command_session *session)
{
    const command_options *options = session->options;
    double values[4] = {0.0, 0.0, DEFAULT_HINT_RADIUS_M, 0.0};
    const size_t count = read_some_numbers(options->hint, values, 4);
    if (count < 2)
        return tell_usage(options->voice, "give LAT,LON,RADIUS_M, such as 45.77,126.64,500",
                          "'%s' is no hint", options->hint);
    if (!(values[2] > 0.0))
        return tell_usage(options->voice, "how far off the phone says that it may be",
                          "the radius of a hint is more than 0 metres, not '%s'", options->hint);
    if (count == 4 && !(values[3] > 0.0 && values[3] < 1.0))
        return tell_usage(options->voice, "0.68 is usual; left out, the radius is one sigma (0.39)",
                          "the level of a hint is the share of cases inside the radius, more than "
                          "0 and less than 1, not '%s'",
                          options->hint);
    given->evidence.hint_radius_m = values[2];
    given->evidence.hint_level = values[3];
    given->evidence.hint_given = span_of(options->hint);
    if (options->hint_crs)
        return convert_hint(given, session, options->hint_crs, values[0], values[1]);
    pole_error error;
    return point_of(options->hint, values, &given->evidence.hint, &error) ? EXIT_FINE
                                                                          : refuse(session, &error);
}

/* "3=1": the third digit is a one. */
static int read_digits(evidence_options *given, const command_session *session)
{
    const text_list *digits = &session->options->digits;
    for (uint32_t i = 0; i < digits->count; i++) {
        const char *text = digits->texts[i];
        if (strlen(text) != 3 || text[0] < '1' || text[0] > '9' || text[1] != '=' ||
            text[2] < '0' || text[2] > '9' || i == POLE_MAX_DIGITS)
            return tell_usage(session->options->voice, "as in --digit 3=1: the third digit is a 1",
                              "--digit cannot be '%s'", text);
        given->digits[i] = (pole_known_digit){(uint8_t)(text[0] - '0'), (uint8_t)(text[2] - '0')};
    }
    given->evidence.digits = given->digits;
    given->evidence.digit_count = digits->count;
    return EXIT_FINE;
}

/* A second pole's code, spoken or written. */
static int hear_second(const command_session *session, const pole_hear_options *hear,
                       const char *name, const char *said, pole_heard **heard)
{
    const pole_text text = {said ? span_of(said) : (pole_span){NULL, 0}, 1.0};
    if (!said)
        return EXIT_FINE;
    pole_status status = pole_heard_new(NULL, heard);
    if (status == POLE_OK)
        status = pole_hear(&text, 1, hear, *heard);
    if (status != POLE_OK)
        return tell_status(session, status);
    if (pole_heard_digits(*heard).size_bytes > 0)
        return EXIT_FINE;
    return tell_usage(session->options->voice, "give the other pole's code, as it was said",
                      "--%s holds no code", name);
}

/* A channel by its name, or a file of one: a name with a dot or a slash is a file. */
static int read_channel(evidence_options *given, const command_session *session)
{
    const char *name = session->options->channel;
    pole_error error = {0};
    file_bytes file;
    if (!name)
        return EXIT_FINE;
    if (!strchr(name, '/') && !strchr(name, '.')) {
        const pole_status status = pole_channel_named(span_of(name), NULL, &given->channel);
        if (status == POLE_NOT_FOUND)
            return tell_usage(session->options->voice,
                              "everyday, heavy, or a file (./NAME if it has no dot)",
                              "there is no channel '%s'", name);
        return status == POLE_OK ? EXIT_FINE : tell_status(session, status);
    }
    if (!read_file(name, &file, &error))
        return refuse(session, &error);
    const char *slash = strrchr(name, '/');
    const pole_status status =
        pole_channel_read((pole_span){file.bytes, file.size_bytes},
                          span_of(slash ? slash + 1 : name), NULL, &given->channel, &error);
    free(file.bytes);
    if (status == POLE_OK)
        return EXIT_FINE;
    fail_about(&error, status, name);
    tell_error(session->options->voice, &error);
    return EXIT_BROKEN;
}

int evidence_options_read(evidence_options *given, const command_session *session,
                          const pole_hear_options *hear, pole_resolve_options *resolve)
{
    const command_options *options = session->options;
    pole_evidence *evidence = &given->evidence;
    memset(given, 0, sizeof *given);
    pole_evidence_init(evidence);
    if (options->hint_crs && !options->hint)
        return tell_usage(options->voice, NULL, "--hint-crs says what --hint is in: there is none");
    int result = options->hint ? read_hint(given, session) : EXIT_FINE;
    if (result == EXIT_FINE)
        result = read_digits(given, session);
    if (result == EXIT_FINE)
        result = hear_second(session, hear, "also", options->also, &given->also);
    if (result == EXIT_FINE)
        result = hear_second(session, hear, "then", options->then, &given->then);
    if (result == EXIT_FINE)
        result = read_channel(given, session);
    if (result != EXIT_FINE)
        return result;
    if (options->street)
        evidence->street = span_of(options->street);
    if (options->district)
        evidence->district = span_of(options->district);
    evidence->also = given->also;
    evidence->then = given->then;
    resolve->evidence = evidence;
    resolve->channel = given->channel;
    resolve->clean = options->clean;
    resolve->near_m = options->near_m;
    resolve->caller_language = options->heard_language;
    return EXIT_FINE;
}

void evidence_options_free(evidence_options *given)
{
    pole_heard_free(given->also);
    pole_heard_free(given->then);
    pole_channel_free(given->channel);
}
