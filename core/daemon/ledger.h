/* SPDX-License-Identifier: MIT */
/*
 * The ledger: every happening gets its instant, is written down, goes through
 * the engine, and what the engine says is carried out.
 *
 * An instant is settled (its notices given) when it is over, or as soon as
 * settling it gives something; an event that comes later within the same
 * second then belongs to the next one.  That is what makes the stored day and
 * its replay the same.
 */
#pragma once

#include "base/err.h"
#include "engine/engine.h"

struct daemon;
struct json_t;
struct ledger;

/* Something that happened; strings borrowed. */
struct happening {
	const char *kind;    /* an event's name, see engine/names.h */
	const char *source;  /* vim, nvim, hook, watch, vesper, desktop ... */
	const char *project; /* working tree or NULL */
	const char *oid;     /* of a commit, or NULL */
	struct json_t *data; /* an object with what else was said, or NULL;
			      * borrowed */
	bool human;
	bool durable; /* must survive a power cut */
	int64_t at;   /* when it is known to have been, or 0: now */
};

/* What the engine answered. */
struct outcome {
	int64_t at; /* the instant it got */
	int64_t id; /* in the store */
	bool judged;
	enum engine_verdict verdict;
	int64_t past;
	bool refused;
	enum engine_refusal why;
	bool granted;
	int64_t end;
};

/* Folds what is stored up to now. 0 or -errno. */
int ledger_open(struct daemon *d, struct err *err);

/* Says what was missed and still holds. Then effects are carried out. */
void ledger_go_live(struct daemon *d);
void ledger_close(struct daemon *d);

/* Writes it down and lets the engine judge. 0 when it survives a kill, 1 when
 * it does not (yet), -errno when it is refused: nothing happened then. */
int ledger_record(struct daemon *d, const struct happening *h,
	struct outcome *out, struct err *err);

/* A note was given back at that instant, with the morning's notice. */
void ledger_handed_back(struct daemon *d, int64_t given);

/* The verdict a commit or push would get now; nothing is recorded. */
enum engine_verdict ledger_judge(struct daemon *d, enum engine_event_kind kind,
	int64_t *past);

/* Lets time pass up to the present, carries out what is due, arms the timer. */
void ledger_advance(struct daemon *d);

/* The rules changed (another config, another zone). */
void ledger_replan(struct daemon *d, const char *config_text);

/* Folds the history anew: another file has taken its place. 0 or -errno. */
int ledger_refold(struct daemon *d);

/* Writes the rules and the zone in force into a history that is new. */
void ledger_restate(struct daemon *d);

/* Whether effects are carried out by now. */
bool ledger_is_live(const struct daemon *d);

/* Where things stand now. */
void ledger_view(struct daemon *d, struct engine_view *view);

/* A copy of the engine gone on to the present, to ask; valid until the next
 * call of anything here. */
const struct engine *ledger_engine(struct daemon *d);

/* The present instant. */
int64_t ledger_now(struct daemon *d);
