#!/bin/sh
# SPDX-License-Identifier: MIT
# Every sentence for a person, on stdout as a catalogue to be translated: those
# of words.h, and what rooms that know no words give err_set() as literals.
exec xgettext -k_ -kN_ -kP_:1,2 -kerr_set:3 -kerr_errno:3 -L C --from-code=UTF-8 \
	--add-comments=TRANSLATORS: --no-location --package-name=vesper -o - \
	core/words/words.h core/words/words.c core/base/*.c core/wire/*.c \
	core/reflog/*.c core/store/*.c
