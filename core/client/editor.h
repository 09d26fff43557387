/* SPDX-License-Identifier: MIT */
/* Letting a person write a text. */
#pragma once

#include "base/err.h"

struct editor {
	char *dir, *file; /* a private directory, and the text in it */
};

#define AUTO_EDITOR CLEANUP(editor_clear)

/* Writes text to a file of its own and opens the editor on it; returns when
 * that ended. 0 with *out, what the file holds then without lines that begin
 * with '#' and without blank lines at both ends (the caller frees it);
 * -errno with a sentence otherwise. */
int editor_run(struct editor *e, const char *text, char **out,
	struct err *err);

/* Leaves the file where it is: something went wrong afterwards. Returns its
 * path, borrowed until editor_clear(). */
const char *editor_keep(struct editor *e);

/* Removes the file and its directory, unless kept. */
void editor_clear(struct editor *e);
