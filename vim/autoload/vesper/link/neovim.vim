" SPDX-License-Identifier: MIT
" Neovim's way of everything in which the two editors differ. The same
" functions are in vim.vim, and listen(), which only Neovim needs.
"
" The helper is detached: else quitting waits two seconds for one that hangs.

let s:job = 0
let s:window = 0
let s:pacer = 0
let s:pacer_buffer = 0

function! vesper#link#neovim#start(argv, generation) abort
  let rest = ['']
  let s:job = jobstart(a:argv, {'detach': 1, 'cwd': '/',
        \ 'on_stdout': {job, data, event -> s:pieces(a:generation, rest, data)},
        \ 'on_exit': {job, status, event -> vesper#link#ended(a:generation)}})
  return s:job > 0
endfunction

" Neovim hands over pieces: the first and the last may be parts of a line.
function! s:pieces(generation, rest, data) abort
  let a:rest[0] .= a:data[0]
  for piece in a:data[1:]
    call vesper#link#heard(a:generation, a:rest[0])
    let a:rest[0] = piece
  endfor
endfunction

function! vesper#link#neovim#send(text) abort
  call chansend(s:job, a:text)
endfunction

function! vesper#link#neovim#stop(force) abort
  if a:force
    call luaeval('vim.loop.kill(_A, 9)', jobpid(s:job))
  endif
endfunction

function! vesper#link#neovim#run(argv, callback) abort
  let run = {'stdout_buffered': 1, 'stderr_buffered': 1, 'callback': a:callback}
  function! run.on_exit(job, status, event) abort
    let lines = get(self, 'stdout', [''])[:-2] + get(self, 'stderr', [''])[:-2]
    call self.callback(lines, a:status)
  endfunction
  call jobstart(a:argv, run)
endfunction

function! vesper#link#neovim#can_show() abort
  return 1
endfunction

function! vesper#link#neovim#show(lines, level) abort
  let buffer = nvim_create_buf(v:false, v:true)
  call setbufvar(buffer, '&bufhidden', 'wipe')
  call nvim_buf_set_lines(buffer, 0, -1, v:true, map(copy(a:lines), '" " . v:val . " "'))
  let width = max(map(copy(a:lines), 'strdisplaywidth(v:val)')) + 2
  let s:window = nvim_open_win(buffer, v:false, {'relative': 'editor', 'anchor': 'NE',
        \ 'row': 0, 'col': &columns, 'width': width, 'height': len(a:lines),
        \ 'style': 'minimal', 'border': 'rounded', 'focusable': v:false,
        \ 'noautocmd': v:true, 'zindex': 300})
  call vesper#link#highlight()
  call nvim_win_set_option(s:window, 'winhighlight', 'NormalFloat:VesperNotice,FloatBorder:'
        \ . (a:level >= 2 ? 'VesperNoticeStays' : 'VesperNotice'))
  call s:redraw()
endfunction

function! vesper#link#neovim#hide() abort
  if s:window && nvim_win_is_valid(s:window)
    call nvim_win_close(s:window, v:true)
    call s:redraw()
  endif
  let s:window = 0
endfunction

" The pacer: any key takes it away and goes on to the editor.
function! vesper#link#neovim#pace_show(lines) abort
  let s:pacer_buffer = nvim_create_buf(v:false, v:true)
  call setbufvar(s:pacer_buffer, '&bufhidden', 'wipe')
  let width = max(map(copy(a:lines), 'strdisplaywidth(v:val)')) + 4
  let s:pacer = nvim_open_win(s:pacer_buffer, v:false, {'relative': 'editor', 'width': width, 'height': len(a:lines),
        \ 'row': &lines / 3, 'col': max([0, (&columns - width) / 2]), 'style': 'minimal', 'border': 'rounded',
        \ 'focusable': v:false, 'noautocmd': v:true, 'zindex': 301})
  call vesper#link#highlight()
  call luaeval('require("vesper.keys").once()')
  call vesper#link#neovim#pace_draw(a:lines)
endfunction

function! vesper#link#neovim#pace_draw(lines) abort
  if nvim_buf_is_valid(s:pacer_buffer)
    call nvim_buf_set_lines(s:pacer_buffer, 0, -1, v:true, map(copy(a:lines), '"  " . v:val'))
    call s:redraw()
  endif
endfunction

function! vesper#link#neovim#pace_hide() abort
  if nvim_win_is_valid(s:pacer)
    call nvim_win_close(s:pacer, v:true)
    call s:redraw()
  endif
endfunction

" A callback's change is drawn with the next key, unless asked for; under a
" command line or a prompt drawing would take the cursor from it.
function! s:redraw() abort
  if mode() !~# '^[cr]'
    redraw
  endif
endfunction

function! vesper#link#neovim#at_rest() abort
  return !nvim_get_mode().blocking
endfunction

function! vesper#link#neovim#listen(on) abort
  call luaeval('require("vesper.keys").listen(_A)', a:on ? v:true : v:false)
endfunction
