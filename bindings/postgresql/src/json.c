/* SPDX-License-Identifier: MIT
 *
 * The library's JSON as jsonb. */
#include "json.h"

#include "utils/fmgrprotos.h"

#include "raise.h"
#include "text.h"

Datum json_datum(json_writer write, const void *context)
{
    size_t room = 4096;
    size_t needed = 0;
    char *json = palloc(room);
    pole_status status = write(context, json, room, &needed);

    if (status == POLE_LIMIT && needed > room) {
        room = needed;
        json = palloc(room);
        status = write(context, json, room, &needed);
    }
    raise_unless_ok(status, NULL);
    return DirectFunctionCall1(jsonb_in, CStringGetDatum(text_to_server(json)));
}
