/* SPDX-License-Identifier: MIT
 * See evidence.h. */
#include "resolve/evidence.h"

#include "geo/e7.h"
#include "geo/ring.h"

/* A ratio that is more than this speaks for a pole, one that is less than its inverse against it:
 * as plain as one wrong digit is rare among few. */
#define SPEAKS 2.0

void pole_evidence_init(pole_evidence *evidence)
{
    memset(evidence, 0, sizeof *evidence);
    evidence->struct_size = sizeof *evidence;
}

static double digits_ratio(const pole_weighing *weighing, pole_row row)
{
    const pole_code code = pole_index_code_of(weighing->index, row);
    double ratio = 1.0;
    char digits[10];
    pole_digits_write(code.number, code.digits, digits);
    for (uint32_t i = 0; i < weighing->given.digit_count; i++) {
        const pole_known_digit *known = weighing->given.digits + i;
        const bool right =
            known->position <= code.digits && digits[known->position - 1] == '0' + known->digit;
        /* Nothing known, each of the ten is as likely. */
        ratio *= 10.0 * (right ? 1.0 - POLE_DIGIT_WRONG : POLE_DIGIT_WRONG / 9.0);
    }
    return ratio;
}

static double scope_ratio(const pole_weighing *weighing, pole_row row)
{
    const pole_scheme_entry *entry = pole_scheme_entry_of(&weighing->index->scheme, row);
    const double share = weighing->scope_share;
    if (share >= 1.0)
        return 1.0;
    return entry->scope == weighing->scope ? (1.0 - POLE_SCOPE_WRONG) / share
                                           : POLE_SCOPE_WRONG / (1.0 - share);
}

static bool in_box(const pole_box *box, pole_point at)
{
    const bool across = box->east_deg < box->west_deg;
    const bool lon = across ? at.lon_deg >= box->west_deg || at.lon_deg <= box->east_deg
                            : at.lon_deg >= box->west_deg && at.lon_deg <= box->east_deg;
    return lon && at.lat_deg >= box->south_deg && at.lat_deg <= box->north_deg;
}

static pole_vertex vertex_of(pole_point at)
{
    return (pole_vertex){pole_round_e7(at.lat_deg), pole_round_e7(at.lon_deg)};
}

static bool in_polygon(const pole_evidence *given, pole_point at)
{
    const pole_point *ring = given->polygon;
    unsigned bits = 0;
    for (size_t i = 0; i < given->polygon_ring_count; i++) {
        const size_t count = given->polygon_rings[i];
        for (size_t k = 0; k < count; k++) {
            const unsigned side = pole_side_of_point(
                vertex_of(ring[k]), vertex_of(ring[(k + 1) % count]), vertex_of(at));
            bits = (bits ^ (side & POLE_SIDE_CROSSES)) | (side & POLE_SIDE_HOLDS);
        }
        ring += count;
    }
    return pole_place_of_sides(bits) != POLE_OUTSIDE;
}

static double hard_ratio(const pole_weighing *weighing, uint32_t kind, pole_point at)
{
    const bool inside = kind == POLE_EVIDENCE_BOX ? in_box(weighing->given.box, at)
                                                  : in_polygon(&weighing->given, at);
    return inside ? 1.0 : 0.0;
}

double pole_weigh_kind(const pole_weighing *weighing, uint32_t kind, pole_row row)
{
    const pole_positions *positions = &weighing->index->positions;
    switch (kind) {
    case POLE_EVIDENCE_HINT:
        return pole_hint_ratio(&weighing->hint, pole_position_lat_e7(positions, row),
                               pole_position_lon_e7(positions, row));
    case POLE_EVIDENCE_STREET:
        return pole_street_ratio_at(weighing->street, weighing->index, row);
    case POLE_EVIDENCE_DISTRICT:
        return pole_district_ratio(weighing->district, weighing->index, row);
    case POLE_EVIDENCE_SCOPE:
        return scope_ratio(weighing, row);
    case POLE_EVIDENCE_ALSO:
        return pole_sight_ratio(&weighing->also, row);
    case POLE_EVIDENCE_THEN:
        return pole_sight_ratio(&weighing->then, row);
    case POLE_EVIDENCE_DIGIT:
        return digits_ratio(weighing, row);
    default:
        return hard_ratio(weighing, kind, pole_position_at(positions, row));
    }
}

double pole_weigh_names(const pole_weighing *weighing, pole_row row)
{
    double ratio = 1.0;
    for (uint32_t kinds = weighing->kinds & ~(POLE_HARD_EVIDENCE | POLE_PLACE_EVIDENCE); kinds != 0;
         kinds &= kinds - 1)
        ratio *= pole_weigh_kind(weighing, kinds & -kinds, row);
    return ratio;
}

bool pole_weigh_allows(const pole_weighing *weighing, pole_row row)
{
    for (uint32_t kinds = weighing->kinds & POLE_HARD_EVIDENCE; kinds != 0; kinds &= kinds - 1)
        if (!(pole_weigh_kind(weighing, kinds & -kinds, row) > 0.0))
            return false;
    return true;
}

double pole_weigh_street(const pole_weighing *weighing, pole_row row)
{
    const uint32_t kinds = POLE_EVIDENCE_STREET | POLE_EVIDENCE_DISTRICT | POLE_EVIDENCE_SCOPE;
    double ratio = 1.0;
    for (uint32_t left = weighing->kinds & kinds; left != 0; left &= left - 1)
        ratio *= pole_weigh_kind(weighing, left & -left, row);
    return ratio;
}

double pole_weigh_place(const pole_weighing *weighing, uint32_t kind, pole_point at)
{
    if (kind == POLE_EVIDENCE_HINT)
        return pole_hint_ratio(&weighing->hint, pole_round_e7(at.lat_deg),
                               pole_round_e7(at.lon_deg));
    return kind & POLE_HARD_EVIDENCE ? hard_ratio(weighing, kind, at) : 1.0;
}

/* Far out in the tail a hint may still be believed to be the pole's, but it is no support. */
static int32_t hint_agrees(const pole_hint *hint, int32_t lat_e7, int32_t lon_e7)
{
    if (pole_hint_agreement(hint, lat_e7, lon_e7) < 0.5)
        return -1;
    return pole_hint_holds(hint, lat_e7, lon_e7) ? 1 : 0;
}

int32_t pole_weigh_agrees(const pole_weighing *weighing, uint32_t kind, pole_row row)
{
    const pole_positions *positions = &weighing->index->positions;
    if ((weighing->kinds & kind) == 0)
        return 0;
    if (kind == POLE_EVIDENCE_HINT)
        return hint_agrees(&weighing->hint, pole_position_lat_e7(positions, row),
                           pole_position_lon_e7(positions, row));
    const double ratio = pole_weigh_kind(weighing, kind, row);
    if (kind & POLE_HARD_EVIDENCE)
        return ratio > 0.0 ? 1 : -1;
    return ratio >= SPEAKS ? 1 : ratio <= 1.0 / SPEAKS ? -1 : 0;
}
