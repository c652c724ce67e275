-- What wrk sends, and its figures as one line of JSON.
-- Environment: TOKENS (one a line; taken in turn where there are several), BODY, METHOD.

local requests = {}
local turn = 0

function init()
    wrk.method = os.getenv("METHOD") or "GET"
    wrk.body = os.getenv("BODY")
    if wrk.body then wrk.headers["Content-Type"] = "application/json" end
    for token in (os.getenv("TOKENS") or ""):gmatch("[^\n]+") do
        wrk.headers["Authorization"] = "Bearer " .. token
        requests[#requests + 1] = wrk.format()
    end
    if #requests == 0 then requests[1] = wrk.format() end
end

function request()
    turn = turn % #requests + 1
    return requests[turn]
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '\nFIGURES {"requests": %d, "seconds": %.6f, "p50_ms": %.4f, "p99_ms": %.4f, "max_ms": %.4f, '
            .. '"bad_status": %d, "broken": %d}\n',
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
        latency.max / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
