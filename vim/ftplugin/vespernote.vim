" SPDX-License-Identifier: MIT
" The day's note: Markdown with boxes to tick. Folds at headings.

if exists('b:did_ftplugin')
  finish
endif
let b:did_ftplugin = 1

setlocal comments=b:-\ [\ ],b:-\ [x],fb:-,fb:*,n:> commentstring=#\ %s
setlocal formatoptions+=ron formatoptions-=t textwidth=0 spell<
setlocal foldmethod=expr foldexpr=vesper#note#fold(v:lnum) foldlevel=9
setlocal omnifunc=vesper#note#complete

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< textwidth<'
      \ . ' foldmethod< foldexpr< foldlevel< omnifunc<'
