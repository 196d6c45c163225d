import { inTransaction, Refusal } from "@mila/kernel"
import { mayStill, staffByKey } from "@mila/staff"
import type { Context } from "hono"
import type { ExchangeContext, ExchangeEnv } from "./context.ts"

export type NoSender = "not_signed_in" | "not_allowed" | "key_ended" | "key_idle"

/**
 * Whose key it is: the password of HTTP Basic (1C knows nothing else; the name is for people), or a bearer. `not_signed_in`: nobody's; `not_allowed`: somebody's who may not
 * send goods; `key_ended`, `key_idle`: it was one.
 */
export async function senderOf(c: Context<ExchangeEnv>, { db, isDemo, log }: ExchangeContext): Promise<number | NoSender> {
  const [scheme = "", given = ""] = (c.req.header("authorization") ?? "").split(" ", 2)
  const key = /^basic$/i.test(scheme) ? passwordOf(given) : /^bearer$/i.test(scheme) ? given : ""
  if (key === "" || key.length > 200) return "not_signed_in"
  try {
    const staff = await inTransaction(db, (tx) => staffByKey(tx, key, { isDemo }), { readsFirst: true })
    if (!staff) return "not_signed_in"
    if (!staff.permissions.has("exchange.send")) return "not_allowed"
    // 1C has no ears for it; whoever looks after the log gives it the next key in time
    if (staff.endsSoon) log.warn({ staffId: staff.staffId, keyId: staff.keyId, endsAt: staff.endsAt }, "the key of a machine ends soon")
    return staff.staffId
  } catch (error) {
    if (error instanceof Refusal && (error.code === "key_ended" || error.code === "key_idle")) return error.code
    throw error
  }
}

/** Whether whoever began a conversation may go on: a right taken away, and somebody who left, ends it at the next request. */
export const maySend = ({ db }: ExchangeContext, staffId: number): Promise<boolean> =>
  inTransaction(db, (tx) => mayStill(tx, { staffId, permission: "exchange.send" }), { readsFirst: true })

function passwordOf(encoded: string): string {
  const text = Buffer.from(encoded, "base64").toString("utf8")
  return text.slice(text.indexOf(":") + 1)
}
