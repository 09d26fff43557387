/* SPDX-License-Identifier: MIT */
/*
 * Who is connected.  The connections are watched by an epoll of their own, which
 * is the only descriptor the loop knows: a thousand in a poll() cost more than all
 * that is done with what one of them says.
 */
#include "daemon/connection.h"

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
#include "wire/sock.h"

#define PEERS_MAX 2048

/* Peers that have their turn before the rest of the loop has. */
#define READY_PER_TURN 64

/* How long the loop waits for what a newcomer says first. */
#define FIRST_LINE_MS 1

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
turn(struct connection *c, uint32_t events)
{
	if (!connection_turn(c, events))
		g_hash_table_remove(c->server->peers, &c->peer.serial);
}

struct connection *
server_find(struct server *s, uint64_t serial)
{
	return g_hash_table_lookup(s->peers, &serial);
}

void
server_send(struct server *s, uint64_t serial, json_t *message)
{
	struct connection *c = server_find(s, serial);

	/* Not `closing`: its reader must still come round, to see the end. */
	if (c && !c->deaf && !connection_send(c, message)) {
		c->deaf = true;
		shutdown(c->fd, SHUT_RDWR);
	}
	json_decref(message);
}

void
server_send_lines(struct server *s, uint64_t serial, const struct buf *lines)
{
	struct connection *c = server_find(s, serial);

	if (c && !connection_queue(c, lines->data, lines->len)) {
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
		if (!connection_send(c, message))
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
	struct connection *c = server_find(s, serial);

	if (!c)
		return;
	c->closing = true;
	connection_watch(c);
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

static gboolean
on_peers(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct server *s = data;
	struct epoll_event ready[READY_PER_TURN];
	int n = epoll_wait(fd, ready, READY_PER_TURN, 0);

	for (int i = 0; i < n; i++) {
		struct connection *c = server_find(s, ready[i].data.u64);

		if (c)
			turn(c, ready[i].events);
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
	struct pollfd speaks[] = {{peer, POLLIN, 0}, {fd, POLLIN, 0}};
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
	 * another turn of the loop. Not where the next one waits already: a
	 * thousand that say nothing would be a second. */
	s->calls.knock(s->calls.data);
	poll(speaks, 2, FIRST_LINE_MS);
	turn(c, EPOLLIN);
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
