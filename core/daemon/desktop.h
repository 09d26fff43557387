/* SPDX-License-Identifier: MIT */
/* The `desktop` program: started, fed, listened to, replaced when it hangs. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct daemon;
struct desktop;
struct json_t;

/* Starts it where there is a session bus; the daemon is borrowed.
 * desktop_free() takes NULL, too, closes what is up and returns NULL. */
struct desktop *desktop_new(struct daemon *d);
struct desktop *desktop_free(struct desktop *t);

/* Whether a notification server is there. */
bool desktop_available(const struct desktop *t);

/* Shows a notice; takes the reference. It is shown later when no server is
 * there yet, and again by a new child when this one hangs. */
void desktop_show(struct desktop *t, int64_t n, struct json_t *order);

/* Takes the notice down, if that number is up; NULL is fine. */
void desktop_close(struct desktop *t, int64_t n);

/* Takes off the screen what a daemon before this one left there. */
void desktop_clear(struct desktop *t);

/* A plain sentence that is no notice. */
void desktop_tell(struct desktop *t, const char *title, const char *body);

/* Switches do-not-disturb; the answer goes to quiet_answer(). */
void desktop_dnd(struct desktop *t, bool on);

/* The config was read again. */
void desktop_reload(struct desktop *t);

/* The name of the server, and why there are no notices, for doctor: borrowed,
 * or NULL. */
const char *desktop_server(const struct desktop *t);
const char *desktop_trouble(const struct desktop *t);
