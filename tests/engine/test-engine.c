/* SPDX-License-Identifier: MIT */
/* Plays every tests/engine/NAME.scn (scenario.h has the language) through the
 * engine in virtual time; all it says must be what the scenario says. */
#include "engine/scenario.h"

#include "lib/tap.h"

#define SAID_MAX 2000

struct said {
	int64_t at;
	char text[SCN_TEXT];
};

static struct scn scn;
static struct engine *engine;
static struct said said[SAID_MAX];
static int nsaid;
static char complaint[1024];

static date_t
local_date(int64_t t)
{
	return civil_local(t, NULL);
}

static const struct zone zone = {civil_instant, local_date};

/* "18:05", with seconds only where there are some. */
static const char *
time_text(int64_t t)
{
	static char out[2][CIVIL_TEXT + 8];
	static int turn;
	char *p = out[turn = !turn];
	int seconds = (int)((t + civil_offset(t)) % 60);

	civil_time_text(t, p);
	if (seconds)
		sprintf(p + strlen(p), ":%02d", seconds);
	return p;
}

static const char *
length_text(int64_t length)
{
	static char out[2][32];
	static int turn;

	return format_length(length, out[turn = !turn]);
}

static const char *
date_text(date_t date)
{
	static char out[CIVIL_TEXT];

	return civil_date_text(date, out);
}

/* --- what comes out ---------------------------------------------------- */

static const char *const refusals[] = {
	[REFUSED_DAY_OFF] = "day-off",
	[REFUSED_NONE_LEFT] = "none-left",
	[REFUSED_PAST] = "past",
	[REFUSED_TOO_LONG] = "too-long",
	[REFUSED_NEXT_DAY] = "next-day",
	[REFUSED_OVERLAP] = "overlap",
	[REFUSED_TOO_MANY] = "too-many",
};

static void
notice_text(const struct engine_effect *f, char *out)
{
	int n = sprintf(out, "%s %d %s", engine_notice_name(f->notice.notice),
		f->notice.level, engine_regime_name(f->notice.regime));

	if (f->notice.notice == NOTICE_WARN)
		sprintf(out + n, " %s", length_text(f->notice.about));
}

static void
verdict_text(const struct engine_effect *f, char *out)
{
	int n = sprintf(out, "%s %s", engine_event_name(f->verdict.event),
		engine_verdict_name(f->verdict.verdict));

	if (f->verdict.verdict == VERDICT_LATE)
		sprintf(out + n, " %s", length_text(f->verdict.past));
}

static void
effect_text(const struct engine_effect *f, char *out)
{
	switch (f->kind) {
	case EFFECT_CLOSED:
		sprintf(out, "closed %s ended %s worked %s longest %s",
			date_text(f->day), time_text(f->closed.ended),
			length_text(f->closed.worked),
			length_text(f->closed.longest));
		break;
	case EFFECT_VERDICT:
		verdict_text(f, out);
		break;
	case EFFECT_REFUSED:
		sprintf(out, "refused %s %s",
			engine_event_name(f->refused.event),
			refusals[f->refused.why]);
		break;
	case EFFECT_GRANTED:
		sprintf(out, "granted %s", time_text(f->granted.end));
		break;
	case EFFECT_NOTICE:
		notice_text(f, out);
	}
}

static void
hear(const struct engine_effects *fx)
{
	for (int i = 0; i < fx->n; i++) {
		const struct engine_effect *f = &fx->list[i];

		if (f->kind == EFFECT_NOTICE &&
			scn.ignore & 1u << f->notice.notice)
			continue;
		if (f->kind == EFFECT_CLOSED && scn.ignore_closed)
			continue;
		if (nsaid == SAID_MAX)
			return;
		said[nsaid].at = f->at;
		effect_text(f, said[nsaid++].text);
	}
}

static void
run_until(int64_t t)
{
	struct engine_effects fx;

	while (engine_step(engine, t, &fx))
		hear(&fx);
}

/* --- what is asked ----------------------------------------------------- */

static void
pending_text(const char *name, bool due, char *out)
{
	static const char *const holds[] = {"not-due", "absent", "busy",
		"regime", "seam", "carry", "snooze"};
	struct engine_pending p[32];
	int n = engine_pending(engine, p, 32);
	enum engine_notice notice = NOTICE_KINDS;

	strcpy(out, "nothing");
	if (!engine_notice_kind(name, &notice))
		scn_die(&scn, "unknown notice");
	for (int i = 0; i < n; i++) {
		if (p[i].notice != notice)
			continue;
		if (due) {
			strcpy(out, p[i].due == ENGINE_NEVER ? "never" :
				time_text(p[i].due));
			return;
		}
		*out = '\0';
		for (size_t k = 0; k < ARRAY_SIZE(holds); k++)
			if (p[i].holds & 1u << k)
				sprintf(out + strlen(out), "%s%s",
					*out ? " " : "", holds[k]);
		return;
	}
}

static const char *
instant_text(int64_t t)
{
	return t == RULES_NONE ? "none" : time_text(t);
}

static void
answer(const char *key, char *out)
{
	struct engine_view v;

	engine_view(engine, &v);
	if (streq(key, "regime"))
		strcpy(out, engine_regime_name(v.regime));
	else if (streq(key, "day"))
		strcpy(out, date_text(v.day));
	else if (streq(key, "kind"))
		strcpy(out, v.working_day ? "work" : "off");
	else if (streq(key, "end"))
		strcpy(out, instant_text(v.effective_end));
	else if (streq(key, "worked"))
		strcpy(out, length_text(v.worked));
	else if (streq(key, "left"))
		sprintf(out, "%d", v.extensions_left);
	else if (streq(key, "limit"))
		strcpy(out, v.limit == RULES_NONE ? "none" :
			length_text(v.limit));
	else if (streq(key, "stretch"))
		strcpy(out, v.stretch_start == RULES_NONE ? "none" :
			length_text(v.stretch_length));
	else if (streq(key, "present"))
		strcpy(out, v.present ? "yes" : "no");
	else if (streq(key, "closed"))
		strcpy(out, v.closed ? "yes" : "no");
	else
		scn_die(&scn, "is what?");
}

/* "regime over", "waits merge absent busy", "due late 18:15" */
static bool
check(const struct scn_item *item)
{
	char key[32], second[32] = "", got[SCN_TEXT];
	const char *want = item->text;
	int used = 0;

	sscanf(want, "%31s %n", key, &used);
	want += used;
	if (streq(key, "waits") || streq(key, "due")) {
		sscanf(want, "%31s %n", second, &used);
		want += used;
		pending_text(second, streq(key, "due"), got);
	} else {
		answer(key, got);
	}
	if (streq(got, want))
		return true;
	sprintf(complaint, "at %s %s: %s %s is \"%s\", wanted \"%s\"",
		date_text(local_date(item->at)), time_text(item->at), key,
		second, got, want);
	return false;
}

/* --- a scenario -------------------------------------------------------- */

static void
reconfigure(const struct scn_item *item)
{
	char section[64], key[64], value[SCN_TEXT];

	if (sscanf(item->text, "[%63[a-z]] %63[a-z_] = %159[^\n]", section, key,
		    value) != 3)
		scn_die(&scn, "config [SECTION] KEY = VALUE");
	strcpy(scn.section, section);
	scn_key(&scn, key, value);
	engine_replan(engine, &scn.rules, &zone);
}

static bool
happen(const struct scn_item *item)
{
	struct engine_effects fx;

	if (item->kind == SCN_WANT)
		return true;
	run_until(item->at - (item->kind == SCN_EVENT));
	if (item->kind == SCN_IS)
		return check(item);
	if (item->kind == SCN_ZONE) {
		civil_set_zone(item->text);
		engine_replan(engine, &scn.rules, &zone);
	}
	if (item->kind == SCN_CONFIG)
		reconfigure(item);
	if (item->kind != SCN_EVENT)
		return true;
	engine_event(engine, &item->event, &fx);
	hear(&fx);
	return true;
}

/* The wanted lines, in the order of the file. */
static bool
compare(void)
{
	int i = 0;

	for (int k = 0; k < scn.n; k++) {
		const struct scn_item *w = &scn.item[k];

		if (w->kind != SCN_WANT)
			continue;
		if (i < nsaid && said[i].at == w->at &&
			streq(said[i].text, w->text)) {
			i++;
			continue;
		}
		sprintf(complaint, "wanted %s %s => %s",
			date_text(local_date(w->at)), time_text(w->at),
			w->text);
		if (i < nsaid)
			sprintf(complaint + strlen(complaint), ", got %s => %s",
				time_text(said[i].at), said[i].text);
		return false;
	}
	if (i < nsaid)
		sprintf(complaint, "not wanted: %s %s => %s",
			date_text(local_date(said[i].at)),
			time_text(said[i].at), said[i].text);
	return i == nsaid;
}

static void
play(const char *path)
{
	bool good = true;

	scn_read(&scn, path);
	nsaid = 0;
	if (!scn.n)
		scn_die(&scn, "nothing happens");
	engine_init(engine, &scn.rules, &zone, scn.item[0].at);
	for (int i = 0; good && i < scn.n; i++)
		good = happen(&scn.item[i]);
	if (good)
		run_until(scn.item[scn.n - 1].at);
	good = good && compare();
	ok(good, "%s: %s", path, scn.title);
	if (!good)
		printf("# %s\n", complaint);
	if (!good && getenv("SCN_VERBOSE"))
		for (int i = 0; i < nsaid; i++)
			printf("# on %s\t%s => %s\n",
				date_text(local_date(said[i].at)),
				time_text(said[i].at), said[i].text);
}

static int
is_scenario(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return dot && streq(dot, ".scn");
}

int
main(int argc, char **argv)
{
	struct dirent **list;
	char path[512];
	int n = scandir("tests/engine", &list, is_scenario, alphasort);

	engine = malloc(engine_size());
	scn.item = malloc(SCN_ITEMS * sizeof *scn.item);
	for (int i = 1; i < argc; i++)
		play(argv[i]);
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof path, "tests/engine/%s", list[i]->d_name);
		if (argc == 1)
			play(path);
		free(list[i]);
	}
	if (argc == 1)
		ok(n >= 60, "%d scenarios", n);
	if (n >= 0)
		free(list);
	free(scn.item);
	free(engine);
	return tap_done();
}
