/* SPDX-License-Identifier: MIT */
/*
 * vesper replay: the daemon's own fold over a file of events, with a clock
 * that is as fast as it can be read.  Every line that is printed is printed
 * whole and at once, so that a mistake in the file, or a closed pipe, leaves
 * behind exactly what was decided before.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/parse.h"
#include "base/paths.h"
#include "client/commands.h"
#include "client/events.h"
#include "client/say.h"
#include "config/config.h"
#include "engine/names.h"
#include "wire/event.h"
#include "words/words.h"

static date_t
zone_date(int64_t t)
{
	return civil_local(t, NULL);
}

static const struct zone civil_zone = {civil_instant, zone_date};

struct replay {
	const char *name; /* of the file of events */
	FILE *file;
	long line;
	struct config *config;
	struct engine *engine; /* NULL until the first instant is known */
	struct engine_effects fx;
	int64_t last; /* the last event's instant */
};

/* --- what is printed ------------------------------------------------------ */

static const char *
refusal(enum engine_refusal why)
{
	static const char *const texts[REFUSAL_KINDS] = {
		[REFUSED_DAY_OFF] = W_REFUSED_DAY_OFF,
		[REFUSED_NONE_LEFT] = W_REFUSED_NONE_LEFT,
		[REFUSED_PAST] = W_REFUSED_PAST,
		[REFUSED_TOO_LONG] = W_REFUSED_TOO_LONG,
		[REFUSED_NEXT_DAY] = W_REFUSED_NEXT_DAY,
		[REFUSED_OVERLAP] = W_REFUSED_OVERLAP,
		[REFUSED_TOO_MANY] = W_REFUSED_TOO_MANY,
	};

	return texts[why]; /* for programs: never translated */
}

static void
print_effect(const struct engine_effect *f)
{
	char day[CIVIL_TEXT];

	civil_date_text(f->day, day);
	switch (f->kind) {
	case EFFECT_CLOSED:
		printf("{\"at\":%lld,\"day\":\"%s\",\"ended\":%lld,"
		       "\"worked\":%lld,\"longest\":%lld}\n",
			(long long)f->at, day, (long long)f->closed.ended,
			(long long)f->closed.worked,
			(long long)f->closed.longest);
		break;
	case EFFECT_VERDICT:
		printf("{\"at\":%lld,\"verdict\":\"%s\",\"event\":\"%s\",",
			(long long)f->at,
			engine_verdict_name(f->verdict.verdict),
			engine_event_name(f->verdict.event));
		if (f->verdict.verdict == VERDICT_LATE)
			printf("\"past\":%lld,", (long long)f->verdict.past);
		printf("\"day\":\"%s\"}\n", day);
		break;
	case EFFECT_REFUSED:
		printf("{\"at\":%lld,\"refused\":\"%s\",\"why\":\"%s\"}\n",
			(long long)f->at, engine_event_name(f->refused.event),
			refusal(f->refused.why));
		break;
	case EFFECT_NOTICE:
		printf("{\"at\":%lld,\"notice\":\"%s\",\"level\":%d,"
		       "\"day\":\"%s\",\"regime\":\"%s\"}\n",
			(long long)f->at, engine_notice_name(f->notice.notice),
			f->notice.level, day,
			engine_regime_name(f->notice.regime));
		break;
	case EFFECT_GRANTED: /* shows in what follows */
		break;
	}
}

static void
print_effects(const struct engine_effects *fx)
{
	for (int i = 0; i < fx->n; i++)
		print_effect(&fx->list[i]);
}

/* --- the fold ------------------------------------------------------------- */

/* Lets everything happen that is due up to and including t. */
static void
run_to(struct replay *r, int64_t t)
{
	while (engine_step(r->engine, t, &r->fx))
		print_effects(&r->fx);
}

static void
begin(struct replay *r, int64_t at)
{
	r->engine = xcalloc(1, engine_size());
	engine_init(r->engine, &r->config->rules, &civil_zone, at);
}

/* Brings the engine to instant t without settling it, so that a new plan
 * holds from t on: `back` by itself changes nothing. */
static void
arrive(struct replay *r, int64_t t)
{
	struct engine_event nothing = {.at = t,
		.kind = EVENT_BACK,
		.until = RULES_NONE,
		.length = RULES_NONE};

	engine_event(r->engine, &nothing, &r->fx);
	print_effects(&r->fx);
}

/* Reports every problem of a config on stderr. */
static void
say_problems(const struct config_problems *problems)
{
	for (size_t i = 0; i < problems->n; i++) {
		AUTO_BUF struct buf text = {0};

		say_error("%s", config_problem_text(problems, i, true, &text));
	}
}

static int
change_config(struct replay *r, const char *text, struct err *err)
{
	struct config_problems problems;
	struct config *c;
	int rc = config_parse(r->name, text, strlen(text), &c, &problems, err);

	if (rc < 0)
		return rc;
	if (*c->timezone)
		civil_set_zone(c->timezone);
	engine_replan(r->engine, &c->rules, &civil_zone);
	config_free(r->config);
	r->config = c;
	config_problems_free(&problems);
	return 0;
}

static int
change_zone(struct replay *r, const char *zone, struct err *err)
{
	if (civil_set_zone(zone) < 0)
		return err_set(err, -EINVAL, W_REPLAY_ZONE, zone);
	engine_replan(r->engine, &r->config->rules, &civil_zone);
	return 0;
}

/* Applies one line of the file. */
static int
apply(struct replay *r, const struct event *event, struct err *err)
{
	int64_t at = event->event.at;

	if (r->engine && at < r->last)
		return err_set(err, -EINVAL, W_REPLAY_ORDER, (long long)at,
			(long long)r->last);
	if (!r->engine)
		begin(r, at);
	r->last = at;
	run_to(r, at - 1);
	if (event->what == EVENT_LINE_ENGINE) {
		engine_event(r->engine, &event->event, &r->fx);
		print_effects(&r->fx);
		return 0;
	}
	if (event->what == EVENT_LINE_NOTHING)
		return 0;
	arrive(r, at);
	return event->what == EVENT_LINE_ZONE
		? change_zone(r, event->text, err)
		: change_config(r, event->text, err);
}

/* --- the file ------------------------------------------------------------- */

/* Reads and applies all lines; EXIT_USAGE with file and line on a mistake. */
static int
run_lines(struct replay *r)
{
	AUTO_FREE char *line = NULL;
	size_t size = 0;
	struct event event;
	struct err err;
	ssize_t n;
	int rc;

	while ((n = getline(&line, &size, r->file)) >= 0) {
		r->line++;
		if (n && line[n - 1] == '\n')
			n--;
		rc = event_read(line, (size_t)n, &event, &err);
		if (rc == 0) {
			rc = apply(r, &event, &err);
			event_clear(&event);
		}
		if (rc < 0) {
			fflush(stdout);
			say_error("%s:%ld: %s", r->name, r->line, err.text);
			return EXIT_USAGE;
		}
		if (ferror(stdout)) /* the reader left */
			return EXIT_NO;
	}
	if (ferror(r->file)) {
		say_error("%s: %s", r->name, strerror(errno));
		return EXIT_USAGE;
	}
	return EXIT_DONE;
}

static int
open_events(struct replay *r, const char *name)
{
	r->name = name;
	r->file = streq(name, "-") ? stdin : fopen(name, "re");
	if (!r->file) {
		say_error("%s: %s", name, strerror(errno));
		return EXIT_USAGE;
	}
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	return EXIT_DONE;
}

static int
load_config(struct replay *r, const char *given)
{
	AUTO_FREE char *path = given ? xstrdup(given) : paths_config();
	struct config_problems problems;
	struct err err;

	if (given && access(given, F_OK) < 0) {
		say_error("%s: %s", given, strerror(ENOENT));
		return EXIT_USAGE;
	}
	if (config_load(path, &r->config, &problems, &err) < 0) {
		say_error("%s", err.text);
		return EXIT_USAGE;
	}
	say_problems(&problems);
	config_problems_free(&problems);
	if (*r->config->timezone)
		civil_set_zone(r->config->timezone);
	return EXIT_DONE;
}

int
replay_command(const struct call *call)
{
	const char *typed = call_flag(call, "--until");
	struct replay r = {0};
	int64_t until = 0;
	int code;

	if (typed && (!parse_instant(typed, &until) || until > EVENT_AT_MAX))
		return call_usage(call, W_REPLAY_UNTIL);
	code = load_config(&r, call_flag(call, "--config"));
	if (code == EXIT_DONE)
		code = open_events(&r, call->words[0]);
	if (code == EXIT_DONE)
		code = run_lines(&r);
	if (code == EXIT_DONE && r.engine)
		run_to(&r, max64(r.last, until));
	if (r.file && r.file != stdin)
		fclose(r.file);
	free(r.engine);
	config_free(r.config);
	return code;
}
