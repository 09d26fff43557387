" SPDX-License-Identifier: MIT
" Every sentence of the plugin, in one place. They state facts and a way on.

let s:words = {
      \ 'busy': 'Vesper: the daemon is busy; nothing was changed. Try again, or see :Vesper doctor',
      \ 'choices': 'merge, extend 15m, carry, oncall 20:00, report',
      \ 'draft_gone': 'Vesper: the note was not taken: %s. It is open again, nothing is lost',
      \ 'edit': 'The note of the day: ":Vesper merge" opens it',
      \ 'failed': 'Vesper: %s: %s',
      \ 'lost': 'Vesper: the helper ended; ":Vesper doctor" looks for the reason',
      \ 'no_program': 'Vesper: the program "vesper" is not in $PATH. Install it, or set g:vesper_program',
      \ 'not_kept': 'Vesper: %s. The note is still here, unsaved',
      \ 'other_version': 'Vesper: the daemon (%s) speaks another protocol than this plugin: update the older one',
      \ 'said': 'Vesper: %s',
      \ 'starting': 'Vesper: starting the daemon',
      \ 'too_long': 'Vesper: the note is longer than 60 kB. Shorten it, then :w again',
      \ 'unknown': 'Vesper: no such command: %s. There are: %s',
      \ 'waiting': 'Vesper: no answer yet; it will be shown when it comes',
      \ }

function! vesper#words#get(key, ...) abort
  return call('printf', [s:words[a:key]] + a:000)
endfunction

function! vesper#words#say(key, ...) abort
  call vesper#say(call('vesper#words#get', [a:key] + a:000))
endfunction
