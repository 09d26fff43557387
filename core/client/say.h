/* SPDX-License-Identifier: MIT */
/* How the client talks to people: stdout for what was asked, stderr for
 * errors, nothing raw that somebody else wrote. */
#pragma once

#include "base/buf.h"
#include "client/commands.h"

/* "vesper: COMMAND: text" on stderr; without a command "vesper: text". The
 * command is that of the last say_command(). */
void say_command(const char *name);
void say_error(const char *fmt, ...) PRINTF(1, 2);

/* Prints text, made safe to show, and ends it with a newline. */
void say_text(const char *text);

/* The same for a text of lines: on a terminal those that are too long for it
 * are broken between words. */
void say_lines(const char *text);

/* The exit code of a program that wrote to stdout: `code`, or EXIT_NO with a
 * word when the output could not be written. */
int say_finish(int code);
