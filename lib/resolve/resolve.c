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
    pole_code code; /* digits 0: none was heard */
} named_poles;

static void list_pole(named_poles *named, pole_row row, pole_draft_alias alias)
{
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
    named->code = code;
    (void)pole_index_find_all(index, code, rows, POLE_MOST_CANDIDATES, &named->by_code);
    for (size_t i = 0; i < named->by_code && i < POLE_MOST_CANDIDATES; i++)
        list_pole(named, rows[i], none);
    named->found = named->by_code;
}

/* Whether a pole is named by its code already. */
static bool is_named(const pole_index *index, const named_poles *named, pole_row row)
{
    const pole_code code = pole_index_code_of(index, row);
    return code.digits == named->code.digits && code.number == named->code.number;
}

/* Places in the list of aliases, in order of row. */
typedef struct {
    uint32_t at, end;
} alias_range;

static alias_range aliases_named(const pole_index *index, pole_span text)
{
    pole_text_number number;
    alias_range range = {0, 0};
    if (text.size_bytes > 0 && pole_strings_find(&index->strings, text, &number)) {
        uint32_t count;
        pole_aliases_range(&index->aliases, number, &range.at, &count);
        range.end = range.at + count;
    }
    return range;
}

/* The one of the lower row; the list must not be at its end in both. */
static pole_draft_alias take_lower(const pole_index *index, alias_range *a, alias_range *b)
{
    const pole_draft_alias none = {0, 0, POLE_NO_ROW};
    const pole_draft_alias x = a->at < a->end ? pole_alias_at(&index->aliases, a->at) : none;
    const pole_draft_alias y = b->at < b->end ? pole_alias_at(&index->aliases, b->at) : none;
    if (x.row <= y.row) {
        a->at++;
        return x;
    }
    b->at++;
    return y;
}

/* By the text as it stands, and by its digits: "123-4567" is the number 1234567 of another owner
 * as well as the code. */
static void find_by_alias(const pole_index *index, const pole_heard *heard, uint16_t scope,
                          named_poles *named)
{
    const pole_span text = pole_heard_text(heard), digits = pole_heard_digits(heard);
    alias_range by_text = aliases_named(index, text);
    alias_range by_digits = {0, 0};
    if (!pole_span_equal(text, digits))
        by_digits = aliases_named(index, digits);
    pole_row last = POLE_NO_ROW;
    while (by_text.at < by_text.end || by_digits.at < by_digits.end) {
        const pole_draft_alias alias = take_lower(index, &by_text, &by_digits);
        /* Several owners may have one number on one pole. */
        if (alias.row == last || !in_scope(index, alias.row, scope) ||
            is_named(index, named, alias.row))
            continue;
        last = alias.row;
        list_pole(named, alias.row, alias);
        named->found++;
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
         pole_index_find_scope(index, taken.scope, &scope) != POLE_OK)) {
        pole_resolution_forget(resolution);
        return POLE_INVALID_ARGUMENT;
    }
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
        pole_resolution_forget(resolution);
        return status;
    }
    judge(&named, heard, &resolution->answer);
    return POLE_OK;
}
