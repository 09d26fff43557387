/* SPDX-License-Identifier: MIT */
/* Whether hooks have anything to wait for, told by a file (wire.h, WIRE_CALM):
 * looking for it costs git less than asking. */
#pragma once

struct daemon;

/* Puts the file there or takes it away, when that changed. */
void calm_update(struct daemon *d);

/* Takes it away: nobody answers any more, or nobody did yet. */
void calm_forget(struct daemon *d);
