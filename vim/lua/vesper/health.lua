-- SPDX-License-Identifier: MIT
-- :checkhealth vesper. The facts come from vim/autoload/vesper/health.vim.
local M = {}

function M.check()
  local health = vim.health or require('health')
  local start = health.start or health.report_start
  local say = {
    ok = health.ok or health.report_ok,
    warn = health.warn or health.report_warn,
    error = health.error or health.report_error,
  }
  start('vesper')
  for _, fact in ipairs(vim.fn['vesper#health#facts']()) do
    if fact[3] ~= '' then
      say[fact[1]](fact[2], { fact[3] })
    else
      say[fact[1]](fact[2])
    end
  end
end

return M
