-- SPDX-License-Identifier: MIT
-- For configurations in Lua: require('vesper').status() in a statusline.
local M = {}

-- The day in a few characters, '' while nothing is known. Costs a table look-up.
function M.status()
  return vim.g.vesper_status or ''
end

-- "normal", "over", "off" ..., '' while nothing is known.
function M.regime()
  return vim.g.vesper_regime or ''
end

return M
