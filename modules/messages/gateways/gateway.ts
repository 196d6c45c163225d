import type { Locale } from "@mila/kernel"
import type { Channel } from "../outbox.ts"

/**
 * A message as a gateway sends it. `to` is a phone in E.164, an e-mail address, or a browser's subscription in JSON. `opens` is the page a notification leads to,
 * `tag` lets a newer one take the place of one about the same, `unsubscribe` is the address at which one touch ends what the letter is part of.
 */
export type Letter = {
  to: string
  subject: string | null
  text: string
  urgent: boolean
  locale: Locale
  opens: string
  tag: string
  unsubscribe: string | null
}

/**
 * What a gateway said: it took the message under a name of its own; it never will (`refused`: the number is wrong, the text is not allowed); it cannot now
 * (`away`: no connection, no money, too many), so that the next gateway or a later try may. `why` names nobody. `through` is who took it, where a gateway speaks to
 * several.
 */
export type Said = { said: "taken"; id: string; through?: string } | { said: "refused" | "away"; why: string }

/** What became of a message after its gateway took it; `under_way` is not the end yet, `expired` is a phone that was off for too long. */
export type DeliveryState = "under_way" | "delivered" | "expired" | "undeliverable"

/** A word about a message, by the name its gateway has for it. */
export type Report = { id: string; state: DeliveryState }

/** What a person wrote to our number. `from` is digits as the network gives them. */
export type Written = { from: string; text: string }

/** Speaks to one provider. Never throws: what goes wrong on the way is `away`. */
export type Gateway = {
  name: string
  channel: Channel
  send(letter: Letter): Promise<Said>
  /** Asks what became of a message; undefined when there is no answer. Only where reports do not come by themselves. */
  ask?(id: string): Promise<DeliveryState | undefined>
  /**
   * Hands over each report that comes by itself, from now on, and what people write to our number. What `hear` or `read` could not keep (they reject) comes again.
   */
  listen?(hear: (report: Report) => Promise<void>, read?: (written: Written) => Promise<void>): void
  /** Ends what is open, once nothing is sent any more. Harmless twice. */
  close?(): Promise<void>
}

/** What a provider gave as its reason, short, and without the number it may have repeated. */
export function reasonIn(error: unknown): string {
  const text = typeof error === "string" ? error : (JSON.stringify(error) ?? "")
  return text.replace(/\d{5,}/g, "…").slice(0, 100) || "no reason"
}

const PATIENCE_MS = 10_000

type Heard = { status: number; body: Record<string, unknown> } | { why: string }

/** Posts a form and reads JSON, whatever the status. Credentials go in the body, never into an address that somebody might log. */
export const postForm = (url: string, fields: Record<string, string>): Promise<Heard> =>
  hear(url, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8", accept: "application/json" },
    body: new URLSearchParams(fields).toString(),
  })

/** Asks by an address that holds all of it, credentials too, and reads JSON: only where a provider knows no other way. Such an address is never logged. */
export const getForm = (url: string, fields: Record<string, string>): Promise<Heard> =>
  hear(`${url}?${new URLSearchParams(fields).toString()}`, { headers: { accept: "application/json" } })

/** An object, or the only one in a list. */
async function hear(url: string, request: RequestInit): Promise<Heard> {
  try {
    const response = await fetch(url, { ...request, redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) })
    const text = (await response.text()).slice(0, 20_000)
    const said: unknown = /^[{[]/.test(text) ? JSON.parse(text) : {}
    const body: unknown = Array.isArray(said) ? said[0] : said
    return { status: response.status, body: typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {} }
  } catch (error) {
    return { why: error instanceof SyntaxError ? "answered with what is no JSON" : "no answer" }
  }
}
