/* SPDX-License-Identifier: MIT */
/*
 * Of a config only what decides days goes into the history: a later reader
 * needs it to fold them, and needs no repository, address or command of
 * somebody's.
 */
#pragma once

#include "base/buf.h"

/* Appends the sections of text that decide days, without comments and blanks:
 * config_parse() makes the same rules and time zone of both. */
void config_excerpt(const char *text, size_t n, struct buf *out);
