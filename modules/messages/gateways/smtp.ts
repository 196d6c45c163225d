import { createTransport } from "nodemailer"
import { type Gateway, reasonIn, type Said } from "./gateway.ts"
import { letterPage } from "./letter-page.ts"

const PATIENCE_MS = 10_000
const OURSELVES = new Set(["localhost", "127.0.0.1", "[::1]"])

/**
 * A mail server by SMTP. `url` is smtps://login:password@host or smtp://… with STARTTLS, which is demanded of every machine but our own. A 5xx about the
 * recipient is final (RFC 5321, 4.2.1); whatever else goes wrong may be otherwise later. `from` is an address, with a name or without. A letter
 * that is part of a subscription bears the address that ends it in its head (RFC 8058). It is sent as text and as a page (RFC 2046, 5.1.4), with the same words.
 */
export function smtp({ url, from }: { url: string; from: string }): Gateway {
  const { hostname, protocol } = new URL(url)
  const transport = createTransport(
    {
      url,
      requireTLS: protocol === "smtp:" && !OURSELVES.has(hostname),
      ...{ connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    },
    { from, headers: { "Auto-Submitted": "auto-generated" } },
  )
  return {
    ...{ name: "smtp", channel: "email" },
    async send(written): Promise<Said> {
      const { to, subject, text, unsubscribe } = written
      try {
        const letter = {
          to: { name: "", address: to },
          subject: subject ?? "",
          text,
          html: letterPage(written),
          textEncoding: "base64" as const,
        }
        const { messageId } = await transport.sendMail({ ...letter, ...(unsubscribe ? { headers: oneTouch(unsubscribe) } : {}) })
        return { said: "taken", id: messageId.slice(0, 200) }
      } catch (error) {
        const { responseCode, code, command } = error as { responseCode?: number; code?: string; command?: string }
        const isFinal = responseCode !== undefined && responseCode >= 500 && command === "RCPT TO"
        return { said: isFinal ? "refused" : "away", why: reasonIn(`${responseCode ?? code ?? "no answer"} ${command ?? ""}`.trim()) }
      }
    },
  }
}

/** What lets a mail programme end a subscription at its own button (RFC 2369, RFC 8058); it asks by POST, for looking changes nothing. */
const oneTouch = (address: string) => ({ "List-Unsubscribe": `<${address}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" })
