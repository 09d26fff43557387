/* SPDX-License-Identifier: MIT */
/* The note handed back where work begins again, and the offer to put a day
 * right that nobody closed. */
#pragma once

#include <stdbool.h>

struct daemon;
struct json_t;

/* Somebody works: once a day, offers to put the last day right when it ended
 * without a merge. */
void morning_activity(struct daemon *d);

/* Opens the last note in the editor that was active last. */
void morning_open(struct daemon *d);

/* {"day","path","text","file","line","unmerged":{"day","ended"}} as far as
 * there is any of it, else {"refused"}. The answer is the caller's. */
struct json_t *morning_json(struct daemon *d);

/* The last note was read: its notice goes. */
void morning_read(struct daemon *d);

/* Whether there is a note of an earlier day that was not read. */
bool morning_unread(struct daemon *d);
