/* SPDX-License-Identifier: MIT */
/*
 * The engine's rules as data: what a config says, after parsing.  Lengths in
 * seconds, times of day in minutes since midnight, dates in days since
 * 1970-01-01.  Fixed size: the engine allocates nothing.
 */
#pragma once

#include "base/civil.h"

#define RULES_WARNS 8
#define RULES_WORKDAYS 32
#define RULES_CYCLE 128
#define RULES_BLOCKS 32
#define RULES_NAME 48

#define RULES_OFF (-1)	 /* in rules.cycle: a day off */
#define RULES_NONE INT64_MIN /* "no date", "no limit", "no instant" */

struct rules_workday {
	char name[RULES_NAME]; /* "" for the unnamed one */
	unsigned days;	       /* bit 0 = Monday; 0: serves the rota alone */
	int start, merge;      /* merge <= start: the next date's merge */
	int64_t warn[RULES_WARNS]; /* largest first, each once */
	int nwarn;
	int64_t limit; /* worked time, or RULES_NONE */
	int extensions;
	int64_t extension_max;
};

struct rules_block {
	char name[RULES_NAME];
	unsigned days;
	int from, to; /* to <= from: the next date's to */
	int64_t lead;
	bool private; /* say that it is protected, not what it is */
};

struct rules {
	int turn; /* minutes */
	int64_t idle, brk, lull, patience, repeat;
	int64_t stretch_limit;
	struct rules_workday workday[RULES_WORKDAYS];
	int nworkday;
	int64_t rota_start;	       /* a date, or RULES_NONE */
	int8_t cycle[RULES_CYCLE]; /* index into workday, or RULES_OFF */
	int ncycle;
	struct rules_block block[RULES_BLOCKS];
	int nblock;
	int64_t return_start; /* a date, or RULES_NONE */
	int return_weeks;
	int64_t return_from, return_to;
};

/* The defaults of an empty config: Mon-Fri 09:00-18:00. */
extern const struct rules rules_default;
