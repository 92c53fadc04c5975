/* SPDX-License-Identifier: MIT
 * The command line of a run over a log, as the library's options. */
#include "geocode_run.h"

#include <string.h>

#include "geocode_summary.h"
#include "load_adapters.h"

/* "match_status,match_lat": *names NULL-ended, or NULL for all. */
static int read_columns(geocode_run *run)
{
    const char *given = run->options->columns;
    size_t count = 0;
    if (!given)
        return EXIT_FINE;
    if (strlen(given) >= sizeof run->columns)
        return tell_usage(run->options->voice, NULL, "--columns is too long");
    strcpy(run->columns, given);
    char *rest = run->columns;
    for (char *name = strtok_r(rest, ",", &rest); name; name = strtok_r(NULL, ",", &rest)) {
        if (count == MOST_COLUMNS)
            return tell_usage(run->options->voice, NULL, "--columns names too many");
        run->column_names[count++] = name;
    }
    run->column_names[count] = NULL;
    run->geocode.columns = run->column_names;
    return EXIT_FINE;
}

/* GDAL's name of the form asked for; NULL: the library writes it. */
const char *geocode_driver(const command_options *options)
{
    switch (options->format) {
    case LOG_TO_GPKG:
        return "GPKG";
    case LOG_TO_FLATGEOBUF:
        return "FlatGeobuf";
    default:
        return NULL;
    }
}

/* "hint_lat=A,hint_lon=B": a comma parts two of them where a word and '=' follow. Into names,
 * NULL-ended; text is cut. False: too many. */
static bool split_evidence(char *text, const char **names, size_t *count)
{
    while (text) {
        if (*count == MOST_EVIDENCE)
            return false;
        names[(*count)++] = text;
        char *next = NULL;
        for (char *comma = strchr(text, ','); comma && !next; comma = strchr(comma + 1, ',')) {
            const size_t word = strspn(comma + 1, "abcdefghijklmnopqrstuvwxyz_");
            if (word > 0 && comma[1 + word] == '=') {
                *comma = '\0';
                next = comma + 1;
            }
        }
        text = next;
    }
    return true;
}

static int read_evidence(geocode_run *run)
{
    const text_list *given = &run->options->evidence_columns;
    size_t count = 0, used = 0;
    for (uint32_t i = 0; i < given->count; i++) {
        const size_t size = strlen(given->texts[i]) + 1;
        if (size > sizeof run->evidence_texts - used)
            return tell_usage(run->options->voice, NULL, "--evidence is too long");
        char *text = memcpy(run->evidence_texts + used, given->texts[i], size);
        used += size;
        if (!split_evidence(text, run->evidence_names, &count))
            return tell_usage(run->options->voice, NULL, "--evidence names too many");
    }
    run->evidence_names[count] = NULL;
    run->geocode.map = count > 0 ? run->evidence_names : NULL;
    return EXIT_FINE;
}

static const char *const *list_or_null(const text_list *list)
{
    return list->count > 0 ? list->texts : NULL;
}

int read_geocode_options(geocode_run *run)
{
    const command_options *options = run->options;
    pole_hear_options hear;
    pole_hear_options_init(&hear);
    hear.lengths = pole_index_lengths(run->session.index);
    pole_resolve_options_init(&run->resolve);
    pole_matcher_options_init(&run->matcher);
    pole_geocode_options_init(&run->geocode);
    int result = evidence_options_read(&run->evidence, &run->session, &hear, &run->resolve);
    if (result == EXIT_FINE)
        result = read_columns(run);
    if (result == EXIT_FINE)
        result = read_evidence(run);
    if (result != EXIT_FINE)
        return result;
    if (options->fail_on && !read_matches(options->fail_on, &run->fail_on))
        return tell_usage(options->voice,
                          "exact, corrected, interpolated, ambiguous, unknown, no_code, malformed",
                          "--fail-on cannot be '%s'", options->fail_on);
    run->resolve.evidence = NULL; /* each row brings its own */
    run->resolve.limit = (uint32_t)options->limit;
    if (options->scope)
        run->resolve.scope = span_of(options->scope);
    run->matcher.resolve = &run->resolve;
    run->matcher.best_guess = (uint32_t)options->best_guess;
    run->matcher.station_role = options->station_role;
    run->matcher.adapters = lazy_adapters(); /* rows may name EPSG codes */
    pole_geocode_options *geocode = &run->geocode;
    geocode->threads = (uint32_t)options->threads;
    geocode->matcher = &run->matcher;
    geocode->encoding = options->encoding;
    geocode->output_encoding = options->output_encoding;
    geocode->delimiter = options->delimiter;
    geocode->header = options->no_header ? POLE_HEADER_ABSENT : POLE_HEADER_FOUND_OUT;
    geocode->column = options->column;
    geocode->text_columns = list_or_null(&options->text_columns);
    geocode->drop = list_or_null(&options->drop);
    geocode->to = geocode_driver(options) ? POLE_TO_GEOJSON : (int32_t)options->format;
    geocode->bom = (uint32_t)options->bom;
    geocode->excel_safe = (uint32_t)options->excel_safe;
    geocode->language = options->language;
    geocode->decisions = options->decisions;
    geocode->report = options->report != NULL;
    if (options->unmatched)
        geocode->unmatched = &run->files[UNMATCHED].sink;
    if (options->review)
        geocode->review = &run->files[REVIEW].sink;
    return EXIT_FINE;
}
