" SPDX-License-Identifier: MIT
" The buffers: pages, the choices, the morning; how they look, which keys they
" have, and that they leave the editor as it was.

scriptencoding utf-8

let s:choices = Local('choice', 'choices')
let s:hours = Local('choice', 'hours')
let s:offer = Local('choice', 'show')
let s:morning = Local('morning', 'show')
let s:lines = Local('morning', 'lines')

function! s:close() abort
  silent! %bwipeout!
endfunction

function! Test_a_page_is_text_that_cannot_be_changed() abort
  call vesper#page#show('report', ["\x1b[1mworked\x1b[0m 7:40", "tab\there", 'über 漢'])
  call assert_equal(['worked 7:40', 'tab^Ihere', 'über 漢'], getline(1, '$'))
  call assert_equal(['vesper://report', 'nofile', 0, 0, 0, 'wipe', 0, 'vesper'],
        \ [bufname(''), &l:buftype, &l:modifiable, &l:modified, &l:swapfile, &l:bufhidden, &l:buflisted, &l:filetype])
  call assert_equal('', execute('nmap <buffer>')[1:] =~# 'No mapping' ? '' : execute('nmap <buffer>'))
  call s:close()
endfunction

function! Test_the_same_page_uses_the_same_window() abort
  call vesper#page#show('report', range(30))
  call vesper#page#show('report', ['new'])
  call assert_equal([2, ['new']], [winnr('$'), getline(1, '$')])
  wincmd p
  call vesper#page#show('report', ['newer'])
  call assert_equal([2, ['newer']], [winnr('$'), getline(1, '$')])
  call vesper#page#show('why', ['another'])
  call assert_equal(3, winnr('$'))
  call s:close()
endfunction

function! Test_a_page_is_at_most_half_the_screen() abort
  call vesper#page#show('report', range(500))
  call assert_equal([&lines / 2, 500], [winheight(0), line('$')])
  call vesper#page#show('report', [])
  call assert_equal(3, winheight(0))
  call s:close()
endfunction

function! Test_closing_a_page_leaves_nothing() abort
  let before = [winnr('$'), bufnr('')]
  call vesper#page#show('report', ['x'])
  close
  call assert_equal([before, 0], [[winnr('$'), bufnr('')], bufexists('vesper://report')])
  call s:close()
endfunction

function! Test_a_page_is_not_the_alternate_file() abort
  edit one
  edit two
  call vesper#page#show('report', ['x'])
  close
  call assert_equal('one', bufname('#'))
  call s:close()
endfunction

function! Test_options_of_the_user_stay() abort
  set splitright nosplitbelow winheight=10 wrap list number
  let before = execute('set')
  call vesper#page#show('report', ['x'])
  call assert_equal([0, 0], [&l:wrap, &l:list])
  close
  call assert_equal(before, execute('set'))
  call assert_equal([1, 1], [&l:wrap, &l:list])
  call vesper#page#show('doctor', ['x'])
  call assert_equal(1, &l:wrap)
  close
  set splitright& splitbelow& winheight& wrap& list& number&
  call s:close()
endfunction

function! Test_a_buffer_that_was_handed_over_goes_unless_it_is_written_in() abort
  call vesper#page#window('merge')
  setlocal buftype=acwrite
  call setline(1, 'x')
  call vesper#page#wipe(bufnr(''))
  call assert_equal(1, bufexists('vesper://merge'))
  setlocal nomodified
  call vesper#page#wipe(bufnr('vesper://merge'))
  call assert_equal(0, bufexists('vesper://merge'))
  call vesper#page#wipe(9999)
endfunction

function! Test_the_choices_have_one_key_each() abort
  for choices in [s:choices(2), s:choices(0), s:hours()]
    let keys = map(copy(choices), 'v:val[0]')
    call assert_equal(sort(copy(keys)), uniq(sort(copy(keys))))
    call s:offer('head', choices)
    call assert_equal(len(choices) + 1, line('$'))
    for key in keys
      call assert_match('vesper#choice#pick', maparg(key, 'n'), key)
    endfor
    close
    call assert_equal('', maparg(keys[0], 'n'))
  endfor
  call assert_equal(3, len(s:choices(1)) - len(s:choices(0)))
endfunction

function! Test_q_and_escape_leave_the_choices() abort
  for key in ['q', "\<Esc>"]
    call s:offer('head', s:choices(1))
    call feedkeys(key, 'xt')
    call assert_equal(0, bufexists('vesper://choices'), key)
  endfor
  call s:offer('head', s:choices(1))
  call feedkeys('z', 'xt')
  call assert_equal(1, bufexists('vesper://choices'))
  call s:close()
endfunction

let s:answer = {'text': "First thing:\nthe parser\n", 'file': $HOME . "/a b's.c", 'line': 3, 'day': '2026-11-18'}

function! Test_the_morning_has_the_note_and_the_place() abort
  call assert_equal(['Work ended at ' . $HOME . "/a b's.c:3", '# Enter: there.  e: put that day right.  q: read.', '', 'First thing:', 'the parser'],
        \ s:lines(s:answer))
  let unmerged = s:lines({'unmerged': {'day': '2026-11-18', 'ended': 1795021200}})
  call assert_match('^2026-11-18 ended at \d\d:\d\d, without a merge\.$', unmerged[0])
  call assert_equal(1, len(filter(unmerged, 'v:val =~# "^#"')))
endfunction

function! Test_enter_opens_the_place() abort
  call writefile(['one', 'two {{{', 'three', '}}}'], s:answer.file)
  call s:morning(1, s:answer)
  call assert_equal(['vesper://morning', 'vespernote'], [bufname(''), &l:filetype])
  call feedkeys("\<CR>", 'xt')
  call assert_equal([s:answer.file, 3, 0], [fnamemodify(bufname(''), ':p'), line('.'), bufexists('vesper://morning')])
  call s:close()
endfunction

function! Test_q_has_read_it() abort
  call s:morning(1, s:answer)
  call feedkeys('q', 'xt')
  call assert_equal(0, bufexists('vesper://morning'))
  call s:close()
endfunction

function! Test_what_comes_by_itself_takes_no_cursor() abort
  new there
  let before = [win_getid(), bufname('')]
  call s:morning(0, s:answer)
  call assert_equal(before, [win_getid(), bufname('')])
  call assert_equal(1, bufwinnr('^vesper://morning$') > 0)
  call s:close()
endfunction

function! Test_a_refusal_that_nobody_asked_for_is_not_told() abort
  call s:morning(0, {'refused': 'there is no note'})
  call assert_equal('', Said())
  call s:morning(1, {'refused': 'there is no note'})
  call assert_match('there is no note', Said())
  call assert_equal(0, bufexists('vesper://morning'))
endfunction
