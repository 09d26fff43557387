/* SPDX-License-Identifier: MIT */
/* Editors run `vesper attach`, so that they need to know one program only;
 * what stays is the small static helper, not this client. */
#include <errno.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/paths.h"
#include "client/commands.h"
#include "client/say.h"
#include "words/words.h"

int
attach_command(const struct call *call)
{
	AUTO_FREE char *dir = paths_libexec();
	AUTO_FREE char *program = xasprintf("%s/attach", dir);

	(void)call;
	execl(program, "attach", (char *)NULL);
	say_error(W_ATTACH, program, strerror(errno));
	return EXIT_NONE;
}
