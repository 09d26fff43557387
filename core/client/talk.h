/* SPDX-License-Identifier: MIT */
/* One request to the daemon, with everything that can go wrong said to the
 * person who typed it. */
#pragma once

#include "client/commands.h"

struct json_t;
struct link;

/* How to talk; a set of bits. */
enum talk_how {
	TALK_ONLY = 0,
	TALK_START = 1 << 0, /* start the daemon when none runs */
	TALK_SLOW = 1 << 1,  /* the answer needs the repositories */
};

/* Sends request (the reference is taken) and gives its answer in *reply (the
 * caller's). Returns EXIT_DONE; else *reply is NULL, the reason was printed,
 * and it is EXIT_NO (refused), EXIT_USAGE (not understood) or EXIT_NONE. */
int talk(struct json_t *request, unsigned how, struct json_t **reply);

/* The same where the answer is a help and no more: prints nothing, starts
 * nothing. True with *reply (the caller's). */
bool talk_quietly(struct json_t *request, struct json_t **reply);

/* The same for an order: prints what the daemon says about it. */
int talk_order(struct json_t *request);

/* A connection for several questions, with link_close(). An exit code, with
 * the reason printed. */
int talk_open(struct link *link, unsigned how);

/* As talk() on an open connection, with what link_stream() gives to fn before
 * the answer. */
int talk_stream(struct link *link, struct json_t *request,
	void (*fn)(void *data, const char *line, size_t n), void *data,
	struct json_t **reply);

/* Ends the daemon, and returns when it is gone. */
int talk_stop(void);

/* The lines of an answer (overwritten) as one object, or NULL. */
struct json_t *talk_join(char *lines);

/* Prints a reply as one line of JSON. */
void talk_print(const struct json_t *reply);

/* Cleanup for a json_t pointer. */
#define AUTO_JSON CLEANUP(talk_freep)
void talk_freep(struct json_t **json);
