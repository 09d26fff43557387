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
