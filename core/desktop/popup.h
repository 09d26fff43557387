/* SPDX-License-Identifier: MIT */
/* One notice on the screen, through libnotify. */
#pragma once

#include "base/err.h"

struct popup;
struct server;

#define POPUP_ACTIONS 2

enum popup_urgency { POPUP_LOW, POPUP_NORMAL, POPUP_CRITICAL };

/* What a notice says; plain text, owned. */
struct popup_content {
	char *title;
	char *body;
	char *keys[POPUP_ACTIONS]; /* NULL from the first missing one on */
	char *labels[POPUP_ACTIONS];
	enum popup_urgency urgency;
	bool transient;
	bool sound; /* else the server is asked for none */
};

struct popup_user {
	void (*acted)(void *owner, const char *key);
	/* The server closed it; reason as in the specification, 1 to 4.  The
	 * popup may be freed in here. */
	void (*closed)(void *owner, int reason);
};

enum {
	POPUP_TOO_SOON = 1, /* one too many: in a second it fits */
	POPUP_NO_SERVER,    /* the server went away meanwhile */
};

/* Frees what content owns. */
void popup_content_free(struct popup_content *content);

/* The body as server wants it: cut to 300 characters, escaped where it would
 * be read as markup.  The caller frees it. */
char *popup_body_text(const char *body, const struct server *server);

/* Nothing is shown yet. What the server has under the number `place`, put
 * there by a process before this one, is replaced when it is; 0 for none.
 * user is borrowed for good. Never NULL. */
struct popup *popup_new(const struct popup_user *user, uint32_t place);

/* Whom user's functions are told about from now on. */
void popup_set_owner(struct popup *popup, void *owner);

/* Shows content, in the place of what this popup showed before.  Blocks
 * until the server has answered.  0, one of the enum above, or -EIO. */
int popup_show(struct popup *popup, const struct popup_content *content,
	const struct server *server, struct err *err);

/* The server's number for it, 0 when it is not up. */
uint32_t popup_id(const struct popup *popup);

/* Lets go of it; what is on the screen stays there, deaf. NULL is fine. */
void popup_free(struct popup *popup);
