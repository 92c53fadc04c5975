/* SPDX-License-Identifier: MIT
 * See channel_oracle.h. */
#include "support/channel_oracle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const oracle_class_names[ORACLE_CLASSES] = {
    "clean",     "sub_phon", "sub_vis", "sub_key", "transp",    "jump_transp", "twin",
    "jump_twin", "teen",     "omit",    "haplo",   "stutter",   "insert",      "sub2",
    "omit_sub",  "erase1",   "erase2",  "erase3",  "erase_sub", "partial",     "none"};
enum {
    CLEAN,
    SUB_PHON,
    SUB_VIS,
    SUB_KEY,
    TRANSP,
    JUMP_TRANSP,
    TWIN,
    JUMP_TWIN,
    TEEN,
    OMIT,
    HAPLO,
    STUTTER,
    INSERT,
    SUB2,
    OMIT_SUB,
    ERASE1,
    ERASE2,
    ERASE3,
    ERASE_SUB,
    PARTIAL
};

static int class_named(const char *name)
{
    for (int i = 0; i < ORACLE_CLASSES; i++)
        if (strcmp(name, oracle_class_names[i]) == 0)
            return i;
    return -1;
}

/* The name without ":language"; NULL when the row is another language's. */
static char *name_in(char *cell, const char *language)
{
    char *colon = strchr(cell, ':');
    if (colon == NULL)
        return cell;
    *colon = '\0';
    return strcmp(colon + 1, language) == 0 ? cell : NULL;
}

static void take_row(oracle_channel *channel, char **cells, const char *language)
{
    static const char *const names[] = {"phonetic", "visual", "keypad"};
    double(*const matrices[])[10] = {channel->phonetic, channel->visual, channel->keypad};
    char *name;
    if (strcmp(cells[0], "none") == 0)
        channel->none_is_unlisted = strcmp(cells[1], "unlisted") == 0;
    if (strcmp(cells[0], "shared") == 0 && class_named(cells[1]) >= 0)
        channel->shared[class_named(cells[1])] = strtod(cells[2], NULL);
    if (strcmp(cells[0], "class") == 0 && (name = name_in(cells[1], language)) != NULL &&
        class_named(name) >= 0)
        channel->weight[class_named(name)] = strtod(cells[2], NULL);
    if (strcmp(cells[0], "matrix") == 0 && (name = name_in(cells[1], language)) != NULL)
        for (int m = 0; m < 3; m++)
            for (int b = 0; b < 10 && strcmp(name, names[m]) == 0; b++)
                matrices[m][strtoul(cells[2], NULL, 10) % 10][b] = strtod(cells[3 + b], NULL);
}

static void normalise(double *values, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += values[i];
    for (int i = 0; i < count; i++)
        values[i] /= sum;
}

int oracle_channel_read(oracle_channel *channel, const char *path, const char *language)
{
    char line[512];
    FILE *file = fopen(path, "r");
    memset(channel, 0, sizeof *channel);
    if (file == NULL)
        return -1;
    /* The tables of the project have the common row before that of a language. */
    while (fgets(line, sizeof line, file)) {
        char *cells[16] = {NULL};
        int count = 0;
        if (line[0] == '#')
            continue;
        for (char *cell = strtok(line, "\t\n"); cell && count < 16; cell = strtok(NULL, "\t\n"))
            cells[count++] = cell;
        if (count > 1)
            take_row(channel, cells, language);
    }
    fclose(file);
    normalise(channel->weight, ORACLE_CLASSES);
    for (int a = 0; a < 10; a++) {
        normalise(channel->phonetic[a], 10);
        normalise(channel->visual[a], 10);
        normalise(channel->keypad[a], 10);
    }
    const double *w = channel->weight, sum = w[SUB_PHON] + w[SUB_VIS] + w[SUB_KEY];
    for (int a = 0; a < 10; a++)
        for (int b = 0; b < 10; b++)
            channel->mix[a][b] =
                (w[SUB_PHON] * channel->phonetic[a][b] + w[SUB_VIS] * channel->visual[a][b] +
                 w[SUB_KEY] * channel->keypad[a][b]) /
                sum;
    return 0;
}

void oracle_channel_set_clean(oracle_channel *channel, double clean)
{
    const double own = channel->weight[CLEAN];
    for (int i = 0; i < ORACLE_CLASSES; i++)
        channel->weight[i] *= (1 - clean) / (1 - own);
    channel->weight[CLEAN] = clean;
}

typedef struct {
    const oracle_channel *channel;
    const char *t; /* the code */
    int n;
    oracle_sink sink;
    void *context;
} emission;

static void emit(const emission *e, const char *observed, int which, double probability)
{
    if (probability > 0)
        e->sink(e->context, observed, which, probability);
}

/* Each digit of one place becomes another. */
static void emit_subs(const emission *e, const char *base, int place, double matrix[10][10],
                      int which, double probability)
{
    char s[16];
    strcpy(s, base);
    for (int b = 0; b < 10; b++) {
        s[place] = (char)('0' + b);
        emit(e, s, which, probability * matrix[base[place] - '0'][b]);
    }
}

static void emit_sub(const emission *e, int which, double weight)
{
    oracle_channel *c = (oracle_channel *)e->channel;
    double(*matrix)[10] = which == SUB_VIS ? c->visual : which == SUB_KEY ? c->keypad : c->phonetic;
    for (int i = 0; i < e->n; i++)
        emit_subs(e, e->t, i, matrix, which, weight / e->n);
}

/* The results of a class at each place where it can act; twins get one for each digit. */
typedef struct {
    char text[200][16];
    double share[200]; /* of its place */
    int sites, count;
} site_list;

static void add_site(site_list *list, const char *text, double share)
{
    strcpy(list->text[list->count], text);
    list->share[list->count++] = share;
}

static void site_at(const emission *e, int which, int i, site_list *list)
{
    const char *t = e->t;
    const int jump = which == JUMP_TRANSP || which == JUMP_TWIN, j = i + 1 + jump;
    char s[16];
    if (j >= e->n)
        return;
    strcpy(s, t);
    if (which == TRANSP || which == JUMP_TRANSP) {
        if (t[i] == t[j])
            return;
        s[i] = t[j];
        s[j] = t[i];
        add_site(list, s, 1);
    } else if (which == TWIN || which == JUMP_TWIN) {
        if (t[i] != t[j] || (jump && t[i] == t[i + 1]))
            return;
        for (int b = 0; b < 10; b++) {
            s[i] = s[j] = (char)('0' + b);
            add_site(list, s, e->channel->phonetic[t[i] - '0'][b]);
        }
    } else if (which == TEEN) {
        if (t[i] > '1' && t[j] == '0') {
            s[i] = '1';
            s[j] = t[i];
        } else if (t[i] == '1' && t[j] > '1') {
            s[i] = t[j];
            s[j] = '0';
        } else {
            return;
        }
        add_site(list, s, 1);
    } else { /* HAPLO */
        if (t[i] != t[j])
            return;
        strcpy(s + i, t + j);
        add_site(list, s, 1);
    }
    list->sites++;
}

static void emit_omit(const emission *e, int which, double weight)
{
    char s[16];
    for (int i = 0; i < e->n; i++) {
        strcpy(s, e->t);
        strcpy(s + i, e->t + i + 1);
        if (which == OMIT)
            emit(e, s, which, weight / e->n);
        for (int j = 0; j < e->n - 1 && which == OMIT_SUB; j++)
            emit_subs(e, s, j, ((oracle_channel *)e->channel)->mix, which,
                      weight / e->n / (e->n - 1));
    }
}

/* A class that needs a place of its own, or the simpler one that it falls back to. */
static void emit_sited(const emission *e, int which, double weight)
{
    site_list list = {.sites = 0, .count = 0};
    for (int i = 0; i < e->n; i++)
        site_at(e, which, i, &list);
    for (int i = 0; i < list.count; i++)
        emit(e, list.text[i], which, weight * list.share[i] / list.sites);
    if (list.sites > 0)
        return;
    if (which == HAPLO && e->n > 1)
        emit_omit(e, OMIT, weight);
    else
        emit_sub(e, SUB_PHON, weight);
}

static void emit_longer(const emission *e, int which, double weight)
{
    char s[16];
    for (int i = 0; i <= e->n; i++) {
        strcpy(s, e->t);
        strcpy(s + i + 1, e->t + i);
        for (int d = 0; d < 10 && which == INSERT; d++) {
            s[i] = (char)('0' + d);
            emit(e, s, which, weight / (e->n + 1) / 10);
        }
        if (which == STUTTER && i < e->n) {
            s[i] = e->t[i];
            emit(e, s, which, weight / e->n);
        }
    }
}

static void emit_pairs(const emission *e, int which, double weight)
{
    oracle_channel *c = (oracle_channel *)e->channel;
    const double each = weight / (e->n * (e->n - 1));
    char s[16];
    for (int i = 0; i < e->n; i++)
        for (int j = 0; j < e->n; j++) {
            if (i == j)
                continue;
            strcpy(s, e->t);
            if (which == ERASE2) {
                s[i] = s[j] = '?';
                emit(e, s, which, each);
                continue;
            }
            for (int b = 0; b < (which == SUB2 ? 10 : 1); b++) {
                s[i] = which == SUB2 ? (char)('0' + b) : '?';
                emit_subs(e, s, j, c->mix, which,
                          each * (which == SUB2 ? c->mix[e->t[i] - '0'][b] : 1));
            }
        }
}

static void emit_run(const emission *e, int which, int length, double weight)
{
    char s[16];
    for (int i = 0; i + length <= e->n; i++) {
        strcpy(s, e->t);
        memset(s + i, '?', (size_t)length);
        emit(e, s, which, weight / (e->n - length + 1));
    }
}

static int is_erasure(unsigned mask)
{
    const int unread = __builtin_popcount(mask);
    return unread < 3 || (unread == 3 && (mask >> __builtin_ctz(mask)) == 7);
}

/* Some places of what is left are unreadable, some are not: each set of them that is no erasure of
 * a whole code alike. */
static void emit_sets(const emission *e, const char *left, double weight)
{
    const int m = (int)strlen(left), whole = m == e->n;
    const unsigned all = (1u << m) - 1;
    int sets = 0;
    for (unsigned mask = 1; mask < all; mask++)
        sets += !(whole && is_erasure(mask));
    for (unsigned mask = 1; mask < all; mask++) {
        char s[16];
        strcpy(s, left);
        for (int i = 0; i < m; i++)
            if (mask >> i & 1)
                s[i] = '?';
        if (!(whole && is_erasure(mask)))
            emit(e, s, PARTIAL, weight / sets);
    }
}

static void emit_worn(const emission *e, double weight)
{
    char s[16];
    emit_sets(e, e->t, weight / 3);
    for (int i = 0; i < e->n; i++) {
        strcpy(s, e->t);
        strcpy(s + i, e->t + i + 1);
        emit_sets(e, s, weight / 3 / e->n);
    }
    for (int k = 2; k <= 3; k++) {
        emit_sets(e, e->t + k, weight / 3 / 4);
        strcpy(s, e->t);
        s[e->n - k] = '\0';
        emit_sets(e, s, weight / 3 / 4);
    }
}

static void emit_partial(const emission *e, double weight)
{
    const int most = e->n > 3 ? 3 : 2;
    char s[16];
    if (e->n >= 5) {
        emit_worn(e, weight / 6);
        weight -= weight / 6;
    }
    for (int k = 2; k <= most; k++) {
        strcpy(s, e->t + k);
        emit(e, s, PARTIAL, weight / (most - 1) / 2);
        strcpy(s, e->t);
        s[e->n - k] = '\0';
        emit(e, s, PARTIAL, weight / (most - 1) / 2);
    }
}

void oracle_emit(const oracle_channel *channel, const char *code, oracle_sink sink, void *context)
{
    const emission e = {channel, code, (int)strlen(code), sink, context};
    const double *w = channel->weight;
    const int n = e.n;
    emit(&e, code, CLEAN, w[CLEAN]);
    for (int c = SUB_PHON; c <= SUB_KEY; c++)
        emit_sub(&e, c, w[c]);
    for (int c = TRANSP; c <= TEEN; c++)
        emit_sited(&e, c, w[c]);
    emit_sited(&e, HAPLO, w[HAPLO]);
    emit_longer(&e, STUTTER, w[STUTTER]);
    emit_longer(&e, INSERT, w[INSERT]);
    if (n > 1) {
        emit_omit(&e, OMIT, w[OMIT]);
        emit_omit(&e, OMIT_SUB, w[OMIT_SUB]);
        emit_pairs(&e, SUB2, w[SUB2]);
        emit_pairs(&e, ERASE_SUB, w[ERASE_SUB]);
        emit_pairs(&e, ERASE2, w[ERASE2] + (n < 3 ? w[ERASE3] : 0));
    } else {
        emit_sub(&e, SUB_PHON, w[OMIT] + w[OMIT_SUB] + w[SUB2] + w[PARTIAL]);
    }
    emit_run(&e, ERASE1, 1, w[ERASE1] + (n < 2 ? w[ERASE2] + w[ERASE3] + w[ERASE_SUB] : 0));
    if (n > 2) {
        emit_run(&e, ERASE3, 3, w[ERASE3]);
        emit_partial(&e, w[PARTIAL]);
    } else if (n == 2) {
        emit_omit(&e, OMIT, w[PARTIAL]);
    }
}
