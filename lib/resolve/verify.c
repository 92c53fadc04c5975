/* SPDX-License-Identifier: MIT
 * All of an index against itself: what follows from its tables is worked out again. */
#include "lookup/verify.h"

#include "base/status.h"
#include "resolve/rivals.h"

pole_status pole_index_verify(const pole_index *index, pole_error *error)
{
    pole_error_clear(error);
    if (index == NULL)
        return pole_fail(error, POLE_INVALID_ARGUMENT, "no index was given");
    const pole_status status = pole_index_verify_tables(index, error);
    return status == POLE_OK ? pole_rivals_verify(index, error) : status;
}
