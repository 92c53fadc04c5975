/* SPDX-License-Identifier: MIT
 * What the command says on standard error, and how it ends. */
#include "tell.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <polelookup/json.h>

#include "show.h"

#define LONGEST_PATH_SHOWN 100
/* An error's texts escaped: six bytes for each of theirs at most, and the names around them. */
#define ERROR_JSON_BYTES (6 * sizeof(pole_error) + 256)

static void fill(char *field, size_t capacity, const char *format, va_list arguments)
{
    const int wanted = vsnprintf(field, capacity, format, arguments);
    if (wanted < 0)
        field[0] = '\0';
    size_t size = strlen(field);
    if (wanted > 0 && (size_t)wanted >= capacity) {
        while (size > 0 && ((unsigned char)field[size - 1] & 0xC0) == 0x80)
            size--;
        if (size > 0 && (unsigned char)field[size - 1] >= 0xC0)
            size--;
        field[size] = '\0';
    }
    make_showable(field, size);
}

void fail(pole_error *error, pole_status status, const char *format, ...)
{
    va_list arguments;
    memset(error, 0, sizeof *error);
    error->status = status;
    va_start(arguments, format);
    fill(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
}

void fail_hint(pole_error *error, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fill(error->hint, sizeof error->hint, format, arguments);
    va_end(arguments);
}

void fail_about(pole_error *error, pole_status status, const char *path)
{
    pole_error named; /* the path as a message shows it: the end of a long one */
    const size_t size = strlen(path);
    const char *shown = size > LONGEST_PATH_SHOWN ? path + size - LONGEST_PATH_SHOWN : path;
    while (shown > path && ((unsigned char)*shown & 0xC0) == 0x80)
        shown++;
    if (error->status == POLE_OK || error->message[0] == '\0')
        fail(error, status, "%s", pole_status_text(status));
    fail(&named, status, "%s", shown);
    if (strstr(error->message, named.message))
        return;
    const pole_error before = *error;
    fail(error, status, "%s%s: %s", shown > path ? "..." : "", named.message, before.message);
    memcpy(error->hint, before.hint, sizeof error->hint);
    error->line = before.line;
    error->column = before.column;
    error->offset_bytes = before.offset_bytes;
}

/* What kind of error it is, in Chinese; the message behind it, with the file and the value that it
 * is about, is in English. */
static const char *kind_in_chinese(pole_status status)
{
    static const char *const kinds[] = {
        [POLE_NOT_FOUND] = "没有找到",
        [POLE_SEVERAL] = "不止一个",
        [POLE_INVALID_ARGUMENT] = "命令写法有误",
        [POLE_NO_MEMORY] = "内存不足",
        [POLE_IO] = "文件读写失败",
        [POLE_NOT_AN_INDEX] = "不是索引文件",
        [POLE_DAMAGED] = "索引文件已损坏",
        [POLE_NEWER_FORMAT] = "索引文件的格式太新",
        [POLE_UNSUPPORTED] = "缺少所需的部件",
        [POLE_LIMIT] = "超出限度",
        [POLE_MALFORMED_CODE] = "不是灯杆号",
        [POLE_BAD_INPUT] = "数据有误",
        [POLE_REFUSED] = "没有写出索引",
    };
    const bool known = status > 0 && (size_t)status < sizeof kinds / sizeof kinds[0];
    return known && kinds[status] ? kinds[status] : "出错";
}

int tell_error(message_voice voice, const pole_error *error)
{
    if (voice.json) {
        char text[ERROR_JSON_BYTES];
        size_t needed;
        if (pole_error_json(error, text, sizeof text, &needed) == POLE_OK)
            fprintf(stderr, "%s\n", text);
    } else {
        const char *message = error->message[0] ? error->message : pole_status_text(error->status);
        fputs("polelookup: ", stderr);
        if (voice.language == POLE_LANGUAGE_ZH)
            fprintf(stderr, "%s：", kind_in_chinese(error->status));
        fputs(message, stderr);
        if (error->hint[0] != '\0')
            fprintf(stderr, " - %s", error->hint);
        putc('\n', stderr);
    }
    return error->status == POLE_INVALID_ARGUMENT ? EXIT_USAGE : EXIT_BROKEN;
}

int tell_usage(message_voice voice, const char *hint, const char *format, ...)
{
    pole_error error = {.status = POLE_INVALID_ARGUMENT};
    va_list arguments;
    va_start(arguments, format);
    fill(error.message, sizeof error.message, format, arguments);
    va_end(arguments);
    if (hint)
        fail_hint(&error, "%s", hint);
    return tell_error(voice, &error);
}

void tell_note(message_voice voice, const char *format, ...)
{
    if (voice.quiet || voice.json)
        return;
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    fill(text, sizeof text, format, arguments);
    va_end(arguments);
    fprintf(stderr, "polelookup: %s\n", text);
}

int end_output(message_voice voice, int status)
{
    const bool failed_before = ferror(stdout) != 0;
    const int reason_before = failed_before ? errno : 0;
    errno = 0;
    if (fflush(stdout) == 0 && !failed_before)
        return status;
    if (errno == 0)
        errno = reason_before;
    if (errno != EPIPE) {
        pole_error error;
        fail(&error, POLE_IO, "the answer could not be written: %s",
             errno ? strerror(errno) : "standard output failed");
        tell_error(voice, &error);
    }
    return EXIT_BROKEN;
}

int worse_exit(int a, int b)
{
    static const int badness[] = {
        [EXIT_FINE] = 0,  [EXIT_CONFIRM] = 1, [EXIT_NOTHING] = 2,
        [EXIT_USAGE] = 3, [EXIT_BROKEN] = 4,
    };
    return badness[a] >= badness[b] ? a : b;
}
