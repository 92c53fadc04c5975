/* SPDX-License-Identifier: MIT
 * A host that has set the locale of its user, as many do, and then builds an index and asks it.
 *
 * usage: locale_host DECIMAL_POINT INDEX FOLDER_OF_TABLES */
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <polelookup/polelookup.h>

static void must(pole_status status, const pole_error *error)
{
    if (status == POLE_OK)
        return;
    fprintf(stderr, "%s: %s\n", pole_status_text(status), error ? error->message : "");
    exit(EXIT_FAILURE);
}

static void add(pole_builder *builder, uint32_t table, const char *folder, const char *name)
{
    char path[4096];
    pole_error error;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    must(pole_builder_add_file(builder, table, path, &error), &error);
}

static void build(const char *path, const char *folder, int64_t time_s)
{
    pole_build_options options;
    pole_builder *builder = NULL;
    pole_error error;
    pole_build_options_init(&options);
    options.is_sample = 1;
    options.source_date_epoch_s = time_s;
    must(pole_builder_new(&options, &builder, &error), &error);
    /* In the command's order, which is that of the sources in the index. */
    add(builder, POLE_TABLE_STATIONS, folder, "stations.csv");
    add(builder, POLE_TABLE_AREAS, folder, "areas.geojson");
    add(builder, POLE_TABLE_POLES, folder, "poles.csv");
    must(pole_builder_finish(builder, path, NULL, &error), &error);
    pole_builder_free(builder);
}

static void answer(const char *path)
{
    static char text[1 << 16];
    pole_index *index = NULL;
    pole_resolution *resolution = NULL;
    pole_crs *crs = NULL;
    pole_describe_options options;
    pole_error error;
    size_t needed;
    const pole_span gcj02 = {"gcj02", 5};
    must(pole_index_open(path, NULL, &index, &error), &error);
    must(pole_resolution_new(NULL, &resolution), NULL);
    must(pole_crs_new(gcj02, NULL, NULL, &crs, &error), &error);
    pole_describe_options_init(&options);
    options.crs = crs;
    for (pole_row row = 0; row < 100000; row += 1000) {
        must(pole_describe(index, row, &options, resolution), NULL);
        must(pole_resolution_json(resolution, NULL, text, sizeof text, &needed), NULL);
        puts(text);
    }
    must(pole_info_json(index, text, sizeof text, &needed), NULL);
    puts(text);
    pole_crs_free(crs);
    pole_resolution_free(resolution);
    pole_index_close(index);
}

int main(int count, char **arguments)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    if (count != 4 || epoch == NULL) {
        fputs("usage: locale_host DECIMAL_POINT INDEX FOLDER\n", stderr);
        return EXIT_FAILURE;
    }
    if (setlocale(LC_ALL, "") == NULL || strcmp(localeconv()->decimal_point, arguments[1]) != 0) {
        fputs("the locale is not the one that was meant\n", stderr);
        return EXIT_FAILURE;
    }
    build(arguments[2], arguments[3], strtoll(epoch, NULL, 10));
    answer(arguments[2]);
    return EXIT_SUCCESS;
}
