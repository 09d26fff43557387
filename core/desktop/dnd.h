/* SPDX-License-Identifier: MIT */
/* Do-not-disturb of whatever desktop this is: read, followed, switched. */
#pragma once

#include <stdbool.h>

struct _GDBusConnection;

/* The session bus, borrowed for good; before anything else. */
void dnd_set_bus(struct _GDBusConnection *bus);

/* The notification server that is there now, NULL for none: do-not-disturb
 * is its business, or its desktop's. */
void dnd_meet(const char *server);

/* Says {"dnd":...} now and at every change, or no more. */
void dnd_watch(bool on);

/* Switches it and says {"dnd_set":...}; nothing is remembered. */
void dnd_set(bool on);
