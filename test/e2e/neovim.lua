-- Another real client: Neovim's own language client, without any plugin of this project's.
local root = vim.env.SHOP
local results = {}
local function report(title, ok, message)
  table.insert(results, { title = title, state = ok and "passed" or "failed", error = (not ok) and (message or "no") or nil })
end

local function wait(probe)
  return vim.wait(20000, probe, 50)
end

vim.cmd("edit " .. root .. "/apps/shell/src/search.ts")
local buffer = vim.api.nvim_get_current_buf()
local id = vim.lsp.start_client({
  name = "federation-lens",
  cmd = { vim.env.NODE, vim.env.CLI, "lsp", "--stdio" },
  root_dir = root,
  workspace_folders = { { uri = vim.uri_from_fname(root), name = "shop" } },
})
vim.lsp.buf_attach_client(buffer, id)

local function unused()
  return vim.tbl_filter(function(item)
    return item.code == "shared/unused-import"
  end, vim.diagnostic.get(buffer))
end

report("shows the unused import", wait(function()
  return #unused() == 1
end))

local position = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = 0, character = 33 } }
local answers = vim.lsp.buf_request_sync(buffer, "textDocument/hover", position, 10000) or {}
local text = vim.inspect(answers)
report("hovers over the shared import", text:find("share key", 1, true) ~= nil and text:find("lodash%-es") ~= nil, text)

local found = unused()[1]
if found then
  local range = {
    start = { line = found.lnum, character = found.col },
    ["end"] = { line = found.end_lnum, character = found.end_col },
  }
  local parameters = { textDocument = position.textDocument, range = range, context = { diagnostics = {} } }
  local actions = vim.lsp.buf_request_sync(buffer, "textDocument/codeAction", parameters, 10000) or {}
  for _, answer in pairs(actions) do
    for _, action in ipairs(answer.result or {}) do
      if action.title:find("Remove unused import", 1, true) then
        vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      end
    end
  end
end
local line = vim.api.nvim_buf_get_lines(buffer, 0, 1, false)[1]
report("applies the fix", line == "import { debounce } from 'lodash-es'", line)
report("the finding goes", wait(function()
  return #unused() == 0
end))

local file = io.open(vim.env.REPORT, "w")
file:write(vim.fn.json_encode(results))
file:close()
vim.cmd("qall!")
