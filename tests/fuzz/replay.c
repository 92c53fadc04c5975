/* SPDX-License-Identifier: MIT
 *
 * Stands in for libFuzzer in the builds without it: feeds every file of the folders named on the
 * command line to the fuzzer once, so that the kept corpus is a test of every build. */
#define _POSIX_C_SOURCE 200809L
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void feed(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    const long size = ftell(file);
    rewind(file);
    /* Exactly as large as the input, so that a sanitizer sees a step beyond it. */
    uint8_t *data = size >= 0 ? malloc((size_t)size) : NULL;
    if ((size > 0 && data == NULL) || fread(data, 1, (size_t)size, file) != (size_t)size) {
        perror(path);
        exit(EXIT_FAILURE);
    }
    fclose(file);
    LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
}

int main(int argc, char **argv)
{
    unsigned long fed = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        if (folder == NULL) {
            perror(argv[i]);
            return EXIT_FAILURE;
        }
        for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
            char path[4096];
            if (entry->d_name[0] == '.')
                continue;
            if (snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name) >= (int)sizeof path)
                return EXIT_FAILURE;
            feed(path);
            fed++;
        }
        closedir(folder);
    }
    printf("%lu inputs\n", fed);
    return fed > 0 ? EXIT_SUCCESS : EXIT_FAILURE; /* an empty corpus tests nothing */
}
