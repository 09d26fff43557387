" SPDX-License-Identifier: MIT
" The line to the daemon: one helper a session, lines of JSON on its stdio.
"
" Nothing here waits, and no failure is shown unless a person asked for
" something: a helper that is gone is tried again at most every five minutes,
" three times; one that no longer reads is sent nothing more.

let s:shim = has('nvim') ? 'vesper#link#neovim#' : 'vesper#link#vim#'
let s:protocol = 1
let s:package = expand('<sfile>:p:h:h:h:h')
let s:open = 0
" Timers still run while Neovim quits; a helper they started would be waited for.
let s:left = 0
" Callbacks of an earlier helper come late: they carry another generation.
let s:generation = 0
let s:failures = 0
let s:failed_at = 0
let s:missed = 0
let s:daemon = {}
let s:log = []

" Who waits for an answer, by id: [callback, lines so far].
let s:waiting = {}
let s:id = 0

" Lines since the helper last answered a ping, and their bytes. Past the bounds
" it is stuck: Neovim would not even quit with more than a pipe's worth unsent.
let s:lag = 0
let s:lag_bytes = 0
let s:lag_max = 64
let s:lag_bytes_max = 49152
let s:ping_every = 16

" What the daemon may say by itself. Nothing is ever evaluated; what is not
" in this table is passed over.
let s:pushes = {
      \ 'hello': function('vesper#push#hello'),
      \ 'status': function('vesper#push#status'),
      \ 'notice': function('vesper#push#notice'),
      \ 'gone': function('vesper#push#gone'),
      \ 'edit': function('vesper#push#edit'),
      \ }

" What to run: the user's choice, $PATH, or the build beside this plugin. ''
" when there is none.
function! vesper#link#program() abort
  for name in [get(g:, 'vesper_program', ''), 'vesper', s:package . '/build/vesper']
    let path = vesper#link#path(name)
    if path !=# ''
      return path
    endif
  endfor
  return ''
endfunction

" The whole path of a program, as it is run in another directory; '' when it is
" none.
function! vesper#link#path(name) abort
  if type(a:name) !=# v:t_string || a:name ==# ''
    return ''
  endif
  return exepath(a:name[0] ==# '~' ? fnamemodify(a:name, ':p') : a:name)
endfunction

" Calls the function of this editor's shim.
function! vesper#link#shim(name, ...) abort
  return call(s:shim . a:name, a:000)
endfunction

" Hands a message over. 1, or 0 when there is no way to.
function! vesper#link#send(message) abort
  if !s:open && !s:begin()
    return 0
  endif
  return s:write(a:message)
endfunction

" The same, but never starts a helper for it.
function! vesper#link#send_if_open(message) abort
  return s:open ? s:write(a:message) : 0
endfunction

" Asks, and calls callback with the answer: a dictionary with ok and said,
" refused, error, or what was asked for ("text" of several lines joined).
" Returns 0, having said why, when there is nobody to ask.
function! vesper#link#ask(message, callback) abort
  if vesper#link#program() ==# ''
    let s:missed = 1
    call vesper#words#say('no_program')
    return 0
  endif
  " A person asked: earlier failures do not count.
  let s:failures = 0
  let s:id += 1
  let s:waiting[s:id] = [a:callback, []]
  if vesper#link#send(extend({'id': s:id}, a:message))
    call timer_start(3000, function('s:patience', [s:id]))
    return 1
  endif
  call remove(s:waiting, s:id)
  call vesper#words#say(s:open ? 'busy' : 'lost')
  return 0
endfunction

function! s:patience(id, timer) abort
  if has_key(s:waiting, a:id)
    call vesper#words#say('waiting')
  endif
endfunction

function! s:begin() abort
  if s:left || s:failures >= 3 || (s:failures > 0 && localtime() - s:failed_at < 300)
    return 0
  endif
  let program = vesper#link#program()
  if program ==# ''
    if !s:missed
      let s:missed = 1
      call vesper#words#say('no_program')
    endif
    return 0
  endif
  let s:generation += 1
  let s:lag = 0
  let s:lag_bytes = 0
  try
    let s:open = vesper#link#shim('start', [program, 'attach'], s:generation)
  catch
    let s:open = 0
    call vesper#link#log(v:exception)
  endtry
  if !s:open
    call s:failed()
    return 0
  endif
  return s:write({'hello': s:protocol, 'as': has('nvim') ? 'nvim' : 'vim',
        \ 'pid': getpid(), 'subscribe': v:true})
endfunction

function! s:failed() abort
  let s:failures += 1
  let s:failed_at = localtime()
endfunction

function! s:write(message) abort
  if s:lag > s:lag_max || s:lag_bytes > s:lag_bytes_max
    return 0
  endif
  let text = vesper#link#encode(a:message)
  if s:lag % s:ping_every ==# s:ping_every - 1 || strlen(text) > 4096
    let text .= "\n" . '{"ping":true}'
  endif
  let s:lag += 1
  let s:lag_bytes += strlen(text)
  try
    call vesper#link#shim('send', text . "\n")
  catch
    call vesper#link#log(v:exception)
    call vesper#link#ended(s:generation)
    return 0
  endtry
  call vesper#link#log('> ' . text)
  return 1
endfunction

" One line of JSON. Neovim throws E474 for a name that is not UTF-8.
function! vesper#link#encode(message) abort
  try
    return json_encode(a:message)
  catch
    return json_encode(map(copy(a:message),
          \ 'type(v:val) ==# v:t_string ? strtrans(iconv(v:val, "latin1", "utf-8")) : v:val'))
  endtry
endfunction

" The shims call this with each whole line.
function! vesper#link#heard(generation, line) abort
  if a:generation !=# s:generation
    return
  endif
  try
    let message = json_decode(a:line)
    if type(message) !=# v:t_dict
      return
    endif
    if get(message, 'pong', v:false) is v:true
      let s:lag = 0
      let s:lag_bytes = 0
      return
    endif
    call vesper#link#log('< ' . a:line)
    if has_key(message, 'id')
      call s:answered(message)
    else
      call s:pushed(message)
    endif
  catch
    call vesper#link#log(v:exception . ' at ' . v:throwpoint)
  endtry
endfunction

function! s:pushed(message) abort
  for [kind, Handler] in items(s:pushes)
    if has_key(a:message, kind)
      call Handler(a:message)
      return
    endif
  endfor
endfunction

function! s:answered(message) abort
  let id = a:message.id
  if type(id) !=# v:t_number || !has_key(s:waiting, id)
    return
  endif
  let [Callback, parts] = s:waiting[id]
  call add(parts, type(get(a:message, 'text')) ==# v:t_string ? a:message.text : '')
  if get(a:message, 'more', v:false) is v:true
    return
  endif
  call remove(s:waiting, id)
  call Callback(extend(a:message, {'text': join(parts, '')}))
endfunction

" The helper is gone; who waits is told.
function! vesper#link#ended(generation) abort
  if a:generation !=# s:generation || !s:open
    return
  endif
  let s:open = 0
  call s:failed()
  let waiting = s:waiting
  let s:waiting = {}
  for [Callback, parts] in values(waiting)
    call Callback({'error': 'the helper ended'})
  endfor
endfunction

" At the end of the session. A helper that does not read must not hold it up.
function! vesper#link#leave() abort
  let s:left = 1
  if s:open
    let s:open = 0
    call vesper#link#shim('stop', s:lag > s:ping_every || s:lag_bytes > 4096)
  endif
endfunction

" What is known of the other side; {} until it said hello.
function! vesper#link#daemon(...) abort
  if a:0
    let s:daemon = a:1
  endif
  return s:daemon
endfunction

function! vesper#link#protocol() abort
  return s:protocol
endfunction

" Which helper it is by now, 0 while there is none.
function! vesper#link#helper() abort
  return s:open ? s:generation : 0
endfunction

function! vesper#link#is_open() abort
  return s:open
endfunction

" The last hundred lines of both ways, for :Vesper log.
function! vesper#link#log(...) abort
  if a:0
    call add(s:log, strftime('%H:%M:%S ') . a:1)
    if len(s:log) > 100
      call remove(s:log, 0)
    endif
  endif
  return s:log
endfunction

" Ours, unless a colour scheme has them; it may be changed at any time.
function! vesper#link#highlight() abort
  highlight default link VesperNotice Pmenu
  highlight default link VesperNoticeStays WarningMsg
endfunction
