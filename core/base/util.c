/* SPDX-License-Identifier: MIT */
/*
 * Cleanup handlers and stealing.  They keep errno, because they run between
 * the failure and whoever looks at errno.
 */
#include "base/util.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

void
util_freep(void *pp)
{
	void *p;

	memcpy(&p, pp, sizeof p);
	free(p);
}

void
util_closep(int *fd)
{
	int saved = errno;

	if (*fd >= 0)
		close(*fd);
	*fd = -1;
	errno = saved;
}

void *
steal_ptr(void *pp)
{
	void *p, *none = NULL;

	memcpy(&p, pp, sizeof p);
	memcpy(pp, &none, sizeof none);
	return p;
}

int
steal_fd(int *fd)
{
	int taken = *fd;

	*fd = -1;
	return taken;
}
