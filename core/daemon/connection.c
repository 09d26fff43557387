/* SPDX-License-Identifier: MIT */
/*
 * Writing never waits: what the kernel does not take is kept, up to a bound
 * for each reader and one for all, and beyond it the reader is dropped; who
 * has not read its answers yet is not asked for more.  Errors in a line get
 * one reply, and the connection ends.
 */
#include "daemon/connection.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "wire/line.h"
#include "wire/wire.h"

#define OUT_MAX (1024 * 1024)
#define OUT_ALL_MAX (32 * 1024 * 1024)
#define PAUSE_AT (128 * 1024)
#define IN_ALL_MAX (16 * 1024 * 1024) /* of lines that have no end yet */

/* Of one peer before the others have their turn: some fifty events, and one
 * line more once its time is over. */
#define READ_PER_TURN 4096
#define TURN_NS (2 * NS_PER_MS)

bool
connection_watch(struct connection *c)
{
	struct epoll_event event = {
		.events = (c->closing || c->paused ? 0 : EPOLLIN) |
			(c->closing || c->waits || c->out.len ? EPOLLOUT : 0),
		.data.u64 = c->peer.serial,
	};

	if (event.events != c->watched &&
		epoll_ctl(c->server->epoll,
			c->watched ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, c->fd,
			&event) == 0)
		c->watched = event.events;
	return event.events == c->watched;
}

/* Sends what waits. False when the connection is over. */
static bool
flush(struct connection *c)
{
	ssize_t n = send(c->fd, c->out.data, c->out.len,
		MSG_NOSIGNAL | MSG_DONTWAIT);

	if (n < 0 && errno != EAGAIN && errno != EINTR)
		return false;
	if (n > 0) {
		buf_drop(&c->out, (size_t)n);
		c->server->queued -= (size_t)n;
	}
	if (c->out.len)
		return true;
	buf_free(&c->out);
	c->paused = false;
	return !c->closing;
}

bool
connection_queue(struct connection *c, const char *bytes, size_t n)
{
	ssize_t sent = 0;

	if (c->out.len == 0)
		sent = send(c->fd, bytes, n, MSG_NOSIGNAL | MSG_DONTWAIT);
	if (sent < 0 && errno != EAGAIN && errno != EINTR)
		return false;
	sent = sent < 0 ? 0 : sent;
	if ((size_t)sent == n)
		return true;
	n -= (size_t)sent;
	if (c->out.len + n > OUT_MAX || c->server->queued + n > OUT_ALL_MAX)
		return false;
	buf_add(&c->out, bytes + sent, n);
	c->server->queued += n;
	connection_watch(c);
	return true;
}

bool
connection_send(struct connection *c, json_t *message)
{
	char *text = json_dumps(message, WIRE_JSON);
	size_t n = text ? strlen(text) : 0;
	bool good;

	if (!text)
		return true;
	text[n] = '\n'; /* instead of the NUL: the length is known */
	good = connection_queue(c, text, n + 1);
	free(text);
	return good;
}

static void
refuse(struct server *s, uint64_t serial, const char *why)
{
	server_send(s, serial, json_pack("{ss}", "error", why));
	server_drop(s, serial);
}

/* Parses one line and hands it on. False when the connection is ending. */
static bool
handle_line(struct connection *c, const char *line)
{
	struct server *s = c->server;
	uint64_t serial = c->peer.serial;
	json_t *message = NULL;
	json_error_t error;

	if (!text_is_utf8(line, strlen(line))) {
		refuse(s, serial, "not UTF-8: send one JSON object a line");
		return false;
	}
	message = json_loads(line, JSON_REJECT_DUPLICATES, &error);
	if (!json_is_object(message)) {
		json_decref(message);
		refuse(s, serial, "not JSON: send one JSON object a line");
		return false;
	}
	/* What it told counts, what it asked is nobody's question any more. */
	if (!c->deaf || !json_object_get(message, "get"))
		s->calls.line(s->calls.data, &c->peer, message);
	json_decref(message);
	c = server_find(s, serial);
	return c && !c->closing;
}

/* Handles whole lines that are there, for as long as it is this peer's turn and
 * it reads its answers. False when the peer is gone. */
static bool
take_lines(struct server *s, uint64_t serial)
{
	int64_t end = clock_mono_ns() + TURN_NS;
	struct connection *c;

	while ((c = server_find(s, serial)) && !c->closing) {
		AUTO_FREE char *line = NULL;
		int r = 0;

		c->paused = c->out.len >= PAUSE_AT;
		c->waits = c->paused || clock_mono_ns() > end;
		if (!c->waits)
			r = line_take(&c->in, WIRE_LINE_MAX, &line);
		if (r == 0)
			return true;
		if (r < 0) {
			refuse(s, serial, "line longer than 64 KiB");
			return false;
		}
		if (!handle_line(c, line))
			return false;
	}
	return false;
}

static void
take_turn(struct connection *c)
{
	struct server *s = c->server;

	if (take_lines(s, c->peer.serial) && c->in.len == 0)
		buf_free(&c->in); /* idle peers hold no memory */
}

/* Reads what is there. False when the connection is over. */
static bool
read_some(struct connection *c)
{
	static char bytes[READ_PER_TURN];
	ssize_t n = recv(c->fd, bytes, sizeof bytes, MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (n <= 0)
		return false;
	buf_add(&c->in, bytes, (size_t)n);
	return true;
}

/* What waits from its last turn comes before anything new. False when the
 * connection is over. */
static bool
read_lines(struct connection *c)
{
	struct server *s = c->server;
	bool good;

	s->unread -= c->in.len;
	good = c->waits || read_some(c);
	if (good)
		take_turn(c);
	s->unread += c->in.len;
	if (good && s->unread > IN_ALL_MAX && c->in.len && !c->closing)
		refuse(s, c->peer.serial, "too many lines without an end");
	return good;
}

/* What it said before it hung up is heard before that is noticed. */
bool
connection_turn(struct connection *c, uint32_t events)
{
	bool reads = (events & ~(uint32_t)EPOLLOUT || c->waits) &&
		!c->closing && !c->paused;

	return (reads ? read_lines(c) : flush(c)) && connection_watch(c);
}
