/* SPDX-License-Identifier: MIT */
/* The notification server: who it is, and whether it answers. */
#pragma once

#include <stdbool.h>

struct _GDBusConnection;

#define SERVER_NAME "org.freedesktop.Notifications"
#define SERVER_PATH "/org/freedesktop/Notifications"

struct server {
	char *name;      /* NULL while nobody answers */
	char *version;
	char *owner;     /* its bus and unique name: another has other numbers */
	bool actions;    /* it can show buttons */
	bool markup;     /* bodies are markup: ours is to be escaped */
	bool tags;       /* of two notices with one tag it keeps the later */
	bool default_is_button; /* draws the action "default" as a third one */
	bool loses_buttons; /* an update takes them off what is on the screen */
};

struct server_user {
	/* The server has just answered; may be called any number of times. */
	void (*ready)(const struct server *server);
	/* The name changed hands: every id of the old one is void. */
	void (*lost)(void);
};

/* Follows the owner of the name from now on and tells the daemon. user is
 * borrowed for good. */
void server_start(
	struct _GDBusConnection *bus, const struct server_user *user);

/* Asks for user->ready() as soon as a server answers.  One that is not
 * running but can be is started.  Never blocks. */
void server_ask(void);
