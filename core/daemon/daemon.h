/* SPDX-License-Identifier: MIT */
/*
 * The daemon's own state, handed down to the files of this room; there is no
 * other.  What is decided is decided in the engine; here it is carried out.
 */
#pragma once

#include "base/err.h"
#include "config/config.h"
#include "engine/engine.h"

struct board;
struct confwatch;
struct desktop;
struct gather;
struct git;
struct history;
struct holders;
struct ledger;
struct onnotice;
struct places;
struct quiet;
struct rollup;
struct server;
struct service;
struct store;
struct timeline;
struct word;

struct daemon_options {
	const char *clock; /* --clock, or NULL */
	bool foreground;   /* notices may go to this terminal */
};

/* The last peer that spoke another protocol; at 0: none did. */
struct turned_away {
	int64_t at, protocol;
	char as[32];
};

struct daemon {
	struct daemon_options options;
	struct timeline *time;
	struct config *config;
	struct config_problems problems;
	struct store *store;
	struct history *history;
	struct gather *gather;
	struct places *places;
	struct ledger *ledger;
	struct board *board;
	struct server *server;
	struct desktop *desktop;
	struct git *git;
	struct holders *holders;
	struct quiet *quiet;
	struct rollup *rollup;
	struct onnotice *onnotice;
	struct service *service;
	struct word *word;
	char *config_unusable; /* why its file is not, or NULL */
	char *trouble;	   /* a sentence about the history, or NULL */
	char *config_path; /* the file that is read */
	char *status_line; /* last pushed to editors */
	char *zone_at_start; /* TZ as it was given, or NULL */
	void *loop;	   /* GMainLoop */
	bool own_socket;   /* made here, not handed over by systemd */
	struct confwatch *confwatch;
	struct sockwatch *sockwatch; /* NULL: it is systemd's */
	struct turned_away turned_away;
};

/* Starts everything and answers on the socket; *out is the caller's. 0 or
 * -errno with a sentence: -EADDRINUSE when another one runs. */
int daemon_start(const struct daemon_options *options, struct daemon **out,
	struct err *err);

/* Runs until daemon_quit() or a signal. */
void daemon_run(struct daemon *d);
void daemon_quit(struct daemon *d);
struct daemon *daemon_free(struct daemon *d);

/* Reads the config again; a file that cannot be used as a whole leaves the
 * old one in force, with the reason in err. */
int daemon_reload(struct daemon *d, struct err *err);

/* Another zone of the system, as if it had travelled. 0, or -EINVAL. */
int daemon_set_zone(struct daemon *d, const char *zone);

/* Files of the daemon's own: with --clock, beside the real ones. Each path is
 * the caller's. */
char *daemon_database_path(const struct daemon *d);
char *daemon_notes_path(const struct daemon *d);

/* The IANA name of the system's zone, or "". The caller frees it. */
char *daemon_system_zone(const struct daemon *d);

/* Puts the zone in force back after a fold over the past used another. */
void daemon_restore_zone(struct daemon *d);

/* The zone functions the engine is given. */
extern const struct zone daemon_zone;
