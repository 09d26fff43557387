/* SPDX-License-Identifier: MIT */
/*
 * Within working time a commit is answered with nothing, so its hook need not
 * wait for that.  The engine's own verdict decides, at every change.
 */
#include "daemon/calm.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/paths.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "wire/wire.h"

static char *
calm_path(void)
{
	AUTO_FREE char *path = paths_socket();
	char *slash = strrchr(path, '/');

	if (slash)
		*slash = '\0';
	return xasprintf("%s/%s", path, WIRE_CALM);
}

void
calm_update(struct daemon *d)
{
	int64_t past;
	bool calm = ledger_judge(d, EVENT_COMMIT, &past) == VERDICT_OK;
	AUTO_FREE char *path = NULL;
	int fd;

	if (calm == d->calm)
		return;
	d->calm = calm;
	path = calm_path();
	if (!calm) {
		unlink(path);
		return;
	}
	fd = open(path, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC |
		O_NONBLOCK, 0600);
	if (fd >= 0)
		close(fd);
}

void
calm_forget(struct daemon *d)
{
	AUTO_FREE char *path = calm_path();

	d->calm = false;
	unlink(path);
}
