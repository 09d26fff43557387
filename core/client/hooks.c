/* SPDX-License-Identifier: MIT */
/*
 * vesper hooks: the doorbell.  Without any hook the reflogs still tell
 * everything; hooks make it prompt, bring the sentence to the terminal, and
 * are the only way to refuse.  Which layer is used depends on git's version
 * and on what was asked for, never on what would reach furthest: a global
 * core.hooksPath would silence every repository's own hooks.
 */
#include "client/hooks.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/text.h"
#include "words/words.h"

enum { DONE, NO, USAGE }; /* exit codes */

struct order {
	const char *repo; /* or NULL */
	bool strict;
};

PRINTF(2, 3) static int
fail(int code, const char *fmt, ...)
{
	char *text = NULL;
	va_list ap;

	va_start(ap, fmt);
	if (vasprintf(&text, fmt, ap) < 0)
		text = NULL;
	va_end(ap);
	if (text) {
		text_plain(text);
		fprintf(stderr, "vesper: hooks: %s\n", text);
	}
	free(text);
	return code;
}

static int
install(const struct order *o)
{
	struct git_version git;
	struct err err;
	int r = hook_programs_check(&err);

	if (r == 0)
		r = git_version(&git, &err);
	if (r == 0 && o->repo) {
		r = hooks_files_install(o->repo, o->strict, &err);
		if (r == 1)
			return fail(NO, W_HOOKS_NONE_MADE, o->repo);
	} else if (r == 0 && !git_has_config_hooks(&git)) {
		return fail(NO, W_HOOKS_TOO_OLD, git.text);
	} else if (r == 0) {
		r = hooks_config_install(o->strict, &err);
	}
	return r < 0 ? fail(NO, "%s", err.text) : DONE;
}

static int
uninstall(const struct order *o)
{
	struct err err;
	int r = o->repo ? hooks_files_uninstall(o->repo, &err)
			: hooks_config_uninstall(&err);

	if (r < 0)
		return fail(NO, "%s", err.text);
	return r == 1 ? NO : DONE;
}

static int
status(const struct order *o)
{
	static const char *const inside[] = {"rev-parse", "--git-dir", NULL};
	AUTO_FREE char *path = NULL, *ignored = NULL;
	enum hooks_block block = hooks_config_state(&path);
	struct git_version git;
	struct err err;
	int r = git_version(&git, &err);

	if (r < 0)
		return fail(NO, "%s", err.text);
	printf(git_has_config_hooks(&git) ? W_HOOKS_GIT_NEW : W_HOOKS_GIT_OLD,
		git.text);
	text_plain(path);
	printf(block == HOOKS_BLOCK_THERE    ? W_HOOKS_STATE_THERE
		: block == HOOKS_BLOCK_ABSENT ? W_HOOKS_STATE_ABSENT
					      : W_HOOKS_STATE_EDITED,
		path);
	if (o->repo || git_ask(".", &ignored, inside) == 0)
		r = hooks_files_status(o->repo ? o->repo : ".", &err);
	return r < 0 ? fail(NO, "%s", err.text) : DONE;
}

static int
print(const struct order *o)
{
	AUTO_BUF struct buf text = {0};

	fputs(W_HOOKS_PRINT_LINES, stdout);
	for (size_t i = 0; i < nhook_kinds; i++) {
		if (hook_kinds[i].strict > o->strict)
			continue;
		buf_addf(&text, "# %s\n", hook_kinds[i].name);
		hook_line(&text, &hook_kinds[i]);
	}
	fputs(text.data, stdout);
	buf_clear(&text);
	fputs(W_HOOKS_PRINT_CONFIG, stdout);
	hooks_config_text(&text, o->strict);
	fputs(text.data, stdout);
	return DONE;
}

static const struct {
	const char *name;
	int (*run)(const struct order *o);
} orders[] = {
	{"install", install},
	{"uninstall", uninstall},
	{"status", status},
	{"print", print},
};

static int
usage(void)
{
	fputs(W_HOOKS_USAGE, stderr);
	return USAGE;
}

int
hooks_command(int argc, char **argv)
{
	struct order o = {0};
	size_t which = 0;

	while (argc > 1 && which < ARRAY_SIZE(orders) &&
		!streq(argv[1], orders[which].name))
		which++;
	if (argc < 2 || which == ARRAY_SIZE(orders))
		return usage();
	for (int i = 2; i < argc; i++) {
		if (streq(argv[i], "--strict"))
			o.strict = true;
		else if (streq(argv[i], "--repo") && i + 1 < argc)
			o.repo = argv[++i];
		else if (starts_with(argv[i], "--repo="))
			o.repo = argv[i] + strlen("--repo=");
		else
			return usage();
	}
	return orders[which].run(&o);
}
