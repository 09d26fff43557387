/* SPDX-License-Identifier: MIT */
/*
 * Directories are watched, not files: editors and package managers replace a
 * file by a new one of the same name.
 */
#include "daemon/confwatch.h"

#include <glib-unix.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"

#define MASK (IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_CREATE)

struct confwatch {
	int fd;
	guint source, timer;
	char *name;	     /* of the config, in its directory */
	int config_dir, etc; /* watch descriptors */
	void (*config)(void *data);
	void (*zone)(void *data);
	void *data;
};

static gboolean
on_config(gpointer data)
{
	struct confwatch *w = data;

	w->timer = 0;
	w->config(w->data);
	return G_SOURCE_REMOVE;
}

static void
look_at(struct confwatch *w, const struct inotify_event *event)
{
	if (event->len == 0)
		return;
	if (event->wd == w->etc && streq(event->name, "localtime"))
		w->zone(w->data);
	/* An editor writes in several steps; read once, after the last. */
	if (event->wd == w->config_dir && streq(event->name, w->name) &&
		!w->timer)
		w->timer = g_timeout_add(50, on_config, w);
}

static gboolean
on_readable(gint fd, GIOCondition condition UNUSED, gpointer data)
{
	_Alignas(struct inotify_event) char bytes[4096];
	ssize_t n = read(fd, bytes, sizeof bytes);

	for (char *p = bytes; n > 0 && p < bytes + n;) {
		const struct inotify_event *event =
			(const struct inotify_event *)(void *)p;

		p += sizeof *event + event->len;
		look_at(data, event);
	}
	return G_SOURCE_CONTINUE;
}

struct confwatch *
confwatch_new(const char *config_path, void (*config)(void *data),
	void (*zone)(void *data), void *data)
{
	struct confwatch *w = xcalloc(1, sizeof *w);
	g_autofree char *dir = g_path_get_dirname(config_path);

	*w = (struct confwatch){.config = config, .zone = zone, .data = data};
	w->name = xstrdup(strrchr(config_path, '/')
			? strrchr(config_path, '/') + 1
			: config_path);
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->fd < 0)
		return w;
	w->config_dir = inotify_add_watch(w->fd, dir, MASK);
	w->etc = inotify_add_watch(w->fd, "/etc", IN_MOVED_TO | IN_CREATE);
	w->source = g_unix_fd_add(w->fd, G_IO_IN, on_readable, w);
	return w;
}

struct confwatch *
confwatch_free(struct confwatch *w)
{
	if (!w)
		return NULL;
	if (w->source)
		g_source_remove(w->source);
	if (w->timer)
		g_source_remove(w->timer);
	if (w->fd >= 0)
		close(w->fd);
	free(w->name);
	free(w);
	return NULL;
}
