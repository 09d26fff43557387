/* SPDX-License-Identifier: MIT */
/* Where in a repository the logs are that say what a person did. */
#pragma once

#include "base/util.h"

enum place {
	PLACE_NONE,
	PLACE_DIR,   /* logs may be below it */
	PLACE_LOG,
	PLACE_EITHER /* what it is decides */
};

/* What matters about a name below the common directory ("" is itself), and in
 * *content whether logs lie directly in it when it is a directory. */
enum place place_of(const char *name, bool *content);
