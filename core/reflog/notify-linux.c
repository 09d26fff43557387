/* SPDX-License-Identifier: MIT */
/*
 * inotify on directories, never on files: git replaces files by renaming, and
 * one watch sees all that lie in a directory.  Masks are added, not replaced,
 * because two names of one directory share one watch.
 */
#include "reflog/notify.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/alloc.h"

#define READS 16 /* at once; 16 kB each */

struct notify {
	int fd;
};

int
notify_new(struct notify **out)
{
	int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);

	if (fd < 0)
		return -errno;
	*out = xcalloc(1, sizeof **out);
	(*out)->fd = fd;
	return 0;
}

void
notify_free(struct notify *n)
{
	if (!n)
		return;
	close(n->fd);
	free(n);
}

int
notify_fd(const struct notify *n)
{
	return n->fd;
}

int
notify_add(struct notify *n, const char *dir, bool content)
{
	uint32_t mask = IN_CREATE | IN_MOVED_TO | IN_MOVE_SELF | IN_ONLYDIR |
		IN_MASK_ADD | (content ? IN_MODIFY : IN_DELETE);
	int id = inotify_add_watch(n->fd, dir, mask);

	return id < 0 ? -errno : id;
}

void
notify_remove(struct notify *n, int id)
{
	inotify_rm_watch(n->fd, id);
}

static void
tell(struct notify *n, const struct inotify_event *ev, notify_fn *fn,
	void *data)
{
	if (ev->mask & IN_Q_OVERFLOW) {
		fn(data, NOTIFY_LOST, -1, NULL);
	} else if (ev->mask & IN_MOVE_SELF) {
		/* its IN_IGNORED follows */
		inotify_rm_watch(n->fd, ev->wd);
	} else if (ev->mask & IN_IGNORED) {
		fn(data, NOTIFY_GONE, ev->wd, NULL);
	} else if (ev->len) {
		fn(data, NOTIFY_CHANGED, ev->wd, ev->name);
	}
}

int
notify_read(struct notify *n, notify_fn *fn, void *data)
{
	_Alignas(struct inotify_event) char bytes[16384];

	for (int i = 0; i < READS; i++) {
		ssize_t got = read(n->fd, bytes, sizeof bytes);

		if (got < 0 && errno != EINTR)
			return errno == EAGAIN ? 0 : -errno;
		for (ssize_t at = 0; at < got;) {
			const struct inotify_event *ev =
				(const void *)(bytes + at);

			tell(n, ev, fn, data);
			at += (ssize_t)(sizeof *ev + ev->len);
		}
	}
	return 0;
}
