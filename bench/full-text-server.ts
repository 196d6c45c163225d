// The reference of search-http.ts: PostgreSQL's own full text over the goods of a database, behind node:http and nothing else. Says its port and answers until told to stop.
import { connect, secretsFrom } from "@mila/kernel"
import { randomBytes } from "node:crypto"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { FullText } from "./full-text.ts"

const db = connect({ url: process.argv[2]!, name: "full text", secrets: secretsFrom(randomBytes(32)), max: 8 })
const { rows } = await db.pool.query<{ no: number; name: { ru: string }; brand: string | null; category: string | null }>(
  "select no, name, brand, category from catalog.product_group where state = 'shown'",
)
const fullText = await FullText.over(db, rows)
const server = createServer((request, answer) => {
  const text = new URL(request.url!, "http://bench").searchParams.get("q") ?? ""
  fullText.search({ text, today: 0 }).then(
    (items) => answer.setHeader("content-type", "application/json").end(JSON.stringify({ items })),
    (error: unknown) => answer.writeHead(500).end(String(error)),
  )
})
server.listen(0, "127.0.0.1", () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
process.once("SIGTERM", () => process.exit(0))
