/* SPDX-License-Identifier: MIT */
/* A notice in the terminal of the person, where there is no desktop. */
#pragma once

/* In tmux its own message; in terminals that can, their notification; else a
 * line and the bell. Nothing where there is no terminal. */
void tell(const char *title, const char *body);
