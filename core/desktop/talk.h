/* SPDX-License-Identifier: MIT */
/* Lines from and to the daemon: one JSON object each, on stdin and stdout. */
#pragma once

struct json_t;

/* Reads stdin from the main loop. on_line() borrows the object; on_end() is
 * called once, when nothing more will come. */
void talk_start(void (*on_line)(struct json_t *line), void (*on_end)(void));

/* Says one line; fmt and its arguments are those of json_pack(), keys in the
 * order given. A daemon that is gone ends the program by on_end(), never by
 * an error here. */
void talk_say(const char *fmt, ...);
