/* SPDX-License-Identifier: MIT
 * A group: words of one number, or of several, that no pause and no other word parts. */
#ifndef SPEECH_GROUP_H
#define SPEECH_GROUP_H

#include "speech/lattice.h"

#define POLE_ROLES_BEGIN_GROUP                                                                     \
    (POLE_ROLES_NUMBER | POLE_ROLE(SOUND) | POLE_ROLE(UNREAD) | POLE_ROLE(TIMES))
#define POLE_ROLES_IN_GROUP (POLE_ROLES_BEGIN_GROUP | POLE_ROLE(EACH))

typedef struct {
    const pole_tokens *tokens;
    size_t at; /* the first token, whose roles may begin a group */
    uint32_t lengths;
    bool goes_on;    /* a part of the same code was said before it */
    bool ends_at_is; /* "is" ends it: "not three, is two" */
} pole_group_start;

/* Returns the place behind the group, start->at when there is none. */
size_t pole_group_read(const pole_group_start *start, pole_group *group);

#endif
