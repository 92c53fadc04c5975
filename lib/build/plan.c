/* SPDX-License-Identifier: MIT
 * See plan.h. */
#include "build/plan.h"

#include "base/decimal.h"
#include "base/status.h"
#include "base/utf8.h"
#include "build/findings.h"

#define MAX_USED 65534u
#define FIRST_SLOTS 64u

static bool same_word(pole_span text, const char *word)
{
    return pole_span_equal(text, pole_span_of(word));
}

static uint8_t field_kind_of(pole_span word)
{
    static const char *const words[] = {NULL, "district", "station", "street", "pole", "other"};
    for (unsigned kind = POLE_FIELD_DISTRICT; kind <= POLE_FIELD_OTHER; kind++)
        if (same_word(word, words[kind]))
            return (uint8_t)kind;
    return 0;
}

/* Takes the text up to the next `separator` off *rest, trimmed. */
static pole_span take_part(pole_span *rest, char separator)
{
    pole_span part = *rest;
    const char *end = memchr(rest->data, separator, rest->size_bytes);
    if (end) {
        part.size_bytes = (size_t)(end - rest->data);
        rest->data = end + 1;
        rest->size_bytes -= part.size_bytes + 1;
    } else {
        *rest = (pole_span){NULL, 0};
    }
    return pole_utf8_trim(part);
}

/* One "FIELD:DIGITS". NULL, or what is wrong with it. */
static const char *add_field(pole_stated_scheme *scheme, pole_span text)
{
    pole_span width_text = text;
    const pole_span word = take_part(&width_text, ':');
    const uint8_t kind = field_kind_of(word);
    uint64_t width;
    if (kind == 0)
        return "a field is one of district, station, street, pole, other";
    if (width_text.data == NULL || !pole_decimal_to_u64(pole_utf8_trim(width_text), 9, &width) ||
        width == 0)
        return "behind a field stands its count of digits, such as street:2";
    for (unsigned i = 0; i < scheme->field_count; i++)
        if (scheme->field_kind[i] == kind && kind != POLE_FIELD_OTHER)
            return "a field stands there twice";
    if (scheme->digits + width > POLE_MAX_DIGITS)
        return "a code has at most 9 digits";
    scheme->digits = (uint8_t)(scheme->digits + width);
    scheme->field_kind[scheme->field_count] = kind;
    scheme->field_width[scheme->field_count++] = (uint8_t)width;
    if (kind == POLE_FIELD_STATION)
        scheme->station_digits = scheme->digits;
    return NULL;
}

/* The scope before the last '/', if any; *text keeps what follows. */
static bool take_scope(pole_span *text, pole_span *scope)
{
    for (size_t i = text->size_bytes; i > 0; i--) {
        if (text->data[i - 1] != '/')
            continue;
        scope->data = text->data;
        scope->size_bytes = i - 1;
        *scope = pole_utf8_trim(*scope);
        text->data += i;
        text->size_bytes -= i;
        return true;
    }
    *scope = pole_span_of("");
    return false;
}

static const char *read_scheme(pole_span text, pole_stated_scheme *scheme, pole_span *scope)
{
    memset(scheme, 0, sizeof *scheme);
    take_scope(&text, scope);
    scheme->any_scope = same_word(*scope, "*");
    if (pole_utf8_trim(text).size_bytes == 0)
        return "it has no field";
    while (text.data) {
        const char *fault = add_field(scheme, take_part(&text, ','));
        if (fault)
            return fault;
    }
    return NULL;
}

static bool is_stated(const pole_plan *plan, const pole_stated_scheme *scheme)
{
    for (size_t i = 0; i < plan->stated_count; i++) {
        const pole_stated_scheme *other = plan->stated + i;
        if (other->any_scope == scheme->any_scope && other->scope == scheme->scope &&
            other->digits == scheme->digits)
            return true;
    }
    return false;
}

static pole_status add_scheme(pole_plan *plan, pole_span text, pole_texts *texts, pole_error *error)
{
    pole_stated_scheme scheme;
    pole_span scope;
    const char *fault = read_scheme(text, &scheme, &scope);
    if (fault == NULL && pole_utf8_first_bad(scope.data, scope.size_bytes) < scope.size_bytes)
        fault = "its scope is not UTF-8";
    if (fault == NULL && !scheme.any_scope) {
        const pole_status status = pole_texts_add(texts, scope, &scheme.scope);
        if (status != POLE_OK)
            return pole_fail(error, status, "there is not enough memory for the schemes");
    }
    if (fault == NULL && is_stated(plan, &scheme))
        fault = "the same scope and length stand there twice";
    if (fault) {
        const pole_status status =
            pole_fail(error, POLE_INVALID_ARGUMENT, "scheme '%s': %s", pole_show(text).text, fault);
        pole_fail_hint(error, "for example district:1,station:2,street:2,pole:2;*/pole:5");
        return status;
    }
    if (!pole_grow_array(&plan->allocator, (void **)&plan->stated, &plan->stated_capacity,
                         plan->stated_count + 1, sizeof *plan->stated))
        return pole_fail(error, POLE_NO_MEMORY, "there is not enough memory for the schemes");
    plan->stated[plan->stated_count++] = scheme;
    return POLE_OK;
}

pole_status pole_plan_init(pole_plan *plan, const char *schemes, pole_texts *texts,
                           const pole_allocator *allocator, pole_error *error)
{
    memset(plan, 0, sizeof *plan);
    plan->allocator = *allocator;
    plan->slots = pole_allocate_zeroed(allocator, FIRST_SLOTS, sizeof *plan->slots);
    if (plan->slots == NULL)
        return pole_fail(error, POLE_NO_MEMORY, "there is not enough memory for the schemes");
    plan->slot_count = FIRST_SLOTS;
    pole_span rest = pole_span_of(schemes ? schemes : POLE_DEFAULT_SCHEME);
    pole_status status = POLE_OK;
    do
        status = add_scheme(plan, take_part(&rest, ';'), texts, error);
    while (status == POLE_OK && rest.data != NULL && rest.size_bytes > 0);
    return status;
}

void pole_plan_free(pole_plan *plan)
{
    if (plan->allocator.release == NULL)
        return;
    pole_release(&plan->allocator, plan->stated);
    pole_release(&plan->allocator, plan->used);
    pole_release(&plan->allocator, plan->slots);
    memset(plan, 0, sizeof *plan);
}

static bool has_own(const pole_plan *plan, pole_text_number scope)
{
    for (size_t i = 0; i < plan->stated_count; i++)
        if (!plan->stated[i].any_scope && plan->stated[i].scope == scope)
            return true;
    return false;
}

static bool applies(const pole_stated_scheme *scheme, pole_text_number scope, bool own)
{
    return own ? !scheme->any_scope && scheme->scope == scope : scheme->any_scope;
}

uint32_t pole_plan_lengths(const pole_plan *plan, pole_text_number scope)
{
    const bool own = has_own(plan, scope);
    uint32_t lengths = 0;
    for (size_t i = 0; i < plan->stated_count; i++)
        if (applies(plan->stated + i, scope, own))
            lengths |= 1u << plan->stated[i].digits;
    return lengths;
}

bool pole_plan_names_station(const pole_plan *plan, pole_text_number scope, uint8_t digits)
{
    const bool own = has_own(plan, scope);
    for (size_t i = 0; i < plan->stated_count; i++)
        if (applies(plan->stated + i, scope, own) && plan->stated[i].station_digits == digits)
            return digits > 0;
    return false;
}

static size_t slot_of(const pole_plan *plan, pole_text_number scope, uint8_t digits)
{
    const uint64_t key = (uint64_t)scope << 4 | digits;
    return (size_t)(key * 0x9E3779B97F4A7C15u >> 32) & (plan->slot_count - 1);
}

static bool grow_slots(pole_plan *plan)
{
    const size_t wanted = plan->slot_count * 2;
    uint32_t *slots = pole_allocate_zeroed(&plan->allocator, wanted, sizeof *slots);
    if (slots == NULL)
        return false;
    pole_release(&plan->allocator, plan->slots);
    plan->slots = slots;
    plan->slot_count = wanted;
    for (size_t i = 0; i < plan->used_count; i++) {
        const pole_used_scheme *used = plan->used + i;
        size_t slot = slot_of(plan, used->scope, plan->stated[used->stated].digits);
        while (slots[slot] != 0)
            slot = (slot + 1) & (wanted - 1);
        slots[slot] = (uint32_t)i + 1;
    }
    return true;
}

static pole_status add_used(pole_plan *plan, pole_text_number scope, uint8_t digits, uint16_t *used)
{
    const bool own = has_own(plan, scope);
    size_t stated = 0;
    while (stated < plan->stated_count &&
           !(applies(plan->stated + stated, scope, own) && plan->stated[stated].digits == digits))
        stated++;
    if (stated == plan->stated_count)
        return POLE_NOT_FOUND;
    if (plan->used_count >= MAX_USED)
        return POLE_LIMIT;
    if (2 * (plan->used_count + 1) > plan->slot_count && !grow_slots(plan))
        return POLE_NO_MEMORY;
    if (!pole_grow_array(&plan->allocator, (void **)&plan->used, &plan->used_capacity,
                         plan->used_count + 1, sizeof *plan->used))
        return POLE_NO_MEMORY;
    size_t slot = slot_of(plan, scope, digits);
    while (plan->slots[slot] != 0)
        slot = (slot + 1) & (plan->slot_count - 1);
    *used = (uint16_t)plan->used_count;
    plan->used[plan->used_count++] = (pole_used_scheme){scope, (uint32_t)stated};
    plan->slots[slot] = (uint32_t)plan->used_count;
    return POLE_OK;
}

pole_status pole_plan_use(pole_plan *plan, pole_text_number scope, uint8_t digits, uint16_t *used)
{
    const size_t mask = plan->slot_count - 1;
    for (size_t slot = slot_of(plan, scope, digits); plan->slots[slot] != 0;
         slot = (slot + 1) & mask) {
        const uint32_t place = plan->slots[slot] - 1;
        if (plan->used[place].scope == scope &&
            plan->stated[plan->used[place].stated].digits == digits) {
            *used = (uint16_t)place;
            return POLE_OK;
        }
    }
    return add_used(plan, scope, digits, used);
}
