import { aCard } from "@mila/cards/testing"
import { inTransaction } from "@mila/kernel"
import { aSale } from "@mila/tills/testing"
import { createHash, createHmac, randomUUID } from "node:crypto"
import { writeFileSync } from "node:fs"
import { spawn } from "node:child_process"
import { aDoor } from "./testing.ts"
import pg from "pg"
const times = new Map<string, [number, number]>(); const oq = pg.Client.prototype.query as any
;(pg.Client.prototype as any).query = function (a: any, ...r: any[]) { const name = typeof a === "string" ? a.slice(0, 20) : (a?.name ?? a?.text?.slice(0, 30)); const t = performance.now(); const p = oq.call(this, a, ...r); if (p?.then) p.then(() => { const x = times.get(name) ?? [0, 0]; x[0]++; x[1] += performance.now() - t; times.set(name, x) }, () => 0); return p }
const N = Number(process.env.N ?? 20000), C = Number(process.env.C ?? 64), MEMBERS = 4000, TILLS = 50
const door = await aDoor({ settings: { tillRequestsPerSecond: 100000, signatureSeconds: 100000 } })
const cards: string[] = []
while (cards.length < MEMBERS) await Promise.all(Array.from({ length: 8 }, () => inTransaction(door.db, aCard as any).then((c: any) => cards.push(c.number), () => 0)))
const tills: any[] = []
for (let i = 0; i < TILLS; i++) tills.push(await door.till())
const reqs: string[] = []
for (let i = 0; i < N; i++) {
  const t = tills[i % TILLS]
  const lines = Array.from({ length: 5 }, (_, k) => ({ no: k + 1, sku: "cream", quantityMilli: 1000, priceMinor: 1990, amountMinor: 1990, regularMinor: 1990 }))
  const body = JSON.stringify(aSale(t, { shift: 1000 + Math.floor(i / 1000), card: cards[(i * 7919) % MEMBERS]!, lines, sequence: Math.floor(i / TILLS) + 1, cashier: "7", soldAt: new Date(door.clock.now().getTime() - (i % 30) * 86400000).toISOString() }))
  const dig = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`, key = randomUUID()
  const params = `("@method" "@path" "content-digest" "idempotency-key");created=${Math.floor(door.clock.now().getTime() / 1000)};keyid="${t.keyId}";alg="hmac-sha256"`
  const base = `"@method": POST\n"@path": /pos/v1/receipts\n"content-digest": ${dig}\n"idempotency-key": ${key}\n"@signature-params": ${params}`
  const sig = createHmac("sha256", Buffer.from(t.secret, "base64url")).update(base).digest("base64")
  reqs.push(`POST /pos/v1/receipts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nContent-Digest: ${dig}\r\nIdempotency-Key: ${key}\r\nSignature-Input: till=${params}\r\nSignature: till=:${sig}:\r\n\r\n${body}`)
}
writeFileSync("/tmp/tillbench/reqs.json", JSON.stringify({ port: Number(new URL(door.url).port), C, reqs }))
import { readFileSync as rf, readdirSync } from "node:fs"
const pgcpu = () => { let t = 0; for (const d of readdirSync("/proc")) if (/^\d+$/.test(d)) try { const st = rf(`/proc/${d}/stat`, "utf8"); if (!st.includes("(postgres)")) continue; const env = rf(`/proc/${d}/cmdline`, "latin1"); if (!env.includes("test_") && !env.includes("test ") ) continue; const f = st.slice(st.lastIndexOf(")") + 2).split(" "); t += Number(f[11]) + Number(f[12]) } catch {} return t * 10000 }
times.clear(); const pg0 = pgcpu(); const stat = () => rf("/proc/stat", "utf8").split("\n")[0]!.split(/\s+/).slice(1).map(Number); const st0 = stat()
const cpu = process.cpuUsage(), started = performance.now()
if (process.env.PROF) { const { Session } = await import("node:inspector"); const s = new Session(); s.connect(); s.post("Profiler.enable"); s.post("Profiler.start"); (globalThis as any).prof = s }
await new Promise((done) => spawn(process.execPath, ["/tmp/tillbench/load.mjs"], { stdio: "inherit" }).on("exit", done))
times.delete("x"); const snap = [...times].sort((a, b) => b[1][1] - a[1][1]).slice(0, 22);
const used = process.cpuUsage(cpu), ms = performance.now() - started
const st1 = stat(); const dd = st1.map((v, i) => v - st0[i]!); console.log({ pgUsPerReq: Math.round((pgcpu() - pg0) / N), machineBusyUs: Math.round((dd[0]! + dd[2]! + dd[1]! + dd[6]!) * 10000 / N), idleUs: Math.round(dd[3]! * 10000 / N), stealUs: Math.round(dd[7]! * 10000 / N) }); for (const [k, [n, ms]] of snap) console.log(k.padEnd(34), n, (ms / n).toFixed(2) + " ms", (ms * 1000 / N).toFixed(1) + " us/req"); console.log({ perSec: Math.round(N / ms * 1000), cpuUs: Math.round((used.user + used.system) / N), user: Math.round(used.user / N), sys: Math.round(used.system / N) })
if (process.env.PROF) await new Promise<void>((r) => (globalThis as any).prof.post("Profiler.stop", (_: any, { profile }: any) => { writeFileSync("/tmp/tillbench/p.cpuprofile", JSON.stringify(profile)); r() }))
const q = async (sql: string) => console.log((await inTransaction(door.owner, (tx) => tx.client.query(sql))).rows)
await q("select state, count(*), avg(octet_length(answer))::int answer, avg(pg_column_size(body))::int body, avg(pg_column_size(explanation))::int expl, avg(pg_column_size(r.*))::int row, sum(earned) from tills.receipt r group by 1")
await q("select pg_relation_size('tills.receipt')/count(*) heap, pg_indexes_size('tills.receipt')/count(*) idx from tills.receipt")
if (process.env.PLAN) await inTransaction(door.owner, async (tx) => {
  const c = tx.client; await c.query("set local plan_cache_mode = force_generic_plan")
  await c.query(`prepare p(text[], bigint[], text[]) as select asked.place::int, same.fingerprint same_fingerprint, same.state same_state, same.answer same_answer,
          keyed.fingerprint keyed_fingerprint, keyed.state keyed_state, keyed.answer keyed_answer,
          request.fingerprint asked_fingerprint, request.answer asked_answer
     from unnest($1::text[], $2::bigint[], $3::text[]) with ordinality as asked(id, till_id, key, place)
     left join tills.receipt same on same.id = asked.id
     left join tills.receipt keyed on keyed.till_id = asked.till_id and keyed.request_key = asked.key
     left join tills.request request on request.till_id = asked.till_id and request.key = asked.key
    where same.id is not null or keyed.id is not null or request.key is not null`)
  const ids = Array.from({ length: 20 }, (_, i) => "x-" + i), t = ids.map(() => 1), k = ids.map(() => randomUUID())
  const lit = (a: any[]) => `'{${a.join(",")}}'`
  for (let i = 0; i < 2; i++) { const r = await c.query(`explain (analyze, buffers) execute p(${lit(ids)}, ${lit(t)}, ${lit(k)})`); console.log(r.rows.map((x: any) => x["QUERY PLAN"]).join("\n")) }
})
await door.close()
process.exit(0)
