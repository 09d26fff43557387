/* SPDX-License-Identifier: MIT */
/*
 * Linked working trees are read from their files: libgit2 1.5 refuses to list
 * them when one was made with relative paths.
 */
#include "digest/refs.h"

#include <dirent.h>
#include <errno.h>
#include <git2.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "digest/scan.h"

struct refs {
	struct ids tips, remotes;
	struct branch *branches;
	size_t n;
	bool replaced;
};

static void
add_branch(struct refs *refs, const char *name, const struct id *tip)
{
	if ((refs->n & (refs->n - 1)) == 0)
		refs->branches = xrealloc(refs->branches,
			(refs->n ? 2 * refs->n : 1) * sizeof *refs->branches);
	refs->branches[refs->n++] =
		(struct branch){.name = xstrdup(name), .tip = *tip};
	ids_add(&refs->tips, tip);
}

static void
add(struct refs *refs, const git_reference *ref)
{
	const char *name = git_reference_name(ref);
	const git_oid *oid = git_reference_target(ref);
	struct id id;

	if (!oid)
		return; /* symbolic: what it names comes by itself */
	memcpy(id.b, oid->id, sizeof id.b);
	if (starts_with(name, "refs/heads/"))
		add_branch(refs, name, &id);
	else if (starts_with(name, "refs/remotes/"))
		ids_add(&refs->remotes, &id);
	else if (starts_with(name, "refs/replace/"))
		refs->replaced = true;
}

/* A detached HEAD is a tip; one on a branch is there already. */
static void
add_head(struct scan *scan, struct refs *refs, const char *dir)
{
	AUTO_FREE char *text = place_read(dir, "HEAD", 4096);
	struct id id;
	git_oid oid;

	if (!text)
		return;
	text[strcspn(text, "\r\n")] = '\0';
	if (id_parse(text, &id)) {
		ids_add(&refs->tips, &id);
	} else if (starts_with(text, "ref: ") &&
		!starts_with(text, "ref: refs/heads/") &&
		git_reference_name_to_id(&oid, scan->repo, text + 5) == 0) {
		memcpy(id.b, oid.id, sizeof id.b);
		ids_add(&refs->tips, &id);
	}
}

static void
add_heads(struct scan *scan, struct refs *refs)
{
	AUTO_FREE char *trees = xasprintf("%s/worktrees", scan->place.common);
	DIR *dir = opendir(trees);
	struct dirent *d;

	add_head(scan, refs, scan->place.common);
	while (dir && (d = readdir(dir))) {
		AUTO_FREE char *one = xasprintf("%s/%s", trees, d->d_name);

		if (d->d_name[0] != '.')
			add_head(scan, refs, one);
	}
	if (dir)
		closedir(dir);
}

static bool
has_grafts(const struct scan *scan)
{
	AUTO_FREE char *path = xasprintf("%s/info/grafts", scan->place.common);
	struct stat st;

	return stat(path, &st) == 0 && st.st_size > 0;
}

int
refs_read(struct scan *scan, struct refs **out)
{
	struct refs *refs = xcalloc(1, sizeof *refs);
	git_reference_iterator *all;
	git_reference *ref;
	int r = git_reference_iterator_new(&all, scan->repo);

	if (r == 0) {
		while ((r = git_reference_next(&ref, all)) == 0) {
			add(refs, ref);
			git_reference_free(ref);
		}
		git_reference_iterator_free(all);
	}
	if (r != GIT_ITEROVER) {
		refs_free(refs);
		return -EIO;
	}
	add_heads(scan, refs);
	refs->replaced = refs->replaced || has_grafts(scan);
	*out = refs;
	return 0;
}

const struct ids *
refs_tips(const struct refs *refs)
{
	return &refs->tips;
}

const struct branch *
refs_branches(const struct refs *refs, size_t *n)
{
	*n = refs->n;
	return refs->branches;
}

const struct ids *
refs_remotes(const struct refs *refs)
{
	return &refs->remotes;
}

bool
refs_replaced(const struct refs *refs)
{
	return refs->replaced;
}

void
refs_free(struct refs *refs)
{
	if (!refs)
		return;
	for (size_t i = 0; i < refs->n; i++)
		free(refs->branches[i].name);
	free(refs->branches);
	ids_free(&refs->tips);
	ids_free(&refs->remotes);
	free(refs);
}
