/* SPDX-License-Identifier: MIT */
/*
 * Foreign text made safe to show.  Branch, file, project and author names
 * may hold terminal escape sequences or bytes that are not UTF-8; nothing of
 * that reaches a terminal, an editor or a popup.
 */
#pragma once

#include "base/util.h"

struct buf;

/* True when s[0..n) is valid UTF-8 (RFC 3629: no surrogates, no overlong
 * forms, nothing above U+10FFFF). */
bool text_is_utf8(const char *s, size_t n);

/* Replaces, in place, every control character (C0 but newline and tab, DEL,
 * C1, and the bidirectional overrides U+202A-E, U+2066-9) and every byte that
 * is not UTF-8 with '?'.  The string never gets longer. */
void text_plain(char *s);

/* Appends JSON with those characters written as \uXXXX: the same object, and
 * nothing a terminal acts on. */
void text_json(const char *json, struct buf *out);

/* As text_plain(), and newline and tab become a space: for one-line places. */
void text_oneline(char *s);

/* Appends the text with whatever runs from right to left in it isolated (U+2068
 * and U+2069), up to and with the "…" of a cut: on a surface that knows them,
 * what stands beside a name keeps its place.  Behind text_plain(), which takes
 * such characters away. */
void text_isolate(const char *s, struct buf *out);

/* The nearest of n names to word, by edit distance, or NULL when none is
 * within a third of its length (at least 2).  The result is borrowed. */
const char *text_nearest(const char *word, const char *const *names, size_t n);

/* Cuts the string in place to at most max bytes, at a character's edge. */
void text_cut(char *s, size_t max);
