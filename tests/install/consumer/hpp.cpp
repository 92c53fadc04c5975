// SPDX-License-Identifier: MIT
//
// Asks an index through the C++ headers: that a consumer finds them by polelookup::cpp alone.
#include <iostream>

#include <polelookup/polelookup.hpp>

int main(int argc, char **argv)
{
    if (argc != 3) {
        return 2;
    }
    const auto index = polelookup::index::open(argv[1]);
    const auto resolution = index.resolve(argv[2]);
    const auto answer = resolution.answer();
    std::cout << name(answer.match) << " heard " << answer.heard << '\n';
}
