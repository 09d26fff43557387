" SPDX-License-Identifier: MIT
" The sentences of ../words.vim in German.

scriptencoding utf-8

function! vesper#words#de#table() abort
  return {
        \ 'busy': 'Vesper: der Daemon ist beschäftigt; nichts wurde geändert. Noch einmal, oder :Vesper doctor',
        \ 'choice_15': '15 Minuten mehr',
        \ 'choice_30': '30 Minuten mehr',
        \ 'choice_60': 'eine Stunde mehr',
        \ 'choice_carry': 'weitermachen, heute ohne ein Wort zur Zeit',
        \ 'choice_close': 'das hier schließen',
        \ 'choice_hour': 'eine Stunde',
        \ 'choice_hours': '%d Stunden',
        \ 'choice_how_long': 'In Bereitschaft für',
        \ 'choice_left': 'Verlängerungen, die bleiben: %d',
        \ 'choice_merge': 'abschließen: die Notiz des Tages',
        \ 'choice_merge_now': 'abschließen ohne Notiz',
        \ 'choice_oncall': 'in Bereitschaft',
        \ 'choice_oncall_off': 'nicht mehr in Bereitschaft',
        \ 'draft_gone': 'Vesper: die Notiz wurde nicht angenommen: %s. Sie ist wieder offen, nichts ist verloren',
        \ 'edit': 'Die Notiz des Tages: ":Vesper merge" öffnet sie',
        \ 'emptied': 'Vesper: die Notiz ist leer, der Tag bleibt also offen; ":Vesper merge!" schließt ihn ohne sie ab',
        \ 'failed': 'Vesper: %s: %s',
        \ 'lost': 'Vesper: der Helfer endete; ":Vesper doctor" sucht den Grund',
        \ 'morning_keys': '# Enter: dorthin.  e: diesen Tag berichtigen.  q: gelesen.',
        \ 'morning_place': 'Die Arbeit endete bei %s:%d',
        \ 'morning_unmerged': '%s endete um %s, ohne Abschluss.',
        \ 'no_place': 'Vesper: wo die Arbeit endete, ist nicht bekannt',
        \ 'no_program': 'Vesper: das Programm "vesper" ist nicht in $PATH. Installieren, oder g:vesper_program setzen',
        \ 'not_kept': 'Vesper: %s. Die Notiz ist noch hier, ungesichert',
        \ 'other_version': 'Vesper: der Daemon (%s) spricht ein anderes Protokoll als dieses Plugin: das ältere erneuern, dann "vesper stop"',
        \ 'pacer_ask': 'Was liegt in den nächsten zehn Minuten in der eigenen Hand?',
        \ 'pacer_in': 'einatmen',
        \ 'pacer_key': 'Jede Taste macht weiter.',
        \ 'pacer_out': 'ausatmen',
        \ 'said': 'Vesper: %s',
        \ 'starting': 'Vesper: der Daemon startet',
        \ 'too_long': 'Vesper: die Notiz ist länger als 60 kB. Kürzen, dann wieder :w',
        \ 'unknown': 'Vesper: kein solcher Befehl: %s. Es gibt: %s',
        \ 'waiting': 'Vesper: noch keine Antwort; sie wird gezeigt, wenn sie kommt',
        \ }
endfunction
