import { inTransaction } from "@mila/kernel"
import { staffByKey } from "@mila/staff"
import type { Context } from "hono"
import type { ExchangeContext, ExchangeEnv } from "./context.ts"

/**
 * Whose key it is: the password of HTTP Basic (1C knows nothing else; the name is for people), or a bearer. `unknown`: nobody's; `not_allowed`: somebody's who may not
 * send goods.
 */
export async function senderOf(c: Context<ExchangeEnv>, { db }: ExchangeContext): Promise<number | "unknown" | "not_allowed"> {
  const [scheme = "", given = ""] = (c.req.header("authorization") ?? "").split(" ", 2)
  const key = /^basic$/i.test(scheme) ? passwordOf(given) : /^bearer$/i.test(scheme) ? given : ""
  if (key === "" || key.length > 200) return "unknown"
  const staff = await inTransaction(db, (tx) => staffByKey(tx, key), { readsFirst: true })
  if (!staff) return "unknown"
  return staff.permissions.has("exchange.send") ? staff.staffId : "not_allowed"
}

function passwordOf(encoded: string): string {
  const text = Buffer.from(encoded, "base64").toString("utf8")
  return text.slice(text.indexOf(":") + 1)
}
