import { type Http2ServerRequest, type Http2ServerResponse, createSecureServer } from "node:http2"
import type { TLSSocket } from "node:tls"

// A stand-in of Apple's push service for tests and for trying things out: HTTP/2 over TLS, known by the certificate of the pass type.

export type ApplePushStandIn = {
  url: string
  /** push tokens of the phones there are, and what happens to one that is told */
  phones: Map<string, () => void>
  /** tokens as they were told */
  told: string[]
  /** what it answers from now on: as it should, that it has too much to do, or nothing at all */
  mood: "well" | "busy" | "silent"
  close(): Promise<void>
}

/** `key` and `certificate` are its own (PEM); `authority` signs the certificates of whom it listens to. */
export async function applePushStandIn(own: {
  key: string
  certificate: string
  authority: string
  passType: string
}): Promise<ApplePushStandIn> {
  const server = createSecureServer({
    ...{ key: own.key, cert: own.certificate, ca: own.authority, requestCert: true, rejectUnauthorized: true },
  })
  const self: ApplePushStandIn = {
    ...{ url: "", phones: new Map(), told: [], mood: "well" },
    close: () =>
      new Promise((done) => {
        for (const session of sessions) session.destroy()
        server.close(() => done())
      }),
  }
  const sessions = new Set<{ destroy(): void }>()
  server.on("session", (session) => sessions.add(session))
  server.on("request", (request, response) => void answer(request, response))
  const answer = async (request: Http2ServerRequest, response: Http2ServerResponse): Promise<void> => {
    let text = ""
    for await (const chunk of request) text += String(chunk)
    if (self.mood === "silent") return
    const { status, reason, token } = judged(self, request, { text, passType: own.passType })
    response.writeHead(status, { "content-type": "application/json" })
    response.end(reason ? JSON.stringify({ reason }) : "")
    if (status === 200 && token) self.phones.get(token)?.()
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const address = server.address()
  self.url = `https://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  return self
}

type Judged = { status: number; reason?: string; token?: string }

function judged(self: ApplePushStandIn, request: Http2ServerRequest, { text, passType }: { text: string; passType: string }): Judged {
  const holder = (request.stream.session?.socket as TLSSocket | undefined)?.getPeerCertificate().subject as { UID?: string } | undefined
  const { "apns-topic": topic, "apns-push-type": kind, "apns-priority": priority } = request.headers
  if (self.mood === "busy") return { status: 429, reason: "TooManyRequests" }
  if (request.method !== "POST") return { status: 405, reason: "MethodNotAllowed" }
  if (holder?.UID !== passType || topic !== passType) return { status: 400, reason: "TopicDisallowed" }
  if (kind !== "background" || priority !== "5") return { status: 400, reason: "InvalidPushType" }
  if (text !== "{}") return { status: 400, reason: "PayloadEmpty" }
  const [, token = ""] = /^\/3\/device\/([0-9a-f]{64})$/.exec(request.url) ?? []
  if (!token) return { status: 400, reason: "BadDeviceToken" }
  self.told.push(token)
  return self.phones.has(token) ? { status: 200, token } : { status: 410, reason: "Unregistered" }
}
