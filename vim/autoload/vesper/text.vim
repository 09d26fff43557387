" SPDX-License-Identifier: MIT
" Text in the cells of a screen, and one line of it said.

" A screen reader has this long for a line. It looks at the screen now and then: of
" two lines that come at once, it would see the second.
let g:vesper#text#read_ms = 2000
let s:unread = []
let s:reading = -1

" What never ends in "Press ENTER": a line of printable characters, cut to what
" the screen holds; then the whole of it floats for a while. A screen reader gets
" line after line. While a command line is being typed it waits.
function! vesper#text#say(text) abort
  let text = strtrans(substitute(a:text, '[\n\t]\+', ' ', 'g'))
  let room = get(v:, 'echospace', &columns - 12)
  if get(g:, 'vesper_plain')
    let s:unread += vesper#text#wrap(vesper#text#head(text, 20 * room), room)
    if s:reading < 0
      call s:read()
    endif
    return
  elseif mode() =~# '^[cr]'
    call timer_start(250, {-> vesper#text#say(a:text)})
    return
  endif
  let head = vesper#text#head(text, room)
  redraw
  echomsg head ==# text ? text : vesper#text#head(text, room - 1) . '>'
  if head !=# text
    call vesper#notice#aside(text)
  endif
endfunction

function! s:read() abort
  let s:reading = -1
  if empty(s:unread)
    return
  endif
  if mode() !~# '^[cr]'
    redraw
    echomsg remove(s:unread, 0)
  endif
  let s:reading = timer_start(g:vesper#text#read_ms, {-> s:read()})
endfunction

" As much of the beginning of a text as that many cells hold.
function! vesper#text#head(text, cells) abort
  return printf('%.' . a:cells . 'S', a:text)
endfunction

" At spaces where there are any; not every script has them.
function! vesper#text#wrap(line, width) abort
  let lines = ['']
  for word in split(a:line, ' ', 1)
    let longer = lines[-1] ==# '' ? word : lines[-1] . ' ' . word
    if strdisplaywidth(longer) <= a:width
      let lines[-1] = longer
    else
      let lines += s:pieces(word, a:width)
    endif
  endfor
  return len(lines) > 1 && lines[0] ==# '' ? lines[1:] : lines
endfunction

function! s:pieces(word, width) abort
  let [pieces, rest] = [[], a:word]
  while rest !=# ''
    let pieces += [vesper#text#head(rest, a:width)]
    let rest = rest[strlen(pieces[-1]):]
  endwhile
  return pieces
endfunction
