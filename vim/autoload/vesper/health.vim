" SPDX-License-Identifier: MIT
" How the editor's side is, as data: for :checkhealth and for tests.

" A list of [level, text, advice], level "ok", "warn" or "error".
function! vesper#health#facts() abort
  let facts = []
  let wish = get(g:, 'vesper_program', '')
  if wish isnot# '' && vesper#link#path(wish) ==# ''
    call add(facts, ['warn', 'g:vesper_program is no program: ' . string(wish), 'without it, $PATH and build/ are looked through'])
  endif
  let program = vesper#link#program()
  if program ==# ''
    call add(facts, ['error', 'the program "vesper" was not found',
          \ 'install it, or set g:vesper_program'])
  else
    call add(facts, ['ok', 'program: ' . program, ''])
  endif
  let daemon = vesper#link#daemon()
  if empty(daemon)
    call add(facts, ['warn', 'no daemon answered in this session',
          \ 'run "vesper start", or for every log-in "systemctl --user enable --now vesperd.socket"; then work on'])
  elseif get(daemon, 'hello') !=# vesper#link#protocol()
    call add(facts, ['error', vesper#words#get('other_version', get(daemon, 'version', '?')), ''])
  else
    call add(facts, ['ok', 'daemon: ' . get(daemon, 'version', '?') . ', activity is told every '
          \ . string(get(daemon, 'every', 20)) . ' s', ''])
  endif
  call add(facts, vesper#link#is_open() ? ['ok', 'the helper runs', '']
        \ : ['warn', 'no helper runs', 'it starts when you work; ":Vesper log" shows what happened'])
  if !vesper#link#shim('can_show')
    call add(facts, ['warn', 'this Vim has no popups', 'notices are shown as one line'])
  endif
  return facts
endfunction
