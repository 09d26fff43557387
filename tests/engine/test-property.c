/* SPDX-License-Identifier: MIT */
/*
 * What holds whatever happens, and that the result depends on what happened
 * alone: not on how often the engine is asked, nor on whether it was copied.
 */
#include "engine/random.h"

#include "lib/tap.h"

#define PEOPLE 80
#define EVENTS 400
#define LOG_MAX 6000

struct log {
	struct engine_effect list[LOG_MAX];
	int n;
};

struct person {
	struct rules rules;
	struct engine_event event[EVENTS];
	int64_t end;
};

static struct person person;
static const char *broken;

static void
note(struct log *log, const struct engine *e, const struct engine_effects *fx)
{
	const char *why = effects_break(e, fx);

	if (why && !broken)
		broken = why;
	for (int i = 0; i < fx->n && log->n < LOG_MAX; i++)
		log->list[log->n++] = fx->list[i];
}

static void
random_person(uint64_t seed, bool dense)
{
	struct dice dice = {.seed = seed};
	int64_t now = EPOCH;

	random_zone(&dice);
	random_rules(&dice, &person.rules);
	now += roll(&dice, 7 * 24) * HOUR;
	for (int i = 0; i < EVENTS; i++) {
		now += dense ? PICK(&dice, 0, 1, 20, 20, 50, 50, 90, 299, 300) :
			       random_gap(&dice);
		random_event(&dice, now, &person.event[i]);
	}
	person.end = now + 2 * HOUR;
	if (!person.rules.repeat && !dense)
		person.rules.repeat = 1;
}

/* --- ways to let time run ---------------------------------------------- */

typedef void run_fn(struct engine *e, int64_t limit, struct log *log);

static void
run_at_once(struct engine *e, int64_t limit, struct log *log)
{
	struct engine_effects fx;

	while (engine_step(e, limit, &fx))
		note(log, e, &fx);
}

static void
run_by_deadline(struct engine *e, int64_t limit, struct log *log)
{
	struct engine_effects fx;
	int64_t next;

	while ((next = engine_deadline(e)) <= limit)
		if (engine_step(e, next, &fx))
			note(log, e, &fx);
	engine_step(e, limit, &fx); /* nothing, but it is later now */
}

/* Something that changes nothing happens every second: if a deadline were
 * missing, this would find what it should have been there for. */
static void
run_by_second(struct engine *e, int64_t limit, struct log *log)
{
	struct engine_event nothing = {.kind = EVENT_BACK};
	struct engine_effects fx;

	for (int64_t t = engine_settled(e) + 1; t <= limit; t++) {
		nothing.at = t;
		engine_event(e, &nothing, &fx);
		note(log, e, &fx);
		run_at_once(e, t, log);
	}
}

static void
live(struct engine *e, run_fn *run, int from, int to, struct log *log)
{
	struct engine_effects fx;

	for (int i = from; i < to; i++) {
		const struct engine_event *ev = &person.event[i];

		run(e, ev->at - 1, log);
		engine_event(e, ev, &fx);
		note(log, e, &fx);
	}
	if (to == EVENTS)
		run(e, person.end, log);
}

static void
begin(struct engine *e, struct log *log)
{
	engine_init(e, &person.rules, &toy_zone, person.event[0].at);
	log->n = 0;
}

/* --- tests ------------------------------------------------------------- */

static struct log logs[2];

static bool
same_log(void)
{
	for (int i = 0; i < logs[0].n && i < logs[1].n; i++)
		if (memcmp(&logs[0].list[i], &logs[1].list[i],
			    sizeof logs[0].list[i]) != 0) {
			printf("# effect %d of %d/%d, at %lld/%lld, "
			       "kind %d/%d\n", i, logs[0].n, logs[1].n,
				(long long)logs[0].list[i].at,
				(long long)logs[1].list[i].at,
				(int)logs[0].list[i].kind,
				(int)logs[1].list[i].kind);
			break;
		}
	return logs[0].n == logs[1].n &&
		memcmp(logs[0].list, logs[1].list,
			(size_t)logs[0].n * sizeof logs[0].list[0]) == 0;
}

static bool
same_state(const struct engine *a, const struct engine *b)
{
	struct engine_view va, vb;

	engine_view(a, &va);
	engine_view(b, &vb);
	return memcmp(&va, &vb, sizeof va) == 0 &&
		engine_deadline(a) == engine_deadline(b);
}

static bool
ordered(const struct log *log)
{
	for (int i = 1; i < log->n; i++)
		if (log->list[i].at < log->list[i - 1].at)
			return false;
	return true;
}

/* How many of PEOPLE come out differently when time runs like that. */
static void
compare_runs(const char *name, run_fn *run, bool dense, struct engine **e)
{
	int differ = 0, unordered = 0, effects = 0;

	broken = NULL;
	for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
		random_person(seed, dense);
		begin(e[0], &logs[0]);
		live(e[0], run_at_once, 0, EVENTS, &logs[0]);
		begin(e[1], &logs[1]);
		live(e[1], run, 0, EVENTS, &logs[1]);
		if (!same_log() || !same_state(e[0], e[1])) {
			differ++;
			printf("# differs: seed %d\n", (int)seed);
		}
		unordered += !ordered(&logs[0]);
		effects += logs[0].n;
	}
	ok(effects > 10 * PEOPLE, "%s: %d effects", name, effects);
	is_int(differ, 0, "%s: the same comes out", name);
	is_int(unordered, 0, "%s: effects in order of time", name);
	is_str(broken, NULL, "%s: the invariants hold", name);
}

static void
compare_copies(struct engine **e)
{
	int differ = 0;

	for (uint64_t seed = 1; seed <= PEOPLE; seed++) {
		int cut = (int)(seed * 7919 % EVENTS);

		random_person(seed, false);
		begin(e[0], &logs[0]);
		live(e[0], run_at_once, 0, cut, &logs[0]);
		memcpy(e[1], e[0], engine_size());
		logs[0].n = logs[1].n = 0;
		live(e[0], run_at_once, cut, EVENTS, &logs[0]);
		live(e[1], run_at_once, cut, EVENTS, &logs[1]);
		differ += !same_log();
	}
	is_int(differ, 0, "a copy goes on as the original does");
}

/* Nobody there: nothing to wake up for but the day's own edges. */
static void
idle_engine(struct engine *e)
{
	struct engine_effects fx;
	int steps = 0;

	engine_init(e, &rules_default, &toy_zone, EPOCH);
	while (engine_step(e, EPOCH + 10 * DAY_S, &fx))
		steps++;
	ok(steps <= 30, "ten idle days take %d steps", steps);
}

int
main(void)
{
	struct engine *e[2] = {malloc(engine_size()), malloc(engine_size())};

	compare_runs("by deadline", run_by_deadline, false, e);
	compare_runs("by second", run_by_second, true, e);
	compare_copies(e);
	idle_engine(e[0]);
	free(e[0]);
	free(e[1]);
	return tap_done();
}
