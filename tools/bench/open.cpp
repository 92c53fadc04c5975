// SPDX-License-Identifier: MIT
// Opening an index, read to private memory and mapped, and what its parts cost; and what each
// section of the file takes of it. usage: bench-open INDEX.plx [ROUNDS]
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#ifdef BENCH_LIBDEFLATE
#include <libdeflate.h>
#endif

#include "city.hpp"

namespace
{

void open_once(const char *path, uint32_t flags)
{
    pole_open_options options;
    pole_open_options_init(&options);
    options.flags = flags;
    pole_index *index;
    pole_error error;
    if (pole_index_open(path, &options, &index, &error) != POLE_OK)
        bench::fail(error.message);
    pole_index_close(index);
}

std::vector<unsigned char> read_whole(const char *path)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about {
    };
    if (file < 0 || fstat(file, &about) != 0)
        bench::fail(std::string("cannot read ") + path);
    std::vector<unsigned char> bytes(static_cast<size_t>(about.st_size));
    if (read(file, bytes.data(), bytes.size()) != about.st_size)
        bench::fail(std::string("cannot read ") + path);
    close(file);
    return bytes;
}

void opening(const char *path, const std::vector<unsigned char> &bytes, int rounds)
{
    const int repeats = static_cast<int>(std::max<size_t>(1, 100000000 / bytes.size()));
    const auto row = [repeats](const char *name, std::function<void()> once, double budget = 0) {
        return bench::contender{name,
                                [repeats, once] {
                                    for (int i = 0; i < repeats; i++)
                                        once();
                                },
                                static_cast<double>(repeats), budget};
    };
    bench::table t{"open and close, file in the system's cache", "ms"};
    t.rows.push_back(row(
        "polelookup: private", [path] { open_once(path, 0); }, 0.6));
    t.rows.push_back(row("polelookup: mapped", [path] { open_once(path, POLE_OPEN_MAPPED); }));
    t.rows.push_back(row("polelookup: from memory, borrowed: CRC and attach", [&bytes] {
        pole_open_options options;
        pole_open_options_init(&options);
        options.flags = POLE_OPEN_BORROWED;
        pole_index *index;
        if (pole_index_open_memory(bytes.data(), bytes.size(), &options, &index, nullptr) !=
            POLE_OK)
            bench::fail("cannot be opened from memory");
        pole_index_close(index);
    }));
#ifdef BENCH_LIBDEFLATE
    t.rows.push_back(row("limit: CRC-32 alone, libdeflate", [&bytes] {
        bench::keep(libdeflate_crc32(0, bytes.data(), bytes.size()));
    }));
#endif
    t.rows.push_back(row("limit: read alone, into new memory", [path, size = bytes.size()] {
        const int file = open(path, O_RDONLY | O_CLOEXEC);
        void *memory = std::malloc(size);
        if (read(file, memory, size) != static_cast<ssize_t>(size))
            bench::fail("cannot be read");
        bench::keep(memory);
        std::free(memory);
        close(file);
    }));
    bench::run(t, rounds);
}

uint64_t number(const unsigned char *bytes, size_t size)
{
    uint64_t value = 0;
    while (size-- > 0)
        value = value << 8 | bytes[size];
    return value;
}

// As docs/index-format.md has it.
void sizes(const std::vector<unsigned char> &bytes, uint32_t poles)
{
    static const char *const names[] = {
        "",        "scheme",   "strings", "codes",       "positions",  "tree",  "attributes",
        "aliases", "stations", "areas",   "assignments", "provenance", "doubts"};
    const uint64_t sections = number(bytes.data() + 32, 4);
    bench::table t{"bytes a pole in the file", "bytes"};
    const auto add = [&t, poles](const std::string &name, uint64_t size, double budget) {
        bench::contender row{name, nullptr, 1, budget};
        row.times = {static_cast<double>(size) / poles};
        t.rows.push_back(row);
    };
    uint64_t hot = 0;
    add("the whole file", bytes.size(), 20);
    for (uint64_t i = 0; i < sections; i++) {
        const unsigned char *entry = bytes.data() + 128 + 32 * i;
        const uint64_t kind = number(entry, 2), size = number(entry + 16, 8);
        const std::string name =
            kind < sizeof names / sizeof *names ? names[kind] : "kind " + std::to_string(kind);
        if (name == "codes" || name == "positions")
            hot += size;
        add("  " + name, size, 0);
    }
    add("codes and positions", hot, 10);
    bench::print(t);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s INDEX.plx [ROUNDS]\n", argv[0]);
        return 2;
    }
    const std::vector<unsigned char> bytes = read_whole(argv[1]);
    pole_index *index;
    pole_error error;
    if (pole_index_open(argv[1], nullptr, &index, &error) != POLE_OK)
        bench::fail(error.message);
    pole_info info{};
    info.struct_size = sizeof info;
    pole_index_info(index, &info);
    pole_index_close(index);
    opening(argv[1], bytes, argc > 2 ? std::atoi(argv[2]) : 5);
    sizes(bytes, info.poles);
    return 0;
}
