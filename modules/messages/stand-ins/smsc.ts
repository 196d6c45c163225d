import type { AddressInfo } from "node:net"
import smpp, { type Pdu, type Session } from "smpp"

// An operator's SMSC for tests and for trying things out. It speaks SMPP 3.4 by somebody else's library, so that what is proved is the protocol and not that
// we understand ourselves; it knows no number that begins otherwise than with 375.

type SubmittedSms = {
  from: string
  to: string
  text: string
  coding: number
  urgent: boolean
  reported: boolean
  /** the user data header's concatenation: reference, of how many, which one */
  part: readonly number[] | null
}

/** A word about a message: by optional parameters, or in the text of an old SMSC. */
type Receipt = { id: string; state: number; word: string; by: "parameters" | "text" }

export type Smsc = {
  url: string
  taken: SubmittedSms[]
  /** the commands it heard, in order */
  heard: string[]
  /** how it answers submissions from now on: as it should, with a status of this name, not at all, or by hanging up */
  mood: "well" | "silent" | "drops" | `ESME_${string}`
  /** with what it answers those who bind, even with the right password; null lets them in */
  refusesBind: `ESME_${string}` | null
  /** who is bound now */
  bound: Session[]
  /** Brings a receipt to whoever is bound; answers the status it was answered with. */
  report(receipt: Receipt): Promise<number>
  /** Brings what a person wrote, in Cyrillic or not; answers the status it was answered with. */
  write(from: string, text: string): Promise<number>
  close(): Promise<void>
}

/** With a `key` and a `certificate` it speaks TLS. */
export async function smscStandIn(account: { systemId: string; password: string; key?: string; certificate?: string }): Promise<Smsc> {
  const { key, certificate: cert } = account
  const sessions = new Set<Session>()
  const server = smpp.createServer(key && cert ? { key, cert } : {}, (session) => {
    sessions.add(session)
    session.on("close", () => {
      sessions.delete(session)
      self.bound = self.bound.filter((other) => other !== session)
    })
    session.on("error", () => session.socket.destroy())
    session.on("pdu", (pdu: Pdu) => hear(self, session, pdu, account))
  })
  server.on("tlsClientError", () => undefined) // whoever trusts us not hangs up
  const self: Smsc = {
    ...{ url: "", taken: [], heard: [], mood: "well", refusesBind: null, bound: [] },
    report: (receipt) => brought(self, receipt),
    write: (from, text) => written(self, { from, text }),
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        for (const { socket } of sessions) socket.destroy()
      }),
  }
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening))
  self.url = `${key ? "smpps" : "smpp"}://127.0.0.1:${(server.address() as AddressInfo).port}`
  return self
}

function hear(self: Smsc, session: Session, pdu: Pdu, account: { systemId: string; password: string }): void {
  self.heard.push(pdu.command)
  const say = (fields?: Record<string, unknown>) => void session.send(pdu.response(fields))
  const refuse = (name: string) => say({ command_status: smpp.errors[name] })
  if (pdu.command === "bind_transceiver") {
    if (self.refusesBind) return refuse(self.refusesBind)
    if (pdu.system_id !== account.systemId || pdu.password !== account.password) return refuse("ESME_RINVPASWD")
    self.bound.push(session)
    say({ system_id: "stand-in" })
  } else if (pdu.command === "submit_sm") {
    if (self.mood === "drops") return void session.socket.destroy()
    if (self.mood === "silent") return
    if (self.mood !== "well") return refuse(self.mood)
    if (!pdu.destination_addr.startsWith("375")) return refuse("ESME_RINVDSTADR")
    self.taken.push(submitted(pdu))
    say({ message_id: `a${self.taken.length}` })
  } else if (pdu.command === "enquire_link") {
    if (self.mood !== "silent") say()
  } else if (pdu.command === "unbind") say()
}

function submitted(pdu: Pdu): SubmittedSms {
  const address = (ton: number, npi: number, digits: string) => `${ton}/${npi} ${digits}`
  const [header] = pdu.short_message.udh ?? []
  return {
    from: address(pdu.source_addr_ton, pdu.source_addr_npi, pdu.source_addr),
    to: address(pdu.dest_addr_ton, pdu.dest_addr_npi, pdu.destination_addr),
    text: pdu.short_message.message,
    coding: pdu.data_coding,
    urgent: pdu.priority_flag > 0,
    reported: pdu.registered_delivery === 1,
    part: header ? [...header].slice(2) : null,
  }
}

function brought({ bound }: Smsc, { id, state, word, by }: Receipt): Promise<number> {
  const text = `id:${id} sub:001 dlvrd:001 submit date:2611230900 done date:2611230901 stat:${word} err:000 text:`
  const fields = by === "text" ? { short_message: text } : { receipted_message_id: id, message_state: state, short_message: "" }
  return new Promise((resolve, reject) => {
    const session = bound.at(-1)
    if (!session) return reject(new Error("nobody is bound"))
    session.deliver_sm({ esm_class: 4, source_addr: "375291112233", destination_addr: "MILA", data_coding: 1, ...fields }, (answer) =>
      resolve(answer.command_status),
    )
  })
}

function written({ bound }: Smsc, { from, text }: { from: string; text: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const session = bound.at(-1)
    if (!session) return reject(new Error("nobody is bound"))
    const coding = /^[\x20-\x7e]*$/.test(text) ? 1 : 8
    session.deliver_sm({ source_addr: from, destination_addr: "7070", data_coding: coding, short_message: text }, (answer) =>
      resolve(answer.command_status),
    )
  })
}
