/* SPDX-License-Identifier: MIT */
/*
 * What a hook said, kept from its answer until it is in the history, so that a
 * kill in between loses nothing.
 */
#pragma once

struct git;
struct seen;

/* Takes what is left of the daemon before into g->queue, to be recorded; where
 * a log told the same again, the hook's word goes with that. */
void slip_recall(struct git *g);

/* Begins a new one, when what was left is in the history. */
void slip_open(struct git *g);

/* After all that git_put_on_slip() has put there is in the history. */
void slip_clear(struct git *g);
