" SPDX-License-Identifier: MIT
" What is there once the plugin was read and nobody sits before the editor, and
" what options may be set to.

scriptencoding utf-8

let s:package = fnamemodify(globpath(&runtimepath, 'autoload/vesper.vim', 1), ':h:h:h')

function! s:read(package) abort
  unlet! g:loaded_vesper
  execute 'source' fnameescape(a:package . '/plugin/vesper.vim')
endfunction

" The tree somewhere else.
function! s:copy(dir) abort
  call mkdir(a:dir . '/plugin', 'p')
  call mkdir(a:dir . '/vim', 'p')
  call writefile(readfile(s:package . '/plugin/vesper.vim'), a:dir . '/plugin/vesper.vim')
  return a:dir
endfunction

" An executable file.
function! s:program(path) abort
  call mkdir(fnamemodify(a:path, ':h'), 'p')
  call writefile(['#!/bin/sh', 'exit 1'], a:path)
  call setfperm(a:path, 'rwx------')
  return a:path
endfunction

function! Test_it_has_a_command_and_four_maps_and_no_more() abort
  let before = [execute('map'), execute('map!'), execute('set'), &cpoptions]
  call s:read(s:package)
  call assert_equal(2, exists(':Vesper'))
  let new = filter(split(execute('map'), "\n"), 'stridx(before[0], v:val) < 0')
  call assert_equal(['carry', 'extend', 'merge', 'status'], sort(map(new, 'matchstr(v:val, "<Plug>(vesper-\\zs\\a\\+")')))
  call assert_equal([before[1], before[3]], [execute('map!'), &cpoptions])
  call assert_equal(before[2], execute('set'))
endfunction

function! Test_where_nobody_sits_nothing_begins() abort
  let timers = len(timer_info())
  call s:read(s:package)
  doautocmd vesper_enter VimEnter
  if has('nvim')
    doautocmd vesper_enter UIEnter
  endif
  call assert_equal([timers, 0, 0], [len(timer_info()), exists('#vesper_session'), vesper#link#is_open()])
endfunction

function! Test_read_again_it_does_nothing() abort
  call s:read(s:package)
  let before = [&runtimepath, execute('autocmd vesper_enter')]
  execute 'source' fnameescape(s:package . '/plugin/vesper.vim')
  call s:read(s:package)
  call assert_equal(before, [&runtimepath, execute('autocmd vesper_enter')])
endfunction

function! Test_its_folder_may_be_called_anything() abort
  let runtimepath = &runtimepath
  for name in ['plain', 'with space', 'a,b', '~', 'über', '%#']
    let dir = s:copy($HOME . '/packages/' . name)
    call s:read(dir)
    call s:read(dir)
    call writefile(['let g:seen = 1'], dir . '/vim/seen.vim')
    unlet! g:seen
    runtime seen.vim
    call assert_true(exists('g:seen'), name)
    call delete(dir . '/vim/seen.vim')
    call assert_equal(1, len(filter(split(&runtimepath, '\\\@<!,'), 'v:val =~# "/packages/.*vim$"')), name)
    let &runtimepath = runtimepath
  endfor
endfunction

function! Test_disabled_it_is_not_there() abort
  for value in [1, v:true, '1']
    if exists(':Vesper')
      delcommand Vesper
    endif
    unlet! g:loaded_vesper
    let g:vesper_disable = value
    execute 'source' fnameescape(s:package . '/plugin/vesper.vim')
    call assert_equal([0, 0], [exists(':Vesper'), exists('g:loaded_vesper')])
  endfor
  unlet g:vesper_disable
endfunction

function! Test_the_program_is_a_whole_path() abort
  let path = $PATH
  let $PATH = '/nowhere'
  let beside = s:package . '/build/vesper'
  call assert_equal(executable(beside) ? beside : '', vesper#link#program())
  let wish = s:program($HOME . '/my programs/vesper')
  cd $HOME
  for name in [wish, '~/my programs/vesper', 'my programs/vesper', './my programs/vesper']
    let g:vesper_program = name
    call assert_equal(wish, simplify(vesper#link#program()), name)
  endfor
  let $PATH = $HOME . '/my programs'
  for name in ['vesper', '', 3, 0, [], {}, v:true, v:null, ['vesper'], '/nowhere/vesper', $HOME, '~', 'no such', "x\ny", '*']
    let g:vesper_program = name
    call assert_equal(wish, vesper#link#program(), string(name))
    let facts = vesper#health#facts()
    call assert_equal(name isnot# 'vesper' && name isnot# '', facts[0][1] =~# 'g:vesper_program is no program', string(facts))
    call assert_equal(['ok', 'program: ' . wish, ''], filter(facts, 'v:val[1] =~# "^program"')[0])
  endfor
  unlet g:vesper_program
  let $PATH = path
endfunction

function! Test_health_says_what_is_not_there() abort
  let path = $PATH
  let $PATH = '/nowhere'
  let texts = join(map(vesper#health#facts(), 'v:val[0] . ": " . v:val[1]'), "\n")
  let $PATH = path
  if !executable(s:package . '/build/vesper')
    call assert_match('error: the program "vesper" was not found', texts)
  endif
  call assert_match('warn: no daemon answered in this session', texts)
  call assert_match('warn: no helper runs', texts)
endfunction

if has('nvim')
  function! Test_Lua_has_the_status() abort
    unlet! g:vesper_status g:vesper_regime
    call assert_equal(['', ''], luaeval('{require("vesper").status(), require("vesper").regime()}'))
    call vesper#link#heard(0, '{"status":"18:00 %x","regime":"over"}')
    call assert_equal(['18:00 %x', 'over'], luaeval('{require("vesper").status(), require("vesper").regime()}'))
    call vesper#link#heard(0, '{"status":"18:01","regime":[1]}')
    call assert_equal(['18:01', ''], luaeval('{require("vesper").status(), require("vesper").regime()}'))
  endfunction
endif

function! Test_the_unit_that_is_advised_is_there() abort
  let unit = matchstr(string(vesper#health#facts()), 'systemctl --user enable --now \zs[a-z.]\+')
  call assert_true(filereadable(s:package . '/contrib/systemd/' . unit), unit)
  call assert_notequal('', unit)
endfunction
