/* SPDX-License-Identifier: MIT */
/* The notes: the user's own Markdown files, one a day. */
#pragma once

#include "base/civil.h"
#include "base/err.h"

struct buf;
struct daemon;
struct json_t;

/* Saves text as the note of a day ("2026-11-18") and adds the sentence that
 * names the file to *said. Nothing that is in the file is lost: only the draft
 * that was given out last, edited, takes the place of what it was made of (0
 * is no draft); any other text follows what is there. An empty text writes
 * nothing. The file and its directory are synced. 0 or -errno. */
int note_save(struct daemon *d, const char *day, const char *text,
	int64_t draft, struct buf *said, struct err *err);

/* The note of a day, appended to out; *path is the caller's. 0, -ENOENT when
 * there is none. */
int note_read(struct daemon *d, const char *day, struct buf *out, char **path);

/* The newest day before `day` that has a note, as text; "" when none. out
 * holds CIVIL_TEXT. */
void note_last_day(struct daemon *d, date_t day, char *out);

/* The note as it is offered for editing: what is there already, or what the
 * repositories say was done and is open. Remembers what it was based on;
 * returns by which number. */
int note_draft(struct daemon *d, const char *day,
	const struct json_t *repositories, struct buf *out);
