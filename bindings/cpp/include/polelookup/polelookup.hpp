// SPDX-License-Identifier: MIT
//
// The C++17 binding of polelookup: all of its headers. base.hpp tells the conventions.
#ifndef POLELOOKUP_POLELOOKUP_HPP
#define POLELOOKUP_POLELOOKUP_HPP

#include <polelookup/base.hpp>
#include <polelookup/batch.hpp>
#include <polelookup/between.hpp>
#include <polelookup/build.hpp>
#include <polelookup/bulk.hpp>
#include <polelookup/index.hpp>
#include <polelookup/places.hpp>
#include <polelookup/resolution.hpp>
#include <polelookup/resolve.hpp>

#endif
