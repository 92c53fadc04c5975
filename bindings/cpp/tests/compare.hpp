// SPDX-License-Identifier: MIT
//
// How an answer is compared with a case of tests/vectors (its README, "How values are compared").
#ifndef COMPARE_HPP
#define COMPARE_HPP

#include <cmath>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

using nlohmann::json;

// What differs; empty: nothing. key: the last one on the way, which says what the number is.
inline std::string difference(const json &want, const json &got, const std::string &key,
                              const std::string &at)
{
    static const std::map<std::string, double> tolerances = {
        {"lat", 1e-9},        {"lon", 1e-9},        {"middle", 1e-9},
        {"bounds", 1e-9},     {"distance_m", 1e-6}, {"bearing_deg", 1e-4},
        {"confidence", 1e-9}, {"no_pole", 1e-9},    {"confidence_place", 1e-9}};
    const std::string here = at + ": " + got.dump() + ", not " + want.dump();
    if (want.is_object()) {
        if (!got.is_object() || (got.contains("error") && !want.contains("error"))) {
            return here;
        }
        for (const auto &[name, value] : want.items()) {
            if (!got.contains(name)) {
                return at + "." + name + " is not there";
            }
            if (std::string off = difference(value, got[name], name, at + "." + name);
                !off.empty()) {
                return off;
            }
        }
        return {};
    }
    if (want.is_array()) {
        if (!got.is_array() || got.size() != want.size()) {
            return here;
        }
        for (std::size_t i = 0; i < want.size(); i++) {
            if (std::string off =
                    difference(want[i], got[i], key, at + "[" + std::to_string(i) + "]");
                !off.empty()) {
                return off;
            }
        }
        return {};
    }
    if (want.is_number() && got.is_number() && tolerances.count(key) != 0) {
        double off = std::abs(want.get<double>() - got.get<double>());
        if (key == "bearing_deg") {
            off = std::min(off, 360 - off);
        }
        return off <= tolerances.at(key) ? "" : here;
    }
    return want == got ? "" : here;
}

#endif
