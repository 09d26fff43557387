/* SPDX-License-Identifier: MIT */
/*
 * The notices the daemon wants on the screen, by its own numbers.  Each one
 * that was asked for ends in exactly one line: failed, closed or forgotten;
 * or silently, when another took its place.
 */
#pragma once

struct _GDBusConnection;
struct json_t;
struct server;

/* {"show":17,...}: shown now, or as soon as a server is there. */
void notices_show(struct json_t *line);

/* {"close":17}; with a "place", what a process before us left there. */
void notices_close(struct json_t *line);

/* What server.h calls; bus is the one to close notices through. */
void notices_set_bus(struct _GDBusConnection *bus);
void notices_ready(const struct server *server);
void notices_lost(void);

/* Takes everything off the screen, since nobody will hear its buttons. */
void notices_end(void);
