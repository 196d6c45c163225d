import { inTransaction } from "@mila/kernel"
import { offlinePack, offlinePackVersion, signAsUs, verificationKey } from "@mila/tills"
import type { Hono } from "hono"
import { hash } from "node:crypto"
import type { Calls } from "./calls.ts"
import type { TillDoorContext, TillEnv } from "./context.ts"

/** What a till carries to work alone; 304 while nothing changed. Signed by us, so that a till can tell that its disk still holds what we sent. */
export function packRoute(app: Hono<TillEnv>, { context, read }: Calls): void {
  app.get("/offline-pack", (c) =>
    read(c, async ({ till, at }) => {
      const known = c.req.header("if-none-match")
      const version = await inTransaction(context.tillDb, (tx) => offlinePackVersion(tx, { till, at }))
      const headers = { etag: `"${version}"`, "cache-control": "private, no-cache" }
      if (known && known.split(",").some((tag) => tag.trim() === `"${version}"`)) return { status: 304, text: "", headers }
      const text = JSON.stringify(await inTransaction(context.tillDb, (tx) => offlinePack(tx, { till, at })))
      return { status: 200, text, headers: { ...headers, ...signedAnswer(context, text, at) } }
    }),
  )
}

/** An HTTP Message Signature over an answer (RFC 9421, 2.2.9), labelled `mila`. */
function signedAnswer({ tillDb }: TillDoorContext, text: string, at: Date): Record<string, string> {
  const digest = `sha-256=:${hash("sha256", text, "base64")}:`
  const params = `("@status" "content-digest");created=${Math.floor(at.getTime() / 1000)};keyid="${verificationKey(tillDb).kid}";alg="ed25519"`
  const base = `"@status": 200\n"content-digest": ${digest}\n"@signature-params": ${params}`
  return { "content-digest": digest, "signature-input": `mila=${params}`, signature: `mila=:${signAsUs(tillDb, base).toString("base64")}:` }
}
