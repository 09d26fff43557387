" SPDX-License-Identifier: MIT
" contrib/vim/lualine.lua as somebody's init.lua, before anything of Vesper is
" loaded: with the lualine that LUALINE names, else with one that remembers.

let s:example = fnamemodify(globpath(&runtimepath, 'autoload/vesper.vim', 1), ':h:h:h') . '/contrib/vim/lualine.lua'

if has('nvim')
  let s:runtimepath = &runtimepath
  execute 'set runtimepath-=' . fnamemodify(s:example, ':h:h:h') . '/vim'
  if $LUALINE !=# ''
    set runtimepath+=$LUALINE
  else
    call luaeval('(function() package.preload.lualine = function() return {'
          \ . ' setup = function(o) asked = o end, refresh = function() drawn = (drawn or 0) + 1 end } end end)()')
  endif
  execute 'luafile' fnameescape(s:example)
  let &runtimepath = s:runtimepath

  function! s:hear(status, regime) abort
    call vesper#link#heard(0, json_encode({'status': a:status, 'regime': a:regime}))
  endfunction

  if $LUALINE !=# ''
    function! Test_the_line_has_the_day() abort
      for [status, regime] in [['until 18:00', 'normal'], ['over 100% since 18:00', 'over']]
        call s:hear(status, regime)
        let line = luaeval('require("lualine").statusline(true)')
        call assert_match(substitute(status, '%', '%%', 'g'), line)
        call assert_equal(regime ==# 'over', line =~# '%#WarningMsg#\|%#lualine_x_\d\+_normal#.*over', line)
      endfor
    endfunction
  else
    function! Test_the_line_asks_for_the_day() abort
      call assert_equal('g:vesper_status', luaeval('asked.sections.lualine_x[1][1]'))
      for [regime, colour] in [['normal', v:null], ['over', 'WarningMsg'], ['off', v:null]]
        call s:hear('x ' . regime, regime)
        call assert_equal(colour, luaeval('asked.sections.lualine_x[1].color()'))
      endfor
      call assert_equal(3, luaeval('drawn'))
    endfunction
  endif
else
  function! Test_the_example_is_there() abort
    call assert_true(filereadable(s:example))
  endfunction
endif
