/* SPDX-License-Identifier: MIT */
/* vesper status --watch: a line whenever it changes. */
#pragma once

#include <stdbool.h>

/* Prints lines in `format` (NULL: JSON) until nobody reads them; with
 * `notices`, notices appear in this terminal, too. Returns an exit code. */
int status_watch(const char *format, bool notices);
