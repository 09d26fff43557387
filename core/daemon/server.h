/* SPDX-License-Identifier: MIT */
/*
 * The socket's other end: who is connected, whole lines in, whole lines out.
 * A peer that does not read, writes too much or is somebody else's is dropped;
 * nobody else notices.
 */
#pragma once

#include <sys/types.h>

#include "base/err.h"

struct buf;
struct json_t;
struct server;

struct peer {
	uint64_t serial; /* never given twice */
	bool hello;	 /* has introduced itself */
	bool subscribed; /* gets notices and state changes */
	bool editor;
	char as[32];
	int64_t active; /* instant of its last activity event */
};

struct server_calls {
	/* Somebody has connected, who will say something soon. */
	void (*knock)(void *data);
	/* A line without its newline; valid JSON object. The peer may be
	 * dropped inside. */
	void (*line)(void *data, struct peer *peer, struct json_t *message);
	void *data;
};

/* Serves listen_fd (taken over); calls are copied. server_free() takes NULL,
 * too, closes everything and returns NULL. */
struct server *server_new(int listen_fd, const struct server_calls *calls);
struct server *server_free(struct server *s);

/* Takes connections at another socket from here on; it is taken over. */
void server_listen(struct server *s, int listen_fd);

/* Sends one object; takes the reference. A peer that is gone is ignored. */
void server_send(struct server *s, uint64_t serial, struct json_t *message);

/* Sends whole lines as they are. */
void server_send_lines(struct server *s, uint64_t serial,
	const struct buf *lines);

/* Sends to every subscriber; takes the reference. Returns how many editors
 * there are among them. */
int server_push(struct server *s, struct json_t *message);

/* The subscribed editor that was active last, borrowed, or NULL. */
struct peer *server_editor(struct server *s);

/* Number of subscribed editors. */
int server_editors(struct server *s);

/* Ends a connection after what was sent to it is out. */
void server_drop(struct server *s, uint64_t serial);

/* Calls fn for every connection, in no order; it must not drop any. */
void server_each(struct server *s,
	void (*fn)(void *data, const struct peer *peer), void *data);
