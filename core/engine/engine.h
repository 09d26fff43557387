/* SPDX-License-Identifier: MIT */
/*
 * The pure engine: what Vesper decides is a function of rules, events and
 * time.  It reads no clock, does no I/O, knows no time zone (civil time comes
 * through struct zone) and allocates nothing.  The daemon, `vesper replay`
 * and the restart after a crash are the same fold:
 *
 *	while (engine_step(e, t - 1, &fx))	everything before t
 *		carry_out(&fx);
 *	engine_event(e, &event_at_t, &fx);	what happened at t
 *	carry_out(&fx);
 *	...					more events at t
 *	while (engine_step(e, t, &fx))		t is over: its notices
 *		carry_out(&fx);
 *	sleep until engine_deadline(e)
 *
 * All instants are whole seconds of UTC and never go back.
 */
#pragma once

#include "engine/rules.h"

#define ENGINE_NEVER INT64_MAX
#define ENGINE_EXCEPTIONS 64
#define ENGINE_EFFECTS 48

enum engine_event_kind {
	EVENT_ACTIVITY,
	EVENT_COMMIT,
	EVENT_PUSH,
	EVENT_AWAY,
	EVENT_BACK,
	EVENT_BUSY,
	EVENT_FREE,
	EVENT_EXTEND,
	EVENT_MERGE,
	EVENT_REOPEN,
	EVENT_SNOOZE,
	EVENT_ONCALL,
	EVENT_OFF,
	EVENT_TODAY,
	EVENT_CARRY,
	EVENT_HANDED, /* the notes of other days were handed back */
	EVENT_KINDS
};

struct engine_event {
	int64_t at;
	enum engine_event_kind kind;
	bool human;	  /* activity, commit, push */
	int64_t until;	  /* extend, oncall, carry: an instant or RULES_NONE */
	int64_t length;	  /* extend, snooze: seconds or RULES_NONE */
	date_t from, to;  /* off: dates, both included */
	bool undo;	  /* off: these dates are as the rules say again */
	int start, merge; /* today: minutes since midnight */
};

enum engine_regime {
	REGIME_NORMAL,
	REGIME_OVER,
	REGIME_OFF,
	REGIME_ONCALL,
	REGIME_PROTECTED,
	REGIME_KINDS
};

/* In the order in which notices of one instant are given. */
enum engine_notice {
	NOTICE_PROTECT,
	NOTICE_MERGE,
	NOTICE_LATE,
	NOTICE_OFF,
	NOTICE_STRETCH,
	NOTICE_MORNING,
	NOTICE_WARN,
	NOTICE_PROTECT_WARN,
	NOTICE_KINDS
};

enum engine_verdict {
	VERDICT_OK,
	VERDICT_LATE,
	VERDICT_OFF,
	VERDICT_PROTECTED,
	VERDICT_KINDS
};

/* Why an extend, off or today was refused. */
enum engine_refusal {
	REFUSED_DAY_OFF,	/* a day off has no end to move */
	REFUSED_NONE_LEFT,	/* no extensions left today */
	REFUSED_PAST,		/* not after now and the effective end */
	REFUSED_TOO_LONG,	/* more than extension_max at once */
	REFUSED_NEXT_DAY,	/* reaches the day's closing cut */
	REFUSED_OVERLAP,	/* windows would overlap */
	REFUSED_TOO_MANY,	/* more exceptions than the engine holds */
	REFUSAL_KINDS
};

enum engine_effect_kind {
	EFFECT_CLOSED,	/* a day with activity turned */
	EFFECT_VERDICT,
	EFFECT_REFUSED,
	EFFECT_GRANTED, /* extend: `end` is the new end; no line in replay */
	EFFECT_NOTICE,
};

struct engine_effect {
	enum engine_effect_kind kind;
	int64_t at;
	date_t day;
	union {
		struct {
			int64_t ended, worked, longest;
		} closed;
		struct {
			enum engine_verdict verdict;
			enum engine_event_kind event; /* commit or push */
			int64_t past; /* of LATE: since the effective end */
		} verdict;
		struct {
			enum engine_event_kind event;
			enum engine_refusal why;
		} refused;
		struct {
			int64_t end;
		} granted;
		struct {
			enum engine_notice notice;
			int level;
			enum engine_regime regime;
			int64_t about; /* warn: its w; protect*: the block's F;
					* stretch: its start; merge, late: the
					* effective end; else 0 */
		} notice;
	};
};

struct engine_effects {
	struct engine_effect list[ENGINE_EFFECTS];
	int n;
};

/* How civil time lies on the axis of instants; see base/civil.h for the
 * contract of both. Must be a pure function as long as the zone is the same. */
struct zone {
	int64_t (*instant)(date_t date, int minute);
	date_t (*date)(int64_t t);
};

struct engine;

/* sizeof(struct engine), for who keeps or copies one: it is plain data. */
size_t engine_size(void);

/* Begins at instant `at` with nothing known before it. rules and zone are
 * borrowed as long as the engine lives. */
void engine_init(struct engine *e, const struct rules *rules,
	const struct zone *zone, int64_t at);

/* New rules, or the same after the zone changed: plans the day that holds now
 * anew at the current instant; what was given and granted stays. */
void engine_replan(struct engine *e, const struct rules *rules,
	const struct zone *zone);

/* The same rules, kept elsewhere from now on: nothing is planned anew. */
void engine_move_rules(struct engine *e, const struct rules *rules);

/* Settles the next instant that needs it and is not after `limit`; false when
 * there is none. *fx is overwritten. */
bool engine_step(struct engine *e, int64_t limit, struct engine_effects *fx);

/* Applies an event. ev->at must not be before any event or step so far, and
 * everything before it must be settled. *fx is overwritten. */
void engine_event(struct engine *e, const struct engine_event *ev,
	struct engine_effects *fx);

/* The next instant at which engine_step() has something to do, or
 * ENGINE_NEVER. Never before the current instant; equal to it while an
 * instant with events is not settled yet. */
int64_t engine_deadline(const struct engine *e);

/* The latest instant that is settled: an event at it or before would come too
 * late. Equals engine_view's now, or one less while events at now are not
 * settled yet. */
int64_t engine_settled(const struct engine *e);

/* Where things stand, for status, why and reports. */
struct engine_view {
	int64_t now;
	enum engine_regime regime;
	bool present, away, busy;
	date_t day;
	bool working_day, closed; /* closed: by merge */
	int64_t start, end, effective_end; /* RULES_NONE on a day off */
	int64_t open, close;		   /* the day's cuts */
	int64_t worked, first, last, longest; /* first/last: RULES_NONE */
	int64_t limit;			   /* in force today, or RULES_NONE */
	int extensions_left, extensions_granted;
	int64_t stretch_start, stretch_length; /* RULES_NONE, 0: none */
	int64_t latest; /* activity, or RULES_NONE */
	/* or RULES_NONE; carry may be ENGINE_NEVER: until the day turns */
	int64_t oncall_until, snooze_until, carry_until;
	int64_t block_from, block_to; /* the one that holds, or RULES_NONE */
	bool note_waiting;	      /* a note of another day */
	int workday; /* index into rules.workday, or -1 */
};
void engine_view(const struct engine *e, struct engine_view *view);

/* What holds a notice back; a set of bits. */
enum engine_hold {
	HOLD_NOT_DUE = 1 << 0,
	HOLD_ABSENT = 1 << 1,
	HOLD_BUSY = 1 << 2,
	HOLD_REGIME = 1 << 3,
	HOLD_SEAM = 1 << 4,   /* deliverable, waits for a seam until `by` */
	HOLD_CARRY = 1 << 5,
	HOLD_SNOOZE = 1 << 6,
};

/* One notice that is due or will be: for `vesper why` and status.next. */
struct engine_pending {
	enum engine_notice notice;
	int64_t due;
	int64_t by; /* the latest instant it waits for a seam, or NEVER */
	unsigned holds;
	int64_t about;
	int level;
};

/* Fills at most max, in order of due; returns how many. Judged by the same
 * code that gives them. */
int engine_pending(const struct engine *e, struct engine_pending *out, int max);

/* One date as the rules and the exceptions known now plan it. */
struct engine_plan {
	date_t date;
	int workday; /* index, or -1 for a day off */
	bool exception;
	int64_t start, end;    /* RULES_NONE on a day off */
	int64_t open, close;   /* RULES_NONE when the date has no day of its
				* own */
	int64_t limit;	       /* or RULES_NONE */
	int64_t warn[RULES_WARNS];
	int nwarn;
	struct {
		int64_t from, to, lead;
		int block; /* index into rules.block */
	} block[RULES_BLOCKS];
	int nblock;
};
void engine_plan(const struct engine *e, date_t date, struct engine_plan *out);

/* The first date in [from, from + days) whose window overlaps the next one's,
 * or RULES_NONE. For the config's check. */
int64_t engine_overlap(const struct rules *rules, const struct zone *zone,
	date_t from, int days);
