import type { OfflineJournal, Fact, FactResult } from "../offline-journal.ts"
import { rotatingCode } from "../rotating-code.ts"
import type { Chance } from "../seeded.ts"
import type { SteadyTill } from "../steady-till.ts"
import { type Answer } from "../till-client.ts"
import { NoAnswer } from "../transport.ts"
import type { Step } from "./day.ts"
import type { Effect, Operation, OperationLog, Answered } from "./operation-log.ts"

export type Person = { memberId: number; number: string; phone: { deviceNo: number; secret: string } | null }

type Sold = { body: Record<string, unknown> & { lines: { no: number; quantityMilli: number }[] }; memberId: number; receiptId: string }

const NOTHING: Effect = { earned: 0, redeemed: 0, clawed: 0, restored: 0, exposed: 0 }

/** A till that lives its day: every wish is logged before it is sent, and every answer after it came. */
export class PlayingTill {
  readonly #till: SteadyTill
  readonly #log: OperationLog
  readonly #journal: OfflineJournal
  readonly #people: readonly Person[]
  readonly #chance: Chance
  readonly #sku: string
  readonly #shift: number
  /** of people's phones, which are right */
  readonly #clock: () => Date
  readonly #sold = new Map<number, Sold>()
  readonly #waiting = new Map<string, Operation>()
  #number = 0
  #sequence = 0

  constructor(
    till: SteadyTill,
    kit: {
      log: OperationLog
      journal: OfflineJournal
      people: readonly Person[]
      chance: Chance
      sku: string
      shift: number
      clock: () => Date
    },
  ) {
    this.#till = till
    this.#log = kit.log
    this.#journal = kit.journal
    this.#people = kit.people
    this.#chance = kit.chance
    this.#sku = kit.sku
    this.#shift = kit.shift
    this.#clock = kit.clock
  }

  /** Does the step in its place of the day. */
  async act(step: Step, place: number): Promise<void> {
    switch (step.do) {
      case "sale":
        return step.redeem ? this.#redeem(step, place) : this.#sell(step, place)
      case "return":
        return this.#takeBack(step)
      case "cancel":
        return this.#cancel(step.of)
      case "changeOfMind":
        return this.#changeMind(step)
    }
  }

  /** The network is back: what waits goes out. Returns of these sales went before them. */
  async drain(): Promise<void> {
    for (const { fact, result } of await this.#journal.drain(this.#till)) this.#heard(fact, result)
  }

  async #sell({ member, amounts, repeat, alone }: Step & { do: "sale" }, place: number): Promise<void> {
    const person = this.#people[member]!
    const sold = this.#sale(person, amounts, { type: "card13", value: person.number })
    this.#sold.set(place, sold)
    const operation = this.#operation("sale", sold)
    if (alone) {
      this.#keep(operation, { type: "sale", ...sold.body })
      if (repeat !== "none") this.#keep(operation, { type: "sale", ...sold.body })
      return
    }
    const key = this.#chance.id()
    await this.#tell(operation, "/receipts", sold.body, key)
    if (repeat !== "none") await this.#tell(operation, "/receipts", sold.body, repeat === "same_key" ? key : this.#chance.id())
    if (this.#chance.happens(0.2)) await this.#readBack(sold.receiptId)
  }

  /** The whole way of a redemption: presence proven by the phone, a quote, points set aside, the receipt. */
  async #redeem({ member, amounts }: Step & { do: "sale" }, place: number): Promise<void> {
    const person = this.#people[member]!
    const held = await this.#hold(person, amounts)
    const sold = this.#sale(person, amounts, held ? held.identifier : { type: "card13", value: person.number })
    if (held)
      Object.assign(sold.body, { purchaseId: held.purchaseId, authId: held.authId, redeemed: { points: held.points, lines: held.lines } })
    this.#sold.set(place, sold)
    await this.#tell(this.#operation("sale", sold), "/receipts", sold.body, this.#chance.id())
  }

  async #changeMind({ member, voids }: Step & { do: "changeOfMind" }): Promise<void> {
    const held = await this.#hold(this.#people[member]!, [5_000])
    if (held && voids) await this.#till.post(`/redemptions/${held.authId}/void`, { voidedAt: this.#now() }, { key: this.#chance.id() })
  }

  async #hold(
    { number, phone }: Person,
    amounts: readonly number[],
  ): Promise<{ identifier: object; purchaseId: string; authId: string; points: number; lines: object[] } | undefined> {
    const value = rotatingCode({ number, ...phone!, at: this.#clock() })
    const met = await this.#till.post("/identify", { at: this.#now(), identifier: { type: "rotating", value } })
    if (met.status !== 200) return undefined
    const identifier = { type: "memberRef", value: met.body.memberRef }
    const purchaseId = this.#chance.id()
    const quoted = await this.#till.post("/calculate", {
      ...{ at: this.#now(), purchaseId, identifier, lines: this.#lines(amounts), redeem: { mode: "max" } },
    })
    const points = quoted.body?.redeemed ?? 0
    if (points === 0) return undefined
    const set = await this.#till.post("/redemptions", { at: this.#now(), purchaseId, quoteId: quoted.body.quoteId, points })
    return set.status === 201 ? { identifier, purchaseId, authId: set.body.authId, points, lines: set.body.lines } : undefined
  }

  async #takeBack({ of, whole, beforeSale }: Step & { do: "return" }): Promise<void> {
    const sold = this.#sold.get(of)!
    const lines = (whole ? sold.body.lines : sold.body.lines.slice(0, 1)).map(({ no, quantityMilli }) => ({ no, quantityMilli }))
    const body = { ...this.#numbered(), returnedAt: this.#now(), original: { receiptId: sold.receiptId }, lines }
    const receiptId = this.#receiptId(body.number)
    const operation: Operation = {
      ...{ id: `return ${receiptId}`, kind: "return", till: this.#name, memberId: sold.memberId, receiptId },
      ...(whole ? { whole: sold.receiptId } : {}),
    }
    await this.#tell(operation, "/returns", body, this.#chance.id(), beforeSale)
  }

  async #cancel(of: number): Promise<void> {
    const sold = this.#sold.get(of)!
    const operation = this.#operation("cancel", sold)
    await this.#tell(operation, `/receipts/${sold.receiptId}/cancel`, { cancelledAt: this.#now() }, this.#chance.id())
  }

  async #readBack(receiptId: string): Promise<void> {
    const read = await this.#till.get(`/receipts/${receiptId}`)
    this.#log.read({ till: this.#name, receiptId, seen: read.status === 200, earned: read.body?.earned ?? null })
  }

  async #tell(operation: Operation, path: string, body: object, key: string, mayPark = false): Promise<void> {
    this.#log.invoked(operation)
    const answer = await this.#till.post(path, body, { key }).catch((error: unknown) => {
      if (error instanceof NoAnswer) return undefined
      throw error
    })
    this.#log.answered(operation.id, answer === undefined ? { told: "unknown" } : outcomeOf(answer, mayPark))
  }

  #keep(operation: Operation, fact: Fact): void {
    this.#log.invoked(operation)
    this.#waiting.set(operation.receiptId, operation)
    this.#journal.keep(fact)
  }

  #heard(fact: Fact, { status, earned, redeemed, reasons }: FactResult): void {
    const operation = this.#waiting.get(this.#receiptId(fact["number"] as number))!
    const done = status === "accepted" || status === "duplicate"
    this.#log.answered(
      operation.id,
      done ? { told: "ok", effect: { ...NOTHING, earned, redeemed } } : { told: "rejected", why: `${status} ${reasons.join()}` },
    )
  }

  #sale({ memberId }: Person, amounts: readonly number[], identifier: object): Sold {
    const totalMinor = amounts.reduce((sum, amount) => sum + amount, 0)
    const numbered = this.#numbered()
    const body = {
      ...{ ...numbered, soldAt: this.#now(), identifier, lines: this.#lines(amounts) },
      ...{ tenders: [{ type: "card", amountMinor: totalMinor }], totalMinor },
    }
    return { body, memberId, receiptId: this.#receiptId(numbered.number) }
  }

  #lines(amounts: readonly number[]): { no: number; sku: string; quantityMilli: number; priceMinor: number; amountMinor: number }[] {
    return amounts.map((amount, place) => ({
      no: place + 1,
      sku: this.#sku,
      quantityMilli: 1_000,
      priceMinor: amount,
      amountMinor: amount,
    }))
  }

  #operation(kind: "sale" | "cancel", { memberId, receiptId }: Sold): Operation {
    return { id: `${kind} ${receiptId}`, kind, till: this.#name, memberId, receiptId }
  }

  #numbered(): { shift: number; number: number; sequence: number } {
    this.#number += 1
    this.#sequence += 1
    return { shift: this.#shift, number: this.#number, sequence: this.#sequence }
  }

  #now = (): string => this.#till.now().toISOString()

  #receiptId = (number: number): string => `${this.#name.replace("/", "-")}-${this.#shift}-${number}`

  get #name(): string {
    const { storeCode, tillNo } = this.#till.enrolled
    return `${storeCode}/${tillNo}`
  }
}

function outcomeOf({ status, body }: Answer, mayPark: boolean): Answered {
  if (mayPark && status === 202 && body?.status === "parked") return { told: "parked" }
  if (status === 200 || status === 201) {
    const { earned = 0, redeemed = 0, clawed = 0, restored = 0, exposed = 0 } = body
    return { told: "ok", effect: { earned, redeemed, clawed, restored, exposed } }
  }
  return { told: "rejected", why: `${status} ${body?.code ?? body?.reasons?.join() ?? ""}`.trim() }
}
