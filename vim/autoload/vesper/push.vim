" SPDX-License-Identifier: MIT
" What to do with each thing the daemon says by itself. Every field is checked
" for its type: what comes over the line is text to show, and nothing else.

" Said once a session: what the daemon is, and what to do about it.
let s:other = 0

function! vesper#push#hello(message) abort
  call vesper#link#daemon(a:message)
  if a:message.hello isnot vesper#link#protocol() && !s:other
    let s:other = 1
    call vesper#words#say('other_version', get(a:message, 'version', '?'))
  endif
  let every = get(a:message, 'every')
  if type(every) ==# v:t_number || type(every) ==# v:t_float
    call vesper#activity#every(every)
  endif
endfunction

function! vesper#push#status(message) abort
  if type(a:message.status) !=# v:t_string || a:message.status ==# get(g:, 'vesper_status', '')
    return
  endif
  let g:vesper_status = strtrans(a:message.status)
  let regime = get(a:message, 'regime')
  let g:vesper_regime = type(regime) ==# v:t_string ? strtrans(regime) : ''
  if g:vesper_status ==# ''
    call vesper#notice#left()
  endif
  if mode() !~# '^[cr]'
    redrawstatus!
  endif
  call vesper#event('VesperStatus')
endfunction

function! vesper#push#notice(message) abort
  if type(get(a:message, 'n')) ==# v:t_number && type(get(a:message, 'title')) ==# v:t_string
    call vesper#notice#take(a:message)
  endif
endfunction

function! vesper#push#gone(message) abort
  if type(a:message.gone) ==# v:t_number
    call vesper#notice#gone(a:message.gone)
  endif
endfunction

function! vesper#push#edit(message) abort
  if a:message.edit ==# 'merge'
    call vesper#note#asked()
  elseif a:message.edit ==# 'morning'
    call vesper#morning#asked()
  endif
endfunction
