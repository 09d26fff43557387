/* SPDX-License-Identifier: MIT */
/*
 * The coming days as the engine plans them; the day that holds now with the
 * end that holds now.
 */
#include <jansson.h>
#include <stdio.h>

#include "base/buf.h"
#include "base/parse.h"
#include "daemon/daemon.h"
#include "daemon/ledger.h"
#include "daemon/status.h"
#include "words/instant.h"
#include "words/words.h"

#define DATE 13 /* " 2026-11-18  ", behind the day of the week */

/* A line each, below the hours of the day. */
static void
plan_blocks(struct daemon *d, const struct engine_plan *plan, json_t *blocks,
	struct buf *text)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	int indent = (int)strlen(words_weekday(0)) + DATE;

	for (int i = 0; i < plan->nblock; i++) {
		const struct rules_block *block =
			&d->config->rules.block[plan->block[i].block];
		const char *name = block->private || !*block->name
			? W_PROTECTED_TIME
			: block->name;

		json_array_append_new(blocks,
			json_pack("{ss sI sI}", "name", name, "from",
				(json_int_t)plan->block[i].from, "to",
				(json_int_t)plan->block[i].to));
		buf_addf(text, "%*s%s %s-%s\n", indent, "", name,
			civil_time_text(plan->block[i].from, from),
			civil_time_text(plan->block[i].to, to));
	}
}

static void
plan_window(struct daemon *d, const struct engine_plan *plan, int64_t end,
	json_t *warns, struct buf *text)
{
	char from[CIVIL_TEXT], to[CIVIL_TEXT], length[32];
	const char *name;

	if (plan->workday < 0) {
		buf_adds(text, W_LINE_OFF);
		return;
	}
	name = d->config->rules.workday[plan->workday].name;
	buf_addf(text, "%s-%s", civil_time_text(plan->start, from),
		civil_time_text(plan->end, to));
	if (*name)
		buf_addf(text, " %s", name);
	if (plan->limit != RULES_NONE)
		buf_addf(text, W_PLAN_LIMIT,
			format_length(plan->limit, length));
	if (end != plan->end)
		buf_addf(text, W_PLAN_MOVED, civil_time_text(end, to));
	for (int i = 0; i < plan->nwarn; i++) {
		int64_t at = end - plan->warn[i];

		json_array_append_new(warns, json_integer(at));
		buf_addf(text, "%s%s", i ? ", " : W_PLAN_WARN,
			civil_time_text(at, from));
	}
}

static bool
clock_changes(int64_t from, int64_t to)
{
	return civil_offset(from) != civil_offset(to);
}

/* The clock changes on this date, or in the night that is worked from it on. */
static bool
clock_change(const struct engine_plan *p)
{
	return clock_changes(civil_instant(p->date, 0),
		       civil_instant(p->date + 1, 0)) ||
		(p->start != RULES_NONE && clock_changes(p->start, p->end));
}

static json_t *
plan_day(struct daemon *d, date_t date, struct buf *text)
{
	struct engine_plan plan;
	struct engine_view view;
	json_t *warns = json_array(), *blocks = json_array();
	char name[CIVIL_TEXT];
	int64_t end;

	engine_plan(ledger_engine(d), date, &plan);
	ledger_view(d, &view);
	end = date == view.day && view.working_day ? view.effective_end
						   : plan.end;
	buf_addf(text, "%s %s  ", words_weekday(civil_weekday(date)),
		civil_date_text(date, name));
	plan_window(d, &plan, end, warns, text);
	if (plan.exception)
		buf_addf(text, "  %s", W_PLAN_EXCEPTION);
	if (clock_change(&plan))
		buf_addf(text, "  %s", W_PLAN_CLOCK_CHANGE);
	buf_adds(text, "\n");
	plan_blocks(d, &plan, blocks, text);
	return json_pack("{ss ss so so so so so so sb sb}", "date", name,
		"kind", plan.workday < 0 ? "off" : "work", "start",
		status_number(plan.start), "end", status_number(plan.end),
		"effective_end", status_number(end), "limit",
		status_number(plan.limit), "warn", warns, "protected", blocks,
		"exception", plan.exception, "clock_change",
		clock_change(&plan));
}

json_t *
status_plan(struct daemon *d, int days)
{
	AUTO_BUF struct buf text = {0};
	struct engine_view view;
	json_t *list = json_array();

	ledger_view(d, &view);
	if (view.regime == REGIME_ONCALL) {
		buf_adds(&text, W_ONCALL_UNTIL);
		buf_adds(&text, " ");
		instant_add(view.now, view.oncall_until, &text);
		buf_adds(&text, "\n");
	}
	for (int i = 0; i < days; i++)
		json_array_append_new(list, plan_day(d, view.day + i, &text));
	return json_pack("{so so so}", "days", list, "oncall_until",
		status_number(view.oncall_until), "text",
		json_string(text.len ? text.data : ""));
}
