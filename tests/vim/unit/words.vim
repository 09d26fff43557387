" SPDX-License-Identifier: MIT
" Every sentence, in every language.

scriptencoding utf-8

function! s:keys() abort
  runtime autoload/vesper/words.vim
  return keys(call(Local('words', 'table'), []))
endfunction

function! s:tables() abort
  let tables = {}
  for path in globpath(&runtimepath, 'autoload/vesper/words/*.vim', 1, 1)
    let code = fnamemodify(path, ':t:r')
    let tables[code] = call('vesper#words#' . code . '#table', [])
  endfor
  return tables
endfunction

function! Test_the_table_is_that_of_the_locale() abort
  let Table = Local('words', 'table')
  let language = $LANGUAGE
  for [value, first] in [['de', 'beschäftigt'], ['de_AT.UTF-8', 'beschäftigt'], ['fr:de', 'occupé'], ['xx:de', 'beschäftigt'], ['en:de', 'busy'], ['', 'busy']]
    let $LANGUAGE = value
    call assert_match(v:lang =~# '^\%(C\|POSIX\)$' ? 'busy' : first, Table().busy, value . ' in ' . v:lang)
  endfor
  let $LANGUAGE = language
endfunction

function! Test_every_sentence_can_be_said_in_every_language() abort
  call assert_true(len(s:tables()) >= 2)
  for [code, table] in items(s:tables())
    call assert_equal(sort(s:keys()), sort(keys(table)), code)
    for [key, text] in items(table)
      let fields = map(split(text, '%[sd]', 1)[1:], '1')
      call assert_true(call('printf', [text] + fields) !=# '' && text !~# '[[:cntrl:]]', code . ' ' . key)
    endfor
  endfor
endfunction

function! Test_the_pacer_fits_its_window_in_every_language() abort
  let Lines = Local('pacer', 'lines')
  for [code, table] in items(s:tables())
    call assert_true(max(map(copy(values(filter(copy(table), 'v:key =~# "^pacer"'))), 'strdisplaywidth(v:val)')) <= 70, code)
  endfor
  call assert_equal(5, len(Lines()))
endfunction
