/* SPDX-License-Identifier: MIT */
/* For systems without inotify: everything works, but only when asked. */
#include "reflog/notify.h"

#include <errno.h>

int
notify_new(struct notify **out UNUSED)
{
	return -ENOSYS;
}

void
notify_free(struct notify *n UNUSED)
{
}

int
notify_fd(const struct notify *n UNUSED)
{
	return -1;
}

int
notify_add(struct notify *n UNUSED, const char *dir UNUSED,
	bool content UNUSED)
{
	return -ENOSYS;
}

void
notify_remove(struct notify *n UNUSED, int id UNUSED)
{
}

int
notify_read(struct notify *n UNUSED, notify_fn *fn UNUSED, void *data UNUSED)
{
	return 0;
}
