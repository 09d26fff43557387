" SPDX-License-Identifier: MIT
" Three slow breaths and a question, before a day's second extension and any
" after it. Nothing waits for it: it is a popup that any key takes away, and
" that key does what it would have done. Then the day's end is moved.

let s:frame_ms = 200
let s:in = 15
let s:out = 18
let s:breaths = 3
let s:frame = -1
let s:order = {}
let s:timer = -1

" Moves the end, after the pacer where the daemon says that one comes first.
function! vesper#pacer#order(order) abort
  call vesper#link#ask({'get': 'status'}, {status -> s:asked(a:order, status)})
endfunction

function! s:asked(order, status) abort
  if get(a:status, 'pacer', v:false) isnot v:true || get(a:status, 'extensions_left', 0) < 1
        \ || get(g:, 'vesper_plain') || !vesper#link#shim('can_show') || s:frame >= 0
    call s:done(a:order)
    return
  endif
  let s:order = a:order
  let s:frame = 0
  call vesper#link#shim('pace_show', s:lines())
  call s:next()
endfunction

function! s:next() abort
  let s:timer = timer_start(s:frame_ms, {-> s:tick()})
endfunction

function! s:tick() abort
  if s:frame < 0
    return
  endif
  let s:frame += 1
  if s:frame >= s:breaths * (s:in + s:out)
    call vesper#pacer#key()
    return
  endif
  call vesper#link#shim('pace_draw', s:lines())
  call s:next()
endfunction

" Any key, and the end of the last breath.
function! vesper#pacer#key() abort
  if s:frame < 0
    return
  endif
  let s:frame = -1
  call timer_stop(s:timer)
  call vesper#link#shim('pace_hide')
  call timer_start(0, {-> s:done(s:order)})
endfunction

function! s:done(order) abort
  call vesper#command#order(a:order, function('vesper#command#show'))
endfunction

function! s:lines() abort
  let at = s:frame % (s:in + s:out)
  let word = at < s:in ? vesper#words#get('pacer_in') : vesper#words#get('pacer_out')
  let filled = at < s:in ? 20 * (at + 1) / s:in : 20 - 20 * (at - s:in + 1) / s:out
  return [vesper#words#get('pacer_ask'), '',
        \ '  ' . repeat('#', filled) . repeat('.', 20 - filled) . '  ' . word,
        \ '', vesper#words#get('pacer_key')]
endfunction
