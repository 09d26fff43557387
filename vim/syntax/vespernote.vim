" SPDX-License-Identifier: MIT
" Remarks, headings and boxes; linked to standard groups.

if exists('b:current_syntax')
  finish
endif

syntax match vesperNoteRemark /^#.*$/
syntax match vesperNoteHeading /^\S.*\n\ze[-=]\{3,}$/
syntax match vesperNoteHeading /^[^-*#[:space:]].*:$/
syntax match vesperNoteRule /^[-=]\{3,}$/
syntax match vesperNoteOpen /^\s*[-*] \[ \]/
syntax match vesperNoteDone /^\s*[-*] \[[xX]\].*$/
syntax match vesperNotePlace /\f\+\/\f*:\d\+/
syntax match vesperNoteCommit /\<\x\{7,40}\>/

highlight default link vesperNoteRemark Comment
highlight default link vesperNoteHeading Title
highlight default link vesperNoteRule Delimiter
highlight default link vesperNoteOpen Todo
highlight default link vesperNoteDone Comment
highlight default link vesperNotePlace Directory
highlight default link vesperNoteCommit Identifier

let b:current_syntax = 'vespernote'
