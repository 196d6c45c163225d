import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, randomUUID, verify } from "node:crypto"
import { createServer, type IncomingMessage } from "node:http"

// The push service of a browser's maker, and browsers that read what it brings, for tests and for trying things out. It checks who sends (RFC 8292) and opens
// what was sealed (RFC 8291, aes128gcm) with nothing but Node's own cryptography, so that the protocol is proved and not a library's reading of it.

export type TakenNotification = { browser: string; note: Record<string, unknown>; ttl: number; urgency: string | null; sender: string }

export type StandInBrowser = { endpoint: string; keys: { p256dh: string; auth: string } }

export type PushService = {
  url: string
  taken: TakenNotification[]
  /** how it answers from now on */
  mood: "well" | "gone" | "busy" | "forbids" | "leads away"
  /** A browser that subscribes here; what it gives is what a page sends to us. */
  subscribe(): StandInBrowser
  close(): Promise<void>
}

type Reader = { keys: ECDH; auth: Buffer }

/** `publicKey` is whom it lets send: the public half of our keys, base64url; `now` its clock, in milliseconds. */
export async function pushServiceStandIn({ publicKey, now }: { publicKey: string; now: () => number }): Promise<PushService> {
  const readers = new Map<string, Reader>()
  const server = createServer((request, response) => {
    const end = (status: number, headers: Record<string, string> = {}) => void response.writeHead(status, headers).end()
    bodyOf(request).then(
      (body) => {
        if (self.mood === "gone") return end(410)
        if (self.mood === "busy") return end(429, { "retry-after": "60" })
        if (self.mood === "forbids") return end(403)
        if (self.mood === "leads away") return end(307, { location: `${self.url}/elsewhere` })
        const reader = readers.get(request.url ?? "")
        if (!reader || request.method !== "POST") return end(404)
        const sender = senderOf(request, { publicKey, origin: self.url, now: now() })
        if (!sender) return end(401)
        if (request.headers["content-encoding"] !== "aes128gcm" || !/^\d+$/.test(String(request.headers["ttl"]))) return end(400)
        const urgency = request.headers["urgency"]
        self.taken.push({
          ...{ browser: `${self.url}${request.url}`, note: JSON.parse(opened(body, reader)) as Record<string, unknown>, sender },
          ...{ ttl: Number(request.headers["ttl"]), urgency: typeof urgency === "string" ? urgency : null },
        })
        end(201, { location: `${self.url}/message/${randomUUID()}` })
      },
      () => end(400),
    )
  })
  const self: PushService = {
    ...{ url: "", taken: [], mood: "well" },
    subscribe() {
      const [keys, auth, path] = [createECDH("prime256v1"), randomBytes(16), `/push/${randomUUID()}`]
      keys.generateKeys()
      readers.set(path, { keys, auth })
      return { endpoint: self.url + path, keys: { p256dh: keys.getPublicKey("base64url"), auth: auth.toString("base64url") } }
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const address = server.address()
  self.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  return self
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

/** Who sends, by a token signed with the key we know, for this service and not longer than a day; undefined when any of it is wrong. */
function senderOf(
  request: IncomingMessage,
  { publicKey, origin, now }: { publicKey: string; origin: string; now: number },
): string | undefined {
  const [, token = "", key = ""] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(request.headers["authorization"] ?? "") ?? []
  const [head = "", claims = "", signature = ""] = token.split(".")
  if (key !== publicKey || !signature) return undefined
  const point = Buffer.from(publicKey, "base64url")
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString("base64url"))
  const signer = createPublicKey({ key: { kty: "EC", crv: "P-256", x: x!, y: y! }, format: "jwk" })
  const isSigned = verify(
    "sha256",
    Buffer.from(`${head}.${claims}`),
    { key: signer, dsaEncoding: "ieee-p1363" },
    Buffer.from(signature, "base64url"),
  )
  const { aud, exp, sub } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { aud: string; exp: number; sub: string }
  const left = exp - now / 1000
  return isSigned && aud === origin && left > 0 && left <= 86_400 ? sub : undefined
}

/** RFC 8188: salt (16), record size (4), length of the sender's key (1), the key, one record. RFC 8291: how the key to it is made. */
function opened(body: Buffer, { keys, auth }: Reader): string {
  const [salt, length] = [body.subarray(0, 16), body[20]!]
  const theirs = body.subarray(21, 21 + length)
  const record = body.subarray(21 + length)
  const derive = (secret: Buffer, salted: Buffer, info: Buffer, size: number) => Buffer.from(hkdfSync("sha256", secret, salted, info, size))
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), keys.getPublicKey(), theirs])
  const secret = derive(keys.computeSecret(theirs), auth, info, 32)
  const key = derive(secret, salt, Buffer.from("Content-Encoding: aes128gcm\0"), 16)
  const nonce = derive(secret, salt, Buffer.from("Content-Encoding: nonce\0"), 12)
  const decipher = createDecipheriv("aes-128-gcm", key, nonce)
  decipher.setAuthTag(record.subarray(-16))
  const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString("utf8")
}
