/* SPDX-License-Identifier: MIT
 *
 * The index that one had must not be lost because the new one could not be written. Each way that
 * writing can fail is made for real here: a disk that is full, a folder that one may not write,
 * links, two writers of one path. */
#define _DEFAULT_SOURCE /* mkdtemp */

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/disk.h"
#include "base/status.h"
#include "support/disk_folder.h"
#include "support/test_main.h"

static pole_disk_writer *begin(const char *path)
{
    pole_disk_writer *writer;
    if (pole_disk_writer_begin(path, 0640, NULL, &writer, &error) != POLE_OK)
        ck_abort_msg("%s", error.message);
    return writer;
}

START_TEST(a_file_appears_whole_at_commit_and_not_before)
{
    uint8_t *bytes = pattern(300000);
    const unsigned open_before = count_descriptors();
    const mode_t mask = umask(027);
    for (int there = 0; there < 2; there++) { /* new, then replacing */
        pole_disk_writer *writer = begin(in_folder("a"));
        ck_assert_int_eq(pole_disk_writer_write(writer, bytes, 100000, &error), POLE_OK);
        ck_assert_int_eq(pole_disk_writer_write(writer, bytes + 100000, 0, &error), POLE_OK);
        ck_assert_int_eq(pole_disk_writer_write(writer, bytes + 100000, 200000, &error), POLE_OK);
        ck_assert_int_eq(pole_disk_writer_sync(writer, &error), POLE_OK);
        ck_assert_int_eq(access(in_folder("a"), F_OK), there ? 0 : -1);
        if (there)
            check_content(in_folder("a"), "old", 3);
        check_content(pole_disk_writer_path(writer), bytes, 300000);
        ck_assert_int_eq(pole_disk_writer_commit(writer, &error), POLE_OK);
        check_content(in_folder("a"), bytes, 300000);
        struct stat facts;
        ck_assert_int_eq(stat(in_folder("a"), &facts), 0);
        ck_assert_uint_eq(facts.st_mode & 0777, 0640);
        ck_assert_uint_eq(count_names(false), 1);
        make_file(in_folder("a"), "old", 3);
    }
    umask(mask);
    ck_assert_uint_eq(count_descriptors(), open_before);
    free(bytes);
}
END_TEST

START_TEST(an_abandoned_file_leaves_the_old_one_and_no_trace)
{
    make_file(in_folder("a"), "old", 3);
    pole_disk_writer *writer = begin(in_folder("a"));
    ck_assert_int_eq(pole_disk_writer_write(writer, "new", 3, &error), POLE_OK);
    ck_assert_uint_eq(count_names(false), 2);
    pole_disk_writer_abandon(writer);
    pole_disk_writer_abandon(NULL);
    check_content(in_folder("a"), "old", 3);
    ck_assert_uint_eq(count_names(false), 1);
}
END_TEST

START_TEST(two_writers_of_one_path_do_not_mix)
{
    pole_disk_writer *first = begin(in_folder("a"));
    pole_disk_writer *second = begin(in_folder("a"));
    ck_assert_str_ne(pole_disk_writer_path(first), pole_disk_writer_path(second));
    pole_disk_writer_write(first, "one", 3, &error);
    pole_disk_writer_write(second, "second", 6, &error);
    ck_assert_int_eq(pole_disk_writer_commit(second, &error), POLE_OK);
    check_content(in_folder("a"), "second", 6);
    ck_assert_int_eq(pole_disk_writer_commit(first, &error), POLE_OK);
    check_content(in_folder("a"), "one", 3);
    ck_assert_uint_eq(count_names(false), 1);
}
END_TEST

/* A limit on file sizes stands in for a full disk: the write fails in the middle. */
START_TEST(a_write_that_fails_cannot_be_committed)
{
    make_file(in_folder("a"), "old", 3);
    uint8_t *bytes = pattern(100000);
    struct rlimit limit;
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &limit);
    const struct rlimit small = {50000, limit.rlim_max};
    pole_disk_writer *writer = begin(in_folder("a"));
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    ck_assert_int_eq(pole_disk_writer_write(writer, bytes, 100000, &error), POLE_IO);
    setrlimit(RLIMIT_FSIZE, &limit);
    ck_assert_ptr_nonnull(strstr(error.message, "the file would be too large"));
    ck_assert_int_eq(pole_disk_writer_write(writer, bytes, 10, &error), POLE_OK);
    ck_assert_int_eq(pole_disk_writer_commit(writer, &error), POLE_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "a part was not written"));
    check_content(in_folder("a"), "old", 3);
    ck_assert_uint_eq(count_names(false), 1);
    free(bytes);
}
END_TEST

static void check_not_begun(const char *path, const char *reason)
{
    const unsigned open_before = count_descriptors();
    pole_disk_writer *writer;
    ck_assert_int_eq(pole_disk_writer_begin(path, 0600, NULL, &writer, &error), POLE_IO);
    ck_assert_ptr_null(writer);
    if (!strstr(error.message, reason))
        ck_abort_msg("%s", error.message);
    ck_assert_uint_eq(count_descriptors(), open_before);
}

START_TEST(what_is_no_regular_file_is_never_replaced)
{
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    ck_assert_int_eq(symlink("nothing", in_folder("dangling")), 0);
    ck_assert_int_eq(symlink("pipe", in_folder("link")), 0);
    check_not_begun(in_folder("pipe"), "it is a pipe");
    check_not_begun(in_folder("link"), "it is a pipe");
    check_not_begun("/dev/null", "it is a device");
    check_not_begun(folder, "it is a folder");
    check_not_begun(in_folder("dangling"), "it is a link to nothing");
    check_not_begun(in_folder("no/such"), "no such file or folder");
    check_not_begun(in_folder("new/"), "it names no file");
    check_not_begun("", "it names no file");
    ck_assert_uint_eq(count_names(false), 3);
}
END_TEST

START_TEST(a_link_is_followed_and_stays_a_link)
{
    char elsewhere[64] = "/tmp/pole_disk_XXXXXX";
    char target[128];
    ck_assert_ptr_nonnull(mkdtemp(elsewhere));
    snprintf(target, sizeof target, "%s/real", elsewhere);
    make_file(target, "old", 3);
    ck_assert_int_eq(symlink(target, in_folder("link")), 0);
    pole_disk_writer *writer = begin(in_folder("link"));
    pole_disk_writer_write(writer, "newer", 5, &error);
    ck_assert_int_eq(pole_disk_writer_commit(writer, &error), POLE_OK);
    struct stat facts;
    ck_assert_int_eq(lstat(in_folder("link"), &facts), 0);
    ck_assert(S_ISLNK(facts.st_mode));
    check_content(target, "newer", 5);
    unlink(target);
    ck_assert_int_eq(rmdir(elsewhere), 0); /* nothing else was left there */
}
END_TEST

START_TEST(the_longest_name_and_a_name_without_folder_work)
{
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    pole_disk_writer *writer = begin(in_folder(name));
    ck_assert_int_eq(pole_disk_writer_commit(writer, &error), POLE_OK);
    check_content(in_folder(name), "", 0);

    char before[512];
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_int_eq(chdir(folder), 0);
    writer = begin("plain");
    pole_disk_writer_write(writer, "x", 1, &error);
    ck_assert_int_eq(chdir(before), 0); /* the folder was held, not its name */
    ck_assert_int_eq(pole_disk_writer_commit(writer, &error), POLE_OK);
    check_content(in_folder("plain"), "x", 1);
    ck_assert_uint_eq(count_names(false), 2);
}
END_TEST

/* As an unprivileged user, since every mode lets root pass. */
START_TEST(a_folder_that_one_may_not_write_is_said)
{
    ck_assert_int_eq(chmod(folder, 0555), 0);
    make_file(in_folder("secret"), "x", 1);
    ck_assert_int_eq(chmod(in_folder("secret"), 0), 0);
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && setuid(65534) != 0)
            _exit(1);
        pole_disk_writer *writer;
        pole_file_image image;
        if (pole_disk_writer_begin(in_folder("a"), 0600, NULL, &writer, &error) != POLE_IO ||
            !strstr(error.message, "permission denied"))
            _exit(2);
        if (pole_disk_read(in_folder("secret"), 10, false, NULL, &image, &error) != POLE_IO ||
            !strstr(error.message, "permission denied"))
            _exit(3);
        _exit(0);
    }
    int ended = 1;
    ck_assert_int_eq(waitpid(child, &ended, 0), child);
    ck_assert_int_eq(ended, 0);
    ck_assert_int_eq(chmod(folder, 0755), 0);
    ck_assert_uint_eq(count_names(false), 1);
}
END_TEST

START_TEST(a_process_out_of_descriptors_is_told_so)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    const struct rlimit none = {0, limit.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
    pole_disk_writer *writer;
    pole_disk_reader *reader;
    const pole_status wrote = pole_disk_writer_begin(in_folder("a"), 0600, NULL, &writer, &error);
    const pole_status read = pole_disk_reader_open("/dev/null", NULL, &reader, &error);
    setrlimit(RLIMIT_NOFILE, &limit);
    ck_assert_int_eq(wrote, POLE_IO);
    ck_assert_int_eq(read, POLE_IO);
    ck_assert_ptr_nonnull(strstr(error.message, "too many open files"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("base/disk write");
    TCase *tests = tcase_create("all");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_file_appears_whole_at_commit_and_not_before);
    tcase_add_test(tests, an_abandoned_file_leaves_the_old_one_and_no_trace);
    tcase_add_test(tests, two_writers_of_one_path_do_not_mix);
    tcase_add_test(tests, a_write_that_fails_cannot_be_committed);
    tcase_add_test(tests, what_is_no_regular_file_is_never_replaced);
    tcase_add_test(tests, a_link_is_followed_and_stays_a_link);
    tcase_add_test(tests, the_longest_name_and_a_name_without_folder_work);
    tcase_add_test(tests, a_folder_that_one_may_not_write_is_said);
    tcase_add_test(tests, a_process_out_of_descriptors_is_told_so);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
