/* SPDX-License-Identifier: MIT */
/*
 * The option table: the one place that knows which sections and keys there
 * are, what they take and what they are when nothing is said.  Parsing,
 * validation, `vesper config list|get`, config.example.ini, the list in
 * vesper.ini(5) and the completion of keys all come from it.
 */
#pragma once

#include "config/config.h"

enum section_kind {
	SECTION_VESPER,
	SECTION_WORKDAY,
	SECTION_STRETCH,
	SECTION_ROTA,
	SECTION_PROTECT,
	SECTION_RETURN,
	SECTION_GIT,
	SECTION_NOTIFY,
	SECTION_MERGE,
	SECTION_BOUNDARY,
	SECTION_ON,
	SECTION_PRIVACY,
	SECTION_KINDS
};

enum section_shape {
	SHAPE_ONE,    /* [git] */
	SHAPE_NAMED,  /* [workday] or [workday "NAME"], several of them */
	SHAPE_NOTICE, /* [on NOTICE], one for each notice */
};

struct section {
	const char *name;
	enum section_shape shape;
	const char *about;  /* one sentence, not yet translated */
	const char *sample; /* its heading in the example */
	bool optional;	    /* the example has it as a comment */
	bool decides;	    /* days: the history keeps what it says */
};

enum option_type {
	TYPE_LENGTH,
	TYPE_TIME,
	TYPE_DATE,
	TYPE_BOOL,
	TYPE_DAYS,
	TYPE_COUNT,
	TYPE_WARN,
	TYPE_HOLD,
	TYPE_POLICY,
	TYPE_PRIVACY,
	TYPE_ZONE,
	TYPE_TEXT,
	TYPE_COMMAND,
	TYPE_AUTHORS,
	TYPE_PATHS,
	TYPE_KINDS
};

struct option {
	enum section_kind section;
	const char *key;
	enum option_type type;
	const char *value;  /* the default as it would be written; NULL: none */
	const char *sample; /* for the example, where there is no default */
	const char *about;  /* one sentence, not yet translated */
	size_t offset;	    /* of the field in what option_base() returns */
	size_t second;	    /* of its count, or of its twin */
	int64_t least, most;
};

extern const struct section sections[SECTION_KINDS];
extern const struct option options[];
extern const size_t noptions;

/* The option of a section by its key, or NULL. */
const struct option *option_find(enum section_kind section, const char *key);

/* Whether a section of that heading decides days. */
bool section_decides(const char *heading);

/* What the offsets of a section count from: the instance-th workday, block or
 * notice, else the config itself. */
void *option_base(struct config *c, enum section_kind section, int instance);

/* Reads text into the field; false with the reason (and what to write
 * instead) in why, the field untouched. */
bool option_parse(const struct option *o, const char *text, void *base,
	struct err *why);

/* Appends the field as it would be written. Nothing for "none". */
void option_format(const struct option *o, const void *base, struct buf *out);

/* Gives the field its default. */
void option_reset(const struct option *o, void *base);

/* The next item of a list: commas or blanks between, "..." around an item
 * with blanks. NULL at the end; else *s is moved on and *len is set. */
const char *option_item(const char **s, size_t *len);
