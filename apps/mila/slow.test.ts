import { Hono } from "hono"
import assert from "node:assert/strict"
import { connect, type Socket } from "node:net"
import { test } from "node:test"
import { listen, PATIENCE } from "./server.ts"

// A52: three hundred connections that send a byte now and then. The patience is a quarter of the real one, so that nobody waits long for this test;
// with much less a busy machine would be too slow for those who are not slow themselves.
const QUARTER = { headersMs: PATIENCE.headersMs / 4, requestMs: PATIENCE.requestMs / 4, lookEveryMs: PATIENCE.lookEveryMs / 4 }

/** Sends the beginning of a request, then a byte now and then; what was heard until the other side had enough. */
function drip(port: number, beginning: string): { socket: Socket; closed: Promise<string> } {
  const socket = connect(port, "127.0.0.1")
  let heard = ""
  socket.on("error", () => undefined)
  socket.on("data", (chunk) => (heard += String(chunk)))
  socket.write(beginning)
  const dripping = setInterval(() => socket.writable && socket.write("x"), 40)
  return { socket, closed: new Promise((resolve) => socket.on("close", () => (clearInterval(dripping), resolve(heard)))) }
}

test("A52: three hundred slow connections are closed, within half a minute by the real patience, while others are served", async () => {
  assert.ok(PATIENCE.headersMs + PATIENCE.lookEveryMs <= 30_000 && PATIENCE.requestMs + PATIENCE.lookEveryMs <= 30_000)
  let read = 0
  const app = new Hono()
  app.get("/", (c) => c.text("served"))
  app.post("/in", async (c) => {
    await c.req.text()
    read += 1
    return c.text("read")
  })
  const listening = await listen(app, { port: 0, host: "127.0.0.1", patience: QUARTER })
  const beginnings = [
    "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", // headers that never end
    "POST /in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n", // a body that comes for hours
    "POST /in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n",
  ]
  const slow = Array.from({ length: 300 }, (_, no) => drip(listening.port, beginnings[no % 3]!))
  const served = Array.from({ length: 50 }, async () => (await fetch(`http://127.0.0.1:${listening.port}/`)).text())
  assert.deepEqual(new Set(await Promise.all(served)), new Set(["served"]))
  for (const heard of await Promise.all(slow.map(({ closed }) => closed))) assert.match(heard, /^(?:HTTP\/1\.1 408|$)/)
  assert.equal(read, 0, "nothing that came in part was taken for whole")
  await listening.close(1_000)
})
