" SPDX-License-Identifier: MIT
" How a notice is laid out, and what becomes of the popup.

scriptencoding utf-8

let s:lines = Local('notice', 'lines')
let s:commands = Local('notice', 'commands')
let s:faded = Local('notice', 'faded')

let s:japanese = repeat('今日はもう遅いので終わりにしましょう。', 8)
let s:german = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

function! s:width(lines) abort
  return max(map(copy(a:lines), 'strdisplaywidth(v:val)'))
endfunction

function! s:clear() abort
  for n in range(1, 9)
    call vesper#notice#gone(n)
  endfor
endfunction

function! Test_a_notice_names_the_commands_that_answer_it() abort
  let actions = [['merge', 'Merge'], ['plus', '+15 min'], ['elsewhere', 'No command'], ['carry', 'Carry on']]
  call assert_equal(':Vesper merge  :Vesper extend 15m  :Vesper carry', s:commands({'actions': actions}))
  for strange in [{}, 3, 'merge', [3], [[]], [['merge']], [[3, 4]], [{}]]
    call assert_equal('', s:commands({'actions': strange}))
  endfor
  call assert_equal('', s:commands({}))
  let body = '`vesper merge` closes the day, `vesper carry` ends these words.'
  call assert_equal(':Vesper extend 15m', s:commands({'actions': actions, 'body': body}))
endfunction

function! Test_foreign_text_is_printable() abort
  let lines = s:lines({'title': "a\x1b[31mb\tc", 'body': "d\re\x07\nf"})
  call assert_equal([], filter(copy(lines), 'v:val =~# "[[:cntrl:]]"'))
  call assert_equal(3, len(lines))
endfunction

function! Test_a_popup_is_never_larger_than_the_screen() abort
  for [title, body] in [[s:german, s:japanese], [repeat('word ', 500), repeat('word ', 500)],
        \ ['short', join(range(500), "\n")], [s:japanese, '']]
    call vesper#notice#take({'n': 1, 'level': 2, 'title': title, 'body': body, 'actions': [['merge', 'Merge']]})
    call Wait('len(Floating()) ==# 1')
    let lines = Floating()[0]
    call assert_true(s:width(lines) <= &columns - 6, s:width(lines))
    call assert_true(len(lines) <= &lines - 4, len(lines))
    call assert_match(':Vesper merge', lines[-1])
    call s:clear()
  endfor
endfunction

function! Test_a_screen_of_twenty_columns_has_room_for_it() abort
  let columns = &columns
  set columns=26 lines=8
  call vesper#notice#take({'n': 1, 'level': 2, 'title': s:japanese, 'body': s:german, 'actions': [['plus', '+15']]})
  call Wait('len(Floating()) ==# 1')
  call assert_true(s:width(Floating()[0]) <= 22)
  call assert_true(len(Floating()[0]) <= 6, len(Floating()[0]))
  call s:clear()
  let [&columns, &lines] = [columns, 24]
endfunction

function! Test_there_is_one_popup_and_the_one_that_stays_comes_back() abort
  call vesper#notice#take({'n': 1, 'level': 2, 'title': 'stays'})
  call Wait('string(Floating()) =~# "stays"')
  call vesper#notice#take({'n': 2, 'level': 0, 'title': 'passes'})
  call Wait('string(Floating()) =~# "passes"')
  call assert_equal(1, len(Floating()))
  call vesper#notice#gone(2)
  call assert_match('stays', string(Floating()))
  call vesper#notice#gone(1)
  call assert_equal([], Floating())
endfunction

function! Test_no_notice_stays_without_a_daemon() abort
  call vesper#link#heard(0, json_encode({'status': 'x', 'regime': 'over'}))
  call vesper#notice#take({'n': 1, 'level': 2, 'title': 'stays'})
  call Wait('string(Floating()) =~# "stays"')
  call vesper#notice#take({'n': 2, 'level': 0, 'title': 'passes'})
  call Wait('string(Floating()) =~# "passes"')
  call vesper#link#heard(0, json_encode({'status': '', 'regime': ''}))
  call assert_equal([[], {}], [Floating(), vesper#notice#last()])
endfunction

function! Test_of_many_at_once_the_last_is_shown() abort
  for n in range(1, 9)
    call vesper#notice#take({'n': n, 'level': n % 3, 'title': 'number ' . n})
  endfor
  call Wait('!empty(Floating())')
  call assert_match('number 9', string(Floating()))
  call assert_equal(1, len(Floating()))
  call s:clear()
  call assert_equal([], Floating())
endfunction

function! Test_neither_window_nor_buffer_nor_mode_is_another_one() abort
  let before = [winnr('$'), bufnr(''), mode(1), getcurpos(), &modified]
  call vesper#notice#take({'n': 1, 'level': 2, 'title': 'title'})
  call Wait('!empty(Floating())')
  let windows = has('nvim') ? len(filter(nvim_list_wins(), {i, w -> nvim_win_get_config(w).relative ==# ''})) : winnr('$')
  call assert_equal(before, [windows, bufnr(''), mode(1), getcurpos(), &modified])
  let listed = len(getbufinfo({'buflisted': 1}))
  call s:clear()
  call assert_equal(listed, len(getbufinfo({'buflisted': 1})))
endfunction

function! Test_the_screen_may_change_its_size() abort
  call vesper#notice#take({'n': 1, 'level': 2, 'title': repeat('word ', 20)})
  call Wait('!empty(Floating())')
  let wide = s:width(Floating()[0])
  set columns=40
  doautocmd <nomodeline> VimResized
  call assert_equal(1, len(Floating()))
  call assert_true(s:width(Floating()[0]) < wide)
  set columns=80
  call s:clear()
endfunction

function! Test_an_answer_gives_way_to_the_notice_that_stays() abort
  call vesper#notice#take({'n': 1, 'level': 2, 'title': 'stays'})
  call Wait('string(Floating()) =~# "stays"')
  call vesper#notice#aside('aside')
  call assert_match('aside', string(Floating()))
  call s:faded()
  call assert_match('stays', string(Floating()))
  call s:clear()
endfunction

function! Test_in_the_plain_way_it_is_said() abort
  let g:vesper#text#read_ms = 1
  let g:vesper_plain = 1
  call vesper#notice#take({'n': 1, 'level': 2, 'title': 'It is late', 'body': "one\ntwo", 'actions': [['merge', 'Merge']]})
  call Wait('Said() =~# "late"')
  call assert_equal('Vesper: It is late - one two - :Vesper merge', split(Said(), "\n")[-1])
  call assert_equal([], Floating())
  call vesper#notice#take({'n': 1, 'level': 2, 'title': 'It is late', 'body': "one\ntwo\nthree", 'actions': [['merge', 'Merge']]})
  call Wait('Said() =~# "three"')
  call assert_equal('Vesper: three', split(Said(), "\n")[-1])
  unlet g:vesper_plain
  call s:clear()
endfunction
