/* SPDX-License-Identifier: MIT
 * Two poles seen: the stretch of street between them, or the contradiction. */
#include "resolve/between.h"

#include <math.h>

#include "base/abi.h"
#include "geo/inverse.h"
#include "index/tree_search.h"
#include "lookup/resolution.h"
#include "speech/heard.h"

#define MOST_NAMED 16
/* Of a pole, its street's other side is nearer than this. */
#define OTHER_SIDE_M 80.0

const char *pole_relation_name(pole_relation relation)
{
    static const char *const names[] = {"unknown", "same", "stretch", "corner", "apart"};
    return relation >= POLE_RELATION_UNKNOWN && relation <= POLE_RELATION_APART ? names[relation]
                                                                                : NULL;
}

void pole_between_options_init(pole_between_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

/* A code heard, and the poles that have it. */
typedef struct {
    pole_code code; /* digits 0: none was heard, or not all of its digits */
    pole_row rows[MOST_NAMED];
    size_t count; /* more than MOST_NAMED are left out */
} named_code;

static named_code poles_named(const pole_index *index, const pole_heard *heard, uint16_t scope)
{
    named_code named;
    memset(&named, 0, sizeof named);
    pole_code code = {0, scope, 0, 0};
    if (heard->count == 0 ||
        !pole_digits_parse(pole_heard_digits(heard), &code.number, &code.digits))
        return named;
    named.code = code;
    (void)pole_index_find_all(index, code, named.rows, MOST_NAMED, &named.count);
    named.count = named.count < MOST_NAMED ? named.count : MOST_NAMED;
    return named;
}

static double distance_of(const pole_index *index, pole_row a, pole_row b, double *bearing_deg)
{
    double distance_m;
    (void)pole_inverse(pole_position_at(&index->positions, a),
                       pole_position_at(&index->positions, b), &distance_m, bearing_deg);
    return distance_m;
}

/* The pole of each code. Of several that share a code, the one in sight of the other code's, if
 * there is just one such pair: nothing is scoped by guessing. */
static void choose_rows(const pole_index *index, const named_code named[2], pole_row rows[2])
{
    size_t pairs = 0;
    for (size_t i = 0; i < 2; i++)
        rows[i] = named[i].count == 1 ? named[i].rows[0] : POLE_NO_ROW;
    if (named[0].count * named[1].count <= 1)
        return;
    pole_row seen[2] = {POLE_NO_ROW, POLE_NO_ROW};
    for (size_t i = 0; i < named[0].count; i++)
        for (size_t j = 0; j < named[1].count; j++) {
            double bearing_deg;
            if (!(distance_of(index, named[0].rows[i], named[1].rows[j], &bearing_deg) <=
                  POLE_SIGHT_M))
                continue;
            pairs++;
            seen[0] = named[0].rows[i];
            seen[1] = named[1].rows[j];
        }
    if (pairs == 1)
        memcpy(rows, seen, sizeof seen);
}

/* The codes of a pole's street: [first, end) of its scheme, as rows, and how many digits tell the
 * poles apart. */
typedef struct {
    pole_row first, end;
    const pole_codes *codes;
} street_rows;

/* An empty range when the scheme does not end in the pole's digits. */
static street_rows rows_of_street(const pole_index *index, pole_row row)
{
    const pole_scheme_entry *entry = pole_scheme_entry_of(&index->scheme, row);
    const pole_codes *codes = index->codes + (entry - index->scheme.entries);
    const unsigned last = entry->field_count - 1u;
    street_rows street = {0, 0, codes};
    if (last == 0 || entry->field_kind[last] != POLE_FIELD_POLE)
        return street;
    uint32_t span = 1;
    for (unsigned i = 0; i < entry->field_width[last]; i++)
        span *= 10;
    const uint32_t low = pole_codes_number(codes, row) / span * span;
    const uint32_t count = pole_codes_range(codes, low, low + span, &street.first);
    street.end = street.first + count;
    return street;
}

static bool is_in(const street_rows *street, pole_row row)
{
    return row >= street->first && row < street->end;
}

static unsigned parity_of(const street_rows *street, pole_row row)
{
    return pole_codes_number(street->codes, row) % 2;
}

static void compare_streets(const pole_index *index, const street_rows *street, pole_row a,
                            pole_row b, pole_between_answer *answer)
{
    const uint32_t first = pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STREET, a);
    const uint32_t second = pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STREET, b);
    if (is_in(street, b))
        answer->same_side = parity_of(street, a) == parity_of(street, b);
    if (first != 0 && second != 0)
        answer->same_street = first == second;
    else if (is_in(street, b))
        answer->same_street = 1;
    if (answer->same_street != 1)
        answer->same_side = -1; /* two streets may share the digits of one */
}

/* Poles that still stand, with a number between the two. */
static int32_t count_between(const pole_index *index, const street_rows *street, pole_row a,
                             pole_row b, bool same_side)
{
    int32_t count = 0;
    for (pole_row row = (a < b ? a : b) + 1; row < (a < b ? b : a); row++)
        count +=
            (!same_side || parity_of(street, row) == parity_of(street, a)) &&
            pole_attribute_at(&index->attributes, POLE_ATTRIBUTE_STATE, row) == POLE_STATE_ACTIVE;
    return count;
}

/* The side of the street that a and b are on: across it, away from its nearest pole of the other
 * parity. NAN where none is near, or where the two are not on one line of poles. */
static double side_of(const pole_index *index, const street_rows *street, pole_row a,
                      double course_deg)
{
    pole_hit hits[64];
    const double degree = 3.14159265358979323846 / 180.0;
    const size_t found = pole_tree_within_radius(
        &index->tree, pole_position_at(&index->positions, a), OTHER_SIDE_M, hits, 64);
    for (size_t i = 0; i < found && i < 64; i++) {
        if (!is_in(street, hits[i].row) || parity_of(street, hits[i].row) == parity_of(street, a))
            continue;
        const double right_m =
            hits[i].distance_m * sin((hits[i].bearing_deg - course_deg) * degree);
        if (fabs(right_m) < 2.0)
            return (double)NAN;
        const double side_deg = course_deg + (right_m > 0 ? -90.0 : 90.0);
        return side_deg < 0 ? side_deg + 360.0 : side_deg >= 360.0 ? side_deg - 360.0 : side_deg;
    }
    return (double)NAN;
}

static void measure(const pole_index *index, const pole_row rows[2], pole_between_answer *answer)
{
    const street_rows street = rows_of_street(index, rows[0]);
    answer->distance_m = distance_of(index, rows[0], rows[1], &answer->bearing_deg);
    compare_streets(index, &street, rows[0], rows[1], answer);
    if (rows[0] == rows[1])
        answer->relation = POLE_RELATION_SAME;
    else if (!(answer->distance_m <= POLE_SIGHT_M))
        answer->relation = POLE_RELATION_APART;
    else
        answer->relation = answer->same_street == 0 ? POLE_RELATION_CORNER : POLE_RELATION_STRETCH;
    if (answer->same_side >= 0)
        answer->poles_between =
            count_between(index, &street, rows[0], rows[1], answer->same_side == 1);
    if (answer->relation == POLE_RELATION_APART)
        return;
    if (answer->same_side == 1 && answer->relation == POLE_RELATION_STRETCH)
        answer->side_deg = side_of(index, &street, rows[0], answer->bearing_deg);
    const pole_point a = pole_position_at(&index->positions, rows[0]);
    const pole_point b = pole_position_at(&index->positions, rows[1]);
    answer->middle = (pole_point){(a.lat_deg + b.lat_deg) / 2, (a.lon_deg + b.lon_deg) / 2};
    /* In sight of each other, and more than half the earth apart in longitude: 180 lies between. */
    if (fabs(a.lon_deg - b.lon_deg) > 180)
        answer->middle.lon_deg += answer->middle.lon_deg > 0 ? -180.0 : 180.0;
    answer->radius_m = answer->distance_m / 2;
}

/* A pole as the next candidate, if there is one; *place: which. */
static pole_status tell_pole(pole_row row, uint32_t alias, double confidence, pole_crs *crs,
                             pole_resolution *resolution, int32_t *place)
{
    pole_draft_alias named;
    *place = -1;
    if (row == POLE_NO_ROW)
        return POLE_OK;
    if (alias > 0)
        named = pole_alias_at(&resolution->index->aliases, alias - 1);
    const pole_status status =
        pole_resolution_add(resolution, row, alias > 0 ? &named : NULL, crs, false);
    if (status != POLE_OK)
        return status;
    *place = (int32_t)resolution->answer.candidates - 1;
    resolution->candidates[*place].told.confidence = confidence;
    return POLE_OK;
}

static pole_status tell_correction(const pole_correction *correction, const pole_row rows[2],
                                   pole_crs *crs, pole_resolution *resolution,
                                   pole_between_answer *answer)
{
    pole_between_correction *told = answer->corrections + answer->correction_count++;
    const pole_row other = rows[1 - correction->query];
    double bearing_deg;
    const pole_status status = tell_pole(correction->pole.row, correction->pole.alias,
                                         correction->pole.share, crs, resolution, &told->candidate);
    if (status != POLE_OK)
        return status;
    pole_stored_candidate *stored = resolution->candidates + told->candidate;
    memcpy(stored->edits, correction->edits, sizeof stored->edits);
    stored->told.edit_count = correction->edit_count;
    told->query = correction->query;
    if (other != POLE_NO_ROW)
        told->distance_m =
            distance_of(resolution->index, correction->pole.row, other, &bearing_deg);
    return POLE_OK;
}

static pole_status tell(const pole_row rows[2], const pole_both_weighed *both, pole_crs *crs,
                        pole_resolution *resolution, pole_between_answer *answer)
{
    const bool contradict =
        answer->relation == POLE_RELATION_UNKNOWN || answer->relation == POLE_RELATION_APART;
    pole_status status = POLE_OK;
    for (size_t i = 0; i < 2 && status == POLE_OK; i++)
        status = tell_pole(rows[i], 0, both->confidence[i], crs, resolution, answer->pole + i);
    for (size_t i = 0; i < both->count && contradict && status == POLE_OK; i++)
        status = tell_correction(both->corrections + i, rows, crs, resolution, answer);
    /* What the two codes say of each other is what a single code lacks. */
    resolution->answer.warnings &= ~(uint32_t)POLE_WARN_UNCORROBORATED;
    answer->warnings |= resolution->answer.warnings;
    return status;
}

static pole_status judge(const pole_index *index, const pole_heard *const heard[2], uint16_t scope,
                         const pole_between_options *options, pole_resolution *resolution,
                         pole_between_answer *answer)
{
    const named_code named[2] = {poles_named(index, heard[0], scope),
                                 poles_named(index, heard[1], scope)};
    pole_both_weighed both = {.confidence = {(double)NAN, (double)NAN}};
    pole_row rows[2];
    choose_rows(index, named, rows);
    for (size_t i = 0; i < 2; i++)
        if (rows[i] == POLE_NO_ROW && named[i].count > 1)
            answer->warnings |= POLE_WARN_SCOPE_NEEDED;
    if (rows[0] != POLE_NO_ROW && rows[1] != POLE_NO_ROW)
        measure(index, rows, answer);
    pole_status status = pole_resolution_begin(resolution, index, pole_heard_query(heard[0]),
                                               pole_heard_digits(heard[0]));
    if (status == POLE_OK && answer->relation != POLE_RELATION_SAME)
        status = pole_both_weigh(index, heard, rows, options, resolution, &both);
    return status == POLE_OK ? tell(rows, &both, options->crs, resolution, answer) : status;
}

static void nothing_known(pole_between_answer *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->pole[0] = answer->pole[1] = -1;
    answer->same_street = answer->same_side = answer->poles_between = -1;
    answer->distance_m = answer->bearing_deg = answer->side_deg = answer->radius_m = (double)NAN;
    for (size_t i = 0; i < POLE_BETWEEN_CORRECTIONS; i++)
        answer->corrections[i] = (pole_between_correction){-1, -1, (double)NAN};
    answer->middle = (pole_point){(double)NAN, (double)NAN};
}

pole_status pole_between(const pole_index *index, const pole_heard *first, const pole_heard *second,
                         const pole_between_options *options, pole_resolution *resolution,
                         pole_between_answer *answer)
{
    pole_between_options taken;
    pole_between_answer found;
    uint16_t scope = POLE_ANY_SCOPE;
    const pole_heard *const heard[2] = {first, second};
    pole_between_options_init(&taken);
    nothing_known(&found);
    pole_status status = POLE_INVALID_ARGUMENT;
    if (!pole_record_is_sound(answer))
        return status;
    if (index != NULL && first != NULL && second != NULL && resolution != NULL &&
        pole_options_take(&taken, sizeof taken, options) &&
        (taken.scope.size_bytes == 0 ||
         pole_index_find_scope(index, taken.scope, &scope) == POLE_OK))
        status = judge(index, heard, scope, &taken, resolution, &found);
    if (status != POLE_OK)
        pole_resolution_forget(resolution);
    pole_record_fill(answer, status == POLE_OK ? &found : NULL, sizeof found);
    return status;
}
