/* SPDX-License-Identifier: MIT */
/*
 * Where things are: the XDG places, the same for the daemon and its clients.
 * Every function returns a path that the caller frees.  Relative XDG values
 * are ignored, as the XDG base directory specification 0.8 asks.
 */
#pragma once

#include "base/err.h"

char *paths_config(void);  /* $VESPER_CONFIG or .../vesper/config.ini */
char *paths_state(void);   /* $XDG_STATE_HOME/vesper */
char *paths_data(void);    /* $XDG_DATA_HOME/vesper */
char *paths_runtime(void); /* $XDG_RUNTIME_DIR/vesper, else state/run */
char *paths_socket(void);  /* $VESPER_SOCKET or runtime/socket */

/* libexec as seen from the running program: $VESPER_LIBEXEC; libexec/ beside
 * the program (build tree); ../libexec/vesper (installed). */
char *paths_libexec(void);

/* Creates dir and its parents, each missing one 0700. 0 or -errno. */
int paths_make(const char *dir, struct err *err);

/* Creates dir 0700 and makes sure that it is ours, no symlink, and closed to
 * others. 0 or -errno with a sentence. */
int paths_make_private(const char *dir, struct err *err);
