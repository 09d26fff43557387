" SPDX-License-Identifier: MIT
" :Vesper alone: what can be done about the day, one key each, in a small window
" of its own. Keys work in that window only; :q closes it, and so does leaving.

" Each: key, words, what it does.
function! s:choices(left) abort
  let choices = [
        \ ['m', vesper#words#get('choice_merge'), ['merge']],
        \ ['M', vesper#words#get('choice_merge_now'), ['order', {'do': 'merge'}]],
        \ ['1', vesper#words#get('choice_15'), ['extend', '15m']],
        \ ['2', vesper#words#get('choice_30'), ['extend', '30m']],
        \ ['3', vesper#words#get('choice_60'), ['extend', '1h']],
        \ ['o', vesper#words#get('choice_oncall'), ['oncall']],
        \ ['c', vesper#words#get('choice_carry'), ['order', {'do': 'carry'}]],
        \ ['q', vesper#words#get('choice_close'), ['close']],
        \ ]
  return filter(choices, 'a:left > 0 || v:val[2][0] !=# "extend"')
endfunction

function! s:hours() abort
  return [
        \ ['1', vesper#words#get('choice_hour'), ['order', {'do': 'oncall', 'when': '1h'}]],
        \ ['2', vesper#words#get('choice_hours', 2), ['order', {'do': 'oncall', 'when': '2h'}]],
        \ ['4', vesper#words#get('choice_hours', 4), ['order', {'do': 'oncall', 'when': '4h'}]],
        \ ['8', vesper#words#get('choice_hours', 8), ['order', {'do': 'oncall', 'when': '8h'}]],
        \ ['0', vesper#words#get('choice_oncall_off'), ['order', {'do': 'oncall', 'when': 'off'}]],
        \ ['q', vesper#words#get('choice_close'), ['close']],
        \ ]
endfunction

function! vesper#choice#open() abort
  call vesper#command#order({'get': 'status'}, function('s:answered'))
endfunction

" The same, without taking the cursor; callback when they are there.
function! vesper#choice#offer(callback) abort
  call vesper#link#ask({'get': 'status'}, {status -> s:offered(status, a:callback)})
endfunction

function! s:offered(status, callback) abort
  if has_key(a:status, 'error') || !vesper#page#safe()
    return
  endif
  let window = win_getid()
  call s:answered(a:status)
  call win_gotoid(window)
  call a:callback()
endfunction

function! s:answered(status) abort
  if has_key(a:status, 'error')
    call vesper#command#show(a:status)
    return
  endif
  let left = get(a:status, 'extensions_left', 0)
  let line = vesper#statusline()
  let head = (line ==# '' ? '' : line . ', ') . vesper#words#get('choice_left', left)
  call s:show(head, s:choices(left))
endfunction

function! s:show(head, choices) abort
  let lines = [a:head] + map(copy(a:choices), '"  " . v:val[0] . "  " . v:val[1]')
  if !vesper#page#safe()
    call timer_start(g:vesper#page#again_ms, {-> s:show(a:head, a:choices)})
    return
  endif
  call vesper#page#show('choices', lines)
  mapclear <buffer>
  for [key, words, action] in a:choices
    execute 'nnoremap <buffer> <nowait> <silent>' key ':<C-U>call vesper#choice#pick(' . string(key) . ')<CR>'
  endfor
  nnoremap <buffer> <nowait> <silent> <Esc> :<C-U>call vesper#choice#pick('q')<CR>
  let b:vesper_choices = a:choices
endfunction

function! vesper#choice#pick(key) abort
  let [key, words, action] = filter(copy(b:vesper_choices), 'v:val[0] ==# a:key')[0]
  close
  if action[0] ==# 'merge'
    call vesper#note#open()
  elseif action[0] ==# 'extend'
    call vesper#pacer#order({'do': 'extend', 'when': action[1]})
  elseif action[0] ==# 'oncall'
    call s:show(vesper#words#get('choice_how_long'), s:hours())
  elseif action[0] ==# 'order' && action[1].do ==# 'merge'
    call vesper#command#order(action[1], function('vesper#note#merged'))
  elseif action[0] ==# 'order'
    call vesper#command#order(action[1], function('vesper#command#show'))
  endif
endfunction
