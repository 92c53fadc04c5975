/* SPDX-License-Identifier: MIT
 *
 * The arguments of a question. What is given and cannot be used is an error: evidence that was
 * dropped in silence would make an answer look better founded than it is. */
#include "evidence.h"

#include <math.h>

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "generation.h"
#include "raise.h"
#include "text.h"

#define is_given(call, argument) (!(call)->args[argument].isnull)

pole_span evidence_text(FunctionCallInfo call, int argument)
{
    pole_span none = {NULL, 0};

    return is_given(call, argument) ? text_from_argument(DatumGetTextPP(call->args[argument].value))
                                    : none;
}

char *evidence_number(double value)
{
    char *digits = palloc(DOUBLE_SHORTEST_DECIMAL_LEN);

    double_to_shortest_decimal_buf(value, digits);
    return digits;
}

static double given_float(FunctionCallInfo call, int argument, double otherwise)
{
    return is_given(call, argument) ? DatumGetFloat8(call->args[argument].value) : otherwise;
}

static bool span_is(pole_span span, const char *word)
{
    return span.size_bytes == strlen(word) && memcmp(span.data, word, span.size_bytes) == 0;
}

int32_t evidence_language(FunctionCallInfo call, int argument)
{
    pole_span name = evidence_text(call, argument);

    if (!is_given(call, argument) || span_is(name, "zh"))
        return POLE_LANGUAGE_ZH;
    if (span_is(name, "en"))
        return POLE_LANGUAGE_EN;
    if (!span_is(name, "ru"))
        raise_invalid("a language is zh, en or ru");
    return POLE_LANGUAGE_RU;
}

/* The type that a GeoJSON object says it has, or NULL. */
static const char *geojson_type(Jsonb *geojson)
{
    JsonbValue room;
    JsonbValue *type;

    if (!JB_ROOT_IS_OBJECT(geojson))
        return NULL;
    type = getKeyJsonValueFromContainer(&geojson->root, "type", 4, &room);
    return type == NULL || type->type != jbvString
               ? NULL
               : pnstrdup(type->val.string.val, type->val.string.len);
}

Polygon evidence_polygon(Jsonb *geojson)
{
    const char *type = geojson_type(geojson);
    bool is_bare =
        type != NULL && (strcmp(type, "Polygon") == 0 || strcmp(type, "MultiPolygon") == 0);
    const char *object = JsonbToCString(NULL, &geojson->root, VARSIZE(geojson));
    char *document =
        is_bare ? psprintf("{\"type\":\"Feature\",\"properties\":{},\"geometry\":%s}", object)
                : pstrdup(object);
    Polygon polygon = {NULL, NULL, 0};
    size_t points = 0;
    pole_error error = {0};
    pole_status status = pole_polygon_read(document, strlen(document), NULL, NULL, 0, &points, NULL,
                                           0, &polygon.rings, &error);

    if (status == POLE_LIMIT && points > 0) {
        polygon.points = palloc_array(pole_point, points);
        polygon.ring_sizes = palloc_array(size_t, polygon.rings);
        status =
            pole_polygon_read(document, strlen(document), NULL, polygon.points, points, &points,
                              polygon.ring_sizes, polygon.rings, &polygon.rings, &error);
    }
    raise_unless_ok(status, &error);
    return polygon;
}

static void hint_to_wgs84(pole_span name, pole_point *at)
{
    pole_crs *crs;
    pole_error error = {0};
    pole_status status = pole_crs_new(name, NULL, NULL, &crs, &error);

    if (status == POLE_OK) {
        status = pole_crs_to_wgs84(crs, 1, &at->lon_deg, &at->lat_deg, NULL);
        pole_crs_free(crs);
    }
    if (status == POLE_UNSUPPORTED)
        strlcpy(error.hint,
                "hint_crs is EPSG:4326, EPSG:4490, gcj02 or bd09; PostGIS transforms "
                "others",
                sizeof error.hint);
    raise_unless_ok(status, &error);
    if (isnan(at->lat_deg) || isnan(at->lon_deg))
        raise_invalid("the hint is no place of that CRS");
}

static void read_hint(FunctionCallInfo call, pole_evidence *evidence)
{
    double level = given_float(call, ARGUMENT_HINT_LEVEL, 0.0);
    StringInfoData given;

    if (is_given(call, ARGUMENT_HINT_LAT) != is_given(call, ARGUMENT_HINT_LON))
        raise_invalid("a hint needs hint_lat and hint_lon");
    if (!is_given(call, ARGUMENT_HINT_LAT))
        return;
    evidence->hint.lat_deg = given_float(call, ARGUMENT_HINT_LAT, NAN);
    evidence->hint.lon_deg = given_float(call, ARGUMENT_HINT_LON, NAN);
    evidence->hint_radius_m = given_float(call, ARGUMENT_HINT_RADIUS_M, POLE_ROW_HINT_RADIUS_M);
    if (!(evidence->hint_radius_m > 0.0))
        raise_invalid("hint_radius_m is greater than 0");
    if (is_given(call, ARGUMENT_HINT_LEVEL) && !(level > 0.0 && level < 1.0))
        raise_invalid("hint_level is between 0 and 1");
    evidence->hint_level = level;
    initStringInfo(&given);
    appendStringInfo(&given, "%s,%s,%s", evidence_number(evidence->hint.lat_deg),
                     evidence_number(evidence->hint.lon_deg),
                     evidence_number(evidence->hint_radius_m));
    if (level > 0.0)
        appendStringInfo(&given, ",%s", evidence_number(level));
    evidence->hint_given = (pole_span){given.data, (size_t)given.len};
    evidence->hint_crs = evidence_text(call, ARGUMENT_HINT_CRS);
    if (evidence->hint_crs.size_bytes > 0)
        hint_to_wgs84(evidence->hint_crs, &evidence->hint);
}

/* "??1????": what is known of each place. */
static void read_digits(pole_span pattern, Question *question)
{
    uint32_t known = 0;

    if (pattern.size_bytes > POLE_MAX_DIGITS)
        raise_invalid("digits has a place for each of at most %d digits", POLE_MAX_DIGITS);
    for (size_t i = 0; i < pattern.size_bytes; i++) {
        char c = pattern.data[i];

        if (c >= '0' && c <= '9')
            question->digits[known++] = (pole_known_digit){(uint8_t)(i + 1), (uint8_t)(c - '0')};
        else if (c != '?')
            raise_invalid("digits has a figure or '?' in each place");
    }
    question->evidence.digits = question->digits;
    question->evidence.digit_count = known;
}

/* The elements of a float8[] without nulls; raises where there are any. */
static double *given_floats(FunctionCallInfo call, int argument, const char *name, int *count)
{
    ArrayType *array = DatumGetArrayTypeP(call->args[argument].value);

    if (ARR_NDIM(array) > 1 || ARR_HASNULL(array))
        raise_invalid("%s is a list of numbers without null", name);
    *count = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
    return (double *)ARR_DATA_PTR(array);
}

static void read_area(FunctionCallInfo call, Question *question)
{
    if (is_given(call, ARGUMENT_BOX)) {
        int count;
        const double *sides = given_floats(call, ARGUMENT_BOX, "box", &count);

        if (count != 4)
            raise_invalid("box is south, west, north, east");
        question->box = (pole_box){sides[0], sides[1], sides[2], sides[3]};
        question->evidence.box = &question->box;
    }
    if (is_given(call, ARGUMENT_POLYGON)) {
        question->polygon = evidence_polygon(DatumGetJsonbP(call->args[ARGUMENT_POLYGON].value));
        question->evidence.polygon = question->polygon.points;
        question->evidence.polygon_rings = question->polygon.ring_sizes;
        question->evidence.polygon_ring_count = question->polygon.rings;
    }
}

/* The channels that the library brings are made once a backend. */
static const pole_channel *channel_named(pole_span name)
{
    static const char *const names[] = {"everyday", "heavy"};
    static pole_channel *channels[lengthof(names)];
    const pole_error error = {.message = "a channel is everyday or heavy"};

    for (size_t i = 0; i < lengthof(names); i++) {
        if (!span_is(name, names[i]))
            continue;
        if (channels[i] == NULL)
            raise_unless_ok(pole_channel_named(name, NULL, &channels[i]), NULL);
        return channels[i];
    }
    raise_unless_ok(POLE_NOT_FOUND, &error);
    return NULL;
}

static void read_options(FunctionCallInfo call, const pole_index *index, Question *question)
{
    pole_resolve_options *options = &question->options;
    uint16_t scope;

    options->scope = evidence_text(call, ARGUMENT_SCOPE);
    if (options->scope.size_bytes > 0 &&
        pole_index_find_scope(index, options->scope, &scope) != POLE_OK)
        raise_invalid("the index has no scope of that name");
    if (is_given(call, ARGUMENT_CLEAN)) {
        options->clean = given_float(call, ARGUMENT_CLEAN, 0.0);
        if (!(options->clean > 0.0 && options->clean < 1.0))
            raise_invalid("clean is between 0 and 1");
    }
    if (is_given(call, ARGUMENT_NEAR_M)) {
        options->near_m = given_float(call, ARGUMENT_NEAR_M, 0.0);
        if (!(options->near_m > 0.0))
            raise_invalid("near_m is greater than 0");
    }
    if (is_given(call, ARGUMENT_CHANNEL))
        options->channel = channel_named(evidence_text(call, ARGUMENT_CHANNEL));
    if (is_given(call, ARGUMENT_MAX_CANDIDATES)) {
        int32 limit = DatumGetInt32(call->args[ARGUMENT_MAX_CANDIDATES].value);

        if (limit < 1)
            raise_invalid("max_candidates is at least 1");
        options->limit = (uint32_t)limit;
    }
    options->caller_language = evidence_language(call, ARGUMENT_CALLER_LANGUAGE);
    question->json.caller_language = options->caller_language;
    question->json.language = evidence_language(call, ARGUMENT_LANGUAGE);
    if (question->json.language == POLE_LANGUAGE_RU)
        raise_invalid("the dispatcher's language is zh or en");
}

/* The text and the others of the same saying, with their weights. */
static void hear(FunctionCallInfo call, const pole_hear_options *options, pole_heard *heard)
{
    Datum *others = NULL;
    bool *nulls = NULL;
    int count = 0;
    pole_text *texts;

    if (is_given(call, ARGUMENT_OTHERS))
        deconstruct_array(DatumGetArrayTypeP(call->args[ARGUMENT_OTHERS].value), TEXTOID, -1, false,
                          TYPALIGN_INT, &others, &nulls, &count);
    texts = palloc_array(pole_text, (size_t)count + 1);
    texts[0] = (pole_text){evidence_text(call, ARGUMENT_HEARD), 1.0};
    for (int i = 0; i < count; i++) {
        if (nulls[i])
            raise_invalid("others has a null");
        texts[i + 1] = (pole_text){text_from_argument(DatumGetTextPP(others[i])), 1.0};
    }
    if (is_given(call, ARGUMENT_WEIGHTS)) {
        int given;
        const double *weights = given_floats(call, ARGUMENT_WEIGHTS, "weights", &given);

        if (given != count + 1)
            raise_invalid("weights has one for what was heard and one for each of the others");
        for (int i = 0; i <= count; i++)
            texts[i].weight = weights[i];
    }
    raise_unless_ok(pole_hear(texts, (size_t)count + 1, options, heard), NULL);
}

static const pole_heard *hear_other_pole(FunctionCallInfo call, int argument,
                                         const pole_hear_options *options, int which)
{
    pole_text saying = {evidence_text(call, argument), 1.0};
    pole_heard *heard;

    if (!is_given(call, argument))
        return NULL;
    heard = generation_heard(which);
    raise_unless_ok(pole_hear(&saying, 1, options, heard), NULL);
    return heard;
}

bool evidence_read(FunctionCallInfo call, const pole_index *index, Question *question)
{
    pole_hear_options options;
    pole_evidence *evidence = &question->evidence;

    if (!is_given(call, ARGUMENT_HEARD))
        return false;
    memset(question, 0, sizeof *question);
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(index);
    pole_resolve_options_init(&question->options);
    pole_json_options_init(&question->json);
    pole_evidence_init(evidence);
    read_hint(call, evidence);
    evidence->street = evidence_text(call, ARGUMENT_STREET);
    evidence->district = evidence_text(call, ARGUMENT_DISTRICT);
    evidence->also = hear_other_pole(call, ARGUMENT_ALSO, &options, 1);
    evidence->then = hear_other_pole(call, ARGUMENT_LATER, &options, 2);
    if (is_given(call, ARGUMENT_DIGITS))
        read_digits(evidence_text(call, ARGUMENT_DIGITS), question);
    read_area(call, question);
    read_options(call, index, question);
    question->options.evidence = evidence;
    question->heard = generation_heard(0);
    hear(call, &options, question->heard);
    return true;
}
