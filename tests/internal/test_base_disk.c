/* SPDX-License-Identifier: MIT
 *
 * A dispatcher's program must not hang on a pipe, or take half a file for a whole one. Each way
 * that a path can be wrong is made for real here: pipes, devices, folders, files that lie about
 * their length. Writing is in test_base_disk_write.c. */
#define _DEFAULT_SOURCE /* mkdtemp, setitimer */

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/status.h"
#include "support/disk_folder.h"
#include "support/test_main.h"
#include "support/test_memory.h"

/* ---- A whole file ---- */

static const size_t sizes[] = {0,       1,       63,      64,          4095,
                               4096,    1000000, 1048575, 1048576,     2097151,
                               2097152, 2300000, 3145727, 3145728 + 5, 4194304 + 1};

START_TEST(a_file_is_read_and_mapped_whole_at_a_multiple_of_64)
{
    const size_t size = sizes[_i];
    uint8_t *bytes = pattern(size);
    make_file(in_folder("a"), bytes, size);
    const unsigned open_before = count_descriptors();
    test_memory memory;
    for (int how = 0; how < 4; how++) {
        test_memory_init(&memory, 0);
        const pole_allocator *allocator = how & 1 ? &memory.allocator : NULL;
        pole_file_image image;
        ck_assert_int_eq(pole_disk_read(in_folder("a"), size, how & 2, allocator, &image, &error),
                         POLE_OK);
        ck_assert_uint_eq(image.size, size);
        ck_assert_uint_eq((uintptr_t)image.bytes % 64, 0);
        ck_assert_int_eq(image.mapped, (how & 2) != 0 && size > 0);
        ck_assert(size == 0 || memcmp(image.bytes, bytes, size) == 0);
        pole_disk_release(&image);
        ck_assert_ptr_null(image.bytes);
        pole_disk_release(&image); /* a zeroed one is accepted */
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_uint_eq(count_descriptors(), open_before);
    free(bytes);
}
END_TEST

START_TEST(a_host_does_not_give_more_memory_than_the_file_needs)
{
    uint8_t *bytes = pattern(2300000);
    make_file(in_folder("a"), bytes, 2300000);
    free(bytes);
    test_memory memory;
    test_memory_init(&memory, 0);
    pole_file_image image;
    ck_assert_int_eq(
        pole_disk_read(in_folder("a"), 1 << 30, false, &memory.allocator, &image, &error), POLE_OK);
    ck_assert_uint_le(memory.peak_bytes, 2300000 + 64);
    pole_disk_release(&image);
}
END_TEST

START_TEST(a_file_over_the_limit_is_refused_before_it_is_read)
{
    make_file(in_folder("a"), "12345678", 8);
    pole_file_image image;
    ck_assert_int_eq(pole_disk_read(in_folder("a"), 7, false, NULL, &image, &error), POLE_LIMIT);
    ck_assert_ptr_nonnull(strstr(error.message, "it has 8 bytes, and the limit is 7"));
    ck_assert_ptr_null(image.bytes);
    /* 1 TiB that takes no place on the disk. */
    ck_assert_int_eq(truncate(in_folder("a"), (off_t)1 << 40), 0);
    ck_assert_int_eq(pole_disk_read(in_folder("a"), 1 << 30, true, NULL, &image, &error),
                     POLE_LIMIT);
}
END_TEST

static void check_refused(const char *path, const char *reason)
{
    const unsigned open_before = count_descriptors();
    for (int map = 0; map < 2; map++) {
        pole_file_image image;
        memset(&image, 0x55, sizeof image);
        ck_assert_int_eq(pole_disk_read(path, 1 << 30, map, NULL, &image, &error), POLE_IO);
        if (!strstr(error.message, reason) || !strstr(error.message, path))
            ck_abort_msg("%s", error.message);
        ck_assert_ptr_null(image.bytes);
        ck_assert_uint_eq(image.size, 0);
    }
    ck_assert_uint_eq(count_descriptors(), open_before);
}

START_TEST(what_is_no_regular_file_is_refused_by_its_kind_at_once)
{
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    check_refused(in_folder("pipe"), "it is a pipe"); /* no writer: a plain open would wait */
    check_refused(folder, "it is a folder");
    check_refused("/dev/null", "it is a device");
    check_refused("/dev/zero", "it is a device");
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", folder);
    const int socket_file = socket(AF_UNIX, SOCK_STREAM, 0);
    ck_assert_int_eq(bind(socket_file, (const struct sockaddr *)&address, sizeof address), 0);
    check_refused(address.sun_path, "it is a socket");
    close(socket_file);
    ck_assert_int_eq(symlink("pipe", in_folder("link")), 0);
    check_refused(in_folder("link"), "it is a pipe");
}
END_TEST

START_TEST(a_path_that_leads_nowhere_says_why)
{
    make_file(in_folder("a"), "x", 1);
    check_refused(in_folder("none"), "no such file or folder");
    check_refused(in_folder("a/b"), "a part of the path is not a folder");
    ck_assert_int_eq(symlink("loop", in_folder("loop")), 0);
    check_refused(in_folder("loop"), "too many symbolic links");
    check_refused("", "no such file or folder");
}
END_TEST

START_TEST(of_a_long_path_the_end_and_the_reason_are_shown)
{
    char path[1200] = "/tmp";
    for (int i = 0; i < 60; i++)
        strcat(path, "/\xE7\x81\xAF\xE6\x9D\x86");
    strcat(path, "/city.plx");
    pole_file_image image;
    ck_assert_int_eq(pole_disk_read(path, 1, false, NULL, &image, &error), POLE_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "cannot open ..."));
    ck_assert_ptr_nonnull(strstr(error.message, "/city.plx: no such file or folder"));
    ck_assert_ptr_null(strchr(error.message, '?')); /* no character cut in two */
}
END_TEST

/* The kernel's own files: regular by their mode, of another length than they state. */
START_TEST(a_file_that_is_not_as_long_as_it_says_is_refused)
{
    pole_file_image image;
    test_memory memory;
    test_memory_init(&memory, 0);
    ck_assert_int_eq(
        pole_disk_read("/proc/self/status", 1 << 20, false, &memory.allocator, &image, &error),
        POLE_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "it became longer while it was read"));

    static const char *const shorter[] = {"/sys/kernel/mm/transparent_hugepage/enabled",
                                          "/sys/devices/system/cpu/online", "/sys/power/state",
                                          "/sys/kernel/uevent_seqnum"};
    bool found = false;
    for (size_t i = 0; i < sizeof shorter / sizeof shorter[0] && !found; i++) {
        struct stat facts;
        if (stat(shorter[i], &facts) != 0 || facts.st_size == 0)
            continue;
        found = true;
        ck_assert_int_eq(
            pole_disk_read(shorter[i], 1 << 20, false, &memory.allocator, &image, &error), POLE_IO);
        ck_assert_ptr_nonnull(strstr(error.message, "it became shorter while it was read"));
    }
    if (!found)
        printf("SKIPPED: no file of /sys is there to become shorter\n");
    ck_assert_uint_eq(memory.live, 0);
}
END_TEST

START_TEST(no_memory_is_said_and_nothing_stays_open)
{
    make_file(in_folder("a"), "x", 1);
    const unsigned open_before = count_descriptors();
    test_memory memory;
    test_memory_init(&memory, 1);
    pole_file_image image;
    ck_assert_int_eq(pole_disk_read(in_folder("a"), 10, false, &memory.allocator, &image, &error),
                     POLE_NO_MEMORY);
    for (size_t fail_at = 1; fail_at <= 2; fail_at++) {
        pole_disk_reader *reader;
        test_memory_init(&memory, fail_at);
        ck_assert_int_eq(pole_disk_reader_open(in_folder("a"), &memory.allocator, &reader, &error),
                         POLE_NO_MEMORY);
        ck_assert_ptr_null(reader);
        ck_assert_uint_eq(memory.live, 0);
    }
    for (size_t fail_at = 1; fail_at <= 3; fail_at++) {
        pole_disk_writer *writer;
        test_memory_init(&memory, fail_at);
        ck_assert_int_eq(
            pole_disk_writer_begin(in_folder("b"), 0600, &memory.allocator, &writer, &error),
            POLE_NO_MEMORY);
        ck_assert_ptr_null(writer);
        ck_assert_uint_eq(memory.live, 0);
    }
    ck_assert_uint_eq(count_descriptors(), open_before);
    ck_assert_uint_eq(count_names(false), 1);
}
END_TEST

/* ---- A stream ---- */

/* All of a stream, in pieces of `piece` bytes; returns its size. */
static size_t drain(pole_disk_reader *reader, uint8_t *out, size_t capacity, size_t piece)
{
    size_t size = 0;
    for (;;) {
        size_t got = 99;
        ck_assert_uint_le(size + piece, capacity);
        ck_assert_int_eq(pole_disk_reader_read(reader, out + size, piece, &got, &error), POLE_OK);
        if (got == 0)
            return size;
        ck_assert_uint_le(got, piece);
        size += got;
    }
}

START_TEST(a_stream_gives_the_file_and_its_time)
{
    uint8_t *bytes = pattern(10000);
    uint8_t out[12000];
    make_file(in_folder("a"), bytes, 10000);
    const struct timeval times[2] = {{1, 0}, {1214784000, 0}};
    ck_assert_int_eq(utimes(in_folder("a"), times), 0);
    const unsigned open_before = count_descriptors();
    test_memory memory;
    test_memory_init(&memory, 0);
    pole_disk_reader *reader;
    ck_assert_int_eq(pole_disk_reader_open(in_folder("a"), &memory.allocator, &reader, &error),
                     POLE_OK);
    ck_assert_int_eq(pole_disk_reader_mtime(reader), 1214784000);
    ck_assert_uint_eq(drain(reader, out, sizeof out, 777), 10000);
    ck_assert_mem_eq(out, bytes, 10000);
    pole_disk_reader_close(reader);
    pole_disk_reader_close(NULL);
    ck_assert_uint_eq(memory.live, 0);
    ck_assert_uint_eq(count_descriptors(), open_before);
    free(bytes);
}
END_TEST

static volatile sig_atomic_t signals;

static void on_signal(int number)
{
    (void)number;
    signals = signals + 1;
}

/* A slow writer, and a timer whose signal interrupts every wait of the reader. */
START_TEST(a_pipe_is_read_to_its_end_whatever_interrupts)
{
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    const pid_t child = fork();
    if (child == 0) {
        const int file = open(in_folder("pipe"), O_WRONLY);
        for (int i = 0; i < 20; i++) {
            usleep(10000);
            if (write(file, "0123456789", 10) != 10)
                _exit(1);
        }
        _exit(0);
    }
    struct sigaction action = {.sa_handler = on_signal}; /* without SA_RESTART */
    sigaction(SIGALRM, &action, NULL);
    const struct itimerval often = {{0, 2000}, {0, 2000}};
    setitimer(ITIMER_REAL, &often, NULL);
    pole_disk_reader *reader;
    uint8_t out[1000];
    ck_assert_int_eq(pole_disk_reader_open(in_folder("pipe"), NULL, &reader, &error), POLE_OK);
    ck_assert_int_eq(pole_disk_reader_mtime(reader), 0);
    ck_assert_uint_eq(drain(reader, out, sizeof out, 64), 200);
    for (size_t i = 0; i < 200; i++)
        ck_assert_int_eq(out[i], '0' + (int)(i % 10));
    const struct itimerval never = {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &never, NULL);
    pole_disk_reader_close(reader);
    ck_assert_int_gt(signals, 0);
    int ended = 1;
    ck_assert_int_eq(waitpid(child, &ended, 0), child);
    ck_assert_int_eq(ended, 0);
}
END_TEST

/* A terminal or a parent may have set standard input not to wait. */
START_TEST(standard_input_is_waited_for_and_left_open)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        usleep(50000);
        _exit(write(ends[1], "late", 4) == 4 ? 0 : 1);
    }
    close(ends[1]);
    const int saved = dup(STDIN_FILENO);
    ck_assert_int_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
    fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK);
    pole_disk_reader *reader;
    uint8_t out[64];
    ck_assert_int_eq(pole_disk_reader_open("-", NULL, &reader, &error), POLE_OK);
    ck_assert_uint_eq(drain(reader, out, sizeof out, 32), 4);
    ck_assert_mem_eq(out, "late", 4);
    pole_disk_reader_close(reader);
    ck_assert_int_ne(fcntl(STDIN_FILENO, F_GETFD), -1);
    dup2(saved, STDIN_FILENO);
    close(saved);
    close(ends[0]);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}
END_TEST

START_TEST(a_folder_is_no_stream)
{
    pole_disk_reader *reader;
    ck_assert_int_eq(pole_disk_reader_open(folder, NULL, &reader, &error), POLE_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "it is a folder"));
    ck_assert_ptr_null(reader);
    ck_assert_int_eq(pole_disk_reader_open(in_folder("none"), NULL, &reader, &error), POLE_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "no such file or folder"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/disk");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_loop_test(tests, a_file_is_read_and_mapped_whole_at_a_multiple_of_64, 0,
                        (int)(sizeof sizes / sizeof sizes[0]));
    tcase_add_test(tests, a_host_does_not_give_more_memory_than_the_file_needs);
    tcase_add_test(tests, a_file_over_the_limit_is_refused_before_it_is_read);
    tcase_add_test(tests, what_is_no_regular_file_is_refused_by_its_kind_at_once);
    tcase_add_test(tests, a_path_that_leads_nowhere_says_why);
    tcase_add_test(tests, of_a_long_path_the_end_and_the_reason_are_shown);
    tcase_add_test(tests, a_file_that_is_not_as_long_as_it_says_is_refused);
    tcase_add_test(tests, no_memory_is_said_and_nothing_stays_open);
    tcase_add_test(tests, a_stream_gives_the_file_and_its_time);
    tcase_add_test(tests, a_pipe_is_read_to_its_end_whatever_interrupts);
    tcase_add_test(tests, standard_input_is_waited_for_and_left_open);
    tcase_add_test(tests, a_folder_is_no_stream);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
