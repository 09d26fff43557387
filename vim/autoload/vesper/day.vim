" SPDX-License-Identifier: MIT
" A day put right, as lines to be changed: :w hands them over, :q! leaves the
" day as it is. The daemon reads them.

function! vesper#day#edit(day) abort
  let ask = {'get': 'correct'}
  if a:day !=# ''
    let ask.day = a:day
  endif
  call vesper#command#order(ask, function('s:show'))
endfunction

function! s:show(answer) abort
  if has_key(a:answer, 'error') || has_key(a:answer, 'refused')
    call vesper#command#show(a:answer)
    return
  elseif !vesper#page#safe()
    call timer_start(g:vesper#page#again_ms, {-> s:show(a:answer)})
    return
  endif
  call vesper#page#window('day')
  setlocal buftype=acwrite modifiable
  silent keepjumps %delete _
  call setline(1, split(a:answer.text, "\n"))
  setlocal nomodified filetype=vespernote
  let b:vesper_day = a:answer.day
  augroup vesper_day
    autocmd! * <buffer>
    autocmd BufWriteCmd <buffer> call s:write(str2nr(expand('<abuf>')))
  augroup END
endfunction

function! s:write(buffer) abort
  let order = {'do': 'correct', 'day': getbufvar(a:buffer, 'vesper_day'),
        \ 'text': join(getbufline(a:buffer, 1, '$'), "\n")}
  if vesper#command#order(order, {answer -> s:written(a:buffer, answer)})
    call setbufvar(a:buffer, '&modified', 0)
  endif
endfunction

function! s:written(buffer, answer) abort
  if vesper#command#show(a:answer)
    call vesper#page#wipe(a:buffer)
  elseif bufloaded(a:buffer)
    call setbufvar(a:buffer, '&modified', 1)
  endif
endfunction
