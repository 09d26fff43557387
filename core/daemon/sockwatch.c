/* SPDX-License-Identifier: MIT */
/*
 * A runtime directory goes with the last session of its user, or with somebody
 * who cleans up.  A daemon without a socket still records and speaks, but no
 * order reaches it, not even to end, and it keeps others from the history.
 */
#include "daemon/sockwatch.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/paths.h"
#include "daemon/daemon.h"
#include "daemon/server.h"
#include "wire/sock.h"
#include "words/words.h"

#define MASK                                                                   \
	(IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)

/* Who takes a directory away takes its files first. */
#define SETTLE_MS 50

struct sockwatch {
	struct daemon *d;
	int fd, wd;
	guint source, timer;
	char *path;
	dev_t device; /* of the socket */
	ino_t inode;
};

static bool
is_there(const struct sockwatch *w)
{
	struct stat st;

	return lstat(w->path, &st) == 0 && st.st_dev == w->device &&
		st.st_ino == w->inode;
}

static gboolean on_settled(gpointer data);

/* The socket that is there now is ours. */
static void
follow(struct sockwatch *w)
{
	g_autofree char *dir = g_path_get_dirname(w->path);
	struct stat st;

	if (w->wd >= 0)
		inotify_rm_watch(w->fd, w->wd);
	w->wd = inotify_add_watch(w->fd, dir, MASK);
	if (lstat(w->path, &st) == 0) {
		w->device = st.st_dev;
		w->inode = st.st_ino;
	} else if (!w->timer) {
		w->timer = g_timeout_add(SETTLE_MS, on_settled, w);
	}
}

/* Where it cannot be made anew, nobody is kept from beginning elsewhere. */
static gboolean
on_settled(gpointer data)
{
	struct sockwatch *w = data;
	struct err err;
	int fd;

	w->timer = 0;
	if (is_there(w))
		return G_SOURCE_REMOVE;
	fd = sock_listen(w->path, &err);
	if (fd < 0) {
		log_error(W_SOCKET_LOST, err.text);
		daemon_quit(w->d);
		return G_SOURCE_REMOVE;
	}
	server_listen(w->d->server, fd);
	log_info(W_SOCKET_AGAIN, w->path);
	follow(w);
	return G_SOURCE_REMOVE;
}

static gboolean
on_readable(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	struct sockwatch *w = data;
	char bytes[4096];

	/* what it was is seen by a look */
	while (read(fd, bytes, sizeof bytes) > 0)
		;
	if (!w->timer)
		w->timer = g_timeout_add(SETTLE_MS, on_settled, w);
	return G_SOURCE_CONTINUE;
}

struct sockwatch *
sockwatch_new(struct daemon *d)
{
	struct sockwatch *w = xcalloc(1, sizeof *w);

	w->d = d;
	w->wd = -1;
	w->path = paths_socket();
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	follow(w);
	if (w->fd >= 0)
		w->source = g_unix_fd_add(w->fd, G_IO_IN, on_readable, w);
	return w;
}

struct sockwatch *
sockwatch_free(struct sockwatch *w)
{
	if (!w)
		return NULL;
	if (is_there(w))
		unlink(w->path);
	if (w->source)
		g_source_remove(w->source);
	if (w->timer)
		g_source_remove(w->timer);
	if (w->fd >= 0)
		close(w->fd);
	free(w->path);
	free(w);
	return NULL;
}
