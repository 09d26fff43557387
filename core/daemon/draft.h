/* SPDX-License-Identifier: MIT */
/* The sections of a day's note, filled with what was done and is open. */
#pragma once

struct buf;
struct daemon;
struct json_t;

/* Appends the sections for a day ("2026-11-18"); repositories is what digest
 * said of it with what is open by name. */
void draft_compose(struct daemon *d, const char *day,
	const struct json_t *repositories, struct buf *out);

/* The text without arrows that nothing was written behind, and without
 * headings that have nothing below them. The caller frees it. */
char *draft_clean(const char *text);
