/* SPDX-License-Identifier: MIT */
/*
 * From which repository a hook rings.  Finding that out takes a dozen looks at
 * the file system while git waits, so it is remembered as long as the git
 * directory that the hook names is the same directory.
 */
#include <glib.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "daemon/seen.h"
#include "reflog/repo.h"

/* How many are remembered; beyond, it begins anew. */
#define KNOWN_MAX 256

struct known {
	dev_t device;
	ino_t inode;
	struct repo repo;
};

static void
known_free(gpointer data)
{
	struct known *known = data;

	repo_clear(&known->repo);
	free(known);
}

/* A hook runs at the top of its working tree, which for a submodule nothing
 * else tells; but GIT_DIR may say that the repository is elsewhere. */
static bool
find(const char *cwd, const char *dir, struct repo *out)
{
	size_t n = strlen(cwd);
	AUTO_REPO struct repo at_dir = {0};

	if (*cwd == '/' && repo_find(cwd, out, NULL) == 0 &&
		(*dir != '/' ||
			(starts_with(dir, cwd) && streq(dir + n, "/.git"))))
		return true;
	if (*dir != '/' || repo_find(dir, &at_dir, NULL) < 0)
		return false;
	if (out->git_dir && streq(out->git_dir, at_dir.git_dir))
		return true;
	repo_clear(out);
	*out = at_dir;
	at_dir = (struct repo){0};
	return true;
}

static const struct repo *
remember(struct git *g, const char *key, const struct known *known)
{
	struct known *copy = xmalloc(sizeof *copy);

	if (g_hash_table_size(g->whence) >= KNOWN_MAX)
		g_hash_table_remove_all(g->whence);
	*copy = *known;
	g_hash_table_replace(g->whence, xstrdup(key), copy);
	return &copy->repo;
}

const struct repo *
git_whence(struct git *g, const char *cwd, const char *dir)
{
	AUTO_FREE char *key = xasprintf("%s\n%s", cwd, dir);
	struct known *known, found = {0};
	struct stat st = {0};

	if (!g->whence)
		g->whence = g_hash_table_new_full(g_str_hash, g_str_equal, free,
			known_free);
	known = g_hash_table_lookup(g->whence, key);
	if (stat(dir, &st) == 0 && known && known->inode == st.st_ino &&
		known->device == st.st_dev)
		return &known->repo;
	found.device = st.st_dev;
	found.inode = st.st_ino;
	if (find(cwd, dir, &found.repo))
		return remember(g, key, &found);
	repo_clear(&found.repo);
	return NULL;
}
