/* SPDX-License-Identifier: MIT */
/*
 * Directories are watched, not files: editors and package managers replace a
 * file by a new one of the same name.  A directory that is not there yet is
 * waited for in the nearest one above it.
 */
#include "daemon/confwatch.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"

#define MASK (IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE | IN_CREATE)
#define MASK_ABOVE (IN_CREATE | IN_MOVED_TO | IN_ONLYDIR)
#define MASK_GONE (IN_DELETE_SELF | IN_MOVE_SELF)

struct confwatch {
	int fd;
	guint source, timer;
	char *dir, *name;	    /* of the config, and its name there */
	int config_dir, above, etc; /* watch descriptors */
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

/* An editor writes in several steps; read once, after the last. */
static void
read_soon(struct confwatch *w)
{
	if (!w->timer)
		w->timer = g_timeout_add(50, on_config, w);
}

static int
watch(struct confwatch *w, int old, const char *dir, uint32_t mask)
{
	if (old >= 0)
		inotify_rm_watch(w->fd, old);
	return dir ? inotify_add_watch(w->fd, dir, mask) : -1;
}

/* Watches the config's directory, or what there is of the way to it. */
static void
follow(struct confwatch *w)
{
	g_autofree char *below = g_strdup(w->dir);

	w->above = watch(w, w->above, NULL, 0);
	w->config_dir = watch(w, w->config_dir, w->dir, MASK | MASK_GONE);
	while (w->config_dir < 0 && w->above < 0 && errno == ENOENT) {
		g_autofree char *up = g_path_get_dirname(below);

		w->above = watch(w, -1, up, MASK_ABOVE | MASK_GONE);
		if (w->above >= 0 && access(below, F_OK) == 0)
			follow(w); /* it came in between */
		g_free(below);
		below = g_steal_pointer(&up);
	}
}

static void
look_at(struct confwatch *w, const struct inotify_event *event)
{
	if (event->wd == w->above ||
		(event->wd == w->config_dir && event->mask & MASK_GONE)) {
		follow(w);
		if (w->config_dir >= 0 || event->mask & MASK_GONE)
			read_soon(w);
		return;
	}
	if (event->len == 0)
		return;
	if (event->wd == w->etc && streq(event->name, "localtime"))
		w->zone(w->data);
	if (event->wd == w->config_dir && streq(event->name, w->name))
		read_soon(w);
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

	*w = (struct confwatch){.config_dir = -1, .above = -1,
		.config = config, .zone = zone, .data = data};
	w->dir = g_path_get_dirname(config_path);
	w->name = xstrdup(strrchr(config_path, '/')
			? strrchr(config_path, '/') + 1
			: config_path);
	w->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (w->fd < 0)
		return w;
	follow(w);
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
	g_free(w->dir);
	free(w->name);
	free(w);
	return NULL;
}
