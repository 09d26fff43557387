/* SPDX-License-Identifier: MIT */
/*
 * Words on stderr for whoever runs a program.  Only programs speak; library
 * rooms return errors.  The level says who must act: error = the user, now;
 * warn = the user, some time; info = nobody.
 */
#pragma once

#include "base/util.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO };

/* Sets the program's name (borrowed, static) and the last level shown. */
void log_init(const char *program, enum log_level level);

/* "PROGRAM: text" and a newline, made safe to show; nothing when the level is
 * not shown. */
void log_error(const char *fmt, ...) PRINTF(1, 2);
void log_warn(const char *fmt, ...) PRINTF(1, 2);
void log_info(const char *fmt, ...) PRINTF(1, 2);
