-- SPDX-License-Identifier: MIT
-- The one place that sees a key in every mode, terminals included. The listener
-- takes itself away at the first key that a person typed, so that none costs
-- anything until it is asked for again.
local M = {}
local namespace = vim.api.nvim_create_namespace('vesper')

local function heard(key, typed)
  -- Newer versions say what was typed: '' for a key that a mapping made. In
  -- older ones a key that comes while a function runs is one of :normal.
  if typed == '' or vim.fn.reg_executing() ~= ''
    or vim.fn.expand('<sfile>') ~= '' then
    return
  end
  vim.on_key(nil, namespace)
  vim.schedule(function() vim.fn['vesper#activity#key']() end)
end

function M.listen(on)
  vim.on_key(on and heard or nil, namespace)
end

local pacer = vim.api.nvim_create_namespace('vesper_pacer')

-- The next key a person types ends the pacer, and does what it does.
function M.once()
  vim.on_key(function(key, typed)
    if typed == '' then
      return
    end
    vim.on_key(nil, pacer)
    vim.schedule(function() vim.fn['vesper#pacer#key']() end)
  end, pacer)
end

return M
