-- Opens $SOURCE in Neovim, waits for a finding, takes the preferred action, waits for the finding to go.
-- What it saw goes to $RESULT.
local result = io.open(vim.env.RESULT, 'w')
local function say(...) result:write(table.concat({ ... }, ' ') .. '\n') end

local function findings()
  return vim.tbl_filter(function(diagnostic)
    return tostring(diagnostic.code):find('^session%-') ~= nil
  end, vim.diagnostic.get(0))
end

-- The reader's choice in the menu of actions.
vim.ui.select = function(items, _, choose)
  for _, item in ipairs(items) do
    if item[2].isPreferred then
      say('action', item[2].title)
      return choose(item)
    end
  end
  choose(nil)
end

local function work()
  local patience = 60000
  vim.cmd('edit ' .. vim.env.SOURCE)
  assert(vim.wait(patience, function() return #findings() > 0 end, 10), 'no finding is shown')
  local first = findings()[1]
  say('found', first.code, 'in line', first.lnum + 1)
  vim.api.nvim_win_set_cursor(0, { first.lnum + 1, first.col })
  vim.lsp.buf.code_action()
  assert(vim.wait(patience, function() return #findings() == 0 end, 10), 'the finding stays')
  say(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'))
end

local fine, problem = pcall(work)
if not fine then say('failed:', tostring(problem)) end
result:close()
vim.cmd('qall!')
