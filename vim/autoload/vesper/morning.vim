" SPDX-License-Identifier: MIT
" The last note, handed back where work begins again: a small window that takes
" no cursor when it comes by itself. Its keys work in it alone. Once it was
" closed it was read, and no more is said of it.

let s:asked = 0
let s:place = {}

" The daemon wishes it shown.
function! vesper#morning#asked() abort
  if &filetype ==# 'gitcommit' || &filetype ==# 'gitrebase' || get(g:, 'vesper_plain')
    let s:asked = 0
  elseif vesper#page#safe()
    let s:asked = 0
    call vesper#link#ask({'get': 'morning'}, {answer -> s:show(0, answer)})
  else
    let s:asked = 1
  endif
endfunction

function! vesper#morning#retry() abort
  if s:asked
    call vesper#morning#asked()
  endif
endfunction

" A person asked.
function! vesper#morning#open() abort
  call vesper#command#order({'get': 'morning'}, {answer -> s:show(1, answer)})
endfunction

function! s:show(enter, answer) abort
  if has_key(a:answer, 'refused') || has_key(a:answer, 'error')
    if a:enter
      call vesper#command#show(a:answer)
    endif
    return
  elseif !vesper#page#safe()
    call timer_start(g:vesper#page#again_ms, {-> s:show(a:enter, a:answer)})
    return
  endif
  let window = win_getid()
  call vesper#page#show('morning', s:lines(a:answer))
  let b:vesper_morning = a:answer
  nnoremap <buffer> <nowait> <silent> <CR> :<C-U>call vesper#morning#resume()<CR>
  nnoremap <buffer> <nowait> <silent> e :<C-U>call vesper#morning#edit()<CR>
  nnoremap <buffer> <nowait> <silent> q :<C-U>close<CR>
  augroup vesper_morning
    autocmd! * <buffer>
    autocmd BufWipeout <buffer> call s:read()
  augroup END
  let s:place = a:answer
  if !a:enter
    call win_gotoid(window)
    call vesper#activity#passed()
  endif
endfunction

" Where work ended and the keys stand first: of a long note the window shows the
" beginning.
function! s:lines(answer) abort
  let lines = []
  let open = get(a:answer, 'unmerged', {})
  if !empty(open)
    let lines += [vesper#words#get('morning_unmerged', open.day, strftime('%H:%M', open.ended))]
  endif
  if get(a:answer, 'file', '') !=# ''
    let lines += [vesper#words#get('morning_place', a:answer.file, a:answer.line)]
  endif
  return lines + [vesper#words#get('morning_keys'), ''] + split(get(a:answer, 'text', ''), "\n")
endfunction

" At the end of a session it was only left open.
function! s:read() abort
  if get(v:, 'exiting', v:null) is v:null
    call vesper#link#ask({'do': 'handed'}, {answer -> 0})
  endif
endfunction

" Opens the file at the line at which work ended.
function! vesper#morning#resume() abort
  if get(s:place, 'file', '') ==# ''
    call vesper#link#ask({'get': 'morning'}, function('s:resumed'))
    return
  endif
  if bufname('') ==# 'vesper://morning'
    close
  endif
  call s:resumed(s:place)
endfunction

function! s:resumed(answer) abort
  if get(a:answer, 'file', '') ==# ''
    call vesper#words#say('no_place')
    return
  endif
  try
    execute 'drop' fnameescape(a:answer.file)
    call cursor(a:answer.line, 1)
    normal! zv
  catch
    call vesper#words#say('said', v:exception)
  endtry
endfunction

function! vesper#morning#edit() abort
  let open = get(b:vesper_morning, 'unmerged', {})
  let day = get(open, 'day', get(b:vesper_morning, 'day', ''))
  close
  call vesper#day#edit(day)
endfunction
