-- SPDX-License-Identifier: MIT
-- The day in lualine, in the colour of warnings once it is over: take this into
-- your init.lua. A variable, as lualine escapes it, costs a table look-up, and may
-- be asked for before Vesper is loaded, which require('vesper') may not.
require('lualine').setup({
  sections = {
    lualine_x = {
      {
        'g:vesper_status',
        color = function()
          return vim.g.vesper_regime == 'over' and 'WarningMsg' or nil
        end,
      },
      'filetype',
    },
  },
})

-- lualine redraws by a clock of its own; this draws as soon as there is news.
vim.api.nvim_create_autocmd('User', {
  pattern = 'VesperStatus',
  callback = function() require('lualine').refresh() end,
})
