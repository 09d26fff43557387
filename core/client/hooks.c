/* SPDX-License-Identifier: MIT */
/*
 * vesper hooks: the doorbell.  Without any hook the reflogs still tell
 * everything; hooks make it prompt, bring the sentence to the terminal, and
 * are the only way to refuse.  Which layer is used depends on git's version
 * and on what was asked for, never on what would reach furthest: a global
 * core.hooksPath would silence every repository's own hooks.
 */
#include "client/hooks.h"

#include <errno.h>
#include <stdio.h>

#include "base/alloc.h"
#include "base/text.h"
#include "client/commands.h"
#include "client/say.h"
#include "words/words.h"

struct order {
	const char *repo; /* or NULL */
	bool strict;
};

static int
finish(int r, const struct err *err)
{
	if (r >= 0)
		return EXIT_DONE;
	say_error("%s", err->text);
	return EXIT_NO;
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
			r = err_set(&err, -EPERM, W_HOOKS_NONE_MADE, o->repo);
	} else if (r == 0 && !git_has_config_hooks(&git)) {
		r = err_set(&err, -ENOTSUP, W_HOOKS_TOO_OLD, git.text);
	} else if (r == 0) {
		r = hooks_config_install(o->strict, &err);
	}
	return finish(r, &err);
}

static int
uninstall(const struct order *o)
{
	struct err err;
	int r = o->repo ? hooks_files_uninstall(o->repo, &err)
			: hooks_config_uninstall(&err);

	return r == 1 ? EXIT_NO : finish(r, &err);
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
		return finish(r, &err);
	printf(git_has_config_hooks(&git) ? W_HOOKS_GIT_NEW : W_HOOKS_GIT_OLD,
		git.text);
	text_plain(path);
	printf(block == HOOKS_BLOCK_THERE    ? W_HOOKS_STATE_THERE
		: block == HOOKS_BLOCK_ABSENT ? W_HOOKS_STATE_ABSENT
					      : W_HOOKS_STATE_EDITED,
		path);
	if (o->repo || git_ask(".", &ignored, inside) == 0)
		r = hooks_files_status(o->repo ? o->repo : ".", &err);
	return finish(r, &err);
}

static int
print(const struct order *o)
{
	AUTO_BUF struct buf text = {0};
	AUTO_PLACE struct hooks_place p = {0};
	struct err err;
	int r = o->repo ? hooks_place_find(o->repo, &p, &err) : 0;

	if (r < 0)
		return finish(r, &err);
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
	return EXIT_DONE;
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

int
hooks_command(const struct call *call)
{
	struct order o = {
		.repo = call_flag(call, "--repo"),
		.strict = call_flag(call, "--strict") != NULL,
	};

	for (size_t i = 0; i < ARRAY_SIZE(orders); i++)
		if (streq(call->words[0], orders[i].name))
			return orders[i].run(&o);
	return call_usage(call, W_HOOKS_WHAT);
}
