import type { AddressInfo } from "node:net"
import { SMTPServer } from "smtp-server"

// A mail server for tests and for trying things out: it speaks SMTP, asks who sends, knows no `nobody@…`, and keeps what it was given.

type TakenMail = { from: string; to: string[]; raw: string }

export type MailServer = { url: string; taken: TakenMail[]; mood: "well" | "full"; close(): Promise<void> }

export async function mailServerStandIn({ login, password }: { login: string; password: string }): Promise<MailServer> {
  const refuse = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username, password: given }, _, told) =>
      username === login && given === password ? told(null, { ["user"]: login }) : told(refuse(535, "who are you?")),
    onRcptTo: ({ address }, _, told) => {
      if (self.mood === "full") return told(refuse(452, "no room"))
      return told(address.startsWith("nobody@") ? refuse(550, `no such mailbox: ${address}`) : null)
    },
    onData(stream, { envelope: { mailFrom, rcptTo } }, told) {
      let raw = ""
      stream.on("data", (chunk: Buffer) => (raw += chunk.toString("latin1")))
      stream.on("end", () => {
        self.taken.push({ from: mailFrom ? mailFrom.address : "", to: rcptTo.map(({ address }) => address), raw })
        told(null)
      })
    },
  })
  const self: MailServer = { url: "", taken: [], mood: "well", close: () => new Promise((done) => server.close(() => done())) }
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening))
  const { port } = server.server.address() as AddressInfo
  self.url = `smtp://${encodeURIComponent(login)}:${encodeURIComponent(password)}@127.0.0.1:${port}`
  return self
}
