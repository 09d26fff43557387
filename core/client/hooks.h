/* SPDX-License-Identifier: MIT */
/*
 * Putting our hooks where git runs them, and taking them away byte for byte.
 * The functions print what they did; what went wrong comes back in err.
 */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* --- hooks-git.c: git, asked ---------------------------------------------- */

#define GIT_ARGS_MAX 8

/* Runs git with the arguments (NULL ends them), in dir unless that is NULL,
 * with an environment in which no repository is set. Returns its exit code
 * with *out, its stdout without the last newline, for the caller to free; or
 * -errno when there is no git. */
int git_ask(const char *dir, char **out, const char *const *args);

struct git_version {
	int major, minor;
	char text[32]; /* "2.39.5" */
};

/* 0, or -ENOENT with a sentence. */
int git_version(struct git_version *out, struct err *err);

/* Whether this git runs hooks from its configuration. */
bool git_has_config_hooks(const struct git_version *v);

/* --- hooks-kinds.c: what there is to install ------------------------------ */

struct hook_kind {
	const char *name;
	bool strict;   /* only there to refuse */
	bool lfs;      /* git-lfs wants this file for itself */
	bool file;     /* worth a file: else the watch tells as much */
	bool parallel; /* git could run others beside it */
};

extern const struct hook_kind hook_kinds[];
extern const size_t nhook_kinds;

/* The absolute path of a hook's program, quoted for sh where it must be. The
 * caller frees it. */
char *hook_program(const char *name);

/* The file that stands for a hook in a repository; program is as from
 * hook_program(); made_dir: the directory it is in was made for it; empty:
 * git-lfs, when it comes, shall take it for an empty file. */
void hook_script(struct buf *out, const char *program, bool made_dir,
	bool empty);

/* The line that somebody may add to a hook of theirs. */
void hook_line(struct buf *out, const struct hook_kind *kind);

/* -ENOENT with a sentence when our programs are not where they should be. */
int hook_programs_check(struct err *err);

/* --- hooks-config.c: git 2.54 or later, for all repositories -------------- */

enum hooks_block {
	HOOKS_BLOCK_ABSENT,
	HOOKS_BLOCK_THERE,
	HOOKS_BLOCK_EDITED, /* by somebody else: not ours to remove */
};

/* Where in the user's git config our block is, or would be; the caller frees
 * *path. */
enum hooks_block hooks_config_state(char **path);

/* 0 or -errno. */
int hooks_config_install(bool strict, struct err *err);

/* 0, also when there was nothing; -EEXIST when it was edited; -errno. */
int hooks_config_uninstall(struct err *err);

/* The text of the file that the block includes. */
void hooks_config_text(struct buf *out, bool strict);

/* --- hooks-files.c: files in one repository ------------------------------- */

/* Each returns 0, 1 when nothing could be done there (which was printed), or
 * -errno. */
int hooks_files_install(const char *repo, bool strict, struct err *err);
int hooks_files_uninstall(const char *repo, struct err *err);
int hooks_files_status(const char *repo, struct err *err);

/* --- hooks-brief.c: for the doctor ---------------------------------------- */

/* Adds how our hooks are in there and whether commits can be refused, or why
 * not; nothing when git knows no repository there. */
void hooks_brief(const char *repo, const struct git_version *git,
	struct buf *out);

/* --- hooks-files.c: where hooks are, and whose ----------------------------- */

struct hooks_place {
	char *dir;    /* where git looks for hooks here */
	char *common; /* the repository's common directory */
	bool own;     /* dir is git's own one */
	bool lfs;     /* git-lfs is set up */
};

/* Asks git; 0, or -ENOENT with a sentence. hooks_place_clear() frees it. */
int hooks_place_find(const char *repo, struct hooks_place *out,
	struct err *err);
void hooks_place_clear(struct hooks_place *p);
#define AUTO_PLACE CLEANUP(hooks_place_clear)

/* Who has this file, borrowed; NULL when there is none. *ours: it is exactly
 * what we write; *text, when not NULL, is what is in it. */
const char *hooks_owner(const char *path, bool *ours, struct buf *text);

/* Who put the directory there that git looks in instead of its own. */
const char *hooks_dir_owner(const struct hooks_place *p);

/* --- hooks-edit.c: other people's files ----------------------------------- */

/* The longest file of theirs that is read. */
#define HOOKS_FILE_MAX (1024 * 1024)

/* Lets fn make the new text from the old (empty without a file) and puts it in
 * the file's place at once, with its mode, behind git's own lock. fn returns 0
 * to go on, anything else to leave the file as it is, which is returned. With
 * remove_empty an empty text removes the file. */
typedef int file_edit_fn(void *data, const struct buf *old, struct buf *text,
	bool *remove_empty, struct err *err);
int file_edit(const char *path, file_edit_fn *fn, void *data, struct err *err);
