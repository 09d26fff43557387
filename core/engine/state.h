/* SPDX-License-Identifier: MIT */
/*
 * What the engine knows: private to this room.  Plain data of a fixed size,
 * so that a copy with memcpy() is a second engine.  "No instant" is
 * RULES_NONE, which sorts before every instant.
 */
#pragma once

#include "engine/engine.h"

/* Protected blocks known ahead: a long lead may be due before the block
 * before it has begun. */
#define BLOCKS_AHEAD 4

/* --- calendar.c: windows and cuts -------------------------------------- */

/* Dates that are not as the rules say; start < 0: days off. */
struct exception {
	date_t from, to;
	int start, merge;
};

struct calendar {
	const struct rules *rules;
	const struct zone *zone;
	struct exception exception[ENGINE_EXCEPTIONS];
	int nexception;
};

/* What a date is before it lies on the axis of instants. */
struct entry {
	int workday; /* index into rules.workday, or -1: a day off */
	int start, merge;
	bool exception;
};

/* One day: what lies between two cuts. */
struct span {
	date_t date; /* whose rules it follows */
	date_t name;
	bool working;
	int workday;
	int64_t start, end; /* RULES_NONE on a day off */
	int64_t open, close;
	int64_t latest; /* it turns then, whoever works */
};

/* 0 = Monday. base/civil.h has it, too, but is not linked here. */
int calendar_weekday(date_t date);

/* What the rules and the exceptions say of a date. */
void calendar_entry(const struct calendar *cal, date_t date, struct entry *out);

/* The section of that index, borrowed; the defaults for none. */
const struct rules_workday *calendar_section(const struct calendar *cal,
	int workday);

/* The worked time that ends this date, [return] included, or RULES_NONE. */
int64_t calendar_limit(const struct calendar *cal, date_t date, int workday);

/* The day whose [open, close) holds t, as the calendar has it. */
void calendar_at(const struct calendar *cal, int64_t t, struct span *out);

/* The day of a date; false when it has none of its own (a neighbour's long
 * day swallowed it). */
bool calendar_of(const struct calendar *cal, date_t date, struct span *out);

/* Makes a day a day off from its opening to the next cut. */
void calendar_rest(const struct calendar *cal, struct span *span);

/* Whether the window of date overlaps the next date's. */
bool calendar_overlaps(const struct calendar *cal, date_t date);

/* --- exceptions.c ------------------------------------------------------ */

/* Makes x hold for its dates in place of what was said of them before; with
 * undo, these dates are as the rules say. Returns 0, or REFUSED_OVERLAP or
 * REFUSED_TOO_MANY and changes nothing. today: to forget what is long past. */
int exception_set(struct calendar *cal, const struct exception *x, bool undo,
	date_t today);

/* --- blocks.c: protected time ------------------------------------------ */

struct block {
	int64_t from, to, lead;
	date_t date; /* on which it begins */
	int index;   /* into rules.block: the first of those that are one */
	int given;
	int64_t last; /* when the last notice about it was given */
	bool warned;
};

/* The first block with to > t; false when there is none. */
bool block_after(const struct calendar *cal, int64_t t, struct block *out);

/* Fills at most max blocks that begin on date; returns how many. */
int block_on(const struct calendar *cal, date_t date, struct block *out,
	int max);

/* Forgets blocks that are over at the engine's now and looks ahead. */
void block_advance(struct engine *e);

/* The same from nothing, after the rules changed; keeps what was given. */
void block_replan(struct engine *e);

/* --- the state --------------------------------------------------------- */

/* The effective end, and whether anybody but the calendar put it there. */
struct end {
	int64_t at;
	bool moved;
};

struct day {
	struct span span;
	int64_t limit;
	bool lifted; /* the limit, by an extend */
	int64_t warn[RULES_WARNS];
	int nwarn;

	int64_t first, last, worked, longest;
	bool seen; /* an activity since it is what it is: working or off */

	struct end end, before; /* before: of the merge that closed it */
	bool closed;
	int granted;
	int64_t merge_closing, merge_other; /* events that count for late */

	int64_t started_over;
	unsigned warned;  /* bits by index of warn */
	unsigned crossed; /* at the current instant, on the way to limit */
	bool merge_given;
	int late_given;
	int64_t last_given; /* of merge and late */
	int64_t off_due;
	bool off_given;
	bool morning; /* set, not given */
};

struct stretch {
	int64_t start;
	bool ours; /* began in the day that holds now */
	int given;
	int64_t last;
};

struct engine {
	struct calendar cal;
	int64_t now;
	bool open; /* events or new rules at now, not settled yet */
	struct day day;
	struct stretch stretch;
	struct block block[BLOCKS_AHEAD];
	int nblock;
	int64_t activity; /* the latest */
	int64_t seam;	  /* the latest human commit or push */
	bool away, busy;
	int64_t oncall, snooze;
	int64_t carry;	/* ENGINE_NEVER: until the day turns */
	bool note;	/* of the day that holds now */
	bool note_other;	/* of days before */
	int64_t since[NOTICE_KINDS]; /* R: deliverable since */
};

/* t + length, staying at "never" instead of overflowing. */
static inline int64_t
later(int64_t t, int64_t length)
{
	int64_t sum;

	if (__builtin_add_overflow(t, length, &sum))
		return length < 0 ? RULES_NONE + 1 : ENGINE_NEVER;
	return sum;
}

/* --- day.c: how a day begins, goes on and turns ------------------------ */

/* The day that the calendar has at now, from nothing. */
void day_begin(struct engine *e);

/* The instant at which the day turns if nothing more happens. */
int64_t day_turning(const struct engine *e);

/* Ends days as long as they are to turn at or before now. */
void day_turn(struct engine *e, struct engine_effects *fx);

/* The same day after its rules or its exceptions changed. */
void day_replan(struct engine *e);

/* A human activity at now. */
void day_activity(struct engine *e);

/* As if no warn, merge and late had been given. */
void day_start_over(struct day *day, int64_t now);

/* --- events.c, notices.c, view.c --------------------------------------- */

/* What an event at now does to the state; verdicts, grants and refusals go to
 * fx. */
void event_apply(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx);

/* What holds at now; of several, protected time comes before on-call. */
enum engine_regime engine_regime(const struct engine *e);

/* Whether the person is present at t, should nothing happen before. */
bool engine_present(const struct engine *e, int64_t t);

/* Gives what is to be given at now. */
void notice_settle(struct engine *e, struct engine_effects *fx);

/* The next instant after now at which a notice's conditions may change
 * without an event, or ENGINE_NEVER. */
int64_t notice_next(const struct engine *e);

/* Judges instance i of a notice (a warn for each length, a protect-warn for
 * each block); false when it is not to come as things stand. */
bool notice_judge(const struct engine *e, enum engine_notice kind, int i,
	struct engine_pending *out);

/* How many instances a notice has now. */
int notice_count(const struct engine *e, enum engine_notice kind);

/* A new effect of the current day at now; there is always room. */
struct engine_effect *effect_add(const struct engine *e,
	struct engine_effects *fx, enum engine_effect_kind kind);
