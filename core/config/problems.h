/* SPDX-License-Identifier: MIT */
/* Collecting what is wrong in a file. */
#pragma once

#include "config/config.h"

/* Where something is wrong; every field may be NULL, line 0. */
struct place {
	int line;
	const char *section, *key, *value;
};

/* Each keeps copies. After CONFIG_PROBLEMS_MAX of them the rest is counted in
 * one last line. */
void problem_refuse(struct config_problems *p, const struct place *at,
	const char *fmt, ...) PRINTF(3, 4);
void problem_warn(struct config_problems *p, const struct place *at,
	const char *fmt, ...) PRINTF(3, 4);
