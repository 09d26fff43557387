/* SPDX-License-Identifier: MIT */
/*
 * What both ends of the socket must agree on.  No functions and no libraries
 * here, so that the tiny static programs can include it.
 *
 * One JSON object a line, each way, UTF-8.
 *
 * A client begins with a hello; a hook puts its one event in the same line and
 * reads one answer.
 *
 *   {"hello":1,"as":"vim","subscribe":true}
 *   {"hello":1,"version":"0.1.0","every":20,"now":1795021200,"clock":"real"}
 *
 * Then the first key of these says what a line is about; "id", when given,
 * is echoed in the answer.
 *
 *   event   something happened; without an id there is no answer
 *           {"event":"activity","source":"vim","project":"/src/a",
 *            "file":"/src/a/x.c","line":12,"human":true}
 *           {"event":"commit","source":"hook","hook":"post-commit",
 *            "cwd":"/src/a","git_dir":"...","email":"...","tty":true,
 *            "ci":false,"sequence":false}
 *           {"event":"away"}  {"event":"back"}
 *           {"event":"busy","source":"meeting","by":"call"}, then "free"
 *   do      an order; the answer is {"ok":true,"said":"..."} or
 *           {"refused":"why"}; times are given as a person types them
 *           {"do":"extend","when":"until 18:45","why":"deploy"}
 *           {"do":"merge","note":"...","day":"2026-11-18"}
 *           {"do":"answer","n":17,"action":"plus"}
 *   get     a question; the answer holds what was asked for
 *           {"get":"status"}  {"get":"note","draft":true}
 *           {"get":"extend","when":"2h"}    would it be granted?
 *   clock, suspend, set, zone
 *           move a clock that was started with --clock ...,step
 *
 * To a subscriber the daemon sends, besides answers:
 *
 *   {"notice":"merge","n":17,"level":1,"day":"2026-11-18","title":"...",
 *    "body":"...","actions":[["merge","Merge"],["plus","+15 min"]]}
 *   {"gone":17}                      answered elsewhere, or no longer true
 *   {"status":"until 18:00","regime":"normal"}     when it changes
 *   {"edit":"merge"}                 open the day's note (last active editor)
 *
 * Anything wrong with a line is answered by {"error":"what: why"}, a value of
 * another type than its key has as well.  Keys that are not known are ignored.
 * A long answer is several lines, all but the last with "more":true.
 */
#pragma once

#define WIRE_PROTOCOL 1

/* How a line is written, for jansson: without blanks, and with fifteen digits
 * of a real number, as many as a double always keeps; with seventeen, its own
 * choice, 0.1 would be 0.10000000000000001. */
#define WIRE_JSON (JSON_COMPACT | JSON_REAL_PRECISION(15))

/* Longest line the daemon reads, newline included. */
#define WIRE_LINE_MAX 65536

/* Longest line the daemon sends to an editor; longer texts are sent in
 * several lines with "more":true. */
#define WIRE_EDITOR_MAX 4096

/*
 * A page beside the socket, of its name with this behind it: what hooks would
 * be answered, so that they need not ask.  It holds while the daemon has it
 * locked (flock).  Its lines are
 *
 *   the commit that a hook spoke about last, written there by the hook
 *   the instant up to which the page is good, and the mode:
 *     calm   no commit or push is answered with a word
 *     off    no commit is, once it is made
 *     speak  one that is made is, with what follows
 *   CLOCK_BOOTTIME (ms), the instant it was then (ms), how many times as fast
 *     instants go on since; when the day ended; the zone, east of UTC, and a
 *     day more, so that there is no sign
 *   the sentence, with marks where the time and the length since the end go
 *   four forms of a length, for printf: hours and minutes, hours, minutes,
 *     seconds; the first that has no 0 in it
 *
 * Instants are UTC, in seconds where nothing else is said.  Who finds no page,
 * or no sentence on it, asks.
 */
#define WIRE_WORD ".word"
#define WIRE_WORD_MAX 2048
#define WIRE_WORD_SPOKEN 64 /* bytes of the first line */
#define WIRE_WORD_CALM "calm"
#define WIRE_WORD_OFF "off"
#define WIRE_WORD_SPEAK "speak"
#define WIRE_WORD_TIME "\001"
#define WIRE_WORD_LENGTH "\002"

/* The variable that tells a daemon which descriptor its starter hears from why
 * it could not start. */
#define WIRE_STARTER "VESPER_STARTER"

/* What a guest waits for the daemon's word before it goes on without. */
#define WIRE_GUEST_WAIT_MS 150

/* Bounds of the spool, and of what one event in it may be. */
#define WIRE_SPOOL_MAX (1024 * 1024)
#define WIRE_SPOOL_DAYS 14
