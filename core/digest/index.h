/* SPDX-License-Identifier: MIT */
/* A proof from the index alone that a working tree is clean. */
#pragma once

#include "digest/commits.h"

/* Compares the index file with HEAD's tree (by its cached root) and with the
 * stat data and names of every file below top. 1: clean for certain, nothing
 * untracked, not even ignored; 0: not proven, git must look; or -errno. */
int index_prove_clean(const char *top, const char *index,
	const struct id *head_tree);
