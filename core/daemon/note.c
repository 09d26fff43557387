/* SPDX-License-Identifier: MIT */
/*
 * Lines that begin with '#' are comments of the draft, as in a commit message;
 * so headings are underlined ones.
 *
 * A draft remembers the file it was made from.  When the file is still the
 * same at saving, the text replaces it; otherwise somebody wrote in between,
 * and the text is put below.
 */
#include "daemon/note.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/parse.h"
#include "base/paths.h"
#include "base/reach.h"
#include "base/text.h"
#include "daemon/daemon.h"
#include "daemon/draft.h"
#include "words/words.h"

#define NOTE_MAX (1024 * 1024)

/* What the last draft was based on; one is enough: who saves the older of two
 * drafts gets both texts. */
static struct {
	int n; /* which draft it was, from 1 */
	char day[CIVIL_TEXT];
	struct buf text;
	bool whole; /* the draft held it as it was */
} base;

static char *
note_path(struct daemon *d, const char *day)
{
	AUTO_FREE char *dir = daemon_notes_path(d);

	return xasprintf("%s/%s.md", dir, day);
}

int
note_read(struct daemon *d, const char *day, struct buf *out, char **path)
{
	*path = note_path(d, day);
	if (!reach_answers(*path))
		return -ETIMEDOUT;
	return file_read(*path, NOTE_MAX, out);
}

static int
sync_directory(const char *dir)
{
	AUTO_CLOSE int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	return fd < 0 || fsync(fd) < 0 ? -errno : 0;
}

/* Through a temporary file beside it, so that a note is never half there. A
 * note that is a symlink (kept in some other directory) stays one. */
static int
replace_file(const char *path, const struct buf *text, struct err *err)
{
	AUTO_FREE char *target = realpath(path, NULL);
	const char *final = target ? target : path;
	AUTO_FREE char *temporary = xasprintf("%s.XXXXXX", final);
	AUTO_FREE char *dir = xstrdup(final);
	AUTO_CLOSE int fd = mkostemp(temporary, O_CLOEXEC);
	struct stat st;
	int r;

	if (fd < 0)
		return err_errno(err, errno, W_NOTE_BESIDE, final);
	r = file_write(fd, text->data, text->len);
	if (r == 0 && fsync(fd) < 0)
		r = -errno;
	if (r == 0 && stat(final, &st) == 0 && fchmod(fd, st.st_mode & 0777) < 0)
		r = -errno;
	if (r == 0 && rename(temporary, final) < 0)
		r = -errno;
	if (r < 0) {
		unlink(temporary);
		return err_errno(err, -r, W_NOTE_WRITE, final);
	}
	*strrchr(dir, '/') = '\0';
	r = sync_directory(dir);
	return r < 0 ? err_errno(err, -r, W_NOTE_WRITE, final) : 0;
}

static void
trim(const char *text, size_t n, struct buf *out)
{
	while (n && (*text == '\n' || *text == ' '))
		text++, n--;
	while (n && (text[n - 1] == '\n' || text[n - 1] == ' '))
		n--;
	buf_add(out, text, n);
}

static void
add_title(const char *day, struct buf *out)
{
	buf_addf(out, "%s\n==========\n\n", day);
}

/* The whole new file: old text kept where it must be. */
static void
compose(const char *day, const struct buf *old, const char *text, int64_t draft,
	struct buf *out)
{
	AUTO_BUF struct buf body = {0};
	AUTO_FREE char *clean = draft_clean(text);
	bool same_base = draft && draft == base.n && streq(base.day, day) &&
		base.whole && base.text.len == old->len && (old->len == 0 ||
		memcmp(base.text.data, old->data, old->len) == 0);

	trim(clean, strlen(clean), &body);
	if (old->len && !same_base) {
		trim(old->data, old->len, out);
		buf_adds(out, "\n\n");
	} else if (!starts_with(body.data, day)) {
		add_title(day, out);
	}
	buf_adds(out, body.data);
	buf_adds(out, "\n");
}

int
note_save(struct daemon *d, const char *day, const char *text, int64_t draft,
	struct buf *said, struct err *err)
{
	AUTO_FREE char *path = NULL, *dir = daemon_notes_path(d);
	AUTO_BUF struct buf old = {0}, whole = {0};
	int r = note_read(d, day, &old, &path);

	if (r < 0 && r != -ENOENT)
		return err_errno(err, -r, W_NOTE_READ, path);
	if (!text[strspn(text, " \n\t")]) {
		buf_addf(said, r == 0 ? W_NOTE_SAVED : W_NOTE_NOT_YET, path);
		return 0;
	}
	r = paths_make(dir, err);
	if (r < 0)
		return r;
	compose(day, &old, text, draft, &whole);
	r = replace_file(path, &whole, err);
	if (r == 0)
		buf_addf(said, W_NOTE_SAVED, path);
	return r;
}

void
note_last_day(struct daemon *d, date_t day, char *out)
{
	AUTO_FREE char *path = daemon_notes_path(d);
	DIR *dir = reach_answers(path) ? opendir(path) : NULL;
	struct dirent *entry;
	date_t best = INT32_MIN, date;
	char name[11] = "";

	out[0] = '\0';
	if (!dir)
		return;
	while ((entry = readdir(dir))) {
		if (strlen(entry->d_name) != 13 ||
			!streq(entry->d_name + 10, ".md"))
			continue;
		memcpy(name, entry->d_name, 10);
		if (parse_date(name, &date) && date < day && date > best)
			best = date;
	}
	closedir(dir);
	if (best != INT32_MIN)
		civil_date_text(best, out);
}

/* Whether all of it can be shown for editing, so that it comes back. */
static bool
is_plain(const struct buf *text)
{
	AUTO_FREE char *shown = xstrdup(text->len ? text->data : "");

	text_plain(shown);
	return strlen(shown) == text->len &&
		(text->len == 0 || memcmp(shown, text->data, text->len) == 0);
}

int
note_draft(struct daemon *d, const char *day, const json_t *repositories,
	struct buf *out)
{
	AUTO_FREE char *path = NULL;
	AUTO_BUF struct buf old = {0};
	size_t start = out->len;

	note_read(d, day, &old, &path);
	buf_clear(&base.text);
	buf_add(&base.text, old.len ? old.data : "", old.len);
	base.whole = is_plain(&old);
	base.n++;
	snprintf(base.day, sizeof base.day, "%.10s", day);
	if (old.len) {
		buf_adds(out, old.data);
		buf_adds(out, "\n");
	} else {
		add_title(day, out);
		draft_compose(d, day, repositories, out);
	}
	buf_addf(out, W_DRAFT_HELP, day);
	text_plain(out->data + start);
	out->len = start + strlen(out->data + start);
	return base.n;
}
