" SPDX-License-Identifier: MIT
" Notices in the editor: one popup at the top right that takes no key, no focus
" and no mode. Answers are commands, and the popup names them.
"
" One that stays (level 2 and up) comes back when a passing one is over.

let s:standing = {}
let s:shown = {}
let s:last = {}
let s:unsaid = {}
let s:heard = {}
let s:fresh = 0
let s:fade = -1
let s:fade_ms = 8000

" Which command answers an action; others have none here.
let s:answers = {
      \ 'merge': ':Vesper merge',
      \ 'plus': ':Vesper extend 15m',
      \ 'carry': ':Vesper carry',
      \ 'snooze': ':Vesper snooze 15m',
      \ 'break': ':Vesper break',
      \ 'oncall': ':Vesper oncall 20:00',
      \ 'morning': ':Vesper morning',
      \ }

function! vesper#notice#last() abort
  return s:last
endfunction

" Several may come at once, after Ctrl-Z for instance: the newest is shown.
function! vesper#notice#take(message) abort
  let s:last = a:message
  if s:level(a:message) >= 2
    let s:standing = a:message
    if get(a:message, 'insist', v:false) is v:true && !get(g:, 'vesper_plain')
      call vesper#insist#on(a:message.n)
    else
      call vesper#insist#off()
    endif
  endif
  if !s:fresh
    let s:fresh = 1
    call timer_start(0, {-> s:show_last()})
  endif
endfunction

function! vesper#notice#gone(n) abort
  if get(s:standing, 'n', -1) ==# a:n
    let s:standing = {}
    call vesper#insist#off()
  endif
  if get(s:unsaid, 'n', -1) ==# a:n
    let s:unsaid = {}
  endif
  if get(s:last, 'n', -1) ==# a:n
    let s:last = {}
  endif
  if get(s:shown, 'n', -1) ==# a:n
    call s:show(s:standing)
  endif
endfunction

" An answer that is longer than its line, for as long as a notice that passes.
function! vesper#notice#aside(text) abort
  if vesper#link#shim('can_show')
    call s:show({'title': a:text, 'level': 0})
  endif
endfunction

" The daemon is gone, and nobody is there to be answered; the next one says again
" what nobody answered.
function! vesper#notice#left() abort
  for notice in [s:standing, s:unsaid, s:last, s:shown]
    call vesper#notice#gone(get(notice, 'n', -1))
  endfor
endfunction

" What could not be shown or closed in the state the editor was in.
function! vesper#notice#retry() abort
  if !empty(s:unsaid)
    call s:say(s:unsaid)
  elseif get(s:shown, 'n', -1) !=# get(s:standing, 'n', -1) && s:fade < 0
    call s:show(s:standing)
  endif
endfunction

function! s:level(notice) abort
  let level = get(a:notice, 'level', 1)
  return type(level) ==# v:t_number ? level : 1
endfunction

function! s:show_last() abort
  let s:fresh = 0
  if empty(s:last)
    return
  endif
  if get(g:, 'vesper_plain') || !vesper#link#shim('can_show')
    call s:say(s:last)
  else
    call s:show(s:last)
  endif
  call vesper#event('VesperNotice')
endfunction

" Puts a notice in the place of the one there is; {} only takes that away.
function! s:show(notice) abort
  if s:fade >= 0
    call timer_stop(s:fade)
    let s:fade = -1
  endif
  try
    call vesper#link#shim('hide')
    let s:shown = {}
    augroup vesper_notice
      autocmd!
    augroup END
    if empty(a:notice) || get(g:, 'vesper_plain')
      return
    endif
    call vesper#link#shim('show', s:lines(a:notice), s:level(a:notice))
    let s:shown = a:notice
    augroup vesper_notice
      autocmd VimResized * call s:show_again()
      if has('nvim')
        autocmd TabEnter * call s:show_again()
      endif
    augroup END
  catch
    call vesper#link#log(v:exception . ' at ' . v:throwpoint)
  endtry
  if s:level(a:notice) < 2
    let s:fade = timer_start(s:fade_ms, {-> s:faded()})
  endif
endfunction

function! s:show_again() abort
  let fade = s:fade
  let s:fade = -1
  call s:show(s:shown)
  if fade >= 0
    call timer_stop(fade)
  endif
endfunction

function! s:faded() abort
  let s:fade = -1
  call s:show(s:standing)
endfunction

" Foreign text made printable, no wider and no higher than half the screen; the
" commands that answer it stand below.
function! s:lines(notice) abort
  let width = max([20, min([64, &columns - 6])])
  let body = get(a:notice, 'body', '')
  let text = []
  for line in [a:notice.title] + (type(body) ==# v:t_string ? split(body, "\n") : [])
    call extend(text, vesper#text#wrap(strtrans(vesper#command#here(line)), width))
  endfor
  let commands = s:commands(a:notice)
  let answers = commands ==# '' ? [] : vesper#text#wrap(commands, width)
  let room = max([1, &lines / 2 - len(answers)])
  return (len(text) > room ? text[: room - 1] + ['...'] : text) + answers
endfunction

" But those that the text names.
function! s:commands(notice) abort
  let actions = get(a:notice, 'actions', [])
  let text = vesper#command#here(string(get(a:notice, 'body', '')))
  let names = []
  for action in type(actions) ==# v:t_list ? actions : []
    if type(action) ==# v:t_list && len(action) ==# 2 && type(action[0]) ==# v:t_string
      call add(names, get(s:answers, action[0], ''))
    endif
  endfor
  return join(filter(names, {i, name -> name !=# '' && stridx(text, matchstr(name, '^:\S* \S*')) < 0}), '  ')
endfunction

" The plain way, for a screen reader: said, when no command line is open.
function! s:say(notice) abort
  if mode() =~# '^[cr]'
    let s:unsaid = a:notice
    return
  endif
  let s:unsaid = {}
  let news = s:news(a:notice)
  if !empty(news)
    call vesper#words#say('said', join(news, ' - '))
  endif
endfunction

" What is said of a notice, without what was said of it: the daemon hands the same
" one over again when it knows more.
function! s:news(notice) abort
  let body = get(a:notice, 'body', '')
  let lines = type(body) ==# v:t_string ? split(vesper#command#here(body), "\n") : []
  let known = a:notice.n && get(s:heard, 'n') ==# a:notice.n ? s:heard.parts : []
  let parts = [a:notice.title, join(filter(copy(lines), 'index(known, v:val) < 0')), s:commands(a:notice)]
  let s:heard = {'n': a:notice.n, 'parts': parts + lines}
  return filter(parts, 'v:val !=# "" && index(known, v:val) < 0')
endfunction
