" SPDX-License-Identifier: MIT
" Vim's way of everything in which the two editors differ. The same functions
" are in neovim.vim.
"
" Always an nl channel, never a json one: there the other side could send
" ["ex", ...] and Vim would run it. Always noblock: a helper that does not read
" must not stop the editor. Never all-null I/O: that makes Vim poll.

scriptencoding utf-8

let s:job = 0
let s:popup = 0
let s:pacer = 0

function! vesper#link#vim#start(argv, generation) abort
  let s:job = job_start(a:argv, {'mode': 'nl', 'noblock': 1, 'err_io': 'null', 'cwd': '/',
        \ 'out_cb': {channel, line -> vesper#link#heard(a:generation, line)},
        \ 'close_cb': {channel -> vesper#link#ended(a:generation)},
        \ 'exit_cb': {job, status -> vesper#link#ended(a:generation)}})
  return job_status(s:job) ==# 'run'
endfunction

function! vesper#link#vim#send(text) abort
  call ch_sendraw(s:job, a:text)
endfunction

" The helper ends by itself when its input does; force is for one that hangs.
function! vesper#link#vim#stop(force) abort
  if a:force
    call job_stop(s:job, 'kill')
  endif
endfunction

" Runs argv and calls back once with its output's lines and exit status.
function! vesper#link#vim#run(argv, callback) abort
  let run = {'lines': [], 'left': 2, 'status': 0, 'callback': a:callback}
  function! run.line(channel, line) abort
    call add(self.lines, a:line)
  endfunction
  function! run.closed(channel) abort
    call self.done()
  endfunction
  function! run.exited(job, status) abort
    let self.status = a:status
    call self.done()
  endfunction
  function! run.done() abort
    let self.left -= 1
    if self.left ==# 0
      call self.callback(self.lines, self.status)
    endif
  endfunction
  let run.job = job_start(a:argv, {'mode': 'nl', 'in_io': 'null', 'out_cb': run.line,
        \ 'err_cb': run.line, 'close_cb': run.closed, 'exit_cb': run.exited})
endfunction

function! vesper#link#vim#can_show() abort
  return has('popupwin')
endfunction

function! vesper#link#vim#show(lines, level) abort
  let corners = &encoding ==# 'utf-8' && &ambiwidth ==# 'single'
        \ ? ['─', '│', '─', '│', '╭', '╮', '╯', '╰'] : ['-', '|', '-', '|', '+', '+', '+', '+']
  let s:popup = popup_create(a:lines, {'line': 1, 'col': &columns, 'pos': 'topright',
        \ 'tabpage': -1, 'zindex': 300, 'wrap': 0, 'mapping': 0, 'border': [], 'borderchars': corners,
        \ 'padding': [0, 1, 0, 1], 'highlight': 'VesperNotice',
        \ 'borderhighlight': [a:level >= 2 ? 'VesperNoticeStays' : 'VesperNotice'],
        \ 'callback': {id, result -> vesper#link#vim#closed(id)}})
  call vesper#link#highlight()
endfunction

function! vesper#link#vim#closed(id) abort
  if a:id ==# s:popup
    let s:popup = 0
  endif
endfunction

function! vesper#link#vim#hide() abort
  if s:popup
    call popup_close(s:popup)
    let s:popup = 0
  endif
endfunction

" The pacer: any key takes it away and goes on to the editor.
function! vesper#link#vim#pace_show(lines) abort
  let s:pacer = popup_create(a:lines, {'border': [], 'padding': [1, 2, 1, 2], 'tabpage': -1, 'zindex': 301,
        \ 'mapping': 0, 'highlight': 'VesperNotice', 'filter': {id, key -> vesper#pacer#key()}})
  call vesper#link#highlight()
endfunction

function! vesper#link#vim#pace_draw(lines) abort
  call popup_settext(s:pacer, a:lines)
endfunction

function! vesper#link#vim#pace_hide() abort
  call popup_close(s:pacer)
endfunction

" True when a window may be opened without cutting into what is being typed.
function! vesper#link#vim#at_rest() abort
  return !exists('*state') || state('moas') ==# ''
endfunction
