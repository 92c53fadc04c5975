// SPDX-License-Identifier: MIT
// What the README shows.
#include <iostream>

#include <polelookup/polelookup.hpp>

int main(int, char **argv)
{
    const auto index = polelookup::index::open(argv[1]);
    polelookup::evidence known;
    known.hint = polelookup::hint{{45.6765, 126.6275}, 300}; // where the phone is, within 300 m
    const auto resolution = index.resolve(argv[2], known);
    const auto answer = resolution.answer();
    std::cout << std::fixed << (answer.is_sample() ? "SAMPLE " : "") << name(answer.match);
    if (resolution.place()) { // empty unless exact, corrected or interpolated
        std::cout << " at " << resolution.place()->lat_deg << ", " << resolution.place()->lon_deg;
    }
    for (const auto &candidate : resolution.candidates()) {
        std::cout << "\n  " << index.format(candidate.pole.code, true) << ' '
                  << candidate.pole.street << ", " << candidate.confidence.value_or(0);
    }
    std::cout << '\n';
    if (answer.question != polelookup::ask::nothing) {
        std::cout << "ask: " << resolution.question().text(polelookup::language::en) << '\n';
    }
}
