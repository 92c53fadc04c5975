/* SPDX-License-Identifier: MIT
 * The channel told literally, as the judge of the readings: for one code, every observation that
 * can come of it, one by one, with its probability. Knows nothing of the library: it reads the
 * table itself and acts as docs/channel.md says that an observation is drawn. */
#ifndef SUPPORT_CHANNEL_ORACLE_H
#define SUPPORT_CHANNEL_ORACLE_H

#define ORACLE_CLASSES 21 /* in the order of docs/channel.md; clean is 0, none the last */
#define ORACLE_NONE (ORACLE_CLASSES - 1)

extern const char *const oracle_class_names[ORACLE_CLASSES];

typedef struct {
    double weight[ORACLE_CLASSES]; /* add up to 1 */
    double shared[ORACLE_CLASSES];
    double phonetic[10][10], visual[10][10], keypad[10][10], mix[10][10];
    int none_is_unlisted;
} oracle_channel;

/* language: "" for the common rows, or "en", "ru". 0, or -1 when the file cannot be read. */
int oracle_channel_read(oracle_channel *channel, const char *path, const char *language);
/* Another clean share, as --clean sets it. */
void oracle_channel_set_clean(oracle_channel *channel, double clean);

/* Gets observations: '?' for an unreadable digit, NUL-ended; which: the class that did apply. The
 * same observation can come more than once. */
typedef void (*oracle_sink)(void *context, const char *observed, int which, double probability);

/* code: 1 to 9 digits. The probabilities of all add up to 1 - weight[ORACLE_NONE]. */
void oracle_emit(const oracle_channel *channel, const char *code, oracle_sink sink, void *context);

#endif
