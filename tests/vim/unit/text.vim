" SPDX-License-Identifier: MIT
" How text is laid out in cells, and said.

scriptencoding utf-8

let s:japanese = repeat('今日はもう遅いので終わりにしましょう。', 8)
let s:german = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'

function! s:width(lines) abort
  return max(map(copy(a:lines), 'strdisplaywidth(v:val)'))
endfunction

function! Test_words_are_kept_whole() abort
  call assert_equal(['one two', 'three'], vesper#text#wrap('one two three', 9))
  call assert_equal(['one two three'], vesper#text#wrap('one two three', 13))
  call assert_equal([''], vesper#text#wrap('', 20))
  call assert_equal(['über äß', 'öü'], vesper#text#wrap('über äß öü', 7))
endfunction

function! Test_a_word_that_is_too_long_is_broken_and_nothing_is_lost() abort
  for text in [s:german, 'so: ' . s:german . ' ' . s:german, s:japanese, 'x ' . s:japanese, repeat("e\u301", 90)]
    for width in [20, 33, 64]
      let lines = vesper#text#wrap(text, width)
      call assert_true(s:width(lines) <= width, width . ': ' . s:width(lines))
      call assert_equal(substitute(text, ' ', '', 'g'), substitute(join(lines, ''), ' ', '', 'g'))
    endfor
  endfor
endfunction

function! Test_in_the_plain_way_nothing_is_cut() abort
  let g:vesper_plain = 1
  let g:vesper#text#read_ms = 1
  let words = map(range(100), '"word" . v:val')
  messages clear
  call vesper#text#say(join(words))
  call Wait('Said() =~# "word99"')
  let said = split(Said(), "\n")
  call assert_equal(words, split(join(said)))
  for line in said
    call assert_true(strdisplaywidth(line) <= get(v:, 'echospace', &columns - 12), line)
  endfor
  unlet g:vesper_plain
endfunction

function! Test_in_the_plain_way_each_line_has_its_time() abort
  let g:vesper_plain = 1
  let g:vesper#text#read_ms = 100
  messages clear
  call vesper#text#say('one')
  call vesper#text#say(repeat('x', &columns))
  let start = reltime()
  call assert_equal('one', Said()[1:])
  call Wait('len(split(Said(), "\n")) ==# 3')
  call assert_true(reltimefloat(reltime(start)) > 0.15)
  unlet g:vesper_plain
endfunction

function! Test_a_long_answer_floats_whole() abort
  call vesper#text#say(repeat('word ', 30) . 'the end')
  call assert_match('>$', Said())
  call assert_match('the end', string(Floating()))
  call vesper#notice#left()
  call assert_equal([], Floating())
endfunction

function! Test_what_is_said_fits_the_line() abort
  for text in ['short', repeat('word ', 100), s:japanese, s:german . s:german, repeat('x', 100000), "a\tb\nc", repeat("\x01", 200), '']
    messages clear
    let start = reltime()
    call vesper#text#say(text)
    call assert_true(reltimefloat(reltime(start)) < 1, 'at once')
    let said = split(Said(), "\n")
    call assert_true(len(said) <= 1, said)
    call assert_true(strdisplaywidth(get(said, 0, '')) <= get(v:, 'echospace', &columns - 12), said)
    call assert_equal(strdisplaywidth(strtrans(substitute(text, '[\n\t]', ' ', 'g'))) > 60, get(said, 0, '')[-1:] ==# '>')
  endfor
endfunction
