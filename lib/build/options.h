/* SPDX-License-Identifier: MIT
 * A host's build options, read and copied into a builder. */
#ifndef BUILD_OPTIONS_H
#define BUILD_OPTIONS_H

#include "build/builder.h"

/* Fills a builder that is zeroed but for its allocator and texts. Returns as pole_builder_new();
 * what was made so far is the builder's to free. */
pole_status pole_builder_configure(pole_builder *builder, const pole_build_options *options,
                                   pole_error *error);

#endif
