import type { Office } from "../office.ts"
import type { Effect, Logged, OperationLog, Answered } from "./operation-log.ts"

/** A member's movement, as the back office shows it. */
export type Movement = { reference: string; postings: readonly { source: string; target: string; points: number }[] }

/** What the system says about the members of a log, read over HTTP. */
export type Said = {
  movements: ReadonlyMap<number, readonly Movement[]>
  balances: ReadonlyMap<number, { pending: number; available: number; held: number; owed: number }>
  findings: readonly string[]
}

export type Proof = { objections: string[]; proven: number; unknown: number }

/** Reads what the system says about the members of `log` and holds it against what their tills were told. Objections name the receipt. */
export async function prove(log: OperationLog, office: Office): Promise<Proof> {
  return held(log, await saidBy(office, [...new Set(log.operations.map(({ operation }) => operation.memberId))]))
}

async function saidBy(office: Office, memberIds: readonly number[]): Promise<Said> {
  const movements = new Map<number, Movement[]>()
  const balances = new Map<number, { pending: number; available: number; held: number; owed: number }>()
  for (const memberId of memberIds) {
    movements.set(memberId, await office.pages<Movement>(`/members/${memberId}/statement`, "entries", "before"))
    balances.set(memberId, await office.balance(memberId))
  }
  const { findings } = await office.must("POST", "/ledger/check", {})
  return { movements, balances, findings: findings.map((finding: object) => JSON.stringify(finding)) }
}

/** The proof itself: told ok ⇒ done exactly once, with the points that were told; told no ⇒ not done; told nothing ⇒ once or not at all. */
export function held(log: OperationLog, said: Said): Proof {
  const objections: string[] = said.findings.map((finding) => `the ledger's own check: ${finding}`)
  const asked = new Set<string>()
  let unknown = 0
  for (const logged of log.operations) {
    const reference = referenceOf(logged)
    asked.add(reference)
    const found = (said.movements.get(logged.operation.memberId) ?? []).filter((movement) => movement.reference === reference)
    const outcome = waitedFor(settled(logged, objections), logged, log)
    if (outcome.told === "unknown") unknown += 1
    objections.push(...objectionsTo(reference, outcome, found))
  }
  for (const [memberId, movements] of said.movements) {
    for (const { reference } of movements) {
      if (/^(?:receipt|return):/.test(reference) && !asked.has(reference)) objections.push(`${reference}: nobody asked for it`)
    }
    const balance = said.balances.get(memberId)
    const has = balance ? balance.pending + balance.available + balance.held - balance.owed : NaN
    const moved = movements.reduce((sum, { postings }) => sum + gainOf(postings), 0)
    if (has !== moved) objections.push(`member ${memberId} has ${has} points, and the statement adds up to ${moved}`)
  }
  for (const { receiptId, seen } of log.reads) {
    if (!seen) objections.push(`receipt ${receiptId}: was confirmed, and its till did not find it afterwards`)
  }
  return { objections, proven: log.operations.length - unknown, unknown }
}

/** Under which name the movement of a wish stands in the ledger. */
function referenceOf({ operation: { kind, receiptId } }: Logged): string {
  if (kind === "sale") return `receipt:${receiptId}/settled`
  return `return:${receiptId}${kind === "cancel" ? "-cancelled" : ""}/settled`
}

/** What all answers to one wish come to: a yes stands, and every yes says the same. */
function settled({ operation, outcomes }: Logged, objections: string[]): Answered {
  const yes = outcomes.filter((outcome) => outcome.told === "ok")
  if (new Set(yes.map(({ effect }) => JSON.stringify(effect))).size > 1)
    objections.push(`${operation.kind} ${operation.receiptId}: the same wish was told different points`)
  return (
    yes[0] ?? outcomes.find(({ told }) => told === "parked") ?? outcomes.findLast(({ told }) => told !== "unknown") ?? { told: "unknown" }
  )
}

/** A whole return that came before its sale takes back, in the end, just what the sale gave. */
function waitedFor(outcome: Answered, { operation: { whole } }: Logged, log: OperationLog): Answered {
  if (outcome.told !== "parked" || whole === undefined) return outcome
  const sale = log.operations.find(({ operation: { kind, receiptId } }) => kind === "sale" && receiptId === whole)
  const told = sale?.outcomes.find((one) => one.told === "ok")
  if (told?.told !== "ok") return outcome
  return { told: "ok", effect: { ...told.effect, earned: 0, redeemed: 0, clawed: told.effect.earned, restored: told.effect.redeemed } }
}

function objectionsTo(reference: string, outcome: Answered, found: readonly Movement[]): string[] {
  if (found.length > 1) return [`${reference}: done ${found.length} times`]
  const [movement] = found
  switch (outcome.told) {
    case "ok": {
      const told = outcome.effect
      if (!movement) return movedBy(told) ? [`${reference}: was told done, and is not there`] : []
      const done = effectOf(movement)
      const names = (["earned", "redeemed", "clawed", "restored"] as const).filter((name) => done[name] !== told[name])
      return names.map((name) => `${reference}: ${name} ${done[name]}, and the till was told ${told[name]}`)
    }
    case "rejected":
      return movement ? [`${reference}: was refused (${outcome.why}), and is done`] : []
    case "parked":
    case "unknown":
      return []
  }
}

const movedBy = ({ earned, redeemed, clawed, restored }: Effect): boolean => earned + redeemed + clawed + restored > 0

function effectOf({ postings }: Movement): Effect {
  const sum = (fits: (posting: Movement["postings"][number]) => boolean) =>
    postings.reduce((before, posting) => before + (fits(posting) ? posting.points : 0), 0)
  return {
    earned: sum(({ source }) => source === "issued"),
    redeemed: sum(({ target }) => target === "redeemed"),
    clawed: sum(({ target }) => target === "cancelled"),
    restored: sum(({ source }) => source === "redeemed"),
    exposed: sum(({ source }) => source === "exposure"),
  }
}

const OWN = new Set(["pending", "available", "held", "owed"])

/** What a movement adds to all that the member has, debts counted below zero. */
function gainOf(postings: Movement["postings"]): number {
  const side = (account: string) => (OWN.has(account) ? 1 : 0)
  return postings.reduce((sum, { source, target, points }) => sum + points * (side(target) - side(source)), 0)
}
