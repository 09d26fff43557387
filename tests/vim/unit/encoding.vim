" SPDX-License-Identifier: MIT
" Where characters are of other widths, or of another encoding than the daemon's.

scriptencoding utf-8

function! s:notice(title) abort
  call vesper#link#heard(0, '{"notice":"x","n":1,"level":2,"title":"' . a:title . '"}')
  call Wait('len(Floats()) ==# 1')
  let float = Floats()[0]
  call vesper#notice#gone(1)
  return float
endfunction

function! Test_characters_of_two_cells_have_room() abort
  for ambiwidth in ['single', 'double']
    let &ambiwidth = ambiwidth
    for title in ['short', '18:00 – “soon” → ¾ …', '今日はもう遅い', repeat('±', 50)]
      let float = s:notice(title)
      call assert_true(float.width >= strdisplaywidth(float.lines[0]), ambiwidth . title . string(float))
    endfor
  endfor
  set ambiwidth&
endfunction

function! Test_the_pacer_has_room_in_every_language() abort
  for ask in ['short', 'Was liegt in den nächsten zehn Minuten in der eigenen Hand?', 'Qu''y a-t-il à portée de main dans les dix prochaines minutes ?']
    let lines = [ask, '', '  ' . repeat('#', 20)]
    call vesper#link#shim('pace_show', lines)
    let floats = Floats()
    call vesper#link#shim('pace_hide')
    call assert_true(floats[0].width >= strdisplaywidth(ask) && floats[0].height >= 3, string(floats))
    call assert_equal([], Floats())
  endfor
endfunction

if !has('nvim')
  function! Test_in_Latin1_what_it_has_is_shown() abort
    let heard = '{"notice":"x","n":1,"level":2,"title":"f' . "\xc3\xbc" . 'nf Uhr ' . "\xe2\x80\x93" . ' x"}'
    set encoding=latin1
    call vesper#link#heard(0, heard)
    call Wait('len(Floats()) ==# 1')
    call assert_match("^f\xfcnf Uhr .* x$", Floats()[0].lines[0])
    call vesper#notice#gone(1)
    call vesper#text#say("f\xfcnf")
    call assert_match("f\xfcnf", Said())
    call assert_equal("{\"file\":\"/f\xc3\xbc\"}", vesper#link#encode({'file': "/f\xfc"}))
    set encoding=utf-8
  endfunction
endif
