// SPDX-License-Identifier: MIT
// What the README shows.
#include <iostream>

#include <polelookup/polelookup.hpp>

int main(int, char **argv)
{
    const auto index = polelookup::index::open(argv[1]);
    polelookup::evidence known;
    known.hint = polelookup::hint{{45.6765, 126.6275}, 300};
    const auto resolution = index.resolve("二三三四五零四", known);
    const auto answer = resolution.answer();
    std::cout << (answer.is_sample() ? "SAMPLE " : "") << name(answer.match);
    if (const auto place = resolution.place()) { // empty unless exact, corrected, interpolated
        const auto pole = resolution.candidate(0);
        std::cout << ' ' << index.format(pole.pole.code, true) << ' ' << pole.pole.street << " at "
                  << place->lat_deg << ", " << place->lon_deg;
    }
    std::cout << "\nask: " << resolution.question().text(polelookup::language::en) << '\n';
}
