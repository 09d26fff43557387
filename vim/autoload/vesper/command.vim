" SPDX-License-Identifier: MIT
" :Vesper and its completion, from one table.

" do: an order to the daemon with what was typed as "when". page: the output of
" the program in a buffer. Others have a function. Beside it, what completes.
let s:commands = {
      \ 'break': ['do', ['5m', '10m', '15m']],
      \ 'carry': ['do', ['20:00', '21:00']],
      \ 'day': ['day', ['edit yesterday', 'edit today']],
      \ 'doctor': ['page', []],
      \ 'extend': ['do', ['15m', '30m', '1h', 'until ']],
      \ 'log': ['log', []],
      \ 'merge': ['merge', ['--undo']],
      \ 'morning': ['morning', []],
      \ 'note': ['page', []],
      \ 'oncall': ['do', ['off', '20:00', '2h']],
      \ 'report': ['page', ['day', 'week', 'month', 'year']],
      \ 'resume': ['resume', []],
      \ 'snooze': ['do', ['10m', '15m', '30m']],
      \ 'status': ['page', []],
      \ 'why': ['page', []],
      \ }

function! vesper#command#complete(lead, line, cursor) abort
  let typed = matchstr(strpart(a:line, 0, a:cursor), '\C\<V\a*!\?\s\+\zs.*$')
  let name = matchstr(typed, '^\S\+\ze\s')
  if name ==# ''
    return filter(sort(keys(s:commands)), 'stridx(v:val, typed) ==# 0')
  endif
  " "edit yesterday" are two words, of which one may be there already
  let rest = matchstr(typed, '^\S\+\s\+\zs.*')
  let there = strlen(rest) - strlen(a:lead)
  return map(filter(copy(get(s:commands, name, ['', []])[1]), 'stridx(v:val, rest) ==# 0'), 'v:val[there :]')
endfunction

function! vesper#command#run(bang, args) abort
  let [name, mark, rest] = matchlist(a:args, '^\s*\([^ !]*\)\(!\?\)\s*\(.\{-}\)\s*$')[1:3]
  if name ==# ''
    call vesper#choice#open()
  elseif !has_key(s:commands, name)
    call vesper#words#say('unknown', name, join(sort(keys(s:commands)), ', '))
  else
    call call('s:run_' . s:commands[name][0], [name, rest, a:bang || mark ==# '!'])
  endif
endfunction

" "extend 15m -m deploy": the reason is behind -m.
function! s:run_do(name, rest, bang) abort
  let order = {'do': a:name}
  let [when, why] = matchlist(a:rest, '\C^\(.\{-}\)\%(\%(^\|\s\+\)-m\s\+\(.*\)\)\?$')[1:2]
  if when !=# ''
    let order.when = when
  endif
  if why !=# ''
    let order.why = substitute(why, '^\([''"]\)\(.*\)\1$', '\2', '')
  endif
  if a:name ==# 'extend'
    call vesper#pacer#order(order)
  else
    call vesper#command#order(order, function('vesper#command#show'))
  endif
endfunction

function! s:run_morning(name, rest, bang) abort
  call vesper#morning#open()
endfunction

function! s:run_resume(name, rest, bang) abort
  call vesper#morning#resume()
endfunction

" "edit 2026-11-18", and alone the last day.
function! s:run_day(name, rest, bang) abort
  call vesper#day#edit(a:rest ==# '' ? 'yesterday' : matchstr(a:rest, '^\%(edit\s\+\)\?\zs.*'))
endfunction

function! s:run_merge(name, rest, bang) abort
  if a:rest ==# '--undo'
    call vesper#command#order({'do': 'reopen'}, function('vesper#command#show'))
  elseif a:rest !=# ''
    call vesper#words#say('unknown', 'merge ' . a:rest, 'merge, merge!, merge --undo')
  elseif a:bang
    call vesper#command#order({'do': 'merge'}, function('vesper#note#merged'))
  else
    call vesper#note#open()
  endif
endfunction

function! s:run_page(name, rest, bang) abort
  call vesper#page#run(a:name, a:rest)
endfunction

function! s:run_log(name, rest, bang) abort
  call vesper#page#show('log', vesper#link#log())
endfunction

" Asks the daemon, and starts it when it does not run: an explicit command may.
function! vesper#command#order(order, callback) abort
  return vesper#link#ask(a:order, {answer -> s:answered(a:order, a:callback, answer)})
endfunction

function! s:answered(order, callback, answer) abort
  if get(a:answer, 'error', '') !=# 'no daemon'
    call a:callback(a:answer)
    return
  endif
  call vesper#words#say('starting')
  call vesper#page#job(['start'], {lines, status ->
        \ s:started(a:order, a:callback, lines, status)})
endfunction

function! s:started(order, callback, lines, status) abort
  if a:status ==# 0
    call vesper#link#ask(a:order, a:callback)
  else
    call a:callback({'error': get(a:lines, 0, 'vesper start: exit status ' . a:status)})
  endif
endfunction

" The daemon names commands of the shell; those that there are here, as they are
" typed here.
function! vesper#command#here(text) abort
  return substitute(a:text, '\C`vesper \(\l\+\)', {m -> '`' . (has_key(s:commands, m[1]) ? ':V' : 'v') . 'esper ' . m[1]}, 'g')
endfunction

" An answer in one line. True when what was asked for was done.
function! vesper#command#show(answer) abort
  for key in ['said', 'refused', 'error']
    if type(get(a:answer, key)) ==# v:t_string && a:answer[key] !=# ''
      call vesper#words#say('said', vesper#command#here(a:answer[key]))
      break
    endif
  endfor
  return get(a:answer, 'ok', v:false) is v:true
endfunction
