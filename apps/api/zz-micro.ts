import { readFileSync } from "node:fs"; import { createSecretKey } from "node:crypto"
import { readSignature, fits, digestFits, coversEnough, partsOf } from "./signature.ts"; import { SaleBody } from "./bodies.ts"; import { holdsBankCardNumber } from "./bank-card-guard.ts"; import { canonical } from "@mila/tills"
import { secretsFrom, dayIn, MINSK } from "@mila/kernel"
const J = JSON.parse(readFileSync("/tmp/tillbench/reqs.json", "utf8"))
const [h, b] = J.reqs[5].split("\r\n\r\n"); const headers = Object.fromEntries(h.split("\r\n").slice(1).map((l: string) => [l.slice(0, l.indexOf(":")).toLowerCase(), l.slice(l.indexOf(":") + 2)]))
const bytes = Buffer.from(b); const req = { method: "POST", url: "http://127.0.0.1:3/pos/v1/receipts", header: (n: string) => headers[n] ?? null }
const key = createSecretKey(Buffer.alloc(32)); const secrets = secretsFrom(Buffer.alloc(32, 1))
const T = new TextDecoder("utf-8", { fatal: true })
const bench = (name: string, f: () => unknown) => { let best = 1e9; for (let r = 0; r < 6; r++) { const t = performance.now(); for (let i = 0; i < 10000; i++) f(); best = Math.min(best, (performance.now() - t) / 10) } console.log(name.padEnd(20), best.toFixed(2), "us") }
bench("readSignature", () => readSignature(req)); const sig = readSignature(req) as any
bench("fits", () => fits(sig, { algorithm: "hmac-sha256", key }))
bench("digest", () => digestFits(headers["content-digest"], bytes))
bench("partsOf", () => partsOf(req.url))
bench("decode", () => T.decode(bytes)); const text = T.decode(bytes)
bench("toString", () => bytes.toString("utf8"))
bench("JSON.parse", () => JSON.parse(text)); const j = JSON.parse(text)
bench("pan", () => holdsBankCardNumber(text, j))
bench("zod", () => SaleBody.safeParse(j)); const sale = SaleBody.parse(j)
bench("canonical", () => canonical(sale)); const can = canonical(sale)
bench("stringify", () => JSON.stringify(sale))
bench("hmac", () => secrets.hmac("x", can))
bench("dayIn", () => dayIn(MINSK, new Date()))
bench("new Date", () => new Date(sale.soldAt))
bench("toISO", () => new Date().toISOString())
