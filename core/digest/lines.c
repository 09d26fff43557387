/* SPDX-License-Identifier: MIT */
/*
 * Trees are compared here and not by git_diff_tree_to_tree(), which walks
 * every entry of both and loads the index for attributes.  Exact renames
 * vanish, as they do in git; where a rename with changes is possible git is
 * asked, since libgit2 scores similarity another way.
 */
#include "digest/lines.h"

#include <git2.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/alloc.h"
#include "base/clock.h"

#define BLOB_MAX (32 * 1024 * 1024)
#define BINARY_LOOK 8000 /* git's own first_few_bytes */

#define MODE_TYPE 0170000
#define MODE_TREE 0040000
#define MODE_LINK 0160000 /* a submodule's commit */

struct side {
	unsigned mode; /* 0: absent */
	struct id id;
};

struct change {
	struct side from, to;
};

struct lines {
	struct scan *scan;
	int64_t until_ns;
	bool ask_always;
	struct change *changes;
	size_t n, cap;
	int64_t added, removed;
};

struct lines *
lines_new(struct scan *scan, int64_t until_ns)
{
	struct lines *l = xcalloc(1, sizeof *l);

	l->scan = scan;
	l->until_ns = until_ns;
	l->ask_always = attributes_matter(scan);
	return l;
}

void
lines_free(struct lines *l)
{
	if (l)
		free(l->changes);
	free(l);
}

/* One entry of a tree, and what is left of the tree's text behind it. */
struct cursor {
	const char *at, *end;
	const char *name;
	size_t name_len;
	struct side side;
};

/* Reads the entry at c->at. 1, 0 at the end, -1 when malformed. */
static int
next(struct cursor *c)
{
	const char *nul;
	char *blank;

	c->side = (struct side){0};
	c->name = "";
	c->name_len = 0;
	if (c->at >= c->end)
		return 0;
	nul = memchr(c->at, '\0', (size_t)(c->end - c->at));
	if (!nul || c->end - nul < 21)
		return -1;
	c->side.mode = (unsigned)strtoul(c->at, &blank, 8);
	if (*blank != ' ' || blank >= nul)
		return -1;
	c->name = blank + 1;
	c->name_len = (size_t)(nul - c->name);
	memcpy(c->side.id.b, nul + 1, 20);
	c->at = nul + 21;
	return 1;
}

static bool
is_tree(const struct side *side)
{
	return (side->mode & MODE_TYPE) == MODE_TREE;
}

/* Git's order: a directory's name ends, for this purpose, with '/'. */
static int
compare(const struct cursor *a, const struct cursor *b)
{
	size_t n = a->name_len < b->name_len ? a->name_len : b->name_len;
	int r = memcmp(a->name, b->name, n);
	unsigned char x, y;

	if (r)
		return r;
	x = a->name_len > n ? (unsigned char)a->name[n]
			    : is_tree(&a->side) ? '/' : '\0';
	y = b->name_len > n ? (unsigned char)b->name[n]
			    : is_tree(&b->side) ? '/' : '\0';
	return x < y ? -1 : x > y;
}

static int
read_tree(struct lines *l, const struct side *side, git_odb_object **raw,
	struct cursor *out)
{
	git_oid oid;

	*raw = NULL;
	*out = (struct cursor){0};
	if (!is_tree(side))
		return LINES_COUNTED;
	memcpy(oid.id, side->id.b, sizeof oid.id);
	if (git_odb_read(raw, l->scan->odb, &oid) < 0)
		return LINES_UNKNOWN;
	out->at = git_odb_object_data(*raw);
	out->end = out->at + git_odb_object_size(*raw);
	return LINES_COUNTED;
}

static int compare_trees(struct lines *l, const struct side *old,
	const struct side *new, char *dir, size_t len);

static void
add_change(struct lines *l, const struct side *from, const struct side *to)
{
	if (l->n == l->cap) {
		l->cap = l->cap ? 2 * l->cap : 32;
		l->changes = xrealloc(l->changes, l->cap * sizeof *l->changes);
	}
	l->changes[l->n++] = (struct change){*from, *to};
}

/* One name that differs; either side may be absent. */
static int
differs(struct lines *l, const struct cursor *a, const struct cursor *b,
	char *dir, size_t len)
{
	const struct cursor *named = a->side.mode ? a : b;

	if (!is_tree(&a->side) && !is_tree(&b->side)) {
		add_change(l, &a->side, &b->side);
		return LINES_COUNTED;
	}
	if (len + named->name_len + 2 > PATH_MAX)
		return LINES_ASK_GIT;
	memcpy(dir + len, named->name, named->name_len);
	len += named->name_len;
	dir[len++] = '/';
	dir[len] = '\0';
	return compare_trees(l, &a->side, &b->side, dir, len);
}

static bool
same(const struct side *a, const struct side *b)
{
	return a->mode == b->mode && memcmp(&a->id, &b->id, sizeof a->id) == 0;
}

static bool
is_attributes(const struct cursor *c)
{
	return c->name_len == 14 && memcmp(c->name, ".gitattributes", 14) == 0;
}

/* Merges the two sorted lists of names. *has says whether a .gitattributes
 * was among them. */
static int
merge_names(struct lines *l, struct cursor c[2], char *dir, size_t len,
	bool *has)
{
	static const struct cursor none = {.name = ""};
	int more[2] = {next(&c[0]), next(&c[1])}, r = LINES_COUNTED;

	while (r == LINES_COUNTED && (more[0] > 0 || more[1] > 0)) {
		int order = more[0] <= 0 ? 1
			: more[1] <= 0	 ? -1
					 : compare(&c[0], &c[1]);

		*has |= is_attributes(&c[0]) || is_attributes(&c[1]);
		if (order || !same(&c[0].side, &c[1].side))
			r = differs(l, order > 0 ? &none : &c[0],
				order < 0 ? &none : &c[1], dir, len);
		if (order <= 0)
			more[0] = next(&c[0]);
		if (order >= 0)
			more[1] = next(&c[1]);
	}
	return more[0] < 0 || more[1] < 0 ? LINES_ASK_GIT : r;
}

static int
compare_trees(struct lines *l, const struct side *old, const struct side *new,
	char *dir, size_t len)
{
	git_odb_object *raw[2];
	struct cursor c[2];
	bool has = false;
	int r = read_tree(l, old, &raw[0], &c[0]);
	int r2 = read_tree(l, new, &raw[1], &c[1]);

	r = r ? r : r2;
	if (clock_mono_ns() > l->until_ns)
		r = LINES_UNKNOWN;
	if (r == LINES_COUNTED)
		r = merge_names(l, c, dir, len, &has);
	dir[len] = '\0';
	if (r == LINES_COUNTED && attributes_matter_in(l->scan, dir, has))
		r = LINES_ASK_GIT;
	git_odb_object_free(raw[0]);
	git_odb_object_free(raw[1]);
	return r;
}

static int
by_id(const void *a, const void *b)
{
	const struct change *x = a, *y = b;
	const struct side *p = x->from.mode ? &x->from : &x->to;
	const struct side *q = y->from.mode ? &y->from : &y->to;
	int r = memcmp(&p->id, &q->id, sizeof p->id);

	return r ? r : (x->from.mode != 0) - (y->from.mode != 0);
}

/* Puts the pure additions and removals behind the rest; how many remain
 * before them. */
static size_t
partition(struct lines *l)
{
	size_t kept = 0;

	for (size_t i = 0; i < l->n; i++) {
		struct change this = l->changes[i];

		if (!this.from.mode || !this.to.mode)
			continue;
		l->changes[i] = l->changes[kept];
		l->changes[kept++] = this;
	}
	return kept;
}

/* Drops the pairs of one removed and one added file of equal content from
 * the sorted changes [from, n). */
static void
drop_renames(struct lines *l, size_t from)
{
	size_t out = from;

	for (size_t i = from; i < l->n; i++) {
		struct change *c = &l->changes[i];
		struct change *last = out > from ? &l->changes[out - 1] : NULL;

		if (last && c->from.mode && last->to.mode &&
			memcmp(&c->from.id, &last->to.id, 20) == 0 &&
			(c->from.mode & MODE_TYPE) ==
				(last->to.mode & MODE_TYPE))
			out--;
		else
			l->changes[out++] = *c;
	}
	l->n = out;
}

/* Only git knows whether a removed and an added file are one that was
 * renamed and changed. */
static bool
may_rename(const struct lines *l, size_t from)
{
	bool added = false, removed = false;

	for (size_t i = from; i < l->n; i++) {
		removed |= l->changes[i].from.mode != 0;
		added |= l->changes[i].to.mode != 0;
	}
	return added && removed;
}

struct content {
	git_odb_object *raw;
	char text[80]; /* of a submodule */
	const char *data;
	size_t len;
	bool binary;
};

static int
load(struct lines *l, const struct side *side, struct content *out)
{
	git_object_t type;
	git_oid oid;
	char hex[41];

	*out = (struct content){.data = ""};
	if (!side->mode)
		return LINES_COUNTED;
	if ((side->mode & MODE_TYPE) == MODE_LINK) {
		id_text(&side->id, hex);
		out->len = (size_t)snprintf(out->text, sizeof out->text,
			"Subproject commit %s\n", hex);
		out->data = out->text;
		return LINES_COUNTED;
	}
	memcpy(oid.id, side->id.b, sizeof oid.id);
	if (git_odb_read_header(&out->len, &type, l->scan->odb, &oid) < 0 ||
		out->len > BLOB_MAX ||
		git_odb_read(&out->raw, l->scan->odb, &oid) < 0)
		return LINES_UNKNOWN;
	out->data = git_odb_object_data(out->raw);
	out->len = git_odb_object_size(out->raw);
	out->binary = memchr(out->data, '\0',
		out->len < BINARY_LOOK ? out->len : BINARY_LOOK);
	return LINES_COUNTED;
}

static int64_t
count(const struct content *c)
{
	const char *at = c->data, *end = c->data + c->len;
	int64_t n = 0;

	while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
		at++;
		n++;
	}
	return n + (c->len && end[-1] != '\n');
}

static int
compare_texts(struct lines *l, const struct content *a, const struct content *b)
{
	git_diff_options options;
	git_patch *patch;
	size_t added, removed;
	int r;

	if (!a->len || !b->len) {
		l->removed += count(a);
		l->added += count(b);
		return LINES_COUNTED;
	}
	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags = GIT_DIFF_FORCE_TEXT;
	options.context_lines = 0;
	r = git_patch_from_buffers(
		&patch, a->data, a->len, NULL, b->data, b->len, NULL, &options);
	if (r < 0)
		return LINES_ASK_GIT;
	r = git_patch_line_stats(NULL, &added, &removed, patch);
	git_patch_free(patch);
	l->added += (int64_t)added;
	l->removed += (int64_t)removed;
	return r < 0 ? LINES_ASK_GIT : LINES_COUNTED;
}

static int
count_change(struct lines *l, const struct change *change)
{
	struct content a, b;
	int r, r2;

	if (clock_mono_ns() > l->until_ns)
		return LINES_UNKNOWN;
	if (memcmp(&change->from.id, &change->to.id, sizeof(struct id)) == 0)
		return LINES_COUNTED;
	r = load(l, &change->from, &a);
	r2 = load(l, &change->to, &b);
	r = r ? r : r2;
	if (r == LINES_COUNTED && !a.binary && !b.binary)
		r = compare_texts(l, &a, &b);
	git_odb_object_free(a.raw);
	git_odb_object_free(b.raw);
	return r;
}

int
lines_count(struct lines *l, const struct id *old, const struct id *new,
	int64_t *insertions, int64_t *deletions)
{
	struct side a = {0}, b = {.mode = MODE_TREE, .id = *new};
	char dir[PATH_MAX] = "";
	size_t pure;
	int r;

	if (old)
		a = (struct side){.mode = MODE_TREE, .id = *old};
	l->n = 0;
	l->added = l->removed = 0;
	if (l->ask_always)
		return LINES_ASK_GIT;
	r = same(&a, &b) ? LINES_COUNTED : compare_trees(l, &a, &b, dir, 0);
	if (r != LINES_COUNTED)
		return r;
	pure = partition(l);
	if (l->n > pure)
		qsort(l->changes + pure, l->n - pure, sizeof *l->changes, by_id);
	drop_renames(l, pure);
	if (may_rename(l, pure))
		return LINES_ASK_GIT;
	for (size_t i = 0; i < l->n && r == LINES_COUNTED; i++)
		r = count_change(l, &l->changes[i]);
	if (r == LINES_COUNTED) {
		*insertions = l->added;
		*deletions = l->removed;
	}
	return r;
}
