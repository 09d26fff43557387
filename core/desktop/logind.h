/* SPDX-License-Identifier: MIT */
/*
 * The session's lock and the machine's sleep, as logind tells them on the
 * system bus.  Without it nothing is said but {"logind":false}.
 */
#pragma once

#include <stdbool.h>

/* Says {"lock":...} and {"sleep":...} from now on, or no more. */
void logind_watch(bool lock, bool sleep);

/* What had to be written before sleep is written: sleep need not wait. */
void logind_let_sleep(void);
