import { randomUUID } from "node:crypto"
import { signedHeaders, type TillKey } from "../signing.ts"
import type { Answer } from "../till-client.ts"
import { send } from "../transport.ts"
import { type Case, holds, refused } from "./case.ts"
import type { Kit } from "./kit.ts"

type Twist = {
  key?: TillKey
  at?: Date
  /** of what is sent, after signing */
  alter?: (headers: Record<string, string>, body: string) => { headers: Record<string, string>; body: string }
  storeCode?: string
}

/** One request signed by hand, with something wrong in it. */
async function twisted(
  { till, now }: Kit,
  { key = till.enrolled.key, at = till.now(), alter = (headers, body) => ({ headers, body }), storeCode = till.enrolled.storeCode }: Twist,
): Promise<Answer> {
  const target = "/pos/v1/identify"
  const text = JSON.stringify({
    storeCode,
    tillNo: till.enrolled.tillNo,
    at: now(),
    identifier: { type: "card13", value: "2999999999994" },
  })
  const altered = alter(signedHeaders(key, { method: "POST", target, body: text, idempotencyKey: randomUUID(), at }), text)
  const received = await send({
    url: `${till.enrolled.url}${target}`,
    method: "POST",
    headers: altered.headers,
    body: altered.body,
    timeoutMs: 5_000,
  })
  return { ...received, body: received.text === "" ? undefined : JSON.parse(received.text) }
}

const without = (headers: Record<string, string>, ...names: string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)))

export const SIGNATURES: readonly Case[] = [
  {
    ...{ id: "S1", title: "an unsigned request is not heard", needs: [] },
    run: async (kit) =>
      void refused(
        await twisted(kit, { alter: (headers, body) => ({ headers: without(headers, "signature", "signature-input"), body }) }),
        401,
        "signature_missing",
      ),
  },
  {
    ...{ id: "S2", title: "another key's signature does not fit", needs: [] },
    async run(kit) {
      const { key } = kit.till.enrolled
      const other: TillKey = { keyid: key.keyid, alg: "hmac-sha256", secret: Buffer.alloc(32, 7).toString("base64url") }
      refused(await twisted(kit, { key: other }), 401, "signature_wrong")
    },
  },
  {
    ...{ id: "S3", title: "a body changed on its way is noticed", needs: [] },
    run: async (kit) =>
      void refused(
        await twisted(kit, { alter: (headers, body) => ({ headers, body: body.replace("2999999999994", "2999999999987") }) }),
        401,
        "digest_wrong",
      ),
  },
  {
    ...{ id: "S4", title: "a signature of yesterday is old, and the server tells its time", needs: [] },
    async run(kit) {
      const answer = refused(await twisted(kit, { at: new Date(kit.till.now().getTime() - 86_400_000) }), 401, "signature_expired")
      holds("serverTime is a moment", !Number.isNaN(Date.parse(answer.body.serverTime)), answer.body.serverTime)
    },
  },
  {
    ...{ id: "S5", title: "an idempotency key that was not signed is not believed", needs: [] },
    run: async (kit) =>
      void refused(
        await twisted(kit, { alter: (headers, body) => ({ headers: { ...headers, "idempotency-key": randomUUID() }, body }) }),
        401,
        "signature_wrong",
      ),
  },
  {
    ...{ id: "S6", title: "a till speaks for its own shop only", needs: [] },
    run: async (kit) => void refused(await twisted(kit, { storeCode: "none-of-yours" }), 403, "not_your_shop"),
  },
]
