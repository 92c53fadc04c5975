/* SPDX-License-Identifier: MIT
 * Evidence made ready, and judged fit to be used: see evidence.h. */
#include "resolve/work.h"

#include <math.h>

/* A cell of the whole city, or wider, says nothing that the table does not. */
#define MOST_RADIUS_M 1e6
/* A phone's word is not taken for better than this. */
#define LEAST_SIGMA_M 5.0

static bool is_place(pole_point at)
{
    return fabs(at.lat_deg) <= 90.0 && fabs(at.lon_deg) <= 180.0;
}

static bool take_hint(pole_weighing *weighing)
{
    const pole_evidence *given = &weighing->given;
    if (given->hint_radius_m == 0.0)
        return true;
    const double level = given->hint_level == 0.0 ? 0.39 : given->hint_level;
    if (!is_place(given->hint) || !(given->hint_radius_m > 0.0) ||
        given->hint_radius_m > MOST_RADIUS_M || !(level > 0.0 && level < 1.0))
        return false;
    const double sigma_m = pole_hint_sigma(given->hint_radius_m, level);
    /* Who names the datum knows it. */
    pole_hint_prepare(&weighing->hint, weighing->index, given->hint,
                      sigma_m > LEAST_SIGMA_M ? sigma_m : LEAST_SIGMA_M,
                      given->hint_crs.size_bytes == 0);
    weighing->kinds |= POLE_EVIDENCE_HINT;
    return true;
}

static bool take_digits(pole_weighing *weighing)
{
    const pole_evidence *given = &weighing->given;
    if (given->digit_count == 0)
        return true;
    if (given->digits == NULL || given->digit_count > POLE_MAX_DIGITS)
        return false;
    char *text = weighing->digits_given;
    for (uint32_t i = 0; i < given->digit_count; i++) {
        const pole_known_digit known = given->digits[i];
        if (known.position < 1 || known.position > POLE_MAX_DIGITS || known.digit > 9)
            return false;
        if (i > 0)
            *text++ = ',';
        *text++ = (char)('0' + known.position);
        *text++ = '=';
        *text++ = (char)('0' + known.digit);
    }
    *text = '\0';
    weighing->kinds |= POLE_EVIDENCE_DIGIT;
    return true;
}

static bool take_limits(pole_weighing *weighing)
{
    const pole_evidence *given = &weighing->given;
    const pole_box *box = given->box;
    if (box) {
        if (!is_place((pole_point){box->south_deg, box->west_deg}) ||
            !is_place((pole_point){box->north_deg, box->east_deg}) ||
            box->south_deg > box->north_deg)
            return false;
        weighing->kinds |= POLE_EVIDENCE_BOX;
    }
    if (given->polygon_ring_count == 0)
        return true;
    if (given->polygon == NULL || given->polygon_rings == NULL)
        return false;
    const pole_point *at = given->polygon;
    for (size_t i = 0; i < given->polygon_ring_count; i++)
        for (size_t k = 0; k < given->polygon_rings[i]; k++, at++)
            if (given->polygon_rings[i] < 3 || !is_place(*at))
                return false;
    weighing->kinds |= POLE_EVIDENCE_POLYGON;
    return true;
}

static bool take_scope(pole_weighing *weighing, pole_span name)
{
    const pole_index *index = weighing->index;
    weighing->scope = POLE_ANY_SCOPE;
    if (name.size_bytes == 0)
        return true;
    if (pole_index_find_scope(index, name, &weighing->scope) != POLE_OK)
        return false;
    double rows = 0.0;
    for (uint32_t i = 0; i < index->scheme.count; i++)
        if (index->scheme.entries[i].scope == weighing->scope)
            rows += index->scheme.entries[i].rows;
    weighing->scope_share = rows / index->positions.rows;
    if (weighing->scope_share > 0.0)
        weighing->kinds |= POLE_EVIDENCE_SCOPE;
    return true;
}

static pole_status take_second(pole_weighing *weighing, const pole_heard *heard, uint32_t kind,
                               const pole_channel_prepared *channel, pole_likely_list *list,
                               pole_sight *sight)
{
    if (heard == NULL)
        return POLE_OK;
    const pole_status status = pole_readings_find(weighing->index, channel, heard, list);
    if (status != POLE_OK)
        return status;
    pole_sight_prepare(sight, weighing->index, list, kind == POLE_EVIDENCE_THEN);
    weighing->kinds |= kind;
    return POLE_OK;
}

static pole_status take_names(pole_weighing *weighing, pole_resolve_work *work)
{
    const pole_evidence *given = &weighing->given;
    pole_status status = POLE_OK;
    if (given->street.size_bytes > 0) {
        status = pole_street_query_prepare(&work->street, weighing->index, given->street);
        weighing->street = &work->street;
        weighing->street_unmatched = work->street.unmatched;
        weighing->kinds |= POLE_EVIDENCE_STREET;
    }
    if (given->district.size_bytes > 0 && status == POLE_OK) {
        status = pole_district_query_prepare(&work->district, weighing->index, given->district);
        weighing->district = &work->district;
        weighing->kinds |= POLE_EVIDENCE_DISTRICT;
    }
    return status;
}

pole_status pole_weighing_prepare(pole_weighing *weighing, const pole_index *index,
                                  const pole_evidence *given, pole_span scope,
                                  const pole_channel_prepared *channel, pole_resolve_work *work)
{
    memset(weighing, 0, sizeof *weighing);
    weighing->index = index;
    weighing->given = *given;
    if (!take_hint(weighing) || !take_digits(weighing) || !take_limits(weighing) ||
        !take_scope(weighing, scope))
        return POLE_INVALID_ARGUMENT;
    pole_status status = take_names(weighing, work);
    if (status == POLE_OK)
        status = take_second(weighing, given->also, POLE_EVIDENCE_ALSO, channel, &work->also,
                             &weighing->also);
    if (status == POLE_OK)
        status = take_second(weighing, given->then, POLE_EVIDENCE_THEN, channel, &work->then,
                             &weighing->then);
    return status;
}
