/* SPDX-License-Identifier: MIT */
/* [on NOTICE] run: the user's own command when a notice is given. */
#pragma once

struct daemon;
struct engine_effect;
struct onnotice;

/* Starts the command set for this notice, if any.  It knows about the notice
 * by its environment, VESPER_NOTICE and others (see vesper.ini(5)), and is
 * ended when it takes too long. */
void onnotice_run(struct daemon *d, const struct engine_effect *effect);

/* Ends the commands that still run. NULL is fine. */
struct onnotice *onnotice_free(struct onnotice *o);
