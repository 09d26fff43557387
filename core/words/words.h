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

/* --- hooks: vesper hooks --- */

#define W_HOOKS_USAGE                                                          \
	_("usage: vesper hooks install|uninstall|status|print [--repo PATH] "  \
	  "[--strict]\n")
#define W_HOOKS_NO_GIT _("git is not there, or does not say its version")
#define W_HOOKS_NO_PROGRAM                                                     \
	_("%s is missing: install Vesper, or build it with make")
#define W_HOOKS_NO_REPOSITORY _("%s is in no git repository")
#define W_HOOKS_FILE_READ _("cannot read %s")
#define W_HOOKS_FILE_WRITE _("cannot write %s")
#define W_HOOKS_NUL _("the git config holds NUL bytes; nothing was changed")
#define W_HOOKS_EDITED                                                         \
	_("the lines of Vesper in the git config were changed by hand; "       \
	  "nothing was touched. Remove them by hand: they begin with "         \
	  "\"# vesper hooks\"")
/* %s: git's version */
#define W_HOOKS_TOO_OLD                                                        \
	_("git %s runs hooks from repositories only. The watch sees commits "  \
	  "without a hook; \"vesper hooks install --repo PATH\" adds hooks "   \
	  "to one repository, git 2.54 or later has them for all")
#define W_HOOKS_NONE_MADE                                                      \
	_("no hook was written in %s; the watch sees its commits all the same")
/* %s: the user's git config, our file */
#define W_HOOKS_CONFIGURED _("%s includes %s\n")
#define W_HOOKS_UNCONFIGURED _("%s is as it was\n")
/* %s: a hook's name, its file */
#define W_HOOKS_FILE_MADE _("%s: written, %s\n")
#define W_HOOKS_FILE_THERE _("%s: there already, %s\n")
#define W_HOOKS_FILE_GONE _("%s: removed, %s\n")
/* %s: a hook's name, a tool's name */
#define W_HOOKS_FILE_THEIRS _("%s: belongs to %s; this line can be added:\n")
#define W_HOOKS_ADD_LINE _("    %s")
/* %s: a file, a hook's name */
#define W_HOOKS_FILE_EDITED _("%s was changed by hand and stays (%s)\n")
/* %s: a directory, a tool's name */
#define W_HOOKS_DIR_THEIRS                                                     \
	_("hooks run from %s here (%s); these lines can be added to them:\n")
#define W_HOOKS_DIR _("hooks run from %s (%s)\n")
/* %s: a hook's name, whose it is */
#define W_HOOKS_FILE_OWNER _("  %s: %s\n")
#define W_HOOKS_SOMEBODY _("a hook of its own")
#define W_HOOKS_NOBODY _("none")
#define W_HOOKS_KEPT_FOR_LFS _("none, kept free for git-lfs")
#define W_HOOKS_STRICT_YES _("commits can be refused here\n")
#define W_HOOKS_STRICT_NO                                                      \
	_("commits cannot be refused here: pre-commit is somebody else's\n")
/* %s: git's version */
#define W_HOOKS_GIT_NEW _("git %s: runs hooks from its configuration\n")
#define W_HOOKS_GIT_OLD _("git %s: runs hooks from repositories only\n")
/* %s: the user's git config */
#define W_HOOKS_STATE_ABSENT _("%s: no hooks of Vesper\n")
#define W_HOOKS_STATE_THERE _("%s: includes Vesper's hooks\n")
#define W_HOOKS_STATE_EDITED _("%s: has lines of Vesper, changed by hand\n")
#define W_HOOKS_PRINT_LINES                                                    \
	_("# To be added to hooks that exist already, one line each:\n")
#define W_HOOKS_PRINT_CONFIG                                                   \
	_("# For git 2.54 or later, in the git config:\n")
