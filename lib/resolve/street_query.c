/* SPDX-License-Identifier: MIT
 * See street_query.h. */
#include "resolve/street_query.h"

#include <math.h>

#include "base/utf8.h"
#include "index/tree_search.h"
#include "resolve/street_fit.h"

#define PATIENCE_PER_UNIT 0.9f
#define MOST_PATIENCE 3.6f
#define NOT_YET (-1.0f) /* a cost that is not known; costs are 0 or more */

void pole_street_query_init(pole_street_query *query, const pole_allocator *allocator)
{
    memset(query, 0, sizeof *query);
    query->allocator = pole_allocator_or_default(allocator);
    query->floor = 1.0;
    pole_type_words_read(&query->words);
}

void pole_street_query_free(pole_street_query *query)
{
    pole_release(&query->allocator, query->ratios);
    query->ratios = NULL;
    query->capacity = 0;
    query->count = 0;
}

static float patience_with(const pole_street_name *name)
{
    const float patience =
        PATIENCE_PER_UNIT * ((float)name->count + (name->ordinal >= 0 ? 1.0f : 0.0f));
    return patience < MOST_PATIENCE ? patience : MOST_PATIENCE;
}

typedef struct {
    pole_street_name forms[POLE_NAME_FORMS];
    unsigned count;
} said_name;

/* The least cost of any form of what was said and any name in the table's text; *patience: with
 * the form that has it. */
static float least_cost(const said_name *said, pole_span text, const pole_type_words *words,
                        float *patience)
{
    pole_street_name names[POLE_NAME_FORMS];
    const unsigned count = pole_street_names(text, false, words, names);
    float least = POLE_FIT_NEVER;
    *patience = 0;
    for (unsigned i = 0; i < count; i++)
        for (unsigned j = 0; j < said->count; j++) {
            const float cost = pole_street_fit(said->forms + j, names + i);
            if (cost >= least)
                continue;
            least = cost;
            *patience = patience_with(said->forms + j);
        }
    return least;
}

/* Costs of all distinct texts of the attribute; returns the patience with the best. */
static float find_costs(pole_street_query *query, const pole_index *index, const said_name *said)
{
    const pole_run_list *runs = index->attributes.lists + query->attribute;
    float patience_of_best = 0;
    query->cost = POLE_FIT_NEVER;
    for (uint32_t i = 0; i < runs->runs; i++) {
        const pole_text_number name = pole_load_u32(runs->values + 4 * (size_t)i);
        float patience;
        if (name == 0 || query->ratios[name] >= 0)
            continue;
        const float cost =
            least_cost(said, pole_strings_at(&index->strings, name), &query->words, &patience);
        query->ratios[name] = cost;
        if (cost > query->cost || (cost == query->cost && name > query->best))
            continue;
        query->cost = cost;
        query->best = name;
        patience_of_best = patience;
    }
    return patience_of_best;
}

/* Costs to ratios, as the header says. */
static void find_ratios(pole_street_query *query, float patience, double span)
{
    const double trust = 1.0 / (1.0 + exp((double)query->cost - (double)patience));
    const double low = 1.0 / sqrt(span), high = sqrt(span);
    query->unmatched = query->cost > patience || query->best == 0;
    if (query->unmatched) {
        query->best = 0;
        query->count = 0;
        return;
    }
    query->floor = 1.0 - trust + trust * low;
    for (uint32_t i = 0; i < query->count; i++) {
        if (query->ratios[i] < 0) {
            query->ratios[i] = 1.0f;
            continue;
        }
        const double fit = exp((double)(query->cost - query->ratios[i]));
        query->ratios[i] = (float)(query->floor + trust * (high - low) * fit);
    }
}

static pole_status prepare(pole_street_query *query, const pole_index *index, pole_span said,
                           unsigned attribute, double span)
{
    said_name name;
    const uint32_t texts = index->strings.count;
    query->attribute = attribute;
    query->count = 0;
    query->best = 0;
    query->cost = 0;
    query->floor = 1.0;
    query->unmatched = false;
    if (pole_utf8_trim(said).size_bytes == 0)
        return POLE_OK;
    name.count = pole_street_names(said, true, &query->words, name.forms);
    if (name.count == 0) {
        query->unmatched = true;
        return POLE_OK;
    }
    if (!pole_grow_array(&query->allocator, (void **)&query->ratios, &query->capacity, texts,
                         sizeof *query->ratios))
        return POLE_NO_MEMORY;
    query->count = texts;
    for (uint32_t i = 0; i < texts; i++)
        query->ratios[i] = NOT_YET;
    find_ratios(query, find_costs(query, index, &name), span);
    return POLE_OK;
}

pole_status pole_street_query_prepare(pole_street_query *query, const pole_index *index,
                                      pole_span said)
{
    return prepare(query, index, said, POLE_ATTRIBUTE_STREET, POLE_STREET_SPAN);
}

pole_status pole_district_query_prepare(pole_street_query *query, const pole_index *index,
                                        pole_span said)
{
    return prepare(query, index, said, POLE_ATTRIBUTE_DISTRICT,
                   (1.0 - POLE_DISTRICT_WRONG) / POLE_DISTRICT_WRONG);
}

/* More poles than a crossing has within sight: what is beyond the nearest is left out. */
#define SIGHT_POLES 48

double pole_street_ratio_at(const pole_street_query *query, const pole_index *index, pole_row row)
{
    if (query->count == 0)
        return 1.0;
    const double own =
        pole_street_ratio(query, pole_attribute_at(&index->attributes, query->attribute, row));
    const double best = pole_street_ratio(query, query->best);
    if (own >= query->floor + POLE_STREET_CROSSING * (best - query->floor))
        return own;
    pole_hit hits[SIGHT_POLES];
    const size_t found =
        pole_tree_within_radius(&index->tree, pole_position_at(&index->positions, row),
                                POLE_STREET_SIGHT_M, hits, SIGHT_POLES);
    double crossing = query->floor;
    for (size_t i = 0; i < found && i < SIGHT_POLES; i++) {
        const pole_text_number street =
            pole_attribute_at(&index->attributes, query->attribute, hits[i].row);
        if (street != 0 && pole_street_ratio(query, street) > crossing)
            crossing = pole_street_ratio(query, street);
    }
    crossing = query->floor + POLE_STREET_CROSSING * (crossing - query->floor);
    return own > crossing ? own : crossing;
}

double pole_district_ratio(const pole_street_query *query, const pole_index *index, pole_row row)
{
    return pole_street_ratio(query, pole_attribute_at(&index->attributes, query->attribute, row));
}
