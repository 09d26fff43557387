" SPDX-License-Identifier: MIT
" :Vesper: what completes it, and what is made of what was typed.

let s:commands = ['break', 'carry', 'day', 'doctor', 'extend', 'log', 'merge', 'morning', 'note', 'oncall', 'report', 'resume',
      \ 'snooze', 'status', 'why']

" As the command line asks, with the cursor at its end.
function! s:complete(line) abort
  return vesper#command#complete(matchstr(a:line, '\S*$'), a:line, strlen(a:line))
endfunction

function! Test_every_command_is_offered() abort
  call assert_equal(s:commands, s:complete('Vesper '))
  for line in ['silent Vesper ', 'Ves ', 'vertical Vesper ', 'call X() | Vesper ', ':Vesper ', 'verbose Vesper  ', 'Vesper! ']
    call assert_equal(s:commands, s:complete(line), line)
  endfor
endfunction

function! Test_what_begins_so_is_offered() abort
  call assert_equal(['merge', 'morning'], s:complete('Vesper m'))
  call assert_equal(['snooze', 'status'], s:complete('Vesper s'))
  call assert_equal([], s:complete('Vesper x'))
  call assert_equal([], s:complete('Vesper S'))
  call assert_equal([], s:complete('Vesper .'))
endfunction

function! Test_what_follows_a_command_is_offered() abort
  call assert_equal(['day', 'week', 'month', 'year'], s:complete('Vesper report '))
  call assert_equal(['week'], s:complete('Vesper report w'))
  call assert_equal(['off', '20:00', '2h'], s:complete('vertical Vesper oncall '))
  call assert_equal(['--undo'], s:complete('Vesper merge -'))
  call assert_equal([], s:complete('Vesper status '))
  call assert_equal([], s:complete('Vesper dance '))
  call assert_equal(['edit yesterday', 'edit today'], s:complete('Vesper day '))
  call assert_equal(['edit yesterday', 'edit today'], s:complete('Vesper day e'))
  call assert_equal(['yesterday', 'today'], s:complete('Vesper  day edit '))
  call assert_equal(['today'], s:complete('Vesper day edit t'))
  call assert_equal([], s:complete('Vesper day edit today '))
endfunction

function! Test_only_what_is_before_the_cursor_counts() abort
  call assert_equal(['merge', 'morning'], vesper#command#complete('m', 'Vesper mxxx', 8))
  call assert_equal(s:commands, vesper#command#complete('', 'Vesper  report', 7))
endfunction

function! Test_ignorecase_is_the_users() abort
  set ignorecase
  call Test_every_command_is_offered()
  call Test_what_begins_so_is_offered()
  call Test_what_follows_a_command_is_offered()
  set noignorecase
endfunction

function! Test_an_unknown_command_names_the_others() abort
  call vesper#command#run(0, 'dance now')
  call assert_match('no such command: dance', Said())
  messages clear
  call vesper#command#run(0, "\x1b[31m")
  call assert_notmatch("\x1b", Said())
endfunction

function! Test_an_answer_is_one_line() abort
  for [answer, text] in [[{'said': 'moved'}, 'Vesper: moved'], [{'refused': 'no'}, 'Vesper: no'], [{'error': 'bad'}, 'Vesper: bad'],
        \ [{'said': 'a', 'error': 'b'}, 'Vesper: a'], [{'said': '', 'refused': 'b'}, 'Vesper: b'], [{'said': 3, 'error': 'b'}, 'Vesper: b']]
    messages clear
    call assert_equal(0, vesper#command#show(answer))
    call assert_equal(text, split(Said(), "\n")[-1])
  endfor
  call assert_equal([1, 0, 0], map([v:true, 1, 'yes'], 'vesper#command#show({"ok": v:val})'))
endfunction

function! Test_commands_are_named_as_they_are_typed_here() abort
  call assert_equal('`:Vesper extend 30m` moves, `:Vesper merge` closes', vesper#command#here('`vesper extend 30m` moves, `vesper merge` closes'))
  for text in ['`vesper hooks install`', '`vesper-x`', 'vesper merge', '`Vesper merge`', '`vesperd`', '']
    call assert_equal(text, vesper#command#here(text))
  endfor
  call vesper#command#show({'refused': 'none left: `vesper carry` carries on'})
  call assert_match('none left: `:Vesper carry` carries on', Said())
  call vesper#notice#take({'n': 1, 'level': 2, 'title': 'x', 'body': '`vesper extend 30m` moves the end'})
  call Wait('string(Floating()) =~# "`:Vesper extend 30m` moves"')
  call vesper#notice#gone(1)
endfunction

function! Test_merge_takes_no_words_that_it_would_pass_over() abort
  for words in ['--day 2026-11-17', '-m done', '--no-edit']
    messages clear
    call vesper#command#run(0, 'merge ' . words)
    call assert_match('no such command: merge ' . words, Said())
    call vesper#notice#left()
  endfor
  call assert_equal(1, winnr('$'))
endfunction
