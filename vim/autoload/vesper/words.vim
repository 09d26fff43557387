" SPDX-License-Identifier: MIT
" Every sentence of the plugin, in one place. They state facts and a way on.
" Other languages have a table each in words/, which is read with the first
" sentence that is said, so never at start-up.

let s:words = {
      \ 'busy': 'Vesper: the daemon is busy; nothing was changed. Try again, or see :Vesper doctor',
      \ 'choice_15': '15 minutes more',
      \ 'choice_30': '30 minutes more',
      \ 'choice_60': 'an hour more',
      \ 'choice_carry': 'carry on, without a word about the time today',
      \ 'choice_close': 'close this',
      \ 'choice_hour': 'an hour',
      \ 'choice_hours': '%d hours',
      \ 'choice_how_long': 'On call for',
      \ 'choice_left': 'extensions left: %d',
      \ 'choice_merge': 'merge: the note of the day',
      \ 'choice_merge_now': 'merge without a note',
      \ 'choice_oncall': 'on call',
      \ 'choice_oncall_off': 'no longer on call',
      \ 'draft_gone': 'Vesper: the note was not taken: %s. It is open again, nothing is lost',
      \ 'edit': 'The note of the day: ":Vesper merge" opens it',
      \ 'emptied': 'Vesper: the note is empty, so the day stays open; ":Vesper merge!" closes it without one',
      \ 'failed': 'Vesper: %s: %s',
      \ 'lost': 'Vesper: the helper ended; ":Vesper doctor" looks for the reason',
      \ 'morning_keys': '# Enter: there.  e: put that day right.  q: read.',
      \ 'morning_place': 'Work ended at %s:%d',
      \ 'morning_unmerged': '%s ended at %s, without a merge.',
      \ 'no_place': 'Vesper: where work ended is not known',
      \ 'no_program': 'Vesper: the program "vesper" is not in $PATH. Install it, or set g:vesper_program',
      \ 'not_kept': 'Vesper: %s. The note is still here, unsaved',
      \ 'other_version': 'Vesper: the daemon (%s) speaks another protocol than this plugin: update the older one, then run "vesper stop"',
      \ 'pacer_ask': 'What is in your hands in the next ten minutes?',
      \ 'pacer_in': 'breathe in',
      \ 'pacer_key': 'Any key goes on.',
      \ 'pacer_out': 'breathe out',
      \ 'said': 'Vesper: %s',
      \ 'starting': 'Vesper: starting the daemon',
      \ 'too_long': 'Vesper: the note is longer than 60 kB. Shorten it, then :w again',
      \ 'unknown': 'Vesper: no such command: %s. There are: %s',
      \ 'waiting': 'Vesper: no answer yet; it will be shown when it comes',
      \ }

let s:said = {}

" As gettext chooses: $LANGUAGE, then the locale; neither counts in C.
function! s:table() abort
  for name in v:lang =~# '^\%(C\|POSIX\)$' ? [] : split($LANGUAGE, ':') + [v:lang]
    let code = tolower(matchstr(name, '^\a\+'))
    if code ==# 'en'
      break
    elseif !empty(globpath(&runtimepath, 'autoload/vesper/words/' . code . '.vim'))
      return extend(copy(s:words), call('vesper#words#' . code . '#table', []))
    endif
  endfor
  return s:words
endfunction

function! vesper#words#get(key, ...) abort
  if empty(s:said)
    let s:said = s:table()
  endif
  return call('printf', [s:said[a:key]] + a:000)
endfunction

function! vesper#words#say(key, ...) abort
  call vesper#text#say(call('vesper#words#get', [a:key] + a:000))
endfunction
