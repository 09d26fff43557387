" SPDX-License-Identifier: MIT
" The note of the day as a buffer: its filetype, what is highlighted, folded and
" completed, and what of it is handed over.

scriptencoding utf-8

let s:text = Local('note', 'text')
let s:draft = [
      \ '# Thursday, 19 November.',
      \ '',
      \ 'Done',
      \ '----',
      \ '',
      \ '- [x] the parser, 3 commits, 1a2b3c4',
      \ '',
      \ 'Open:',
      \ '- [ ] Größe of the table',
      \ '* [ ] ask about the deploy',
      \ '  - [ ] src/main.c:12',
      \ '  - no box',
      \ '',
      \ 'First thing tomorrow:',
      \ 'a word',
      \ ]

function! s:open() abort
  filetype plugin on
  syntax on
  enew!
  call setline(1, s:draft)
  set filetype=vespernote
  " in a headless Neovim nothing was drawn that would have read the folds
  normal! zX
endfunction

function! s:group(line, column) abort
  return synIDattr(synID(a:line, a:column, 1), 'name')
endfunction

function! Test_remarks_headings_and_boxes_are_highlighted() abort
  call s:open()
  let want = {'1,1': 'Remark', '3,1': 'Heading', '4,1': 'Rule', '6,1': 'Done', '6,20': 'Done', '8,1': 'Heading', '9,1': 'Open',
        \ '9,8': '', '10,1': 'Open', '11,3': 'Open', '11,10': 'Place', '12,3': '', '14,1': 'Heading', '15,1': ''}
  for [at, name] in items(want)
    call assert_equal(name ==# '' ? '' : 'vesperNote' . name, call('s:group', split(at, ',')), at)
  endfor
  call setline(15, 'see 1a2b3c4 there')
  call assert_equal('vesperNoteCommit', s:group(15, 6))
endfunction

function! Test_groups_are_linked_to_the_standard_ones() abort
  call s:open()
  for [name, to] in items({'Remark': 'Comment', 'Heading': 'Title', 'Rule': 'Delimiter', 'Open': 'Todo', 'Done': 'Comment',
        \ 'Place': 'Directory', 'Commit': 'Identifier'})
    call assert_match('links to ' . to . '$', execute('highlight vesperNote' . name))
  endfor
  call vesper#link#highlight()
  call assert_match('links to Pmenu$', execute('highlight VesperNotice'))
  call assert_match('links to WarningMsg$', execute('highlight VesperNoticeStays'))
endfunction

function! Test_a_colour_scheme_may_have_them_otherwise() abort
  highlight VesperNotice ctermfg=1
  call vesper#link#highlight()
  call assert_match('ctermfg=1$', execute('highlight VesperNotice'))
  highlight clear VesperNotice
endfunction

function! Test_headings_fold_and_begin_open() abort
  call s:open()
  call assert_equal([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], map(range(1, 15), 'foldlevel(v:val)'))
  call assert_equal([], filter(range(1, 15), 'foldclosed(v:val) > 0'))
  normal! zM
  call assert_equal([3, 7], [foldclosed(5), foldclosedend(5)])
  call assert_equal([8, 13], [foldclosed(9), foldclosedend(9)])
  call assert_equal([14, 15], [foldclosed(15), foldclosedend(15)])
endfunction

function! Test_open_items_are_completed() abort
  call s:open()
  call assert_equal(['Größe of the table', 'ask about the deploy', 'src/main.c:12'], vesper#note#complete(0, ''))
  call assert_equal(['ask about the deploy'], vesper#note#complete(0, 'DEPLOY'))
  call assert_equal(['Größe of the table'], vesper#note#complete(0, 'grö'))
  call assert_equal([], vesper#note#complete(0, '.*'))
  call setline(15, 'then grö')
  call cursor(15, 9)
  " as <C-X><C-O> asks; the last byte of the line is under the cursor here
  call assert_equal(5, vesper#note#complete(1, ''))
  call assert_equal('vesper#note#complete', &l:omnifunc)
  execute "normal! Gothen gr\<C-X>\<C-O>\<C-Y>"
  call assert_equal('then Größe of the table', getline('.'))
endfunction

function! Test_a_new_line_in_a_list_has_a_box_of_its_own() abort
  call s:open()
  execute "normal! 9GA\<CR>one more"
  call assert_equal('- [ ] one more', getline(10))
  call assert_equal(0, &l:textwidth)
endfunction

function! Test_another_filetype_has_nothing_of_it() abort
  set foldmethod=marker
  call s:open()
  call assert_equal('expr', &l:foldmethod)
  set filetype=text
  call assert_equal(['marker', ''], [&l:foldmethod, &l:omnifunc])
  call assert_equal('', s:group(8, 1))
endfunction

function! Test_remarks_are_left_out() abort
  call assert_equal("\na\n - [ ] # b", s:text(['# x', '', 'a', '#!', ' - [ ] # b']))
  call assert_equal('', s:text(['# x', '#']))
  call assert_equal('', s:text([]))
endfunction
