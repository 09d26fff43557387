/* SPDX-License-Identifier: MIT */
/*
 * The client's end of the socket: one connection, questions and their answers.
 * Answers are handed out as JSON text so that no header needs jansson; see
 * client/reply.h for taking them apart.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

struct link {
	int fd;
	struct buf in;
	int64_t deadline_ns; /* on clock_mono_ns() */
	int protocol; /* 0: ours; once refused, that of the daemon */
	bool subscribe; /* set before link_open(): notices and changes, too */
	bool slow; /* the answer may wait for every repository to be read */
	char today[11]; /* the date of the day that holds, once it is open */
};

#define LINK_INIT {.fd = -1}
#define AUTO_LINK CLEANUP(link_close)

/* link_open() and link_start(): there is no daemon. */
#define LINK_NONE 1

/* Most bytes of one line of an answer, and of all its lines together. */
#define LINK_LINE_MAX (4 * 1024 * 1024)
#define LINK_ANSWER_MAX (64 * 1024 * 1024)

/* Connects and shakes hands. 0, LINK_NONE with a sentence when no daemon
 * runs, or -errno: one runs but does not answer, or speaks another protocol. */
int link_open(struct link *link, struct err *err);

/* As link_open(), and starts the daemon when none runs; *started says so. */
int link_start(struct link *link, bool *started, struct err *err);

/* Sends one line (a JSON object with "id":1, no newline) and appends each
 * line of the answer to out, newlines included; those of "more":true as well
 * as the last. 0 or -errno with a sentence. */
int link_ask(struct link *link, const char *request, struct buf *out,
	struct err *err);

/* The same when records come before the answer: each of their lines (its first
 * key is "at" or "day") goes to fn, without "more", id and newline. */
int link_stream(struct link *link, const char *request,
	void (*fn)(void *data, const char *line, size_t n), void *data,
	struct buf *out, struct err *err);

/* For subscribers, who wait for several things at once. Each returns at once:
 * link_send() 0 or -errno, link_read() 0 or -errno once the connection is
 * over, link_line() 1 with a line the caller frees, 0, or -errno. */
int link_send(struct link *link, const char *line, struct err *err);
int link_read(struct link *link, struct err *err);
int link_line(struct link *link, char **line);

/* Waits until the daemon has closed the connection. 0, or -ETIMEDOUT. */
int link_wait_end(struct link *link);

/* Closes it, if it is open, and forgets what was read. */
void link_close(struct link *link);
