" SPDX-License-Identifier: MIT
" For scripts of Test_ functions, sourced before them: runs these and writes TAP to
" $TAP, one "ok" a function or one "not ok" for each thing that v:errors has, and
" leaves with :cquit when there was any.
"
"	vim --not-a-term -Nu NONE -i NONE -S unit.vim -S subject.vim

scriptencoding utf-8

" A function s:name of the autoload script vesper/{script}.vim.
function! Local(script, name) abort
  execute 'runtime autoload/vesper/' . a:script . '.vim'
  let number = matchstr(execute('scriptnames'), '\d\+\ze: \S*/autoload/vesper/' . a:script . '\.vim')
  return function('<SNR>' . number . '_' . a:name)
endfunction

" Until expr is true, while timers and channels do what they do.
function! Wait(expr) abort
  let end = localtime() + 10
  while !eval(a:expr) && localtime() <= end
    sleep 5m
  endwhile
  call assert_true(eval(a:expr), 'never came: ' . a:expr)
endfunction

" What was said since the test began.
function! Said() abort
  return execute('messages')
endfunction

" All that floats: the lines, and the width and height there is for them.
function! Floats() abort
  if has('nvim')
    let ids = filter(nvim_list_wins(), {i, w -> nvim_win_get_config(w).relative !=# ''})
    return map(ids, {i, w -> {'lines': getbufline(winbufnr(w), 1, '$'),
          \ 'width': nvim_win_get_width(w), 'height': nvim_win_get_height(w)}})
  endif
  " Vim 8.2.0 has no popup_list()
  let ids = filter(range(1001, 1999), {i, w -> !win_id2win(w) && !empty(popup_getpos(w))})
  return map(ids, {i, w -> {'lines': getbufline(winbufnr(w), 1, '$'),
        \ 'width': popup_getpos(w).core_width, 'height': popup_getpos(w).core_height}})
endfunction

function! Floating() abort
  return map(Floats(), 'v:val.lines')
endfunction

function! s:run(name) abort
  let v:errors = []
  let v:errmsg = ''
  messages clear
  try
    call call(a:name, [])
  catch
    call add(v:errors, v:throwpoint . ': ' . v:exception)
  endtry
  if v:errmsg !=# ''
    call add(v:errors, v:errmsg)
  endif
  return copy(v:errors)
endfunction

function! s:finish() abort
  let lines = v:errmsg ==# '' ? [] : ['not ok - is read: ' . v:errmsg]
  let bad = len(lines)
  for name in sort(map(getcompletion('Test_', 'function'), 'matchstr(v:val, "\\w\\+")'))
    let words = substitute(name[5:], '_', ' ', 'g')
    let errors = s:run(name)
    let bad += len(errors)
    let lines += empty(errors) ? ['ok - ' . words] : map(errors, '"not ok - " . words . ": " . substitute(v:val, "\n", " ", "g")')
  endfor
  call writefile(lines, $TAP)
  if bad > 0
    cquit
  endif
  qall!
endfunction

" From a timer, as there Vim is at rest: state() is not that of a script.
autocmd VimEnter * call timer_start(0, {-> s:finish()})
