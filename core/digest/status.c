/* SPDX-License-Identifier: MIT */
/*
 * Clean by proof, otherwise git's own answer: libgit2's status is wrong for
 * sparse checkouts and filters, and slower than a process.  Filter commands
 * that the repository itself configures are never run; what changed is then
 * unknown unless nothing did.
 */
#include "digest/scan.h"

#include <git2.h>
#include <strings.h>

#include "base/alloc.h"
#include "digest/index.h"
#include "words/words.h"

#define CONFIG_MAX (1024 * 1024)

/* Names of the filters from "SCOPE\0filter.NAME.clean\0" ... */
static void
take_filters(struct scan *scan, struct buf *out)
{
	char *at = out->data, *end = at + out->len;

	while (at < end) {
		char *scope = at, *key = scope + strlen(scope) + 1, *dot;

		if (key >= end)
			return;
		at = key + strlen(key) + 1;
		if (!streq(scope, "local") && !streq(scope, "worktree"))
			continue;
		dot = strrchr(key, '.');
		*dot = '\0';
		key += strlen("filter.");
		if (key <= dot && !strings_has(&scan->filters, key))
			strings_add(&scan->filters, key);
	}
}

static bool
may_filter(const char *dir, const char *name)
{
	AUTO_FREE char *text = place_read(dir, name, CONFIG_MAX);

	return text && (strcasestr(text, "filter") || strcasestr(text, "include"));
}

/* Fills scan->filters. False when that cannot be known. */
static bool
find_filters(struct scan *scan)
{
	static const char *const args[] = {"config", "-z", "--show-scope",
		"--name-only", "--get-regexp",
		"^filter\\..*\\.(clean|smudge|process)$", NULL};
	AUTO_BUF struct buf out = {0};
	struct err err;
	int r;

	if (!may_filter(scan->place.common, "config") &&
		!may_filter(scan->place.common, "config.worktree") &&
		!may_filter(scan->place.git_dir, "config.worktree"))
		return true;
	r = scan_git(scan, args, NULL, &out, &err);
	if (r == 0 && out.len)
		take_filters(scan, &out);
	if (r == 0 || r == 1) /* 1: no such key */
		return true;
	row_unread(scan->row, W_DIGEST_STATUS, err.text);
	return false;
}

/* Counts the records of status --porcelain=v2 -z. */
static void
count(struct row *row, const struct buf *out)
{
	const char *at = out->data, *end = at + out->len;

	row->dirty = row->untracked = 0;
	for (; at < end; at += strlen(at) + 1) {
		if (open_is_swap(at))
			continue;
		if (*at == '?')
			row->untracked++;
		else if (*at == '1' || *at == '2' || *at == 'u')
			row->dirty++;
		open_name(row, at);
		if (*at == '2') /* the old name is a record of its own */
			at += strlen(at) + 1;
	}
}

static void
ask_git(struct scan *scan)
{
	static const char *const args[] = {"status", "--porcelain=v2", "-z",
		"--ignore-submodules=dirty", NULL};
	AUTO_BUF struct buf out = {0};
	struct row *row = scan->row;
	struct err err;

	if (!find_filters(scan))
		return;
	if (scan_git(scan, args, NULL, &out, &err)) {
		row_unread(row, W_DIGEST_STATUS, err.text);
		return;
	}
	count(row, &out);
	if (scan->filters.n && row->dirty) {
		row->dirty = UNKNOWN;
		row_unread(row, NULL, W_DIGEST_FILTERS);
	}
}

static bool
proven(struct scan *scan)
{
	AUTO_FREE char *index = NULL;
	struct commit *head;
	struct id id;
	git_oid oid;

	if (!scan->repo ||
		git_reference_name_to_id(&oid, scan->repo, "HEAD") < 0)
		return false;
	memcpy(id.b, oid.id, sizeof id.b);
	if (commits_get(scan->commits, &id, &head) < 0)
		return false;
	index = xasprintf("%s/index", scan->place.git_dir);
	return index_prove_clean(scan->place.top, index, &head->tree) == 1;
}

void
status_read(struct scan *scan)
{
	if (!scan->place.top)
		return;
	if (proven(scan))
		scan->row->dirty = scan->row->untracked = 0;
	else
		ask_git(scan);
}
