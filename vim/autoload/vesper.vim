" SPDX-License-Identifier: MIT
" What other people's configuration may call.

" The day in a few characters, for 'statusline': '' while nothing is known.
" A cached value; set only when the daemon says that it changed.
function! vesper#statusline() abort
  return get(g:, 'vesper_status', '')
endfunction

" The last notice: {} or n, notice, level, title, body. For User VesperNotice.
function! vesper#notice() abort
  return vesper#notice#last()
endfunction

" Tells those who asked for it, and nobody else.
function! vesper#event(name) abort
  if exists('#User#' . a:name)
    try
      execute 'doautocmd <nomodeline> User' a:name
    catch
      call vesper#link#log('User ' . a:name . ': ' . v:exception)
    endtry
  endif
endfunction

" One line that never ends in "Press ENTER": made of printable characters, cut
" to what the screen holds. While a command line is being typed it waits.
function! vesper#say(text) abort
  if mode() =~# '^[cr]'
    call timer_start(250, {-> vesper#say(a:text)})
    return
  endif
  let text = strtrans(substitute(a:text, '[\n\t]\+', ' ', 'g'))
  let room = get(v:, 'echospace', &columns - 12)
  let head = vesper#head(text, room)
  redraw
  echomsg head ==# text ? text : vesper#head(text, room - 1) . '>'
endfunction

" As much of the beginning of a text as that many cells hold.
function! vesper#head(text, cells) abort
  return printf('%.' . a:cells . 'S', a:text)
endfunction
