/* SPDX-License-Identifier: MIT */
/*
 * The program between the daemon and the desktop.  JSON lines, on stdin
 *
 *   {"show":17,"title":"...","body":"...","actions":[["merge","Merge"]],
 *    "urgency":"low|normal|critical","transient":false,"sound":false,
 *    "replaces":16,
 *    "place":["2f1c… :1.5",7]}         as said by who was killed before us
 *   {"close":17}  {"ping":5}  {"sleep_ok":true}  {"dnd":true}
 *   {"close":17,"place":["2f1c… :1.5",7]}   what who was before us left there
 *   {"watch":{"lock":true,"sleep":true,"dnd":true}}
 *
 * and on stdout
 *
 *   {"bus":true}  {"bus":false,"why":"..."}
 *   {"server":"dunst","version":"1.9.0","capabilities":[...]}
 *   {"server":null,"why":"..."}          why is left out when it just left
 *   {"shown":17,"place":["2f1c… :1.5",7]}   bus and server, its number there
 *   {"failed":17,"why":"..."}  {"closed":17,"reason":2}
 *   {"action":17,"key":"plus"}  {"forgotten":[17]}  {"pong":5}
 *   {"logind":true}  {"logind":false,"why":"..."}
 *   {"lock":true}  {"sleep":true}  {"dnd":true,"by":"dunst"}
 *   {"dnd_set":true,"was":false,"by":"dunst"}  {"dnd_set":null,"why":"..."}
 *   {"error":"..."}                      a line that could not be read
 */
#pragma once

/* Runs until stdin ends or the session bus is not, or no longer, there.
 * Returns the exit status, which is always 0: a desktop may be missing. */
int desktop_run(void);
