/* SPDX-License-Identifier: MIT */
/* vesper: what people, scripts and status bars call. */
#include <signal.h>

#include "base/err.h"
#include "client/commands.h"
#include "words/words.h"

int
main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN); /* a closed pipe is an error, not a death */
	words_init();
	err_language = words_text;
	return commands_run(argc, argv);
}
