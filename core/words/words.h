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

/* --- digest: what repositories say about a day ------------------------- */

#define W_DIGEST_USAGE                                                         \
	_("usage: digest --since T --until T [--author EMAIL]... "             \
	  "REPOSITORY...\n"                                                    \
	  "       digest --job <JOBS\n"                                        \
	  "Prints one JSON object a line for each repository. T is in "       \
	  "seconds of UTC or\nlike 2026-11-18T08:00:00+01:00. A job is one "  \
	  "line: {\"repository\":PATH,\n\"since\":T,\"until\":T,"              \
	  "\"authors\":[EMAIL],\"known\":[OID]}.\n"                            \
	  "  --deadline MS  for each repository (2000)\n"                      \
	  "  --workers N    repositories read at once (one a processor)\n")
#define W_DIGEST_BAD_VALUE _("%s: cannot read \"%s\"")
#define W_DIGEST_STDIN _("cannot read the jobs: %s")
#define W_DIGEST_BAD_JSON _("the job is not JSON: %s")
#define W_DIGEST_BAD_JOB _("the job needs \"repository\", \"since\", \"until\"")
#define W_DIGEST_NO_WORKER _("cannot start a process to read repositories")
/* the number of repositories read, and of all */
#define W_DIGEST_PROGRESS _("reading repositories: %zu of %zu")
/* reasons, after a repository's name: "not read: ..." */
#define W_DIGEST_SLOW _("did not answer within %g s")
#define W_DIGEST_CRASHED _("its reader ended too early (signal %d)")
#define W_DIGEST_GONE _("not there any more")
#define W_DIGEST_LOOK _("cannot look at %s")
#define W_DIGEST_NO_REPOSITORY _("not a git repository")
#define W_DIGEST_NO_COMMON _("its common directory is not there")
#define W_DIGEST_OWNER _("owned by %s; not read")
#define W_DIGEST_OWNER_ID _("owned by user %u; not read")
#define W_DIGEST_GIT _("cannot run git")
#define W_DIGEST_GIT_SAYS _("git says: %s")
#define W_DIGEST_AUTHOR _("no author known here")
#define W_DIGEST_NO_AUTHOR _("git names no author here: set user.email")
#define W_DIGEST_MISSING _("commits are missing in it")
#define W_DIGEST_MALFORMED _("it holds commits that cannot be read")
#define W_DIGEST_STATUS _("state of its files")
#define W_DIGEST_STASHES _("stashes")
#define W_DIGEST_FILTERS                                                       \
	_("its own config sets filter commands, which are not run: changed "   \
	  "files not counted")
