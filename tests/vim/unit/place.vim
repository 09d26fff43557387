" SPDX-License-Identifier: MIT
" Whose work a buffer is: the top of its working tree, found by names alone.

scriptencoding utf-8

let s:place = Local('activity', 'place')
let s:home = resolve($HOME) . '/place'

function! s:make(dir) abort
  call mkdir(a:dir, 'p')
  return a:dir
endfunction

function! s:root(path) abort
  return vesper#activity#root(a:path)
endfunction

function! Test_the_top_is_where_git_is() abort
  call s:make(s:home . '/tree/.git')
  call s:make(s:home . '/tree/deep/er')
  for path in ['/tree/a.c', '/tree/deep/er/a.c', '/tree/deep/not/yet/there.c', '/tree/.git/COMMIT_EDITMSG', '/tree/.git/rebase-merge/git-rebase-todo']
    call assert_equal(s:home . '/tree', s:root(s:home . path), path)
  endfor
endfunction

function! Test_the_nearest_tree_counts() abort
  call s:make(s:home . '/outer/.git')
  call s:make(s:home . '/outer/inner/.git')
  call assert_equal(s:home . '/outer/inner', s:root(s:home . '/outer/inner/x/a.c'))
  " of a submodule and of a linked worktree .git is a file
  call s:make(s:home . '/outer/sub/src')
  call writefile(['gitdir: ../.git/modules/sub'], s:home . '/outer/sub/.git')
  call assert_equal(s:home . '/outer/sub', s:root(s:home . '/outer/sub/src/a.c'))
endfunction

function! Test_what_git_edits_for_a_linked_tree_is_that_trees() abort
  call s:make(s:home . '/main/.git/worktrees/linked')
  call s:make(s:home . '/linked')
  call writefile([s:home . '/linked/.git'], s:home . '/main/.git/worktrees/linked/gitdir')
  call assert_equal(s:home . '/linked', s:root(s:home . '/main/.git/worktrees/linked/COMMIT_EDITMSG'))
  " one that was taken away since is the main one's
  call assert_equal(s:home . '/main', s:root(s:home . '/main/.git/worktrees/gone/COMMIT_EDITMSG'))
endfunction

function! Test_outside_of_any_tree_there_is_none() abort
  call assert_equal('', s:root('/a.c'))
  call assert_equal('', s:root('/nowhere/at/all/a.c'))
  call assert_equal('', s:root(''))
endfunction

function! Test_a_name_may_be_anything() abort
  for name in ['with space', 'über', '漢字', "quo'te\"s", 'a[1]', '{b,c}', '50%', '#3', '$HOME', '`id`', '-n', '+cmd', "new\nline", 'a,b\c']
    let tree = s:make(s:home . '/names/' . name)
    call s:make(tree . '/.git')
    call assert_equal(tree, s:root(tree . '/deep/a.c'), name)
  endfor
endfunction

function! Test_a_link_is_taken_by_the_name_it_was_opened_with() abort
  call s:make(s:home . '/real/.git')
  call s:make(s:home . '/real/src')
  call system('ln -sfn ' . shellescape(s:home . '/real/src') . ' ' . shellescape(s:home . '/short'))
  call assert_equal('', s:root(s:home . '/short/a.c'))
  " .git itself may be one, even to nowhere
  call s:make(s:home . '/linkgit')
  call system('ln -sfn /nowhere ' . shellescape(s:home . '/linkgit/.git'))
  call assert_equal(s:home . '/linkgit', s:root(s:home . '/linkgit/a.c'))
endfunction

function! Test_a_buffer_remembers_its_place() abort
  call s:make(s:home . '/buf/.git')
  execute 'edit' fnameescape(s:home . '/buf/a.c')
  call assert_equal({'file': s:home . '/buf/a.c', 'root': s:home . '/buf'}, s:place(bufnr('')))
  call assert_equal(b:vesper_place, s:place(bufnr('')))
  " and another name is another place
  execute 'file' fnameescape(s:home . '/b.c')
  call assert_equal({'file': s:home . '/b.c', 'root': ''}, s:place(bufnr('')))
  bwipeout!
endfunction

function! Test_what_is_no_file_belongs_to_the_work_before_it() abort
  call s:make(s:home . '/before/.git')
  execute 'edit' fnameescape(s:home . '/before/a.c')
  call s:place(bufnr(''))
  for command in ['help', 'new | setlocal buftype=nofile', 'new fugitive:///x//1', 'new vesper://x', 'copen']
    execute command
    call assert_equal({'file': '', 'root': s:home . '/before'}, s:place(bufnr('')), command)
    close!
  endfor
  enew
  call assert_equal({'file': '', 'root': ''}, s:place(bufnr('')))
  %bwipeout!
endfunction

function! Test_it_is_the_same_from_any_directory() abort
  call s:make(s:home . '/cd/.git')
  call s:make(s:home . '/cd/sub')
  execute 'edit' fnameescape(s:home . '/cd/sub/a.c')
  let b:vesper_place = {}
  for dir in ['/', s:home . '/cd', s:home . '/cd/sub']
    execute 'cd' fnameescape(dir)
    call assert_equal(s:home . '/cd', s:place(bufnr('')).root, dir)
    let b:vesper_place = {}
  endfor
  cd $HOME
  bwipeout!
endfunction

