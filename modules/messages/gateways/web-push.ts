import webpush from "web-push"
import { type BrowserSubscription, isAllowedEndpoint, pushServiceOf } from "../push/endpoints.ts"
import type { PushKeys } from "../push/keys.ts"
import type { Gateway, Said } from "./gateway.ts"

const PATIENCE_MS = 10_000
const KEPT_SECONDS = 86_400 // a service keeps it so long for a phone that is off; after a day it is news no more

/** Why a service will never take anything for a subscription again: it is over. */
export const GONE = "gone"

/**
 * Notifications of browsers: Web Push (RFC 8030), the text sealed for one browser (RFC 8291, aes128gcm), we known by our keys (RFC 8292). `to` is the subscription
 * as the browser gave it, in JSON. 404 and 410 end it, another 4xx is about this message, a 429 or 5xx may be otherwise later. No redirect is followed.
 */
export function webPush({ keys, hosts }: { keys: PushKeys; hosts: readonly string[] }): Gateway {
  const vapidDetails = { subject: keys.subject, publicKey: keys.publicKey, privateKey: keys.privateKey }
  return {
    ...{ name: "webpush", channel: "push" },
    async send({ to, subject, text, opens, locale, tag, urgent }): Promise<Said> {
      const { endpoint, p256dh, auth } = JSON.parse(to) as BrowserSubscription
      if (!isAllowedEndpoint(endpoint, hosts)) return { said: "refused", why: "the service is not on our list" }
      const payload = JSON.stringify({ title: subject, text, opens, lang: locale, tag })
      try {
        const sealed = webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, {
          ...{ vapidDetails, TTL: KEPT_SECONDS, contentEncoding: "aes128gcm" },
          urgency: urgent ? "high" : "normal",
        })
        const answer = await fetch(sealed.endpoint, {
          ...{ method: sealed.method, headers: headersOf(sealed.headers), body: new Uint8Array(sealed.body ?? []) },
          ...{ redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) },
        })
        await answer.body?.cancel()
        return heard(answer, endpoint)
      } catch {
        return { said: "away", why: "no answer" } // the cause would repeat the address
      }
    },
  }
}

function heard({ status, headers }: Response, endpoint: string): Said {
  const through = `webpush ${pushServiceOf(endpoint)}`
  if (status >= 200 && status < 300) return { said: "taken", id: (headers.get("location") ?? "nameless").slice(-200), through }
  if (status === 404 || status === 410) return { said: "refused", why: GONE }
  return { said: status >= 500 || status === 429 || status === 401 ? "away" : "refused", why: `status ${status}` }
}

/** fetch counts the length itself. */
function headersOf(given: Record<string, unknown>): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given)) if (!/^content-length$/i.test(name)) headers.set(name, String(value))
  return headers
}
