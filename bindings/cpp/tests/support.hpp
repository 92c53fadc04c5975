// SPDX-License-Identifier: MIT
//
// What the tests share: the sample index, opened once.
#ifndef SUPPORT_HPP
#define SUPPORT_HPP

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <gtest/gtest.h>

#include <polelookup/polelookup.hpp>

inline std::string setting(const char *name)
{
    const char *value = std::getenv(name);
    if (value == nullptr) {
        throw std::runtime_error(std::string(name) + " is not set: use run.sh");
    }
    return value;
}

inline std::string file_bytes(const std::string &path)
{
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        throw std::runtime_error("cannot read " + path);
    }
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

inline const polelookup::index &sample()
{
    static const polelookup::index index =
        polelookup::index::open(setting("POLELOOKUP_TEST_SAMPLE"));
    return index;
}

// The status of the typed exception that the call throws, POLE_OK for none. The type is checked,
// too: what is thrown for a status is the class for that status.
template <class Exception, class Call> std::string thrown_by(Call &&call)
{
    try {
        call();
    } catch (const Exception &error) {
        return std::string(error.name());
    }
    return "nothing";
}

#endif
