import http from "node:http"
import { setTimeout as wait } from "node:timers/promises"
import type { AddressInfo } from "node:net"

/**
 * What a bad network does to one request:
 * - `latency`: both ways take longer
 * - `cut_request`: the line breaks before the server has the whole request; nothing happened
 * - `cut_after_request`: the server has the request, the till is cut at once and hears nothing
 * - `cut_before_answer`: the server has answered, the answer is lost half-way
 * - `duplicate`: the server gets the request twice at once, the till hears one of the answers
 * - `late_duplicate`: the till gets its answer; a copy reaches the server later
 * - `reorder`: the request waits until a later one has passed, or `holdMs`
 * - `half_open`: the server has the request, the line stays open and silent
 */
export type Fault =
  | "latency"
  | "cut_request"
  | "cut_after_request"
  | "cut_before_answer"
  | "duplicate"
  | "late_duplicate"
  | "reorder"
  | "half_open"

export type FaultProxy = {
  url: string
  /** how often each fault was played */
  played: Map<Fault, number>
  /** from now on decides what becomes of each request; `undefined` lets it pass */
  decide(next: (request: { method: string; path: string }) => Fault | undefined): void
  /** no network at all: connections are refused by cutting them */
  cutOff(cut: boolean): void
  close(): Promise<void>
}

type Taken = { method: string; target: string; headers: http.IncomingHttpHeaders; body: Buffer }
type Given = { status: number; headers: http.IncomingHttpHeaders; body: Buffer }

/** A proxy before `upstream` that loses, doubles, delays and turns round what passes through it. */
export async function openFaultProxy({
  upstream,
  latencyMs = () => 50,
  holdMs = 300,
}: {
  upstream: string
  latencyMs?: () => number
  holdMs?: number
}): Promise<FaultProxy> {
  const target = new URL(upstream)
  const agent = new http.Agent({ keepAlive: true, maxSockets: 256 })
  const played = new Map<Fault, number>()
  const held = new Set<() => void>()
  const background = new Set<Promise<unknown>>()
  let choose: (request: { method: string; path: string }) => Fault | undefined = () => undefined
  let isCut = false

  const forward = (taken: Taken) => passOn(target, agent, taken)
  const inBackground = (work: Promise<unknown>) => {
    const done = work.catch(() => undefined).finally(() => background.delete(done))
    background.add(done)
  }

  async function play(fault: Fault | undefined, request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    if (fault) played.set(fault, (played.get(fault) ?? 0) + 1)
    if (fault === "cut_request") return void request.socket.destroy()
    const taken = await take(request)
    if (fault === "latency") await wait(latencyMs())
    if (fault === "reorder") await heldBack(held, holdMs)
    else for (const release of held) inBackground(wait(20).then(release)) // this one goes first, those held follow
    if (fault === "cut_after_request") {
      inBackground(forward(taken))
      return void setTimeout(() => request.socket.destroy(), 5)
    }
    if (fault === "half_open") return inBackground(forward(taken))
    if (fault === "duplicate") inBackground(forward(taken))
    const given = await forward(taken)
    if (fault === "late_duplicate") inBackground(wait(holdMs).then(() => forward(taken)))
    if (fault === "latency") await wait(latencyMs())
    if (fault === "cut_before_answer") return cutHalfWay(response, given)
    response.writeHead(given.status, plain(given.headers)).end(given.body)
  }

  const server = http.createServer((request, response) => {
    if (isCut) return void request.socket.destroy()
    const fault = choose({ method: request.method ?? "GET", path: request.url ?? "/" })
    play(fault, request, response).catch(() => response.destroy()) // the server itself is away: the till sees a cut line
  })
  server.on("clientError", (_, socket) => socket.destroy())
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    played,
    decide: (next) => void (choose = next),
    cutOff: (cut) => void (isCut = cut),
    async close() {
      for (const release of held) release()
      await Promise.all(background)
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
      agent.destroy()
    },
  }
}

async function take(request: http.IncomingMessage): Promise<Taken> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return { method: request.method ?? "GET", target: request.url ?? "/", headers: request.headers, body: Buffer.concat(chunks) }
}

function passOn(upstream: URL, agent: http.Agent, { method, target, headers, body }: Taken): Promise<Given> {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { host: upstream.hostname, port: upstream.port, method, path: target, headers: { ...plain(headers), host: upstream.host }, agent },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on("data", (chunk: Buffer) => chunks.push(chunk))
        answer.on("end", () => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(chunks) }))
        answer.on("error", reject)
      },
    )
    request.on("error", reject)
    request.end(body)
  })
}

async function heldBack(held: Set<() => void>, holdMs: number): Promise<void> {
  await new Promise<void>((resume) => {
    const patience = setTimeout(release, holdMs)
    function release() {
      clearTimeout(patience)
      held.delete(release)
      resume()
    }
    held.add(release)
  })
}

function cutHalfWay(response: http.ServerResponse, { status, headers, body }: Given): void {
  response.writeHead(status, { ...plain(headers), "content-length": String(body.length + 1) })
  response.write(body.subarray(0, body.length >> 1), () => response.destroy())
}

const HOP_BY_HOP = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade", "proxy-connection", "te", "trailer"])

function plain(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)))
}
