import assert from "node:assert/strict"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { after, test } from "node:test"
import { aDataDir, endAll, running } from "./testing.ts"

const data = aDataDir()
after(() => {
  endAll()
  data.rm()
})

test("with a collector, requests and statements become spans of one trace, without any value of theirs", async () => {
  let received = ""
  const collector = createServer((request, response) => {
    let body = "" // of this request alone: two may come at once
    request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk))
    request.on("end", () => {
      received += `${body}\n`
      response.writeHead(200, { "content-type": "application/json" }).end("{}")
    })
  })
  await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve))
  const endpoint = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`
  try {
    const program = await running(["serve", "--only", "office"], { MILA_DATA_DIR: data.dir, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    const headers = { traceparent, authorization: `Bearer mila_${"x".repeat(40)}` }
    assert.equal((await fetch(`${program.base}/office/v1/members/777700177770017?secret=hushhushhush`, { headers })).status, 401)
    assert.equal(await program.end("SIGTERM"), 0) // what was not sent yet is sent then
  } finally {
    collector.close()
  }
  const spans = [...received.matchAll(/"traceId":"(\w+)"[^{}]*?"name":"([^"]+)"/g)].filter(
    ([, traceId]) => traceId === "0af7651916cd43dd8448eb211c80319c",
  )
  const names = spans.map(([, , name]) => name)
  assert.ok(
    names.some((name) => name?.startsWith("GET ")),
    names.join(),
  )
  assert.ok(names.includes("begin") && names.includes("commit"), names.join())
  assert.doesNotMatch(received, /777700177770017|hushhush|mila_xxx/)
})
