" SPDX-License-Identifier: MIT
" The sentences of ../words.vim in French.

scriptencoding utf-8

function! vesper#words#fr#table() abort
  return {
        \ 'busy': 'Vesper: le démon est occupé ; rien n''a changé. Réessayer, ou voir :Vesper doctor',
        \ 'choice_15': '15 minutes de plus',
        \ 'choice_30': '30 minutes de plus',
        \ 'choice_60': 'une heure de plus',
        \ 'choice_carry': 'continuer, sans un mot sur l''heure aujourd''hui',
        \ 'choice_close': 'fermer ceci',
        \ 'choice_hour': 'une heure',
        \ 'choice_hours': '%d heures',
        \ 'choice_how_long': 'D''astreinte pour',
        \ 'choice_left': 'prolongations restantes : %d',
        \ 'choice_merge': 'clore : la note du jour',
        \ 'choice_merge_now': 'clore sans note',
        \ 'choice_oncall': 'd''astreinte',
        \ 'choice_oncall_off': 'fin de l''astreinte',
        \ 'draft_gone': 'Vesper: la note n''a pas été prise : %s. Elle est rouverte, rien n''est perdu',
        \ 'edit': 'La note du jour : ":Vesper merge" l''ouvre',
        \ 'emptied': 'Vesper: la note est vide, la journée reste donc ouverte ; ":Vesper merge!" la clôt sans elle',
        \ 'failed': 'Vesper: %s : %s',
        \ 'lost': 'Vesper: l''aide s''est arrêtée ; ":Vesper doctor" cherche pourquoi',
        \ 'morning_keys': '# Entrée : y aller.  e : corriger ce jour.  q : lu.',
        \ 'morning_place': 'Le travail s''est arrêté à %s:%d',
        \ 'morning_unmerged': '%s s''est terminé à %s, sans clôture.',
        \ 'no_place': 'Vesper: où le travail s''est arrêté n''est pas connu',
        \ 'no_program': 'Vesper: le programme "vesper" n''est pas dans $PATH. L''installer, ou définir g:vesper_program',
        \ 'not_kept': 'Vesper: %s. La note est encore là, non enregistrée',
        \ 'other_version': 'Vesper: le démon (%s) parle un autre protocole que ce greffon : mettre à jour le plus ancien, puis "vesper stop"',
        \ 'pacer_ask': 'Qu''y a-t-il à portée de main dans les dix prochaines minutes ?',
        \ 'pacer_in': 'inspirer',
        \ 'pacer_key': 'N''importe quelle touche continue.',
        \ 'pacer_out': 'expirer',
        \ 'said': 'Vesper: %s',
        \ 'starting': 'Vesper: le démon démarre',
        \ 'too_long': 'Vesper: la note dépasse 60 ko. La raccourcir, puis de nouveau :w',
        \ 'unknown': 'Vesper: commande inconnue : %s. Il y a : %s',
        \ 'waiting': 'Vesper: pas encore de réponse ; elle sera montrée à son arrivée',
        \ }
endfunction
