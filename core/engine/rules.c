/* SPDX-License-Identifier: MIT */
/* What holds for an empty config; the option table of the config room is
 * compared with this by a test. */
#include "engine/rules.h"

#define M 60
#define H 3600

const struct rules rules_default = {
	.turn = 4 * 60,
	.idle = 5 * M,
	.brk = 10 * M,
	.lull = 1 * M,
	.patience = 5 * M,
	.repeat = 15 * M,
	.stretch_limit = 90 * M,
	.workday = {{
		.name = "",
		.days = 0x1f,
		.start = 9 * 60,
		.merge = 18 * 60,
		.warn = {30 * M, 10 * M},
		.nwarn = 2,
		.limit = RULES_NONE,
		.extensions = 2,
		.extension_max = 1 * H,
	}},
	.nworkday = 1,
	.rota_start = RULES_NONE,
	.return_start = RULES_NONE,
};
