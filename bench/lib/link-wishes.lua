-- For wrk: asks for the lines of a file (method, path, body) in turn.
local wishes = {}
local at = 0

function init(args)
  for line in io.lines(args[1]) do
    local method, path, body = line:match("^(%S+) (%S+) ?(.*)$")
    local headers = { ["content-type"] = "application/json" }
    wishes[#wishes + 1] = wrk.format(method, path, headers, body ~= "" and body or nil)
  end
end

function request()
  at = at % #wishes + 1
  return wishes[at]
end
