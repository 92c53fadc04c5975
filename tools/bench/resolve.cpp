// SPDX-License-Identifier: MIT
// From digits heard to the pole that was meant, against decoders as one writes them first: every
// string that the errors can lead to is looked up in a hash table, or every pole is compared.
// Theirs is the search alone, over substitutions, exchanges and lost digits; ours weighs all
// classes of the channel, judges, tells one candidate in full and chooses the question. usage:
// bench-resolve INDEX.plx [QUERIES [ROUNDS]]
#include <array>
#include <unordered_map>

#include "city.hpp"

namespace
{

constexpr int most_digits = 9;

struct spoken {
    std::vector<std::string> texts;
    std::vector<pole_heard *> heard;
    ~spoken()
    {
        for (auto *one : heard)
            pole_heard_free(one);
    }
};

std::string text_of(uint32_t number, int digits)
{
    std::string text(static_cast<size_t>(digits), '0');
    for (auto at = text.rbegin(); at != text.rend(); ++at, number /= 10)
        *at = static_cast<char>('0' + number % 10);
    return text;
}

enum class said { clean, one_wrong, one_lost, part, three_unread, worn };

std::string distort(std::string code, said how, bench::random &random)
{
    const size_t place = random.next() % code.size();
    switch (how) {
    case said::one_wrong:
        code[place] = static_cast<char>('0' + (code[place] - '0' + 1 + random.next() % 9) % 10);
        break;
    case said::one_lost:
        code.erase(place, 1);
        break;
    case said::part:
        code.erase(random.next() % 2 ? 0 : code.size() - 3, 3);
        break;
    case said::three_unread:
        code.replace(random.next() % (code.size() - 2), 3, "???");
        break;
    case said::worn:
        for (size_t unread = 0; unread + 2 < code.size(); unread++) {
            size_t at = random.next() % code.size();
            while (code[at] == '?')
                at = (at + 1) % code.size();
            code[at] = '?';
        }
        break;
    default:
        break;
    }
    return code;
}

void hear(const bench::city &c, said how, size_t count, spoken &out)
{
    bench::random random{7 + static_cast<uint64_t>(how)};
    pole_hear_options options;
    pole_hear_options_init(&options);
    options.lengths = pole_index_lengths(c.index);
    for (size_t i = 0; i < count; i++) {
        const uint32_t number = c.numbers[random.next() % c.numbers.size()];
        out.texts.push_back(distort(text_of(number, c.digits), how, random));
        const pole_text text{{out.texts.back().data(), out.texts.back().size()}, 1.0};
        pole_heard *heard = nullptr;
        if (pole_heard_new(nullptr, &heard) != POLE_OK ||
            pole_hear(&text, 1, &options, heard) != POLE_OK)
            bench::fail("hearing failed");
        out.heard.push_back(heard);
    }
}

// ---- Decoders by plain enumeration ----

using table = std::unordered_map<std::string, uint32_t>;
using weights = std::unordered_map<std::string, double>;

void substitute(const std::string &text, const table &codes, weights &found, double weight,
                size_t from, int more)
{
    std::string other = text;
    for (size_t i = from; i < text.size(); i++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            if (digit == text[i])
                continue;
            other[i] = digit;
            if (codes.count(other))
                found[other] += weight;
            if (more > 0)
                substitute(other, codes, found, weight * 0.1, i + 1, more - 1);
        }
        other[i] = text[i];
    }
}

// With each unreadable digit every one of ten.
void fill_unread(std::string text, size_t from, std::vector<std::string> &forms)
{
    const size_t unread = text.find('?', from);
    if (unread == std::string::npos) {
        forms.push_back(text);
        return;
    }
    for (char digit = '0'; digit <= '9'; digit++) {
        text[unread] = digit;
        fill_unread(text, unread + 1, forms);
    }
}

size_t enumerate(const std::string &heard, const table &codes, size_t digits)
{
    weights found;
    std::vector<std::string> forms{heard};
    const size_t unread = heard.find('?');
    if (unread != std::string::npos) {
        forms.clear();
        fill_unread(heard, unread, forms);
    } else if (heard.size() + 1 == digits) {
        forms.clear();
        for (size_t i = 0; i <= heard.size(); i++)
            for (char digit = '0'; digit <= '9'; digit++)
                forms.push_back(std::string(heard).insert(i, 1, digit));
    } else if (heard.size() + 3 == digits) {
        forms.clear();
        for (int rest = 0; rest < 1000; rest++) {
            forms.push_back(text_of(rest, 3) + heard);
            forms.push_back(heard + text_of(rest, 3));
        }
    }
    for (auto &form : forms) {
        if (codes.count(form))
            found[form] += 1;
        if (heard.size() == digits && unread == std::string::npos) {
            substitute(form, codes, found, 0.01, 0, 1);
            for (size_t i = 0; i + 1 < form.size(); i++) {
                std::string other = form;
                std::swap(other[i], other[i + 1]);
                if (other != form && codes.count(other))
                    found[other] += 0.01;
            }
        } else if (heard.size() + 1 == digits) {
            substitute(form, codes, found, 0.001, 0, 0);
        }
    }
    return found.size();
}

// Levenshtein's distance of what was heard to every pole; '?' fits all.
size_t scan(const std::string &heard, const std::vector<std::string> &codes)
{
    size_t best = codes.size(), least = 99;
    std::array<size_t, most_digits + 2> row{};
    for (size_t c = 0; c < codes.size(); c++) {
        const std::string &code = codes[c];
        for (size_t j = 0; j <= code.size(); j++)
            row[j] = j;
        for (size_t i = 1; i <= heard.size(); i++) {
            size_t corner = row[0];
            row[0] = i;
            for (size_t j = 1; j <= code.size(); j++) {
                const bool same = heard[i - 1] == code[j - 1] || heard[i - 1] == '?';
                const size_t here =
                    std::min({row[j] + 1, row[j - 1] + 1, corner + (same ? 0u : 1u)});
                corner = row[j];
                row[j] = here;
            }
        }
        if (row[code.size()] < least) {
            least = row[code.size()];
            best = c;
        }
    }
    return best;
}

struct decoders {
    table codes;
    std::vector<std::string> list;
};

void measure(const bench::city &c, const decoders &peers, said how, const char *title, size_t count,
             int rounds, double budget_us)
{
    spoken queries;
    hear(c, how, count, queries);
    pole_resolution *resolution = nullptr;
    pole_resolve_options options;
    pole_resolve_options_init(&options);
    options.limit = 1;
    if (pole_resolution_new(nullptr, &resolution) != POLE_OK)
        bench::fail("no memory");
    bench::table t{title, "us"};
    t.rows.push_back({"polelookup: pole_resolve, one candidate told",
                      [&] {
                          for (auto *heard : queries.heard)
                              if (pole_resolve(c.index, heard, &options, resolution) != POLE_OK)
                                  bench::fail("resolving failed");
                      },
                      static_cast<double>(count), budget_us});
    const size_t fewer = std::max<size_t>(1, count / 20), fewest = std::max<size_t>(1, count / 400);
    t.rows.push_back({"plain enumeration, std::unordered_map",
                      [&] {
                          for (size_t i = 0; i < fewer; i++)
                              bench::keep(enumerate(queries.texts[i], peers.codes, c.digits));
                      },
                      static_cast<double>(fewer)});
    t.rows.push_back({"every pole compared, Levenshtein",
                      [&] {
                          for (size_t i = 0; i < fewest; i++)
                              bench::keep(scan(queries.texts[i], peers.list));
                      },
                      static_cast<double>(fewest)});
    bench::run(t, rounds);
    pole_resolution_free(resolution);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 2) {
        std::fprintf(stderr, "usage: %s INDEX.plx [QUERIES [ROUNDS]]\n", argv[0]);
        return 2;
    }
    const bench::city c(argv[1]);
    const size_t count = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 4000;
    const int rounds = argc > 3 ? std::atoi(argv[3]) : 5;
    decoders peers;
    for (size_t row = 0; row < c.numbers.size(); row++) {
        peers.list.push_back(text_of(c.numbers[row], c.digits));
        peers.codes.emplace(peers.list.back(), static_cast<uint32_t>(row));
    }
    measure(c, peers, said::clean, "a code heard clean to its answer", count, rounds, 20);
    measure(c, peers, said::one_wrong, "one digit wrong", count, rounds, 20);
    measure(c, peers, said::one_lost, "one digit lost", count, rounds, 1000);
    measure(c, peers, said::part, "three digits lost at an end", count, rounds, 1000);
    measure(c, peers, said::three_unread, "three digits unreadable", count, rounds, 1000);
    measure(c, peers, said::worn, "all but two digits unreadable", count, rounds, 1000);
    return 0;
}
