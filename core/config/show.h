/* SPDX-License-Identifier: MIT */
/* What is made from the option table for people: lists, the example, the man
 * page's list. Everything is appended to out. */
#pragma once

#include "config/config.h"

/* One line an option, "section.key = value", as it is in force. */
void config_list(const struct config *c, struct buf *out);

/* The value in force of "section.key" or "section.NAME.key". Returns 0, or
 * -ENOENT with a sentence that names the nearest. */
int config_get(const struct config *c, const char *name, struct buf *out,
	struct err *err);

/* config.example.ini: every section and key with its default. */
void config_example(struct buf *out);

/* The list in vesper.ini(5), as mdoc. */
void config_man(struct buf *out);

/* Every name that config_get() takes with the defaults, one a line. */
void config_keys(struct buf *out);
