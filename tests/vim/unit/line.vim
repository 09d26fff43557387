" SPDX-License-Identifier: MIT
" What a line from the daemon can do, and what none can.

scriptencoding utf-8

let s:events = []
autocmd User VesperStatus let s:events += ['status']
autocmd User VesperNotice let s:events += ['notice']

" A line as if the helper had said it; there is no helper here, so it is number 0.
function! s:hear(line) abort
  call vesper#link#heard(0, type(a:line) ==# v:t_string ? a:line : json_encode(a:line))
endfunction

function! Test_a_line_that_is_a_command_does_nothing() abort
  for line in ['["ex", "let g:evil = 1"]', '["normal", "ievil"]', '["expr", "extend(g:, {\"evil\": 1})", -1]',
        \ '["call", "extend", [{}, {"evil": 1}], -1]', '["redraw", "force"]', '{"ex": "let g:evil = 1"}',
        \ '{"status": {"ex": "let g:evil = 1"}}', '{"eval": "extend(g:, {\"evil\": 1})"}',
        \ '{"hello": "|let g:evil = 1"}', '{"edit": "|let g:evil = 1"}', '{"id": "|let g:evil = 1"}']
    call s:hear(line)
  endfor
  call assert_false(exists('g:evil'))
  call assert_equal([''], getline(1, '$'))
endfunction

function! Test_a_line_that_is_nonsense_does_nothing() abort
  let before = [execute('let g:'), getline(1, '$'), winnr('$')]
  for line in ['', ' ', '[', '{', '}', 'null', 'true', '1e999', '"text"', '[]', '{}', '[[[[', '{"status":}', "{'status': 'x'}",
        \ "\x01", "\xff\xfe", '{"status":[1]}', '{"status":null}', '{"gone":{}}', '{"gone":"1"}', '{"edit":3}', '{"edit":null}',
        \ '{"notice":"x"}', '{"notice":"x","n":"1","title":"t"}', '{"notice":"x","n":1,"title":3}', '{"id":"x"}', '{"id":1}',
        \ '{"id":-1,"ok":true}', '{"id":1e30}', '{"pong":"yes"}', repeat('[', 5000), '{"more":true}']
    call s:hear(line)
  endfor
  call assert_equal(before, [execute('let g:'), getline(1, '$'), winnr('$')])
  call assert_equal('', Said())
  call assert_equal([], Floating())
endfunction

function! Test_a_line_of_an_earlier_helper_comes_too_late() abort
  call vesper#link#heard(-1, '{"status":"late","regime":"normal"}')
  call assert_notequal('late', vesper#statusline())
endfunction

function! Test_the_status_is_kept_and_told_when_it_changed() abort
  let s:events = []
  call s:hear({'status': '18:00 -0:20', 'regime': 'normal'})
  call assert_equal(['18:00 -0:20', 'normal', ['status']], [vesper#statusline(), g:vesper_regime, s:events])
  call s:hear({'status': '18:00 -0:20', 'regime': 'normal'})
  call assert_equal(['status'], s:events)
  call s:hear({'status': '+0:05', 'regime': 'over'})
  call assert_equal(['+0:05', 'over', ['status', 'status']], [vesper#statusline(), g:vesper_regime, s:events])
  call s:hear({'status': ''})
  call assert_equal(['', ''], [vesper#statusline(), g:vesper_regime])
endfunction

function! Test_the_status_is_text_for_a_statusline() abort
  call s:hear('{"status":"a\u001b[31mb\nc\u0000d"}')
  call assert_notmatch('[[:cntrl:]]', vesper#statusline())
  call s:hear({'status': 'über 18:00 – 漢'})
  call assert_equal('über 18:00 – 漢', vesper#statusline())
  " not expanded: a %{} in it is only text
  call s:hear({'status': '%{execute("let g:evil = 1")}'})
  setlocal statusline=%{vesper#statusline()}
  redrawstatus
  call assert_false(exists('g:evil'))
  setlocal statusline<
  call s:hear({'status': ''})
endfunction

function! Test_an_error_in_somebodys_autocommand_is_theirs() abort
  augroup theirs
    autocmd User VesperStatus throw 'theirs'
  augroup END
  call s:hear({'status': 'with theirs'})
  autocmd! theirs
  call assert_equal(['with theirs', ''], [vesper#statusline(), Said()])
  call assert_match('theirs', vesper#link#log()[-1])
endfunction

function! Test_a_notice_is_kept_until_it_is_gone() abort
  let s:events = []
  call s:hear({'notice': 'late', 'n': 7, 'level': 2, 'title': 'It is late', 'body': 'x'})
  call Wait('len(Floating()) ==# 1')
  call assert_equal([7, 'It is late', ['notice']], [vesper#notice().n, vesper#notice().title, s:events])
  call s:hear({'gone': 6})
  call assert_equal(7, vesper#notice().n)
  call s:hear({'gone': 7})
  call assert_equal([{}, []], [vesper#notice(), Floating()])
endfunction

function! Test_a_hello_names_the_interval() abort
  for every in [20, 0.2, 1]
    call s:hear({'hello': 1, 'version': '0.1.0', 'every': every})
    call assert_equal(every, vesper#link#daemon().every)
  endfor
  call assert_equal('', Said())
  call s:hear({'hello': 2, 'version': "9\x1b[31m"})
  call s:hear({'hello': 2, 'version': '9.0'})
  call assert_equal(1, count(Said(), 'another protocol'))
  call assert_notmatch("\x1b", Said())
  call assert_match('then run "vesper stop"', join(Floating()[0]))
  call vesper#notice#left()
endfunction

function! Test_what_is_sent_is_one_line_of_JSON() abort
  for text in ['plain', "new\nline", "quo'te\"s\\", 'über/漢字.c', "tab\t", "\x01\x1b", '[1].c %# $x`id`']
    let line = vesper#link#encode({'file': text, 'line': 3})
    call assert_equal(1, len(split(line, "\n", 1)), text)
    call assert_equal({'file': text, 'line': 3}, json_decode(line))
  endfor
endfunction

function! Test_a_name_that_is_no_UTF8_is_sent_as_far_as_it_can_be() abort
  let line = vesper#link#encode({'file': "/src/gr\xfc\xdfe.c", 'line': 3})
  call assert_match('^{.*/src/gr.*\.c.*}$', substitute(line, '\\/', '/', 'g'))
  call assert_equal(3, json_decode(line).line)
endfunction

function! Test_the_log_has_the_last_hundred_lines() abort
  for i in range(300)
    call vesper#link#log('line ' . i)
  endfor
  call assert_equal(100, len(vesper#link#log()))
  call assert_match('^\d\d:\d\d:\d\d line 200$', vesper#link#log()[0])
endfunction

function! Test_without_a_helper_nothing_is_sent_that_can_do_without() abort
  call assert_equal([0, 0, 0], [vesper#link#is_open(), vesper#link#helper(), vesper#link#send_if_open({'event': 'focus'})])
  call assert_equal(0, vesper#link#is_open())
endfunction
