import { serve } from "@hono/node-server"; import { Hono } from "hono"; import { spawn } from "node:child_process"; import { readFileSync, writeFileSync } from "node:fs"; import http from "node:http"
const J = JSON.parse(readFileSync("/tmp/tillbench/reqs.json", "utf8")); const N = J.reqs.length
const ans = JSON.stringify({ a: "x".repeat(850) })
const run = async (name: string, server: any) => { await new Promise((r) => server.listening ? r(0) : server.once("listening", r)); writeFileSync("/tmp/tillbench/reqs.json", JSON.stringify({ ...J, port: server.address().port, C: 64 })); const u = process.cpuUsage(); await new Promise((d) => spawn(process.execPath, ["/tmp/tillbench/load.mjs"], { stdio: "inherit" }).on("exit", d)); const e = process.cpuUsage(u); console.log(name, Math.round((e.user + e.system) / N), "us/req"); server.closeAllConnections?.(); server.close() }
const hono = new Hono(); hono.post("/pos/v1/receipts", async (c) => { await c.req.arrayBuffer(); return c.body(ans, 201, { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" }) })
await run("hono", serve({ fetch: hono.fetch, port: 0 }))
await run("hono", serve({ fetch: hono.fetch, port: 0 }))
await run("bare", http.createServer((q, s) => { const ch: Buffer[] = []; q.on("data", (d) => ch.push(d)); q.on("end", () => { Buffer.concat(ch); s.writeHead(201, { "content-type": "application/json" }); s.end(ans) }) }).listen(0))
process.exit(0)
