import { createHash, timingSafeEqual } from "node:crypto"
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http"

// Stand-ins of SMS providers for tests and for trying things out: they speak the providers' protocols and keep what they were given.

export type TakenSms = { phone: string; text: string; sender: string | null; urgent: boolean }

export type StandIn = {
  url: string
  taken: TakenSms[]
  /** what it answers from now on: as it should, out of money, broken, or nothing at all */
  mood: "well" | "no money" | "broken" | "silent"
  /** what it says became of a message, by the name it gave it; in its own words */
  became: Map<string, string>
  close(): Promise<void>
}

const NO_MONEY = { rocketsms: "NOT_ENOUGH_BALANCE", smsby: "Недостаточно средств на балансе" }

/** RocketSMS's `POST /simple/send` and `GET /simple/status` with one account. A message is SENT until `became` says otherwise. */
export const rocketSmsStandIn = (account: { login: string; password: string }): Promise<StandIn> =>
  standIn(["POST /simple/send", "GET /simple/status"], NO_MONEY.rocketsms, (form, became) => {
    const hashed = createHash("md5").update(account.password).digest("hex")
    if (form.get("username") !== account.login || !same(form.get("password") ?? "", hashed)) return { error: "INVALID_AUTHENTICATION" }
    const id = form.get("id")
    if (id !== null) return { answer: () => ({ id: Number(id), status: became.get(id) ?? "SENT" }) }
    if (!/^375\d{9}$/.test(form.get("phone") ?? "")) return { error: "WRONG_PHONE" }
    const sms = {
      phone: form.get("phone")!,
      text: form.get("text") ?? "",
      sender: form.get("sender"),
      urgent: form.get("priority") === "true",
    }
    return { sms, answer: (id) => ({ id, status: "SENT", cost: { credits: 1, money: 0 } }) }
  })

/** sms.by's `POST /api/v1/sendQuickSMS` and `…/checkSMS` with one token. `became` says when a message was delivered, in seconds. */
export const smsByStandIn = ({ token }: { token: string }): Promise<StandIn> =>
  standIn(["POST /api/v1/sendQuickSMS", "POST /api/v1/checkSMS"], NO_MONEY.smsby, (form, became) => {
    if (!same(form.get("token") ?? "", token)) return { error: "Неверный токен" }
    const id = form.get("sms_id")
    if (id !== null) return { answer: () => [{ sms_id: Number(id), sent: 1_795_424_400, delivered: Number(became.get(id) ?? 0) }] }
    if (!/^375\d{9}$/.test(form.get("phone") ?? "")) return { error: `Неверный номер телефона ${form.get("phone")}` }
    const sms = { phone: form.get("phone")!, text: form.get("message") ?? "", sender: form.get("alphaname_id"), urgent: false }
    return { sms, answer: (id) => ({ sms_id: id, status: "NEW", parts: 1, balance: 100, currency: "BYN" }) }
  })

type Heard = { error: string } | { sms?: TakenSms; answer: (id: number) => object }

async function standIn(
  calls: readonly string[],
  noMoney: string,
  hear: (form: URLSearchParams, became: ReadonlyMap<string, string>) => Heard,
): Promise<StandIn> {
  const self: StandIn = { url: "", taken: [], mood: "well", became: new Map(), close: () => closed(server) }
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let text = ""
    for await (const chunk of request) text += String(chunk)
    if (self.mood === "silent") return void request.socket.destroy()
    if (self.mood === "broken") return void response.writeHead(502, { "content-type": "text/html" }).end("<h1>Bad gateway</h1>")
    const tell = (body: object) => void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body))
    const { pathname, searchParams } = new URL(request.url!, self.url)
    if (!calls.includes(`${request.method} ${pathname}`)) return tell({ error: "UNKNOWN_METHOD" })
    if (self.mood === "no money") return tell({ error: noMoney })
    const heard = hear(request.method === "GET" ? searchParams : new URLSearchParams(text), self.became)
    if ("error" in heard) return tell({ error: heard.error })
    if (heard.sms) self.taken.push(heard.sms)
    return tell(heard.answer(self.taken.length))
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const address = server.address()
  self.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`
  return self
}

const closed = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })

const same = (one: string, other: string): boolean => one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
