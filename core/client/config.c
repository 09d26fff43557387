/* SPDX-License-Identifier: MIT */
/* vesper config: needs no daemon, so that a broken config can be mended
 * before one is started with it. */
#include "config/config.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/paths.h"
#include "client/commands.h"
#include "client/say.h"
#include "config/show.h"
#include "words/words.h"

#define AUTO_CONFIG CLEANUP(config_freep)

static void
config_freep(struct config **c)
{
	config_free(*c);
}

/* Prints every problem; whether values were refused is the answer. The config
 * itself may be missing, but not a file that somebody names. */
static int
check(const char *path, bool named)
{
	AUTO_CONFIG struct config *c = NULL;
	struct config_problems problems;
	bool there = access(path, F_OK) == 0, refused;
	struct err err;

	if (named && !there) {
		say_error("%s: %s", path, strerror(errno));
		return EXIT_USAGE;
	}
	if (config_load(path, &c, &problems, &err) < 0) {
		say_error("%s", err.text);
		return EXIT_USAGE;
	}
	for (size_t i = 0; i < problems.n; i++) {
		AUTO_BUF struct buf text = {0};

		config_problem_text(&problems, i, true, &text);
		if (problems.list[i].warning)
			fprintf(stderr, W_CONFIG_WARNING, text.data);
		else
			fprintf(stderr, "%s\n", text.data);
	}
	refused = config_problems_refused(&problems);
	if (problems.n == 0)
		printf(there ? W_CONFIG_FINE : W_CONFIG_ABSENT, path);
	config_problems_free(&problems);
	return refused ? EXIT_NO : EXIT_DONE;
}

/* The config in force for a command that shows it; problems are for `check`
 * to list, but not to be silent about. */
static struct config *
load(const char *path)
{
	struct config_problems problems;
	struct config *c;
	struct err err;

	if (config_load(path, &c, &problems, &err) < 0) {
		say_error("%s", err.text);
		return NULL;
	}
	if (config_problems_refused(&problems))
		say_error(W_CONFIG_SEE_CHECK, path);
	config_problems_free(&problems);
	return c;
}

static int
list(const struct call *call, const char *path)
{
	AUTO_CONFIG struct config *c = NULL;
	AUTO_BUF struct buf out = {0};

	if (call_flag(call, "--example")) {
		config_example(&out);
	} else if (call_flag(call, "--man")) {
		config_man(&out);
	} else if (call_flag(call, "--keys")) {
		config_keys(&out);
	} else {
		c = load(path);
		if (!c)
			return EXIT_USAGE;
		config_list(c, &out);
	}
	say_text(out.data);
	return EXIT_DONE;
}

static int
get(const struct call *call, const char *path)
{
	AUTO_CONFIG struct config *c = load(path);
	AUTO_BUF struct buf out = {0};
	struct err err;

	if (!c)
		return EXIT_USAGE;
	if (config_get(c, call->words[1], &out, &err) < 0) {
		say_error("%s", err.text);
		return EXIT_USAGE;
	}
	say_text(out.data ? out.data : "");
	return EXIT_DONE;
}

int
config_command(const struct call *call)
{
	AUTO_FREE char *path = paths_config();
	const char *what = call->words[0];
	bool more = call->nwords > 1;

	if (call->ngiven > (streq(what, "list") ? 1 : 0))
		return call_usage(call, W_CONFIG_LIST_ONLY);
	if (streq(what, "check"))
		return check(more ? call->words[1] : path, more);
	if (streq(what, "get") && more)
		return get(call, path);
	if (streq(what, "get"))
		return call_usage(call, W_CONFIG_WHICH_KEY);
	if (more)
		return call_usage(call, W_CLIENT_MANY);
	if (streq(what, "list"))
		return list(call, path);
	if (!streq(what, "path"))
		return call_usage(call, W_CONFIG_WHAT);
	puts(path);
	return EXIT_DONE;
}
