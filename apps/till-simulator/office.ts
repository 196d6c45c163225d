import { randomUUID } from "node:crypto"
import { setTimeout as wait } from "node:timers/promises"
import { NoAnswer, send } from "./transport.ts"

export type OfficeAnswer = { status: number; body: any }
export type OfficeCard = { cardId: number; number: string; memberId: number }
export type OfficeDevice = OfficeCard & { deviceNo: number; secret: string }

const MOST_ALONE = 1_000

/** The back office over HTTP, as far as a kit needs it to prepare people and to read back what became of them. */
export class Office {
  readonly url: string
  readonly #key: string

  constructor(url: string, key: string) {
    this.url = url
    this.#key = key
  }

  /** One request, whatever its answer; repeated under its key while the server is away. Errors: NoAnswer after two minutes. */
  async ask(method: string, path: string, body?: object): Promise<OfficeAnswer> {
    const headers = { authorization: `Bearer ${this.#key}`, "content-type": "application/json", "idempotency-key": randomUUID() }
    const sent = { url: `${this.url}/office/v1${path}`, method, headers, body: body ? JSON.stringify(body) : null, timeoutMs: 60_000 }
    for (const deadline = performance.now() + 120_000; ; await wait(100)) {
      const received = await send(sent).catch((error: unknown) => (error instanceof NoAnswer ? error : Promise.reject(error)))
      const away = received instanceof NoAnswer || received.status === 503
      if (!away) return { status: received.status, body: received.text === "" ? undefined : JSON.parse(received.text) }
      if (performance.now() < deadline) continue
      if (received instanceof NoAnswer) throw received
    }
  }

  /** One request that must succeed. Errors: throws with the server's words. */
  async must(method: string, path: string, body?: object): Promise<any> {
    const told = await this.ask(method, path, body)
    if (told.status >= 300) throw new Error(`${method} ${path}: ${told.status} ${JSON.stringify(told.body)}`)
    return told.body
  }

  async registerMember(person: object = {}): Promise<number> {
    for (let tries = 1; ; tries += 1) {
      const phone = `+37529${String(Math.floor(Math.random() * 9_000_000) + 1_000_000)}`
      const told = await this.ask("POST", "/members", { name: { family: "Иванова", given: "Анна" }, phone, ...person })
      if (told.status === 201) return told.body.memberId
      if (told.body?.code !== "phone_taken" || tries === 5)
        throw new Error(`a member could not be registered: ${told.status} ${JSON.stringify(told.body)}`)
    }
  }

  async issueCard(memberId: number): Promise<OfficeCard> {
    const { cardId, number } = await this.must("POST", `/members/${memberId}/cards`, {})
    return { cardId, number, memberId }
  }

  async enrolDevice(card: OfficeCard): Promise<OfficeDevice> {
    const { deviceNo, secret } = await this.must("POST", `/cards/${card.cardId}/devices`, { name: "phone" })
    return { ...card, deviceNo, secret }
  }

  /** Gives points that can be used at once, in amounts one person may give alone. */
  async givePoints(memberId: number, points: number): Promise<void> {
    for (let left = points; left > 0; left -= MOST_ALONE) {
      const { status } = await this.must("POST", `/members/${memberId}/adjustments`, {
        points: Math.min(left, MOST_ALONE),
        reason: "goodwill",
      })
      if (status !== "posted") throw new Error("points wait for a second person")
    }
  }

  async balance(memberId: number): Promise<{ pending: number; available: number; held: number; owed: number }> {
    return (await this.must("GET", `/members/${memberId}/balance`)).balance
  }

  /** All pages of a list: `next` asks for the page after. */
  async pages<Row>(path: string, list: string, cursor: "before" | "after"): Promise<Row[]> {
    const rows: Row[] = []
    for (let next: string | number | null = null; ;) {
      const page = await this.must("GET", `${path}?most=100${next === null ? "" : `&${cursor}=${encodeURIComponent(next)}`}`)
      rows.push(...page[list])
      if (page.next === null) return rows
      next = page.next
    }
  }

  /** A till of `shop` nobody enrolled yet, made when there is none, and the code that enrols it. */
  async tillToEnrol(shop: string, till: number): Promise<{ tillId: number; code: string }> {
    const { tills } = await this.must("GET", `/tills?shop=${shop}&most=500`)
    const found = tills.find((one: { till: number }) => one.till === till)
    const { tillId } = found ?? (await this.must("POST", "/tills", { shop, till }))
    const { code } = await this.must("POST", `/tills/${tillId}/enrolment-codes`, {})
    return { tillId, code }
  }
}
