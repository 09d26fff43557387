/* SPDX-License-Identifier: MIT */
/*
 * Every sentence a person can read, in one file, ready for translation
 * (xgettext -k_).  They state facts, offer a way on, and neither scold nor
 * praise nor score.  A translator's hint stands above what needs one.
 *
 * Each is a macro, so that the compiler checks its arguments where it is used.
 */
#pragma once

/* The sentence in the user's language. */
const char *words_text(const char *text) __attribute__((format_arg(1)));
#define _(text) words_text(text)

/* Chooses the language from the environment; once, at the start of main(). */
void words_init(void);

/* --- hook: what git runs --- */

#define W_HOOK_NO_ANSWER                                                       \
	_("vesper: the daemon gave no answer in time; git goes on without it")
