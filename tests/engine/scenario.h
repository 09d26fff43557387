/* SPDX-License-Identifier: MIT */
/*
 * The scenario language: what happens to a person on some dates, and what
 * Vesper says to it.  One subject a file; the file's first line is its title.
 *
 *	# The merge notice waits for a seam
 *	zone Europe/Berlin		(the default)
 *	[workday]			rules as in a config; what is not said
 *	merge = 17:00			is as in an empty config
 *	ignore stretch			effects this scenario is not about
 *	on 2026-11-18			times below are of this date
 *	every 20s 16:50..17:04 activity
 *	17:02 commit
 *	17:02 => commit late 2m		what comes out, in order, all of it
 *	17:02 => merge 1 over
 *	17:03 is regime over		the state once the instant is settled
 *	20:00 end			let time run until then
 *
 * A time is HH:MM or HH:MM:SS; "02:30+1h" is an hour of elapsed time later
 * (the second 02:30 of an autumn night).  Times from 24:00 to 47:59 are of the
 * next date.
 *
 * Happens: activity, commit, push (each also "by program"), away, back, busy,
 * free, extend until T | for L, merge, reopen, snooze L, oncall until T,
 * carry [until T], off DATE[..DATE], off undo DATE[..DATE], today T T, handed,
 * zone NAME, config [SECTION] KEY = VALUE.
 *
 * Comes out: NOTICE LEVEL REGIME (a warn also its length), commit|push VERDICT
 * (late also how long), refused EVENT WHY, granted T, and
 * closed DATE ended T worked L longest L.
 *
 * Can be asked (is): regime, day, kind, end, worked, left, limit, stretch,
 * present, closed, waits NOTICE (what holds it), due NOTICE (a time).
 */
#pragma once

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/parse.h"
#include "engine/names.h"

#define SCN_TEXT 160
#define SCN_ITEMS 20000

enum scn_kind { SCN_EVENT, SCN_ZONE, SCN_CONFIG, SCN_IS, SCN_WANT, SCN_END };

struct scn_item {
	int64_t at;
	enum scn_kind kind;
	int order;
	struct engine_event event;
	char text[SCN_TEXT];
};

struct scn {
	const char *path;
	char title[SCN_TEXT], zone[64], section[64], cycle[SCN_TEXT];
	int line;
	date_t date;
	bool has_workday;
	unsigned ignore; /* notices, by bit */
	bool ignore_closed;
	struct rules rules;
	struct scn_item *item;
	int n;
};

static _Noreturn void
scn_die(const struct scn *s, const char *what)
{
	printf("Bail out! %s:%d: %s\n", s->path, s->line, what);
	exit(2);
}

static int64_t
scn_length(const struct scn *s, const char *text)
{
	int64_t length;

	if (!text || !parse_length(text, &length))
		scn_die(s, "not a length");
	return length;
}

static int
scn_minute(const struct scn *s, const char *text)
{
	int minute;

	if (!text || !parse_time_of_day(text, &minute))
		scn_die(s, "not a time of day");
	return minute;
}

static date_t
scn_date(const struct scn *s, const char *text)
{
	date_t date;

	if (!text || !parse_date(text, &date))
		scn_die(s, "not a date");
	return date;
}

static int64_t
scn_time(const struct scn *s, const char *text)
{
	int h, m, sec = 0, used = 0;
	const char *plus;

	if (!text || sscanf(text, "%2d:%2d%n", &h, &m, &used) < 2)
		scn_die(s, "not a time");
	if (text[used] == ':')
		sec = atoi(text + used + 1);
	plus = strchr(text, '+');
	return civil_instant(s->date, h * 60 + m) + sec +
		(plus ? scn_length(s, plus + 1) : 0);
}

/* --- rules ------------------------------------------------------------- */

static struct rules_workday *
scn_workday(struct scn *s)
{
	struct rules *r = &s->rules;

	return &r->workday[r->nworkday - 1];
}

static void
scn_section(struct scn *s, char *line)
{
	struct rules *r = &s->rules;
	char name[RULES_NAME] = "";

	sscanf(line, "[%63[a-z] \"%47[^\"]", s->section, name);
	if (streq(s->section, "workday")) {
		if (s->has_workday)
			r->workday[r->nworkday++] = rules_default.workday[0];
		s->has_workday = true;
		scn_workday(s)->days = *name ? 0 : 0x1f;
		strcpy(scn_workday(s)->name, name);
	} else if (streq(s->section, "protect")) {
		r->block[r->nblock++] = (struct rules_block){
			.days = 0x7f, .lead = 30 * 60};
	}
}

static void
scn_warn(struct scn *s, char *value)
{
	struct rules_workday *w = scn_workday(s);

	w->nwarn = 0;
	for (char *p = strtok(value, ", "); p; p = strtok(NULL, ", "))
		w->warn[w->nwarn++] = scn_length(s, p);
}

/* The names of a cycle may be defined later in the file. */
static void
scn_cycle(struct scn *s)
{
	struct rules *r = &s->rules;

	r->ncycle = 0;
	for (char *p = strtok(s->cycle, ", "); p; p = strtok(NULL, ", ")) {
		int i = r->nworkday - 1;

		while (i >= 0 && !streq(r->workday[i].name, p))
			i--;
		if (i < 0 && !streq(p, "off"))
			scn_die(s, "unknown workday in cycle");
		r->cycle[r->ncycle++] = (int8_t)i;
	}
}

/* Keys of one kind: where they live in the rules. */
enum scn_type { T_MINUTE, T_LENGTH, T_INT, T_DATE, T_DAYS };

static void
scn_store(struct scn *s, enum scn_type type, void *at, const char *value)
{
	switch (type) {
	case T_MINUTE:
		*(int *)at = scn_minute(s, value);
		break;
	case T_LENGTH:
		*(int64_t *)at = scn_length(s, value);
		break;
	case T_INT:
		*(int *)at = atoi(value);
		break;
	case T_DATE:
		*(int64_t *)at = scn_date(s, value);
		break;
	case T_DAYS:
		if (!parse_days(value, (unsigned *)at))
			scn_die(s, "not days");
	}
}

static void
scn_key(struct scn *s, const char *key, char *value)
{
	struct rules *r = &s->rules;
	struct rules_workday *w = scn_workday(s);
	struct rules_block *b = &r->block[r->nblock ? r->nblock - 1 : 0];
	const struct {
		const char *section, *key;
		enum scn_type type;
		void *at;
	} keys[] = {
		{"vesper", "turn", T_MINUTE, &r->turn},
		{"vesper", "idle", T_LENGTH, &r->idle},
		{"vesper", "lull", T_LENGTH, &r->lull},
		{"vesper", "patience", T_LENGTH, &r->patience},
		{"vesper", "repeat", T_LENGTH, &r->repeat},
		{"stretch", "limit", T_LENGTH, &r->stretch_limit},
		{"stretch", "break", T_LENGTH, &r->brk},
		{"workday", "days", T_DAYS, &w->days},
		{"workday", "start", T_MINUTE, &w->start},
		{"workday", "merge", T_MINUTE, &w->merge},
		{"workday", "limit", T_LENGTH, &w->limit},
		{"workday", "extensions", T_INT, &w->extensions},
		{"workday", "extension_max", T_LENGTH, &w->extension_max},
		{"protect", "days", T_DAYS, &b->days},
		{"protect", "from", T_MINUTE, &b->from},
		{"protect", "to", T_MINUTE, &b->to},
		{"protect", "lead", T_LENGTH, &b->lead},
		{"rota", "start", T_DATE, &r->rota_start},
		{"return", "start", T_DATE, &r->return_start},
		{"return", "weeks", T_INT, &r->return_weeks},
		{"return", "from", T_LENGTH, &r->return_from},
		{"return", "to", T_LENGTH, &r->return_to},
	};

	if (streq(s->section, "workday") && streq(key, "warn")) {
		scn_warn(s, value);
		return;
	}
	if (streq(s->section, "rota") && streq(key, "cycle")) {
		snprintf(s->cycle, sizeof s->cycle, "%s", value);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (streq(s->section, keys[i].section) &&
			streq(key, keys[i].key)) {
			scn_store(s, keys[i].type, keys[i].at, value);
			return;
		}
	scn_die(s, "unknown key");
}

static bool
scn_assignment(struct scn *s, char *line)
{
	char key[64], value[SCN_TEXT];

	if (!isalpha((unsigned char)*line) ||
		sscanf(line, "%63[a-z_] = %159[^\n]", key, value) != 2)
		return false;
	scn_key(s, key, value);
	return true;
}

/* --- what happens ------------------------------------------------------ */

static struct scn_item *
scn_add(struct scn *s, int64_t at, enum scn_kind kind)
{
	struct scn_item *item = &s->item[s->n];

	if (s->n == SCN_ITEMS)
		scn_die(s, "too long");
	memset(item, 0, sizeof *item);
	item->at = at;
	item->kind = kind;
	item->order = s->n++;
	return item;
}

static void
scn_dates(const struct scn *s, char *text, struct engine_event *ev)
{
	char *dots = text ? strstr(text, "..") : NULL;

	if (dots)
		*dots = '\0';
	ev->from = ev->to = scn_date(s, text);
	if (dots)
		ev->to = scn_date(s, dots + 2);
}

static void
scn_fields(const struct scn *s, struct engine_event *ev)
{
	char *word = strtok(NULL, " "), *second = strtok(NULL, " ");

	ev->human = !(word && streq(word, "by"));
	ev->until = ev->length = RULES_NONE;
	if (ev->kind == EVENT_SNOOZE)
		ev->length = scn_length(s, word);
	if (ev->kind == EVENT_OFF) {
		ev->undo = word && streq(word, "undo");
		scn_dates(s, ev->undo ? second : word, ev);
	}
	if (ev->kind == EVENT_TODAY) {
		ev->start = scn_minute(s, word);
		ev->merge = scn_minute(s, second);
	}
	if (word && streq(word, "until"))
		ev->until = scn_time(s, second);
	if (word && streq(word, "for"))
		ev->length = scn_length(s, second);
}

static void
scn_event(struct scn *s, int64_t from, int64_t to, int64_t every, char *rest)
{
	char *name = strtok(rest, " ");
	struct engine_event ev = {0};

	if (!name || !engine_event_kind(name, &ev.kind))
		scn_die(s, "unknown event");
	scn_fields(s, &ev);
	for (int64_t t = from; t <= to; t += every) {
		ev.at = t;
		scn_add(s, t, SCN_EVENT)->event = ev;
	}
}

/* every 20s 16:50..17:04 activity */
static void
scn_every(struct scn *s, char *line)
{
	char every[32], span[64], *dots;
	int used = 0;

	sscanf(line, "every %31s %63s %n", every, span, &used);
	dots = strstr(span, "..");
	if (!used || !dots)
		scn_die(s, "every LENGTH FROM..TO EVENT");
	*dots = '\0';
	scn_event(s, scn_time(s, span), scn_time(s, dots + 2),
		scn_length(s, every), line + used);
}

static void
scn_timed(struct scn *s, char *line)
{
	static const struct {
		const char *word;
		enum scn_kind kind;
	} words[] = {{"=>", SCN_WANT}, {"is", SCN_IS}, {"zone", SCN_ZONE},
		{"config", SCN_CONFIG}, {"end", SCN_END}};
	char *rest = line + strcspn(line, " ");
	int64_t at;

	if (*rest)
		*rest++ = '\0';
	while (*rest == ' ')
		rest++;
	at = scn_time(s, line);
	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		size_t n = strlen(words[i].word);

		if (strncmp(rest, words[i].word, n) != 0 ||
			(rest[n] && rest[n] != ' '))
			continue;
		snprintf(scn_add(s, at, words[i].kind)->text, SCN_TEXT, "%s",
			rest + n + strspn(rest + n, " "));
		return;
	}
	scn_event(s, at, at, 1, rest);
}

static void
scn_ignore(struct scn *s, char *line)
{
	enum engine_notice notice;

	strtok(line, " ");
	for (char *p; (p = strtok(NULL, " "));)
		if (streq(p, "closed"))
			s->ignore_closed = true;
		else if (engine_notice_kind(p, &notice))
			s->ignore |= 1u << notice;
		else
			scn_die(s, "ignore what?");
}

/* --- a file ------------------------------------------------------------ */

static void
scn_line(struct scn *s, char *line)
{
	char *comment = strchr(line, '#'), *end;

	if (comment && s->line == 1)
		snprintf(s->title, sizeof s->title, "%s", comment + 2);
	if (comment)
		*comment = '\0';
	for (char *p = line; *p; p++)
		if (*p == '\t')
			*p = ' ';
	for (end = line + strlen(line); end > line && end[-1] == ' ';)
		*--end = '\0';
	if (!*line)
		return;
	if (*line == '[')
		scn_section(s, line);
	else if (isdigit((unsigned char)*line))
		scn_timed(s, line);
	else if (starts_with(line, "every "))
		scn_every(s, line);
	else if (starts_with(line, "on "))
		s->date = scn_date(s, line + 3);
	else if (starts_with(line, "ignore "))
		scn_ignore(s, line);
	else if (sscanf(line, "zone %63s", s->zone) == 1)
		civil_set_zone(s->zone);
	else if (!scn_assignment(s, line))
		scn_die(s, "not understood");
}

/* Of one instant: what happens, then what is asked. */
static int
scn_compare(const void *a, const void *b)
{
	const struct scn_item *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if ((x->kind == SCN_IS) != (y->kind == SCN_IS))
		return x->kind == SCN_IS ? 1 : -1;
	return x->order - y->order;
}

static void
scn_read(struct scn *s, const char *path)
{
	struct scn_item *items = s->item;
	char line[SCN_TEXT];
	FILE *f = fopen(path, "r");

	memset(s, 0, sizeof *s);
	s->item = items;
	s->path = path;
	s->rules = rules_default;
	if (!f)
		scn_die(s, "cannot be read");
	strcpy(s->zone, "Europe/Berlin");
	civil_set_zone(s->zone);
	while (fgets(line, sizeof line, f)) {
		s->line++;
		line[strcspn(line, "\n")] = '\0';
		scn_line(s, line);
	}
	fclose(f);
	scn_cycle(s);
	qsort(s->item, (size_t)s->n, sizeof *s->item, scn_compare);
}
