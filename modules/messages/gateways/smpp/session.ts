import { connect, type Socket } from "node:net"
import { connect as connectSecurely } from "node:tls"
import type { Report, Written } from "../gateway.ts"
import { ANSWER, bindBody, COMMAND, cString, framed, GENERIC_NACK, type Pdu, pduReader, readDelivered } from "./pdu.ts"
import { reportOf } from "./receipt.ts"
import { endsSession, NEVER, OK, statusName, TRY_AGAIN, UNKNOWN_COMMAND } from "./statuses.ts"

const PORTS = { "smpp:": 2775, "smpps:": 3550 }
const WINDOW = 10 // how many submissions wait for their answers; few SMSCs allow more
const UNBIND_MS = 2_000
const NOTHING = Buffer.alloc(0)

/** The SMSC was not reached, does not know us, is silent, or left in the middle. The message says which, and names nobody. */
export class SmscAway extends Error {}

export type Account = { url: string; systemId: string; password: string }
export type Pace = { patienceMs: number; enquireMs: number }
type Answer = { status: number; body: Buffer }
/** Rejects when a report, or what a person wrote, could not be kept: then the SMSC is asked to bring it again. */
export type Hear = (came: { report: Report } | { written: Written }) => Promise<void>

/** A session that is bound. */
export type Session = {
  /** false from the moment it is given up, which is before it is gone */
  isOpen(): boolean
  /** Errors: SmscAway; the session is over, or never was any good. */
  submit(body: Buffer): Promise<Answer>
  /** Unbinds, and hangs up if that takes long. */
  close(): Promise<void>
}

/**
 * Connects, binds as a transceiver and keeps the link alive; whatever is not answered within the patience ends it. A certificate nobody known has signed is
 * no SMSC. `signal` hangs up at once; `gone` is told once when the connection is over. Errors: SmscAway.
 */
export async function openSession({
  account,
  pace,
  hear,
  gone,
  signal,
}: {
  account: Account
  pace: Pace
  hear: Hear
  gone: () => void
  signal: AbortSignal
}): Promise<Session> {
  const socket = await connected(account.url, { patienceMs: pace.patienceMs, signal })
  socket.once("close", gone)
  const request = converse(socket, { pace, hear })
  const { status } = await request(COMMAND.bindTransceiver, bindBody(account))
  if (status !== OK) {
    socket.destroy()
    throw new SmscAway(`bind: ${statusName(status)}`)
  }
  const keepAlive = setInterval(() => void request(COMMAND.enquireLink).catch(() => undefined), pace.enquireMs)
  socket.once("close", () => clearInterval(keepAlive))
  const room = gate(WINDOW)
  return {
    isOpen: () => socket.writable,
    async submit(body) {
      const answer = await room(() => request(COMMAND.submitSm, body))
      if (endsSession(answer.status)) socket.destroy()
      return answer
    },
    async close() {
      await request(COMMAND.unbind, NOTHING, UNBIND_MS).catch(() => undefined)
      socket.destroy()
    },
  }
}

function connected(url: string, { patienceMs, signal }: { patienceMs: number; signal: AbortSignal }): Promise<Socket> {
  const { protocol, hostname, port } = new URL(url)
  const isSecure = protocol === "smpps:"
  const place = { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port) || PORTS[isSecure ? "smpps:" : "smpp:"] }
  const socket = isSecure ? connectSecurely(place) : connect(place)
  const hangUp = () => socket.destroy()
  signal.addEventListener("abort", hangUp, { once: true })
  socket.once("close", () => signal.removeEventListener("abort", hangUp))
  return new Promise((resolve, reject) => {
    const late = setTimeout(hangUp, patienceMs)
    let why = "no connection"
    socket.on("error", (error: Error & { code?: string }) => (why = error.code ?? why)) // what breaks later is told by its close
    socket.once("close", () => {
      clearTimeout(late)
      reject(new SmscAway(why))
    })
    socket.once(isSecure ? "secureConnect" : "connect", () => {
      clearTimeout(late)
      resolve(socket.setNoDelay(true).setKeepAlive(true))
    })
  })
}

type Request = (command: number, body?: Buffer, patienceMs?: number) => Promise<Answer>

/** Asks and is answered by sequence numbers; what the SMSC asks is answered as it comes. */
function converse(socket: Socket, { pace, hear }: { pace: Pace; hear: Hear }): Request {
  const waiting = new Map<number, (told: Answer | SmscAway) => void>()
  const read = pduReader()
  let sequence = 0
  const write = (pdu: Pdu) => void (socket.writable && socket.write(framed(pdu)))
  socket.on("data", (chunk) => {
    try {
      for (const pdu of read(chunk)) {
        if (pdu.command >= ANSWER) waiting.get(pdu.sequence)?.(pdu)
        else void answer(pdu)
      }
    } catch {
      socket.destroy() // what comes next can't be understood either
    }
  })
  socket.once("close", () => {
    for (const tell of waiting.values()) tell(new SmscAway("connection lost"))
  })
  return (command, body = NOTHING, patienceMs = pace.patienceMs) => {
    if (!socket.writable) return Promise.reject(new SmscAway("connection lost"))
    const own = (sequence = (sequence % 0x7fffffff) + 1)
    return new Promise((resolve, reject) => {
      const tell = (told: Answer | SmscAway) => {
        clearTimeout(late)
        waiting.delete(own)
        if (told instanceof SmscAway) reject(told)
        else resolve(told)
      }
      const late = setTimeout(() => {
        tell(new SmscAway("no answer"))
        socket.destroy()
      }, patienceMs)
      waiting.set(own, tell)
      write({ command, status: OK, sequence: own, body })
    })
  }

  async function answer({ command, sequence, body }: Pdu): Promise<void> {
    const say = (status: number, body: Buffer = NOTHING) => write({ command: command + ANSWER, status, sequence, body })
    if (command === COMMAND.deliverSm) say(await heard(body, hear), cString(""))
    else if (command === COMMAND.enquireLink) say(OK)
    else if (command === COMMAND.unbind) {
      say(OK)
      socket.end(() => socket.destroy())
    } else write({ command: GENERIC_NACK, status: UNKNOWN_COMMAND, sequence, body: NOTHING })
  }
}

/** A receipt is a report, anything else a person wrote; what is neither is answered, so that it does not come again. */
async function heard(body: Buffer, hear: Hear): Promise<number> {
  try {
    const delivered = readDelivered(body)
    const report = reportOf(delivered)
    const { from, text, isReceipt } = delivered
    if (!report && (isReceipt || from === "")) return OK
    return await hear(report ? { report } : { written: { from, text } }).then(
      () => OK,
      () => TRY_AGAIN,
    )
  } catch {
    return NEVER
  }
}

/** Lets `most` in at once, the others in the order they came. */
function gate(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const outside: (() => void)[] = []
  let inside = 0
  return async (work) => {
    if (inside < most) inside += 1
    else await new Promise<void>((enter) => outside.push(enter))
    try {
      return await work()
    } finally {
      const next = outside.shift()
      if (next) next()
      else inside -= 1
    }
  }
}
