" SPDX-License-Identifier: MIT
" The note of the day: :Vesper merge opens it filled with what is open, :w merges
" the day with what it says, ZQ or :q! leaves the day as it is.
"
" A write cannot wait for the daemon, so it succeeds when the note was handed
" over. Where the daemon then does not take it, it is opened again.

let s:max = 60000
let s:name = 'merge'

" The daemon asked for the note while a window could not be opened: tried again
" whenever the hooks are armed.
let s:asked = 0

function! vesper#note#open() abort
  if bufwinnr('^vesper://merge$') > 0
    call vesper#page#window(s:name)
    return
  endif
  call s:fetch(1)
endfunction

" The daemon wishes it opened: somebody pressed "Merge". Never into the middle of
" something, and never over a commit message.
function! vesper#note#asked() abort
  if &filetype ==# 'gitcommit' || &filetype ==# 'gitrebase'
    call vesper#notice#take({'n': 0, 'level': 1, 'title': vesper#words#get('edit')})
    let s:asked = 0
  elseif vesper#page#safe()
    let s:asked = 0
    call s:fetch(0)
  else
    let s:asked = 1
  endif
endfunction

function! vesper#note#retry() abort
  if s:asked
    call vesper#note#asked()
  endif
endfunction

function! s:fetch(enter) abort
  call vesper#command#order({'get': 'note', 'draft': v:true}, {answer -> s:fetched(a:enter, answer)})
endfunction

function! s:fetched(enter, answer) abort
  if has_key(a:answer, 'error') || has_key(a:answer, 'refused')
    call vesper#command#show(a:answer)
    return
  endif
  call s:show({'text': a:answer.text, 'day': get(a:answer, 'day', ''), 'base': get(a:answer, 'base', 0),
        \ 'enter': a:enter})
endfunction

function! s:show(draft) abort
  if bufwinnr('^vesper://merge$') > 0
    return
  elseif !vesper#page#safe()
    call timer_start(g:vesper#page#again_ms, {-> s:show(a:draft)})
    return
  endif
  let window = win_getid()
  call vesper#page#window(s:name)
  setlocal buftype=acwrite modifiable
  " The draft is where undo ends.
  let levels = &l:undolevels
  setlocal undolevels=-1
  call setline(1, split(a:draft.text, "\n", 1)[: a:draft.text =~# '\n$' ? -2 : -1])
  let &l:undolevels = levels
  setlocal nomodified filetype=vespernote
  if get(a:draft, 'unsaved')
    setlocal modified
  endif
  let b:vesper_day = a:draft.day
  let b:vesper_base = a:draft.base
  " ZZ writes only what was changed, but nothing typed merges, too.
  nnoremap <buffer> <silent> ZZ :<C-U>write<CR>
  augroup vesper_note
    autocmd! * <buffer>
    autocmd BufWriteCmd <buffer> call s:write(str2nr(expand('<abuf>')))
  augroup END
  if !a:draft.enter
    call win_gotoid(window)
  endif
  call vesper#activity#passed()
endfunction

" Lines that begin with "#" are remarks, as in git's messages.
function! s:text(lines) abort
  return join(filter(a:lines, 'v:val[0] !=# "#"'), "\n")
endfunction

function! s:write(buffer) abort
  let lines = getbufline(a:buffer, 1, '$')
  let text = s:text(copy(lines))
  if strlen(text) > s:max
    call vesper#words#say('too_long')
    return
  endif
  if text !~# '\S'
    call setbufvar(a:buffer, '&modified', 0)
    call vesper#words#say('emptied')
    return
  endif
  let base = getbufvar(a:buffer, 'vesper_base', 0)
  let order = {'do': 'merge', 'note': text, 'base': base}
  let day = getbufvar(a:buffer, 'vesper_day', '')
  if day !=# ''
    let order.day = day
  endif
  let draft = {'text': join(lines, "\n"), 'day': day, 'base': base, 'enter': 1, 'unsaved': 1}
  if vesper#command#order(order, {answer -> s:written(a:buffer, draft, answer)})
    call setbufvar(a:buffer, '&modified', 0)
  endif
endfunction

function! s:written(buffer, draft, answer) abort
  if vesper#note#merged(a:answer)
    call vesper#page#wipe(a:buffer)
    return
  endif
  let why = get(a:answer, 'refused', get(a:answer, 'error', '?'))
  if bufloaded(a:buffer)
    call setbufvar(a:buffer, '&modified', 1)
    call vesper#words#say('not_kept', why)
  else
    call s:show(a:draft)
    call vesper#words#say('draft_gone', why)
  endif
endfunction

" Shows the answer to a merge; true when the day is merged.
function! vesper#note#merged(answer) abort
  if get(a:answer, 'ok', v:false) isnot v:true
    call vesper#command#show(a:answer)
    return 0
  endif
  call vesper#command#show(a:answer)
  call vesper#event('VesperMerged')
  return 1
endfunction

" For 'foldexpr': a heading with what is below it.
function! vesper#note#fold(line) abort
  let text = getline(a:line)
  if text =~# '^[^-*#[:space:]].*:$' || getline(a:line + 1) =~# '^[-=]\{3,}$'
    return '>1'
  endif
  return a:line ==# 1 ? 0 : '='
endfunction

" For 'omnifunc': the open items of the note.
function! vesper#note#complete(findstart, base) abort
  if a:findstart
    return match(strpart(getline('.'), 0, col('.') - 1), '\k*$')
  endif
  let items = map(filter(getline(1, '$'), 'v:val =~# "^\\s*[-*] \\[ \\]\\s"'),
        \ 'matchstr(v:val, "\\]\\s\\+\\zs.*")')
  return filter(items, 'stridx(tolower(v:val), tolower(a:base)) >= 0')
endfunction
