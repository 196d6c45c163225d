import { createHash } from "node:crypto"
import { type DeliveryState, type Gateway, getForm, postForm, reasonIn, type Said } from "./gateway.ts"

// What concerns this number or this text; anything else may be otherwise in a minute or at another gateway.
const REFUSALS = new Set(["WRONG_PHONE", "INVALID_PHONE", "WRONG_TEXT", "EMPTY_TEXT", "PHONE_IN_BLACKLIST"])
const STATES: Readonly<Record<string, DeliveryState>> = {
  ...{ QUEUED: "under_way", SENT: "under_way", DELIVERED: "delivered", FAILED: "undeliverable" },
}

/**
 * RocketSMS, API 1.5: `POST /simple/send`, `GET /simple/status`. The password travels as its MD5, which is the provider's choice. Errors come with status
 * 200 and a field `error`. `url` is the host, e.g. https://api.rocketsms.by.
 */
export function rocketSms({
  url,
  login,
  password,
  sender,
}: {
  url: string
  login: string
  password: string
  sender: string | null
}): Gateway {
  const hashed = createHash("md5").update(password).digest("hex")
  return {
    ...{ name: "rocketsms", channel: "sms" },
    async send({ to, text, urgent }): Promise<Said> {
      const heard = await postForm(new URL("/simple/send", url).href, {
        ...{ username: login, password: hashed, phone: to.replace(/\D/g, ""), text },
        ...(sender === null ? {} : { sender }),
        ...(urgent ? { priority: "true" } : {}),
      })
      if ("why" in heard) return { said: "away", why: heard.why }
      const { id, error } = heard.body
      if (typeof error === "string") return { said: REFUSALS.has(error) ? "refused" : "away", why: reasonIn(error) }
      if (heard.status !== 200 || (typeof id !== "number" && typeof id !== "string")) return { said: "away", why: `status ${heard.status}` }
      return { said: "taken", id: String(id) }
    },
    async ask(id) {
      const heard = await getForm(new URL("/simple/status", url).href, { username: login, password: hashed, id })
      return "why" in heard || heard.status !== 200 ? undefined : STATES[String(heard.body["status"])]
    },
  }
}
