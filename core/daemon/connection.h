/* SPDX-License-Identifier: MIT */
/* What the server's two halves share: one peer's traffic (connection.c), and who
 * is connected (server.c). */
#pragma once

#include "base/buf.h"
#include "daemon/server.h"

struct connection {
	struct peer peer; /* first: a peer is a connection */
	struct server *server;
	int fd;
	struct buf in, out;
	uint32_t watched; /* EPOLLIN, EPOLLOUT */
	bool closing;	  /* no more reading; ends once out is empty */
	bool paused;	  /* no reading until it has read its answers */
	bool waits;	  /* there may be whole lines in `in` */
	bool deaf;	  /* nothing sent arrives any more */
};

struct server {
	struct server_calls calls;
	int fd, epoll;
	unsigned source, source_peers;
	int spare; /* a descriptor to let go when there are no more */
	uint64_t serial;
	size_t queued;	   /* bytes in all `out` */
	size_t unread;	   /* bytes in all `in` */
	void *peers;	   /* GHashTable: serial -> connection */
};

/* The connection of that number, borrowed, or NULL when it is over. */
struct connection *server_find(struct server *s, uint64_t serial);

/* Watches it anew, after any change of what is waited for. False when that cannot
 * be. */
bool connection_watch(struct connection *c);

/* Sends n bytes, or keeps what the kernel does not take. False when the peer is
 * past saving; the caller drops it. */
bool connection_queue(struct connection *c, const char *bytes, size_t n);

/* The same of an object, which stays the caller's. */
bool connection_send(struct connection *c, struct json_t *message);

/* Does what epoll's `events` make possible: its lines are handed on, or what waits
 * is sent. False when it is over; the caller drops it. */
bool connection_turn(struct connection *c, uint32_t events);
