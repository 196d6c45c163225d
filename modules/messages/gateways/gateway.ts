import type { Channel } from "../outbox.ts"

/** A message as a gateway sends it. `to` is a phone in E.164 or an e-mail address. */
type Letter = { to: string; subject: string | null; text: string; urgent: boolean }

/**
 * What a gateway said: it took the message under a name of its own; it never will (`refused`: the number is wrong, the text is not allowed); it cannot now
 * (`away`: no connection, no money, too many), so that the next gateway or a later try may. `why` names nobody.
 */
export type Said = { said: "taken"; id: string } | { said: "refused" | "away"; why: string }

/** Speaks to one provider. Never throws: what goes wrong on the way is `away`. */
export type Gateway = { name: string; channel: Channel; send(letter: Letter): Promise<Said> }

/** What a provider gave as its reason, short, and without the number it may have repeated. */
export function reasonIn(error: unknown): string {
  const text = typeof error === "string" ? error : (JSON.stringify(error) ?? "")
  return text.replace(/\d{5,}/g, "…").slice(0, 100) || "no reason"
}

const PATIENCE_MS = 10_000

/** Posts a form and reads JSON, whatever the status. Credentials go in the body, never into an address that somebody might log. */
export async function postForm(
  url: string,
  fields: Record<string, string>,
): Promise<{ status: number; body: Record<string, unknown> } | { why: string }> {
  try {
    const response = await fetch(url, {
      ...{ method: "POST", redirect: "error", signal: AbortSignal.timeout(PATIENCE_MS) },
      headers: { "content-type": "application/x-www-form-urlencoded; charset=utf-8", accept: "application/json" },
      body: new URLSearchParams(fields).toString(),
    })
    const text = (await response.text()).slice(0, 20_000)
    const body: unknown = text.startsWith("{") ? JSON.parse(text) : {}
    return { status: response.status, body: body as Record<string, unknown> }
  } catch (error) {
    return { why: error instanceof SyntaxError ? "answered with what is no JSON" : "no answer" }
  }
}
