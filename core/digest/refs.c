/* SPDX-License-Identifier: MIT */
/*
 * References are read from their files: libgit2 takes in and sorts every tag
 * before it yields a branch, which was a quarter of all its time on clones
 * with thousands of them, and it refuses to list linked working trees when one
 * was made with relative paths.
 */
#include "digest/refs.h"

#include <dirent.h>
#include <errno.h>
#include <git2.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "digest/scan.h"

#define PACKED_MAX (256 * 1024 * 1024)
#define DEPTH_MAX 24

struct refs {
	struct ids tips, remotes;
	struct strings names;	/* of the remotes, in their order */
	struct strings loose;	/* names that hide packed ones */
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
add(struct refs *refs, const char *name, const struct id *id)
{
	if (starts_with(name, "refs/heads/")) {
		add_branch(refs, name, id);
	} else if (starts_with(name, "refs/remotes/")) {
		ids_add(&refs->remotes, id);
		strings_add(&refs->names, name);
	} else if (starts_with(name, "refs/replace/")) {
		refs->replaced = true;
	}
}

/* --- one file each ---------------------------------------------------------- */

static void
read_loose(struct refs *refs, const char *common, const char *name)
{
	AUTO_FREE char *text = place_read(common, name, 4096);
	size_t n = strlen(name);
	struct id id;

	if (!text || (n > 5 && streq(name + n - 5, ".lock")))
		return;
	strings_add(&refs->loose, name);
	if (id_parse(text, &id)) /* else symbolic, or broken */
		add(refs, name, &id);
}

static void
read_dir(struct refs *refs, const char *common, const char *name, int depth)
{
	AUTO_FREE char *path = xasprintf("%s/%s", common, name);
	DIR *dir = depth ? opendir(path) : NULL;
	struct dirent *d;
	struct stat st;

	while (dir && (d = readdir(dir))) {
		AUTO_FREE char *child = xasprintf("%s/%s", name, d->d_name);
		AUTO_FREE char *file = xasprintf("%s/%s", common, child);

		if (d->d_name[0] == '.' || stat(file, &st) < 0)
			continue;
		if (S_ISDIR(st.st_mode))
			read_dir(refs, common, child, depth - 1);
		else
			read_loose(refs, common, child);
	}
	if (dir)
		closedir(dir);
}

/* --- all in one file --------------------------------------------------------- */

/* Sorted ones end with the tags, which are nobody's tips here. */
static bool
is_behind(const char *name)
{
	return strcmp(name, "refs/s") > 0;
}

static int
read_packed(struct refs *refs, const char *common)
{
	AUTO_FREE char *text = place_read(common, "packed-refs", PACKED_MAX);
	bool sorted = text && starts_with(text, "# pack-refs with:") &&
		memmem(text, strcspn(text, "\n"), " sorted", 7);
	char *line, *next;
	struct id id;

	for (line = text; line && *line; line = next) {
		size_t n = strcspn(line, "\n");

		next = line[n] ? line + n + 1 : line + n;
		line[n] = '\0';
		if (*line == '#' || *line == '^')
			continue;
		if (n < 42 || !id_parse(line, &id) || line[40] != ' ')
			return -EIO;
		if (sorted && is_behind(line + 41))
			break;
		if (!strings_has_exactly(&refs->loose, line + 41))
			add(refs, line + 41, &id);
	}
	return 0;
}

/* --- HEADs -------------------------------------------------------------------- */

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

static int
by_name(const void *a, const void *b)
{
	const struct branch *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int
refs_read(struct scan *scan, struct refs **out)
{
	static const char *const dirs[] = {"refs/heads", "refs/remotes",
		"refs/replace"};
	struct refs *refs = xcalloc(1, sizeof *refs);

	for (size_t i = 0; i < ARRAY_SIZE(dirs); i++)
		read_dir(refs, scan->place.common, dirs[i], DEPTH_MAX);
	if (read_packed(refs, scan->place.common) < 0) {
		refs_free(refs);
		return -EIO;
	}
	if (refs->n)
		qsort(refs->branches, refs->n, sizeof *refs->branches, by_name);
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

const struct id *
refs_remote(const struct refs *refs, const char *name)
{
	for (size_t i = 0; i < refs->names.n; i++)
		if (streq(refs->names.v[i], name))
			return &refs->remotes.v[i];
	return NULL;
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
	strings_free(&refs->names);
	strings_free(&refs->loose);
	free(refs);
}
