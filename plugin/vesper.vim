" SPDX-License-Identifier: MIT
" All that Vim reads when it starts: a command, four <Plug> maps, one
" autocommand. Everything else is in vim/autoload and is loaded after the first
" screen, and only where a person sits before it.

if &compatible || exists('g:loaded_vesper') || get(g:, 'vesper_disable')
  finish
endif
let g:loaded_vesper = 1
if !has('timers') || !(has('nvim') ? has('nvim-0.7') : v:version >= 802 && has('job'))
  finish
endif

let s:cpo = &cpoptions
set cpoptions&vim

" A package's root is all that Vim searches by itself; our files are in vim/.
" Where they were installed into a runtime directory there is no such folder.
let s:runtime = expand('<sfile>:p:h:h') . '/vim'
if isdirectory(s:runtime)
  let s:escaped = escape(s:runtime, '\,')
  if stridx(',' . &runtimepath . ',', ',' . s:escaped . ',') < 0
    let &runtimepath .= ',' . s:escaped
  endif
endif

command! -nargs=? -bang -complete=customlist,vesper#command#complete Vesper
      \ call vesper#command#run(<bang>0, <q-args>)

nnoremap <silent> <Plug>(vesper-merge) :<C-U>Vesper merge<CR>
nnoremap <silent> <Plug>(vesper-extend) :<C-U>Vesper extend 15m<CR>
nnoremap <silent> <Plug>(vesper-status) :<C-U>Vesper status<CR>
nnoremap <silent> <Plug>(vesper-carry) :<C-U>Vesper carry<CR>

" Not for vim -es, not in a pipe, not in a headless Neovim: nobody is there.
" To remove the autocommand, or have it for ++once, takes Neovim 0.3 ms here.
let s:entered = 0
function! s:enter() abort
  if s:entered || (has('nvim') ? empty(nvim_list_uis())
        \ : mode(1) =~# '^c[ev]' || !(has('gui_running') || has('ttyin') || has('ttyout')))
    return
  endif
  let s:entered = 1
  call timer_start(0, 'vesper#activity#start')
endfunction

augroup vesper_enter
  autocmd!
  " UIEnter also comes when a person joins a headless Neovim later.
  if has('nvim')
    autocmd UIEnter * call s:enter()
  else
    autocmd VimEnter * call s:enter()
  endif
augroup END
if v:vim_did_enter
  call s:enter()
endif

let &cpoptions = s:cpo
unlet s:cpo
