-- Has Neovim run 'makeprg' on $SOURCE and read what it prints by 'errorformat', which may come from
-- $FORMAT; the list goes to $RESULT.
if vim.env.FORMAT then vim.o.errorformat = vim.env.FORMAT end
vim.cmd('edit ' .. vim.env.SOURCE)
vim.cmd('silent make!')
local result = io.open(vim.env.RESULT, 'w')
for _, item in ipairs(vim.fn.getqflist()) do
  result:write(string.format('%s:%d:%d:%s: %s\n', vim.fn.bufname(item.bufnr), item.lnum, item.col, item.type, item.text))
end
result:close()
vim.cmd('qall!')
