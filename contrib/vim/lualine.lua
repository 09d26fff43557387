-- SPDX-License-Identifier: MIT
-- The day in lualine, red once it is over: take this into your init.lua.
-- status() is a kept value, so a redraw costs a table look-up.
local vesper = require('vesper')

require('lualine').setup({
  sections = {
    lualine_x = {
      {
        vesper.status,
        color = function()
          return vesper.regime() == 'over' and 'WarningMsg' or nil
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
