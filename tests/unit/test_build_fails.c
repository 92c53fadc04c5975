/* SPDX-License-Identifier: MIT
 * A build can run out of memory, of disk, or of life at any moment: the index that stood there
 * stays whole, nothing leaks, and the failure is said. A dispatch centre goes on with the old
 * index rather than with half of a new one. */
#include <check.h>
#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/build_run.h"
#include "support/test_main.h"
#include "support/test_memory.h"
#include "support/test_random.h"

static const char poles[] =
    "scope,code,lat,lon,street,alias,note\n,1234567,45.7,126.6,中央大街,a-1,x\n"
    ",1234569,45.7,126.6,中央大街,a-2,\n,1234569,45.7,126.6,中央大街,a-3,\n"
    ",1234565,45.7,126.6,通江街,,\n,1234565,45.8,126.6,通江街,,\n,12,45.7,126.6,,,\n"
    "宾县,10101,45.75,127.48,,,\n宾县,10101,45.75,127.48,,,\n";
static const char stations[] =
    "id,name,lat,lon,prefix,successor\n101,a,45.7,126.6,,102\n"
    "102,b,45.7,126.6,233,\n103,c,45.7,126.6,233,\n104,d,45.7,126.6,,9\n";
static const char areas[] =
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
    "{\"station_id\":\"102\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[126,45],"
    "[127,45],[127,46],[126,46],[126,45]],[[126.1,45.1],[126.2,45.1],[126.2,45.2],[126.1,45.1]]]}}"
    ",{\"type\":\"Feature\",\"properties\":{\"station_id\":\"9\"},\"geometry\":{\"type\":"
    "\"Polygon\",\"coordinates\":[[[126,45],[127,45],[127,46],[126,45]]]}}]}";
#define MAP                                                                                        \
    (const char *const[])                                                                          \
    {                                                                                              \
        "code=code", NULL                                                                          \
    }

/* Builds with an allocator; what fails is said. The result in *index. */
static pole_status build_with(const pole_allocator *allocator, byte_block *index, char id[36],
                              pole_error *error)
{
    byte_block rejects = {NULL, 0, 0};
    const pole_sink rejects_sink = byte_block_sink(&rejects);
    const pole_sink sink = byte_block_sink(index);
    build_run files;
    build_run_init(&files);
    pole_builder *builder = NULL;
    pole_build_report report = {.struct_size = sizeof report};
    pole_build_options options = files.options;
    options.on_finding = NULL;
    options.rejects = &rejects_sink;
    options.scheme = "district:1,station:2,street:2,pole:2;*/pole:5";
    options.map = MAP;
    options.from_crs = "EPSG:4490;areas=gcj02";
    options.allocator = allocator;
    pole_status status = pole_builder_new(&options, &builder, error);
    /* The builder goes into a run, for its way with files. */
    files.builder = builder;
    files.status = status;
    if (status == POLE_OK) {
        build_run_add(&files, POLE_TABLE_POLES, "poles.csv", poles);
        build_run_add(&files, POLE_TABLE_STATIONS, "stations.csv", stations);
        status = build_run_add(&files, POLE_TABLE_AREAS, "areas.geojson", areas);
        *error = files.error;
    }
    if (status == POLE_OK)
        status = pole_builder_finish_to(builder, &sink, &report, error);
    memcpy(id, report.id, sizeof report.id);
    build_run_end(&files);
    byte_block_free(&rejects);
    return status;
}

START_TEST(every_refusal_of_memory_is_survived)
{
    char id[36], first_id[36];
    pole_error error;
    byte_block first = {NULL, 0, 0};
    ck_assert_int_eq(build_with(NULL, &first, first_id, &error), POLE_OK);
    size_t fail_at = 1;
    for (pole_status status = POLE_NO_MEMORY; status != POLE_OK; fail_at++) {
        test_memory memory;
        byte_block index = {NULL, 0, 0};
        test_memory_init(&memory, fail_at);
        status = build_with(&memory.allocator, &index, id, &error);
        if (status != POLE_OK) {
            ck_assert_msg(status == POLE_NO_MEMORY, "request %zu: %s: %s", fail_at,
                          pole_status_name(status), error.message);
            ck_assert_int_eq(error.status, POLE_NO_MEMORY);
            ck_assert_str_ne(error.message, "");
            ck_assert_uint_eq(index.size, 0);
        } else {
            ck_assert_str_eq(id, first_id);
            ck_assert_uint_eq(index.size, first.size);
            ck_assert_mem_eq(index.bytes, first.bytes, first.size);
        }
        ck_assert_msg(memory.live == 0, "request %zu: %zu blocks leak", fail_at, memory.live);
        byte_block_free(&index);
        ck_assert_uint_lt(fail_at, 5000);
    }
    printf("%zu requests\n", fail_at - 1);
    ck_assert_uint_gt(fail_at, 100);
    byte_block_free(&first);
}
END_TEST

static pole_status full_disk(void *context, const void *bytes, size_t size)
{
    size_t *left = context;
    (void)bytes;
    if (size > *left)
        return POLE_IO;
    *left -= size;
    return POLE_OK;
}

START_TEST(rejects_that_cannot_be_written_end_the_build)
{
    size_t room = 0;
    const pole_sink rejects = {&room, full_disk};
    build_run run;
    build_run_init(&run);
    run.options.rejects = &rejects;
    ck_assert_int_eq(build_run_add(&run, POLE_TABLE_POLES, "poles.csv", poles), POLE_IO);
    ck_assert_str_eq(run.error.message, "the rejects could not be written");
    build_run_end(&run);
}
END_TEST

START_TEST(a_sink_that_is_full_is_said)
{
    size_t room = 100;
    const pole_sink sink = {&room, full_disk};
    build_run run;
    build_run_init(&run);
    run.options.scheme = "district:1,station:2,street:2,pole:2;*/pole:5";
    build_run_add(&run, POLE_TABLE_POLES, "poles.csv", poles);
    ck_assert_int_eq(pole_builder_finish_to(run.builder, &sink, NULL, &run.error), POLE_IO);
    ck_assert_str_ne(run.error.message, "");
    build_run_end(&run);
}
END_TEST

/* A file as bytes; free(). */
static unsigned char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s", path);
    ck_assert_int_eq(fseek(file, 0, SEEK_END), 0);
    const long end = ftell(file);
    ck_assert_int_ge(end, 0);
    rewind(file);
    unsigned char *bytes = malloc((size_t)end + 1);
    ck_assert_ptr_nonnull(bytes);
    *size = fread(bytes, 1, (size_t)end, file);
    ck_assert_uint_eq(*size, (size_t)end);
    fclose(file);
    return bytes;
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s", path);
    ck_assert_uint_eq(fwrite(text, 1, strlen(text), file), strlen(text));
    ck_assert_int_eq(fclose(file), 0);
}

static size_t files_in(const char *folder)
{
    DIR *list = opendir(folder);
    size_t count = 0;
    ck_assert_ptr_nonnull(list);
    for (const struct dirent *entry; (entry = readdir(list)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(list);
    return count;
}

static void remove_all(const char *folder)
{
    char path[400];
    DIR *list = opendir(folder);
    ck_assert_ptr_nonnull(list);
    for (const struct dirent *entry; (entry = readdir(list)) != NULL;) {
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            ck_assert_int_eq(remove(path), 0);
    }
    closedir(list);
    ck_assert_int_eq(rmdir(folder), 0);
}

/* 20,000 poles, so that a build lasts some milliseconds. */
static char *large_table(unsigned shift)
{
    const size_t rows = 20000;
    char *text = malloc(64 + rows * 64);
    ck_assert_ptr_nonnull(text);
    size_t size = (size_t)sprintf(text, "code,lat,lon,street\n");
    for (size_t i = 0; i < rows; i++)
        size += (size_t)sprintf(text + size, "%07zu,45.%07zu,126.%07zu,s%zu\n", i * 7,
                                i * 131 + shift, i * 97, i / 50);
    return text;
}

static pole_status build_file(const char *table, const char *to)
{
    pole_builder *builder;
    pole_build_options options;
    pole_build_options_init(&options);
    options.source_date_epoch_s = 1;
    options.no_doubts = 1; /* a hundred builds, of which the files are what matters */
    pole_status status = pole_builder_new(&options, &builder, NULL);
    if (status == POLE_OK)
        status = pole_builder_add_file(builder, POLE_TABLE_POLES, table, NULL);
    if (status == POLE_OK)
        status = pole_builder_finish(builder, to, NULL, NULL);
    pole_builder_free(builder);
    return status;
}

START_TEST(a_killed_build_leaves_the_old_index_or_the_new_one)
{
    char folder[] = "/tmp/polelookup-kill-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(folder));
    char old_table[64], new_table[64], to[64];
    snprintf(old_table, sizeof old_table, "%s/old.csv", folder);
    snprintf(new_table, sizeof new_table, "%s/new.csv", folder);
    snprintf(to, sizeof to, "%s/city.plx", folder);
    char *text = large_table(0);
    write_file(old_table, text);
    free(text);
    text = large_table(1);
    write_file(new_table, text);
    free(text);
    size_t old_size, new_size;
    ck_assert_int_eq(build_file(new_table, to), POLE_OK);
    unsigned char *new_bytes = read_file(to, &new_size);
    struct timespec before, after;
    clock_gettime(CLOCK_MONOTONIC, &before);
    ck_assert_int_eq(build_file(old_table, to), POLE_OK);
    clock_gettime(CLOCK_MONOTONIC, &after);
    unsigned char *old_bytes = read_file(to, &old_size);
    ck_assert(old_size != new_size || memcmp(old_bytes, new_bytes, old_size) != 0);
    const uint64_t lasts_ns =
        (uint64_t)((after.tv_sec - before.tv_sec) * 1000000000L + (after.tv_nsec - before.tv_nsec));
    test_random random = test_random_begin("a_killed_build", 2008);
    unsigned olds = 0, news = 0;
    for (int i = 0; i < 120; i++) {
        const pid_t child = fork();
        ck_assert_int_ge(child, 0);
        if (child == 0)
            _exit(build_file(new_table, to) == POLE_OK ? 0 : 1);
        /* From the beginning of the build to somewhat beyond its end. */
        const uint64_t wait_ns = test_random_below(&random, lasts_ns + lasts_ns / 4 + 1);
        const struct timespec pause = {(time_t)(wait_ns / 1000000000u),
                                       (long)(wait_ns % 1000000000u)};
        nanosleep(&pause, NULL);
        kill(child, SIGKILL);
        int ended;
        ck_assert_int_eq(waitpid(child, &ended, 0), child);
        size_t size;
        unsigned char *bytes = read_file(to, &size);
        const bool is_old = size == old_size && memcmp(bytes, old_bytes, size) == 0;
        const bool is_new = size == new_size && memcmp(bytes, new_bytes, size) == 0;
        ck_assert_msg(is_old || is_new, "after %llu ns the index is neither",
                      (unsigned long long)wait_ns);
        free(bytes);
        olds += is_old;
        news += is_new;
        if (is_new) /* back to the old one */
            ck_assert_int_eq(build_file(old_table, to), POLE_OK);
    }
    printf("%u times the old index, %u times the new one\n", olds, news);
    ck_assert_uint_gt(olds, 0);
    free(old_bytes);
    free(new_bytes);
    remove_all(folder);
}
END_TEST

START_TEST(a_refused_build_leaves_the_folder_as_it_was)
{
    char folder[] = "/tmp/polelookup-kept-XXXXXX";
    char table[64], to[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(table, sizeof table, "%s/poles.csv", folder);
    snprintf(to, sizeof to, "%s/city.plx", folder);
    write_file(to, "what stood there");
    write_file(table, "code,lat,lon\n12,45.7,126.6\n");
    ck_assert_int_eq(build_file(table, to), POLE_REFUSED);
    ck_assert_uint_eq(files_in(folder), 2);
    size_t size;
    unsigned char *bytes = read_file(to, &size);
    ck_assert_uint_eq(size, strlen("what stood there"));
    free(bytes);
    /* And a folder that is not there is said before anything is done. */
    char nowhere[80];
    snprintf(nowhere, sizeof nowhere, "%s/none/city.plx", folder);
    write_file(table, "code,lat,lon\n1234567,45.7,126.6\n");
    ck_assert_int_eq(build_file(table, nowhere), POLE_IO);
    ck_assert_int_eq(build_file("/none/poles.csv", to), POLE_IO);
    remove_all(folder);
}
END_TEST

START_TEST(an_index_is_for_all_to_read_but_what_the_umask_says)
{
    char folder[] = "/tmp/polelookup-mode-XXXXXX";
    char table[64], to[64];
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(table, sizeof table, "%s/poles.csv", folder);
    snprintf(to, sizeof to, "%s/city.plx", folder);
    write_file(table, "code,lat,lon\n1234567,45.7,126.6\n");
    const mode_t before = umask(027);
    ck_assert_int_eq(build_file(table, to), POLE_OK);
    umask(before);
    struct stat facts;
    ck_assert_int_eq(stat(to, &facts), 0);
    ck_assert_uint_eq(facts.st_mode & 0777, 0640);
    ck_assert_uint_eq(files_in(folder), 2);
    remove_all(folder);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("build_fails");
    TCase *tests = tcase_create("fails");
    tcase_add_test(tests, every_refusal_of_memory_is_survived);
    tcase_add_test(tests, rejects_that_cannot_be_written_end_the_build);
    tcase_add_test(tests, a_sink_that_is_full_is_said);
    tcase_add_test(tests, a_killed_build_leaves_the_old_index_or_the_new_one);
    tcase_add_test(tests, a_refused_build_leaves_the_folder_as_it_was);
    tcase_add_test(tests, an_index_is_for_all_to_read_but_what_the_umask_says);
    suite_add_tcase(suite, tests);
    return test_main(suite);
}
