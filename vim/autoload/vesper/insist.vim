" SPDX-License-Identifier: MIT
" For who set insist = yes: at level 3 the choices open by themselves, once nobody
" has typed for 'updatetime' in Normal mode. For two seconds they only stand
" there, and every key goes where it would have gone; a key takes them away until
" the next lull. Then the cursor goes to them.

let g:vesper#insist#deaf_ms = 2000

let s:n = -1
let s:before = []
let s:page = '^vesper://choices$'

function! vesper#insist#on(n) abort
  let s:n = a:n
  augroup vesper_insist
    autocmd!
    autocmd CursorHold * call s:lull()
  augroup END
endfunction

" The notice is gone, or another one is in its place.
function! vesper#insist#off() abort
  if s:n < 0
    return
  endif
  let s:n = -1
  autocmd! vesper_insist
  if !empty(s:before)
    call s:away()
  endif
endfunction

function! s:away() abort
  let s:before = []
  call vesper#page#wipe(bufnr(s:page))
endfunction

function! s:now() abort
  return [bufnr(''), b:changedtick, getcurpos(), win_getid()]
endfunction

function! s:lull() abort
  if &filetype ==# 'gitcommit' || &filetype ==# 'gitrebase' || bufexists('vesper://choices') || !vesper#page#safe()
    return
  endif
  autocmd! vesper_insist
  let s:before = s:now()
  call vesper#choice#offer({-> s:offered(s:n)})
endfunction

function! s:offered(n) abort
  call timer_start(g:vesper#insist#deaf_ms, {-> s:heed(a:n)})
endfunction

function! s:heed(n) abort
  if a:n !=# s:n || bufwinid(s:page) < 0
    return
  elseif vesper#page#safe() && s:now() ==# s:before
    call win_gotoid(bufwinid(s:page))
  else
    call s:away()
    call vesper#insist#on(a:n)
  endif
endfunction
