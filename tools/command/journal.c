/* SPDX-License-Identifier: MIT
 * The log of answers. */
#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "tell.h"

#define LINE_BEGINS "{\"query_id\":"
#define ID_BYTES 16

static bool fail_at(const journal *log, pole_error *error)
{
    fail(error, POLE_IO, "the log %s cannot be written: %s", log->path,
         errno ? strerror(errno) : "it failed");
    return false;
}

/* Adding to an index or a table would spoil it. */
static bool is_log(journal *log, pole_error *error)
{
    struct stat about;
    char begin[sizeof LINE_BEGINS - 1];
    char last = '\n';
    if (fstat(log->descriptor, &about) != 0)
        return fail_at(log, error);
    if (!S_ISREG(about.st_mode) || about.st_size == 0)
        return true;
    if (pread(log->descriptor, begin, sizeof begin, 0) != (ssize_t)sizeof begin ||
        memcmp(begin, LINE_BEGINS, sizeof begin) != 0) {
        fail(error, POLE_IO, "%s is there and is no log: nothing is added to it", log->path);
        fail_hint(error, "name a new file");
        return false;
    }
    if (pread(log->descriptor, &last, 1, about.st_size - 1) != 1)
        return fail_at(log, error);
    log->torn = last != '\n';
    return true;
}

bool journal_open(journal *log, const char *path, pole_error *error)
{
    *log = (journal){path, -1, false};
    errno = 0;
    log->descriptor = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
    if (log->descriptor < 0)
        return fail_at(log, error);
    if (is_log(log, error))
        return true;
    journal_close(log);
    return false;
}

void journal_close(journal *log)
{
    if (log->descriptor >= 0)
        close(log->descriptor);
    log->descriptor = -1;
}

/* "2008-06-30T12:00:00.000Z" */
static void put_time(char text[32])
{
    struct timespec now;
    struct tm parts;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    const size_t used = strftime(text, 32, "%Y-%m-%dT%H:%M:%S", &parts);
    snprintf(text + used, 32 - used, ".%03dZ", (int)(now.tv_nsec / 1000000));
}

/* The parts of one line, by one write. */
static bool put_line(journal *log, const struct iovec *parts, int count, pole_error *error)
{
    size_t whole = 0;
    for (int i = 0; i < count; i++)
        whole += parts[i].iov_len;
    const ssize_t written = writev(log->descriptor, parts, count);
    log->torn = written > 0 && (size_t)written < whole;
    return written == (ssize_t)whole || fail_at(log, error);
}

bool journal_add(journal *log, int64_t elapsed_us, pole_span answer, pole_error *error)
{
    unsigned char id[ID_BYTES];
    char digits[2 * ID_BYTES + 1], time[32], head[160];
    errno = 0;
    if (getrandom(id, sizeof id, 0) != (ssize_t)sizeof id)
        return fail_at(log, error);
    for (size_t i = 0; i < sizeof id; i++)
        snprintf(digits + 2 * i, 3, "%02x", id[i]);
    put_time(time);
    const int head_bytes =
        snprintf(head, sizeof head,
                 "%s" LINE_BEGINS "\"%s\",\"time\":\"%s\",\"elapsed_us\":%" PRId64 ",\"answer\":",
                 log->torn ? "\n" : "", digits, time, elapsed_us);
    /* writev() takes what it only reads without const. */
    const struct iovec parts[] = {{head, (size_t)head_bytes},
                                  {(void *)(uintptr_t)answer.data, answer.size_bytes},
                                  {(void *)(uintptr_t) "}\n", 2}};
    return put_line(log, parts, 3, error);
}

/* Copies the text up to the character that ends it, if that many characters of a kind fit. */
static const char *take_word(const char *text, const char *kind, char end, char *to,
                             size_t capacity)
{
    const size_t size = strspn(text, kind);
    if (size == 0 || size >= capacity || text[size] != end)
        return NULL;
    memcpy(to, text, size);
    to[size] = '\0';
    return text + size + (end != '\0');
}

#define DIGITS "0123456789"
#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

bool journal_choice_read(const char *text, journal_choice *choice)
{
    *choice = (journal_choice){.code = ""};
    text = take_word(text, DIGITS "abcdef", '=', choice->query_id, sizeof choice->query_id);
    if (!text || strlen(choice->query_id) != 2 * (size_t)ID_BYTES)
        return false;
    if (strncmp(text, "NONE,", 5) == 0)
        text += 5;
    else
        text = take_word(text, DIGITS, ',', choice->code, sizeof choice->code);
    return text && take_word(text, DIGITS LETTERS "-_", '\0', choice->by, sizeof choice->by);
}

bool journal_choose(journal *log, const journal_choice *choice, pole_error *error)
{
    char line[256], time[32];
    const char *quote = *choice->code ? "\"" : "";
    put_time(time);
    errno = 0;
    const int bytes = snprintf(
        line, sizeof line,
        "%s" LINE_BEGINS "\"%s\",\"time\":\"%s\",\"chosen\":{\"code\":%s%s%s},\"by\":\"%s\"}\n",
        log->torn ? "\n" : "", choice->query_id, time, quote, *choice->code ? choice->code : "null",
        quote, choice->by);
    const struct iovec part = {line, (size_t)bytes};
    return put_line(log, &part, 1, error);
}
