/* SPDX-License-Identifier: MIT
 * From what was heard to the poles that it names. Mishearing is not weighed here yet, so no
 * confidence is claimed: the code is in the table, or it is not. */
#include <polelookup/resolve.h>

#include "base/abi.h"
#include "index/index.h"
#include "lookup/resolution.h"
#include "speech/heard.h"

void pole_resolve_options_init(pole_resolve_options *options)
{
    memset(options, 0, sizeof *options);
    options->struct_size = sizeof *options;
}

uint32_t pole_index_lengths(const pole_index *index)
{
    return index ? index->scheme.lengths : 0;
}

/* The poles that a text names, by code or by alias, each once. */
typedef struct {
    pole_row rows[POLE_MOST_CANDIDATES];
    pole_draft_alias aliases[POLE_MOST_CANDIDATES]; /* by which; alias 0: by its code */
    size_t listed;
    size_t found; /* listed or not */
    size_t by_code;
} named_poles;

static void name_pole(named_poles *named, pole_row row, pole_draft_alias alias)
{
    for (size_t i = 0; i < named->listed; i++)
        if (named->rows[i] == row)
            return;
    named->found++;
    if (named->listed == POLE_MOST_CANDIDATES)
        return;
    named->rows[named->listed] = row;
    named->aliases[named->listed++] = alias;
}

static bool in_scope(const pole_index *index, pole_row row, uint16_t scope)
{
    return scope == POLE_ANY_SCOPE || pole_scheme_entry_of(&index->scheme, row)->scope == scope;
}

static void find_by_code(const pole_index *index, const pole_heard *heard, uint16_t scope,
                         named_poles *named)
{
    const pole_draft_alias none = {0, 0, 0};
    pole_row rows[POLE_MOST_CANDIDATES];
    pole_code code = {0, scope, 0, 0};
    if (heard->count == 0 ||
        !pole_digits_parse(pole_heard_digits(heard), &code.number, &code.digits))
        return;
    (void)pole_index_find_all(index, code, rows, POLE_MOST_CANDIDATES, &named->by_code);
    for (size_t i = 0; i < named->by_code && i < POLE_MOST_CANDIDATES; i++)
        name_pole(named, rows[i], none);
    named->found = named->by_code;
}

static void find_by_alias(const pole_index *index, const pole_heard *heard, uint16_t scope,
                          named_poles *named)
{
    pole_text_number text;
    uint32_t first, count;
    if (!pole_strings_find(&index->strings, pole_heard_text(heard), &text) || text == 0)
        return;
    pole_aliases_range(&index->aliases, text, &first, &count);
    for (uint32_t i = 0; i < count; i++) {
        const pole_draft_alias alias = pole_alias_at(&index->aliases, first + i);
        if (in_scope(index, alias.row, scope))
            name_pole(named, alias.row, alias);
    }
}

/* Without weighed rivals: what the counts alone say, and the question that would settle it. */
static void judge(const named_poles *named, const pole_heard *heard, pole_answer *answer)
{
    if (named->found == 1 && named->by_code == 1) {
        answer->match = POLE_EXACT;
        answer->question = POLE_ASK_READ_BACK;
    } else if (named->found > 0) {
        answer->match = POLE_AMBIGUOUS;
        answer->question = named->by_code > 1 ? POLE_ASK_COUNTY : POLE_ASK_OBJECT;
        if (named->by_code > 1)
            answer->warnings |= POLE_WARN_SCOPE_NEEDED;
    } else if (heard->count > 0) {
        answer->match = POLE_UNKNOWN;
        answer->question = POLE_ASK_OBJECT;
    } else {
        answer->match = POLE_NO_CODE;
        answer->reason = heard->reason;
        answer->question =
            heard->reason == POLE_REASON_TOO_FEW || heard->reason == POLE_REASON_TOO_MANY
                ? POLE_ASK_DIGITS
                : POLE_ASK_OBJECT;
        if (answer->question == POLE_ASK_DIGITS)
            answer->warnings |= POLE_WARN_OTHER_LENGTH;
    }
    if (named->found > 0)
        answer->warnings |= POLE_WARN_UNCORROBORATED;
    answer->candidates_found = (uint32_t)named->found;
}

pole_status pole_resolve(const pole_index *index, const pole_heard *heard,
                         const pole_resolve_options *options, pole_resolution *resolution)
{
    pole_resolve_options taken;
    uint16_t scope = POLE_ANY_SCOPE;
    named_poles named;
    pole_resolve_options_init(&taken);
    if (index == NULL || heard == NULL || resolution == NULL ||
        !pole_options_take(&taken, sizeof taken, options) ||
        (taken.scope.size_bytes > 0 &&
         pole_index_find_scope(index, taken.scope, &scope) != POLE_OK))
        return POLE_INVALID_ARGUMENT;
    memset(&named, 0, sizeof named);
    find_by_code(index, heard, scope, &named);
    find_by_alias(index, heard, scope, &named);
    pole_status status =
        pole_resolution_begin(resolution, index, pole_heard_query(heard), pole_heard_digits(heard));
    const uint32_t limit = pole_resolution_limit(taken.limit);
    for (size_t i = 0; i < named.listed && i < limit && status == POLE_OK; i++)
        status = pole_resolution_add(resolution, named.rows[i],
                                     named.aliases[i].alias ? &named.aliases[i] : NULL, taken.crs);
    if (status != POLE_OK) {
        resolution->answer.candidates = 0;
        return status;
    }
    judge(&named, heard, &resolution->answer);
    return POLE_OK;
}
