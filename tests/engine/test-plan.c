/* SPDX-License-Identifier: MIT */
/* What the engine tells about dates, about what is pending, and by name. */
#include <stdlib.h>

#include "base/civil.h"
#include "engine/names.h"

#include "lib/tap.h"

static struct engine *e;
static struct engine_effects fx;

static date_t
local_date(int64_t t)
{
	return civil_local(t, NULL);
}

static const struct zone zone = {civil_instant, local_date};

static void
settle(int64_t limit)
{
	while (engine_step(e, limit, &fx))
		;
}

static void
happen(enum engine_event_kind kind, int64_t at)
{
	struct engine_event ev = {.at = at, .kind = kind, .human = true,
		.until = RULES_NONE, .length = RULES_NONE};

	settle(at - 1);
	engine_event(e, &ev, &fx);
}

/* Makes dates days off, from..to; true when it was granted. */
static bool
take_off(date_t from, date_t to, bool undo)
{
	struct engine_view v;
	struct engine_event ev = {.kind = EVENT_OFF, .from = from, .to = to,
		.undo = undo};

	engine_view(e, &v);
	ev.at = v.now;
	engine_event(e, &ev, &fx);
	return !fx.n;
}

static void
test_plan(void)
{
	date_t wed = civil_date(2026, 11, 18);
	struct rules rules = rules_default;
	struct engine_plan p;

	rules.workday[0].limit = 8 * 3600;
	rules.nblock = 2;
	rules.block[0] = (struct rules_block){.days = 0x7f, .from = 12 * 60,
		.to = 13 * 60, .lead = 600};
	rules.block[1] = (struct rules_block){.days = 0x7f, .from = 13 * 60,
		.to = 14 * 60};
	engine_init(e, &rules, &zone, civil_instant(wed, 600));
	engine_plan(e, wed, &p);
	is_int(p.workday, 0, "a date's section");
	is_int(p.start, civil_instant(wed, 9 * 60), "its start");
	is_int(p.end, civil_instant(wed, 18 * 60), "its end");
	is_int(p.open, civil_instant(wed, 4 * 60), "its opening cut");
	is_int(p.close, civil_instant(wed + 1, 4 * 60), "its closing cut");
	is_int(p.limit, 8 * 3600, "its limit");
	ok(p.nwarn == 2 && p.warn[0] == 1800 && p.warn[1] == 600,
		"its warnings");
	ok(p.nblock == 1 && p.block[0].to == civil_instant(wed, 14 * 60) &&
			p.block[0].lead == 600 && p.block[0].block == 0,
		"its blocks, joined");
	engine_plan(e, wed + 3, &p);
	ok(p.workday == -1 && p.start == RULES_NONE && p.nwarn == 0 &&
			p.limit == RULES_NONE && !p.exception,
		"a day off has no window");
	is_int(p.close - p.open, DAY_S, "but a length");
	ok(take_off(wed + 1, wed + 1, false), "a day taken off");
	engine_plan(e, wed + 1, &p);
	ok(p.exception && p.workday == -1, "is an exception");
}

/* A long night reaches over the turn of the day off after it. */
static void
test_swallowed(void)
{
	date_t wed = civil_date(2026, 11, 18);
	struct rules rules = rules_default;
	struct engine_plan p;

	rules.workday[0].days = 1 << 2;
	rules.workday[0].start = 22 * 60;
	rules.workday[0].merge = 6 * 60;
	engine_init(e, &rules, &zone, civil_instant(wed, 600));
	engine_plan(e, wed + 1, &p);
	is_int(p.open, RULES_NONE, "a swallowed date has no day of its own");
	engine_plan(e, wed + 2, &p);
	is_int(p.open, civil_instant(wed + 2, 4 * 60), "the next one has");
}

static void
test_overlap(void)
{
	date_t mon = civil_date(2026, 11, 16);
	struct rules rules = rules_default;

	is_int(engine_overlap(&rules, &zone, mon, 14), RULES_NONE,
		"the default does not overlap itself");
	rules.nworkday = 2;
	rules.workday[1] = rules.workday[0];
	rules.workday[1].days = 1 << 3;
	rules.workday[1].start = 20 * 60;
	rules.workday[1].merge = 9 * 60;
	is_int(engine_overlap(&rules, &zone, mon, 14), RULES_NONE,
		"windows may touch");
	rules.workday[1].merge = 9 * 60 + 1;
	is_int(engine_overlap(&rules, &zone, mon, 14), mon + 3,
		"Thursday's night into Friday's morning does");
}

static void
test_pending(void)
{
	date_t wed = civil_date(2026, 11, 18);
	int64_t six = civil_instant(wed, 18 * 60);
	struct engine_pending p[16];
	int n;

	engine_init(e, &rules_default, &zone, six - 3600);
	happen(EVENT_ACTIVITY, six - 3600);
	happen(EVENT_ACTIVITY, six - 20);
	settle(six);
	n = engine_pending(e, p, 16);
	ok(n >= 1 && p[0].notice == NOTICE_MERGE, "merge is pending");
	ok(p[0].holds == HOLD_SEAM && p[0].due == six, "for a seam");
	is_int(p[0].by, six + 300, "at the latest after patience");
	for (int i = 1; i < n; i++)
		ok(p[i].due >= p[i - 1].due, "in order of due");
	is_int(engine_pending(e, p, 1), 1, "no more than there is room for");
	is_int(p[0].notice, NOTICE_MERGE, "and the first of them");
	is_int(engine_settled(e), six, "all is settled");
	is_int(engine_deadline(e), six + 40, "until the hands rest");
	happen(EVENT_BACK, six + 10);
	is_int(engine_deadline(e), six + 10, "an instant with an event");
	is_int(engine_settled(e), six + 9, "is not settled");
}

/* Every other date: ranges that cannot be joined. */
static void
test_capacity(void)
{
	date_t wed = civil_date(2026, 11, 18);
	int granted = 0;

	engine_init(e, &rules_default, &zone, civil_instant(wed, 600));
	while (granted < 1000 &&
		take_off(wed + 2 * granted, wed + 2 * granted, false))
		granted++;
	is_int(granted, ENGINE_EXCEPTIONS, "so many exceptions");
	is_int(fx.list[0].refused.why, REFUSED_TOO_MANY, "then no more");
	ok(!take_off(wed + 400, wed + 400, false), "still none");
	ok(take_off(wed + 10, wed + 12, true), "two taken back");
	ok(take_off(wed + 400, wed + 401, false), "make room");
	settle(civil_instant(wed + 60, 600));
	ok(take_off(wed + 500, wed + 500, false) &&
			take_off(wed + 510, wed + 510, false),
		"what is long past is forgotten");
}

static void
test_names(void)
{
	enum engine_event_kind event;
	enum engine_notice notice;
	int bad = 0;

	for (int i = 0; i < EVENT_KINDS; i++) {
		const char *name =
			engine_event_name((enum engine_event_kind)i);

		bad += !engine_event_kind(name, &event) || (int)event != i;
	}
	for (int i = 0; i < NOTICE_KINDS; i++) {
		const char *name = engine_notice_name((enum engine_notice)i);

		bad += !engine_notice_kind(name, &notice) || (int)notice != i;
	}
	is_int(bad, 0, "every name leads back");
	ok(!engine_event_kind("lunch", &event), "no other name does");
	is_str(engine_notice_name(NOTICE_PROTECT_WARN), "protect-warn",
		"as users see it");
	is_str(engine_regime_name(REGIME_ONCALL), "oncall", "regimes, too");
	is_str(engine_verdict_name(VERDICT_LATE), "late", "and verdicts");
}

int
main(void)
{
	civil_set_zone("Europe/Berlin");
	e = malloc(engine_size());
	test_plan();
	test_swallowed();
	test_overlap();
	test_pending();
	test_capacity();
	test_names();
	free(e);
	return tap_done();
}
