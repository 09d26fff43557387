/* SPDX-License-Identifier: MIT */
/*
 * Many days at once.  Days that are over are folded once and kept summed up,
 * so that ten years cost little more than their rows.  Answers are pages: who
 * asks goes on at "next" until that is null.
 */
#pragma once

struct daemon;
struct json_t;

/* {"get":"history","from":DATE,"to":DATE}: {"from","to","today","days":[...],
 * "next"}; the days are those of report_day() on which something was recorded,
 * without what repositories say. With "project" only "project_worked" and
 * "project_commits" of it. The answer is the caller's. */
struct json_t *history_days(struct daemon *d, const struct json_t *line);

/* {"get":"export","from":INSTANT}: {"lines":TEXT,"next":INSTANT}, the recorded
 * events as `vesper replay` reads them. The answer is the caller's. */
struct json_t *history_export(struct daemon *d, const struct json_t *line);

/* What was recorded of one day that is over, or NULL; the caller's. */
struct json_t *history_recorded(struct daemon *d, const char *day);

/* {"do":"forget","before":DATE} or {"do":"forget","project":PATH}. The answer
 * is the caller's. */
struct json_t *history_forget(struct daemon *d, const struct json_t *in);
