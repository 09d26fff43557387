/* SPDX-License-Identifier: MIT */
/* Nothing but the start: what the program does is in desktop.c. */
#include <signal.h>
#include <stdlib.h>

#include "base/err.h"
#include "desktop/desktop.h"
#include "words/words.h"

int
main(void)
{
	signal(SIGPIPE, SIG_IGN);
	/* No part of GIO that would look for mounts and files elsewhere. */
	setenv("GIO_USE_VFS", "local", 1);
	setenv("GIO_USE_VOLUME_MONITOR", "unix", 1);
	words_init();
	err_language = words_text;
	return desktop_run();
}
