/* SPDX-License-Identifier: MIT */
/*
 * One line about a repository's hooks, from what git itself would do there;
 * the daemon cannot say it, because it runs no git.
 */
#include "client/hooks.h"

#include <stdlib.h>

#include "base/alloc.h"
#include "words/words.h"

/* The value of hook.vesper-NAME.KEY there, or NULL; the caller frees it. */
static char *
configured(const char *repo, const char *name, const char *key)
{
	AUTO_FREE char *variable = xasprintf("hook.vesper-%s.%s", name, key);
	const char *args[] = {"config", "--get", variable, NULL};
	char *out = NULL;

	if (git_ask(repo, &out, args) == 0)
		return out;
	free(out);
	return NULL;
}

static bool
is_on(const char *repo, const char *name)
{
	AUTO_FREE char *command = configured(repo, name, "command");
	AUTO_FREE char *enabled = configured(repo, name, "enabled");

	return command && !(enabled && streq(enabled, "false"));
}

static void
add_configured(const char *repo, struct buf *out)
{
	bool on = is_on(repo, "post-commit");

	buf_adds(out, on ? W_DOCTOR_HOOKS_CONFIG : W_DOCTOR_HOOKS_OFF);
	buf_adds(out, is_on(repo, "pre-commit") ? W_DOCTOR_STRICT
						: W_DOCTOR_STRICT_NOT_ASKED);
}

static void
add_files(const struct hooks_place *p, struct buf *out)
{
	const char *in_the_way = NULL;
	bool ours, refusing = false;
	int n = 0;

	for (size_t i = 0; i < nhook_kinds; i++) {
		const struct hook_kind *kind = &hook_kinds[i];
		AUTO_FREE char *path = xasprintf("%s/%s", p->dir, kind->name);
		const char *owner = hooks_owner(path, &ours, NULL);

		n += ours;
		if (!streq(kind->name, "pre-commit"))
			continue;
		refusing = ours;
		in_the_way = ours ? NULL : owner;
	}
	if (n)
		buf_addf(out, W_DOCTOR_HOOKS_FILES, n);
	else
		buf_adds(out, W_DOCTOR_HOOKS_NONE);
	if (refusing)
		buf_adds(out, W_DOCTOR_STRICT);
	else if (!p->own)
		buf_addf(out, W_DOCTOR_STRICT_NOT, p->dir, hooks_dir_owner(p));
	else if (in_the_way)
		buf_addf(out, W_DOCTOR_STRICT_NOT, "pre-commit", in_the_way);
	else
		buf_adds(out, W_DOCTOR_STRICT_NOT_ASKED);
}

void
hooks_brief(const char *repo, const struct git_version *git, struct buf *out)
{
	AUTO_PLACE struct hooks_place p = {0};
	AUTO_FREE char *command = NULL;

	if (hooks_place_find(repo, &p, NULL) < 0)
		return;
	if (git_has_config_hooks(git))
		command = configured(repo, "post-commit", "command");
	if (command)
		add_configured(repo, out);
	else
		add_files(&p, out);
}
