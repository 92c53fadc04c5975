/* SPDX-License-Identifier: MIT
 * See verify.h. */
#include "lookup/verify.h"

#include "base/status.h"
#include "index/index.h"
#include "lookup/assign.h"

static const char *difference(const pole_index *index, pole_row row,
                              const pole_assignment *assignment)
{
    const pole_assignments *stored = &index->assignments;
    if (pole_assigned(stored->responsible, stored->width, row) != assignment->responsible)
        return "the station whose area holds it";
    if (pole_assigned(stored->nearest, stored->width, row) != assignment->nearest)
        return "the nearest station";
    if (stored->edge_m[row] != assignment->edge_m)
        return "the distance to the next area";
    return NULL;
}

static pole_status verify_assignments(const pole_index *index, pole_error *error)
{
    pole_assigner assigner;
    pole_status status =
        pole_assigner_init(&assigner, &index->stations, &index->areas, &index->allocator);
    if (status != POLE_OK)
        return pole_fail(error, status, "no memory to verify the index");
    for (pole_row row = 0; row < index->positions.rows && status == POLE_OK; row++) {
        const pole_assignment assignment =
            pole_assign(&assigner, pole_position_lat_e7(&index->positions, row),
                        pole_position_lon_e7(&index->positions, row));
        const char *what = difference(index, row, &assignment);
        if (what == NULL)
            continue;
        char digits[POLE_MAX_DIGITS + 1];
        const pole_code code = pole_index_code_of(index, row);
        pole_digits_write(code.number, code.digits, digits);
        status = pole_fail(error, POLE_DAMAGED, "pole %s: %s is stored otherwise than it is",
                           digits, what);
        pole_fail_hint(error, "Build the index again.");
    }
    pole_assigner_free(&assigner, &index->allocator);
    return status;
}

pole_status pole_index_verify_tables(const pole_index *index, pole_error *error)
{
    const pole_status status = pole_index_verify_id(index, error);
    return status == POLE_OK ? verify_assignments(index, error) : status;
}
