" SPDX-License-Identifier: MIT
" That somebody works here, said at most once in an interval.
"
" Comparing a clock in every CursorMoved costs 5 to 15 microseconds a key. So
" the hooks remove themselves at the first sign, and a one-shot timer puts them
" back: between two reports nothing at all is hooked, and an editor that is left
" alone has no timer either.

" Seconds between reports; the daemon names its own wish.
let s:every = 20.0

" What the cursor and text were when last looked at. Vim fires CursorMoved and
" TextChanged for what happened while nothing was hooked, or in a callback, as
" soon as something else wakes it: at night, say. Those are no sign.
let s:mark = []
let s:cursor = []
let s:timer = -1

" What the helper was told in full: [which helper, root, file].
let s:told = []
let s:root = ''
let s:source = has('nvim') ? 'nvim' : 'vim'

" What counts in Vim; Neovim listens to the keys themselves.
let s:signs = ['CursorMoved', 'CursorMovedI', 'InsertCharPre', 'TextChanged',
      \ 'CmdlineChanged', 'BufEnter', 'BufWritePost', 'TextChangedT', 'KeyInputPre']

" From timer_start() after the first screen: opening an editor is a sign, too.
function! vesper#activity#start(...) abort
  augroup vesper_session
    autocmd!
    autocmd VimLeavePre * call s:leave()
    autocmd FocusGained * call s:tell('focus')
    autocmd FocusLost * call s:tell('unfocus')
    if exists('##VimSuspend')
      autocmd VimSuspend * call s:tell('suspend')
      autocmd VimResume * call s:tell('resume')
    endif
  augroup END
  call s:noticed()
endfunction

" The daemon's wish, in seconds; fractions on a fast clock.
function! vesper#activity#every(seconds) abort
  let every = a:seconds < 0.05 ? 0.05 : a:seconds > 3600 ? 3600.0 : 1.0 * a:seconds
  if every !=# s:every
    let s:every = every
    if s:timer >= 0
      call s:arm_later()
    endif
  endif
endfunction

" Autocommands call this; anything that is not a person's doing is passed over.
function! vesper#activity#sign() abort
  if reg_executing() !=# '' || (exists('*state') && state('c') !=# '')
    return
  endif
  if mode() ==# 't' ? s:echoed() : s:mark !=# s:look()
    call s:noticed()
  endif
endfunction

" In a terminal Vim tells of output, not of keys, and a build that scrolls by is
" nobody's work. A key that is typed moves the cursor by one.
function! s:echoed() abort
  let before = s:cursor
  let s:cursor = term_getcursor(bufnr(''))[:1]
  return len(before) ==# 2 && before[0] ==# s:cursor[0] && abs(before[1] - s:cursor[1]) ==# 1
endfunction

" What is to be seen now is no sign: it was there, or it is our own doing.
function! vesper#activity#passed() abort
  let s:mark = s:look()
endfunction

" Neovim's key listener calls this; it removed itself already.
function! vesper#activity#key() abort
  call s:noticed()
endfunction

function! s:noticed() abort
  call s:disarm()
  let seen = {'buffer': bufnr(''), 'line': line('.')}
  call timer_start(0, {-> s:report(seen)})
  call s:arm_later()
endfunction

function! s:arm_later() abort
  call timer_stop(s:timer)
  let s:timer = timer_start(float2nr(s:every * 1000), {-> s:arm()})
endfunction

function! s:look() abort
  return [mode(), bufnr(''), b:changedtick, getcurpos(), getcmdpos()]
endfunction

function! s:arm() abort
  let s:timer = -1
  augroup vesper
    autocmd!
    if has('nvim')
      autocmd FocusGained,VimResume * call vesper#activity#sign()
      call vesper#link#neovim#listen(1)
    else
      call vesper#activity#passed()
      for name in filter(copy(s:signs), 'exists("##" . v:val)')
        execute 'autocmd' name '* call vesper#activity#sign()'
      endfor
      autocmd FocusGained * let s:mark = [] | call vesper#activity#sign()
    endif
  augroup END
  call vesper#note#retry()
  call vesper#morning#retry()
  call vesper#notice#retry()
endfunction

function! s:disarm() abort
  augroup vesper
    autocmd!
  augroup END
  if has('nvim')
    call vesper#link#neovim#listen(0)
  endif
endfunction

" Outside the event that was the sign: whatever this takes, no key waits.
function! s:report(seen) abort
  let place = s:place(a:seen.buffer)
  let told = [vesper#link#helper(), place.root, place.file]
  if told ==# s:told
    call vesper#link#send({'again': a:seen.line})
    return
  endif
  let s:told = vesper#link#send({'event': 'activity', 'source': s:source, 'human': v:true,
        \ 'project': place.root, 'file': place.file, 'line': a:seen.line})
        \ ? [vesper#link#helper(), place.root, place.file] : []
endfunction

function! s:tell(event) abort
  call vesper#link#send_if_open({'event': a:event, 'source': s:source})
endfunction

function! s:leave() abort
  call s:tell('bye')
  call vesper#link#leave()
endfunction

" The file and the top of its working tree. Terminals, help and other buffers
" that are no file belong to what was worked on last.
function! s:place(buffer) abort
  let name = bufname(a:buffer)
  if getbufvar(a:buffer, '&buftype') !=# '' || name =~# '^\a\+://'
    return {'root': s:root, 'file': ''}
  endif
  let path = name ==# '' ? '' : fnamemodify(name, ':p')
  let known = getbufvar(a:buffer, 'vesper_place', {})
  if get(known, 'file', ' ') !=# path
    let known = {'file': path, 'root': path ==# '' ? '' : vesper#activity#root(path)}
    call setbufvar(a:buffer, 'vesper_place', known)
  endif
  let s:root = known.root
  return known
endfunction

" The top of the working tree that holds path, '' when there is none. Only
" looks at names: no process, and nothing that reads a repository.
function! vesper#activity#root(path) abort
  let linked = matchstr(a:path, '^.*/\.git/worktrees/[^/]\+')
  if linked !=# '' && filereadable(linked . '/gitdir')
    return fnamemodify(get(readfile(linked . '/gitdir', '', 1), 0, ''), ':h')
  endif
  let dir = fnamemodify(a:path, ':h')
  while getftype(dir . '/.git') ==# ''
    let above = fnamemodify(dir, ':h')
    if above ==# dir
      return ''
    endif
    let dir = above
  endwhile
  return dir
endfunction
