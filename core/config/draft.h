/* SPDX-License-Identifier: MIT */
/* A config while it is being read: what was said where. */
#pragma once

#include "config/options.h"
#include "config/problems.h"

/* One key as it was given. */
struct given {
	const struct option *option;
	int instance, line;
	char *value;
};

struct draft {
	struct config *config;
	struct config_problems *problems;
	struct given *given;
	size_t ngiven;

	/* the section that holds now */
	bool usable; /* false: its heading was refused, its keys are not used */
	bool known;  /* which it is, or was meant to be: its keys are judged */
	enum section_kind section;
	int instance;
	char heading[64];

	/* where the headings of the several stand */
	int workday_line[RULES_WORKDAYS], block_line[RULES_BLOCKS];
};

/* How a key was given in an instance of a section, or NULL. */
const struct given *draft_given(const struct draft *d,
	enum section_kind section, int instance, const char *key);

/* The heading of an instance, as it is written: workday "night". */
const char *draft_heading(const struct draft *d, enum section_kind section,
	int instance, char out[64]);

/* Refuses a key after the fact: the problem names the line where it was given
 * (the heading's when it was not), the key gets its default back. */
void draft_refuse(struct draft *d, const struct option *o, int instance,
	const char *reason);

/* What the keys say about each other; refuses what does not fit. */
void draft_check(struct draft *d);
