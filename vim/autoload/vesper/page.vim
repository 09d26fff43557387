" SPDX-License-Identifier: MIT
" What the program prints, in a buffer of its own: no file, no map, :q closes.

" A page that was asked for while something else is being typed waits this long
" before it looks again.
let g:vesper#page#again_ms = 250

let s:filetypes = {'note': 'vespernote', 'morning': 'vespernote'}

" An editor started by git holds these; a daemon or a report must not.
let s:env = ['env', '-u', 'GIT_DIR', '-u', 'GIT_WORK_TREE', '-u', 'GIT_INDEX_FILE', '-u', 'GIT_PREFIX']

" Runs the program with args; callback gets its lines and exit status. 0 when
" there is no program, which was said.
function! vesper#page#job(args, callback) abort
  let program = vesper#link#program()
  if program ==# ''
    call vesper#words#say('no_program')
    return 0
  endif
  try
    call vesper#link#shim('run', s:env + [program] + a:args, a:callback)
  catch
    call vesper#words#say('failed', program, v:exception)
    return 0
  endtry
  return 1
endfunction

function! vesper#page#run(name, rest) abort
  call vesper#page#job([a:name] + split(a:rest), {lines, status -> s:done(a:name, lines, status)})
endfunction

function! s:done(name, lines, status) abort
  if len(a:lines) > 1 && (a:status ==# 0 || a:name ==# 'doctor')
    call vesper#page#show(a:name, a:lines)
  else
    let text = get(a:lines, 0, a:status ==# 0 ? '' : 'exit status ' . a:status)
    call vesper#words#say('said', substitute(text, '^vesper: ', '', ''))
  endif
endfunction

" True when a window may open now: nobody is in the middle of something.
function! vesper#page#safe() abort
  return mode(1) ==# 'n' && getcmdwintype() ==# '' && vesper#link#shim('at_rest')
endfunction

" Goes to the window that shows vesper://name, or makes one; the caller fills it.
function! vesper#page#window(name) abort
  let name = 'vesper://' . a:name
  let number = bufwinnr('^' . name . '$')
  if number > 0
    execute number . 'wincmd w'
    return
  endif
  execute 'silent keepalt botright new' name
  setlocal noswapfile bufhidden=wipe nobuflisted
endfunction

" Takes a buffer away that was handed over, at the next moment at which nobody is
" in the middle of something; one that is written in again stays.
function! vesper#page#wipe(buffer, ...) abort
  let tries = a:0 ? a:1 : 20
  if !bufexists(a:buffer) || getbufvar(a:buffer, '&modified')
    return
  elseif mode(1) ==# 'n'
    silent! execute 'bwipeout' a:buffer
    call vesper#activity#passed()
  elseif tries > 0
    call timer_start(g:vesper#page#again_ms, {-> vesper#page#wipe(a:buffer, tries - 1)})
  endif
endfunction

" Escapes for colours and the like are for terminals.
function! vesper#page#show(name, lines) abort
  if !vesper#page#safe()
    call timer_start(g:vesper#page#again_ms, {-> vesper#page#show(a:name, a:lines)})
    return
  endif
  call vesper#page#window(a:name)
  setlocal buftype=nofile modifiable
  silent keepjumps %delete _
  call setline(1, map(copy(a:lines), 'strtrans(substitute(v:val, "\e\\[[0-9;]*m", "", "g"))'))
  setlocal nomodifiable nomodified nolist linebreak
  " A report is a table.
  let &l:wrap = a:name !=# 'report'
  let &l:filetype = get(s:filetypes, a:name, 'vesper')
  execute 'resize' max([3, min([line('$'), &lines / 2])])
  call vesper#activity#passed()
endfunction
