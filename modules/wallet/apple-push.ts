import { type ClientHttp2Session, connect } from "node:http2"
import type { AppleKeys } from "./apple-keys.ts"

/** `gone`: the phone has the pass no more, or the name is no phone's; nobody need try again. */
export type Pushed = "told" | "gone" | "failed"

const PATIENCE_MS = 10_000
const GONE = new Set(["BadDeviceToken", "DeviceTokenNotForTopic", "Unregistered", "ExpiredToken"])

/**
 * Tells phones that a pass of theirs has changed, and nothing else: what has changed they ask us. One connection, known by the certificate that signs the passes
 * (Apple Push Notification service, HTTP/2; an empty payload, the pass type as its topic). Slow: never inside a transaction. Answers for each of the
 * phones, and throws nothing.
 */
export async function pushToPhones(
  tokens: readonly string[],
  keys: AppleKeys,
  { patienceMs = PATIENCE_MS }: { patienceMs?: number } = {},
): Promise<Map<string, Pushed>> {
  if (tokens.length === 0) return new Map()
  const session = connect(keys.pushUrl, {
    ...{ cert: keys.certificate, key: keys.key },
    ...(keys.passphrase === null ? {} : { passphrase: keys.passphrase }),
    ...(keys.pushAuthority === null ? {} : { ca: keys.pushAuthority }),
  })
  session.on("error", () => undefined) // each request hears of it too
  try {
    return new Map(await Promise.all(tokens.map(async (token) => [token, await push(session, token, { keys, patienceMs })] as const)))
  } finally {
    session.destroy()
  }
}

function push(session: ClientHttp2Session, token: string, { keys, patienceMs }: { keys: AppleKeys; patienceMs: number }): Promise<Pushed> {
  return new Promise((resolve) => {
    const headers = { "apns-topic": keys.passType, "apns-push-type": "background", "apns-priority": "5" }
    const request = session.request({ ":method": "POST", ":path": `/3/device/${token}`, ...headers })
    let status = 0
    let text = ""
    request.setTimeout(patienceMs, () => request.close())
    request.setEncoding("utf8")
    request.on("response", (answer) => (status = Number(answer[":status"])))
    request.on("data", (chunk: string) => (text = (text + chunk).slice(0, 1_000)))
    request.on("error", () => resolve("failed"))
    request.on("close", () => resolve(outcomeOf(status, text)))
    request.end("{}")
  })
}

function outcomeOf(status: number, text: string): Pushed {
  if (status === 200) return "told"
  const [, reason = ""] = /"reason"\s*:\s*"(\w{1,40})"/.exec(text) ?? []
  return status === 410 || GONE.has(reason) ? "gone" : "failed"
}
