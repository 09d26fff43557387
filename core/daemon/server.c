/* SPDX-License-Identifier: MIT */
/*
 * Writing never waits: what the kernel does not take is kept, up to a bound
 * for each reader and one for all, and beyond it the reader is dropped; who
 * has not read its answers yet is not asked for more.  Errors in a line get
 * one reply, and the connection ends.
 *
 * The connections are watched by an epoll of their own, which is the only
 * descriptor the loop knows: a thousand in a poll() cost more than all that is
 * done with what one of them says.
 */
#include "daemon/server.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <jansson.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"
#include "wire/line.h"
#include "wire/sock.h"
#include "wire/wire.h"

#define OUT_MAX (1024 * 1024)
#define OUT_ALL_MAX (32 * 1024 * 1024)
#define PAUSE_AT (128 * 1024)
#define IN_ALL_MAX (16 * 1024 * 1024) /* of lines that have no end yet */
#define PEERS_MAX 2048

/* Peers that have their turn before the rest of the loop has. */
#define READY_PER_TURN 64

/* How long the loop waits for what a newcomer says first. */
#define FIRST_LINE_MS 1

/* Of one peer before the others have their turn: some fifty events, and one
 * line more once its time is over. */
#define READ_PER_TURN 4096
#define TURN_NS (2 * NS_PER_MS)

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
	guint source, source_peers;
	int spare; /* a descriptor to let go when there are no more */
	uint64_t serial;
	size_t queued;	   /* bytes in all `out` */
	size_t unread;	   /* bytes in all `in` */
	GHashTable *peers; /* serial -> connection */
};

static void
connection_free(gpointer data)
{
	struct connection *c = data;

	epoll_ctl(c->server->epoll, EPOLL_CTL_DEL, c->fd, NULL);
	close(c->fd);
	c->server->queued -= c->out.len;
	c->server->unread -= c->in.len;
	buf_free(&c->in);
	buf_free(&c->out);
	free(c);
}

static void
drop_now(struct connection *c)
{
	g_hash_table_remove(c->server->peers, &c->peer.serial);
}

/* After any change of what is waited for. False when it cannot be. */
static bool
watch(struct connection *c)
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

/* False when the peer is past saving; the caller drops it. */
static bool
queue(struct connection *c, const char *bytes, size_t n)
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
	watch(c);
	return true;
}

static bool
send_json(struct connection *c, json_t *message)
{
	char *text = json_dumps(message, WIRE_JSON);
	size_t n = text ? strlen(text) : 0;
	bool good;

	if (!text)
		return true;
	text[n] = '\n'; /* instead of the NUL: the length is known */
	good = queue(c, text, n + 1);
	free(text);
	return good;
}

static struct connection *
find(struct server *s, uint64_t serial)
{
	return g_hash_table_lookup(s->peers, &serial);
}

void
server_send(struct server *s, uint64_t serial, json_t *message)
{
	struct connection *c = find(s, serial);

	/* Not `closing`: its reader must still come round, to see the end. */
	if (c && !c->deaf && !send_json(c, message)) {
		c->deaf = true;
		shutdown(c->fd, SHUT_RDWR);
	}
	json_decref(message);
}

void
server_send_lines(struct server *s, uint64_t serial, const struct buf *lines)
{
	struct connection *c = find(s, serial);

	if (c && !queue(c, lines->data, lines->len)) {
		c->closing = true;
		shutdown(c->fd, SHUT_RDWR);
	}
}

int
server_push(struct server *s, json_t *message)
{
	GHashTableIter iter;
	gpointer value;
	int editors = 0;

	g_hash_table_iter_init(&iter, s->peers);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct connection *c = value;

		if (!c->peer.subscribed)
			continue;
		if (!send_json(c, message))
			shutdown(c->fd, SHUT_RDWR);
		else
			editors += c->peer.editor;
	}
	json_decref(message);
	return editors;
}

struct peer *
server_editor(struct server *s)
{
	GHashTableIter iter;
	gpointer value;
	struct peer *best = NULL;

	g_hash_table_iter_init(&iter, s->peers);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct peer *peer = value;

		if (peer->editor && peer->subscribed &&
			(!best || peer->active > best->active ||
				(peer->active == best->active &&
					peer->serial > best->serial)))
			best = peer;
	}
	return best;
}

int
server_editors(struct server *s)
{
	GHashTableIter iter;
	gpointer value;
	int n = 0;

	g_hash_table_iter_init(&iter, s->peers);
	while (g_hash_table_iter_next(&iter, NULL, &value)) {
		struct peer *peer = value;

		n += peer->editor && peer->subscribed;
	}
	return n;
}

void
server_drop(struct server *s, uint64_t serial)
{
	struct connection *c = find(s, serial);

	if (!c)
		return;
	c->closing = true;
	watch(c);
}

void
server_each(struct server *s, void (*fn)(void *data, const struct peer *peer),
	void *data)
{
	GHashTableIter iter;
	gpointer value;

	g_hash_table_iter_init(&iter, s->peers);
	while (g_hash_table_iter_next(&iter, NULL, &value))
		fn(data, value);
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
	c = find(s, serial);
	return c && !c->closing;
}

/* Handles whole lines that are there, for as long as it is this peer's turn and
 * it reads its answers. False when the peer is gone. */
static bool
take_lines(struct server *s, uint64_t serial)
{
	int64_t end = clock_mono_ns() + TURN_NS;
	struct connection *c;

	while ((c = find(s, serial)) && !c->closing) {
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
static void
on_peer(struct connection *c, uint32_t events)
{
	bool reads = (events & ~(uint32_t)EPOLLOUT || c->waits) &&
		!c->closing && !c->paused;

	if (!(reads ? read_lines(c) : flush(c)) || !watch(c))
		drop_now(c);
}

static gboolean
on_peers(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct server *s = data;
	struct epoll_event ready[READY_PER_TURN];
	int n = epoll_wait(fd, ready, READY_PER_TURN, 0);

	for (int i = 0; i < n; i++) {
		struct connection *c = find(s, ready[i].data.u64);

		if (c)
			on_peer(c, ready[i].events);
	}
	return G_SOURCE_CONTINUE;
}

static bool
is_ours(int fd)
{
	uid_t uid;

	return sock_peer_uid(fd, &uid) == 0 && uid == geteuid();
}

/* A new connection, or -1. With no descriptor left it is taken and closed, as
 * otherwise it would keep us busy waiting for one. */
static int
take_connection(struct server *s, int fd)
{
	int peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (peer >= 0 || (errno != EMFILE && errno != ENFILE) || s->spare < 0)
		return peer;
	close(s->spare);
	peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC);
	if (peer >= 0)
		close(peer);
	s->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return -1;
}

static gboolean
on_connect(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct server *s = data;
	int peer = take_connection(s, fd);
	struct connection *c;

	if (peer < 0)
		return G_SOURCE_CONTINUE;
	if (!is_ours(peer) || g_hash_table_size(s->peers) >= PEERS_MAX) {
		close(peer);
		return G_SOURCE_CONTINUE;
	}
	c = xcalloc(1, sizeof *c);
	c->server = s;
	c->fd = peer;
	c->peer.serial = ++s->serial;
	c->peer.active = INT64_MIN;
	g_hash_table_insert(s->peers, &c->peer.serial, c);
	/* Who spoke before is heard before: a hook, whose commit is asked for
	 * by now. */
	on_peers(s->epoll, G_IO_IN, s);
	/* git waits for a hook, whose line is on its way: what that will ask
	 * for is looked up meanwhile, and the rest of the way is less than
	 * another turn of the loop. */
	s->calls.knock(s->calls.data);
	poll(&(struct pollfd){.fd = peer, .events = POLLIN}, 1, FIRST_LINE_MS);
	on_peer(c, EPOLLIN);
	return G_SOURCE_CONTINUE;
}

void
server_listen(struct server *s, int listen_fd)
{
	g_source_remove(s->source);
	close(s->fd);
	s->fd = listen_fd;
	s->source = g_unix_fd_add(listen_fd, G_IO_IN, on_connect, s);
}

struct server *
server_new(int listen_fd, const struct server_calls *calls)
{
	struct server *s = xcalloc(1, sizeof *s);

	s->calls = *calls;
	s->fd = listen_fd;
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	s->spare = open("/dev/null", O_RDONLY | O_CLOEXEC);
	s->peers = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL,
		connection_free);
	s->source = g_unix_fd_add(listen_fd, G_IO_IN, on_connect, s);
	s->source_peers = g_unix_fd_add(s->epoll, G_IO_IN, on_peers, s);
	return s;
}

struct server *
server_free(struct server *s)
{
	if (!s)
		return NULL;
	g_source_remove(s->source);
	g_source_remove(s->source_peers);
	g_hash_table_destroy(s->peers);
	close(s->fd);
	close(s->epoll);
	if (s->spare >= 0)
		close(s->spare);
	free(s);
	return NULL;
}
