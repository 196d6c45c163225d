// SMPP 3.4 on the wire, as much of it as somebody who sends texts and hears of their delivery has to speak. Section numbers are of that specification.

/** Commands by their number (5.1.2.1). An answer is its request's number plus ANSWER. */
export const COMMAND = { submitSm: 4, deliverSm: 5, unbind: 6, bindTransceiver: 9, enquireLink: 0x15 } as const
export const ANSWER = 0x80000000
/** Answers what nobody understands, and what has no answer of its own (4.3). */
export const GENERIC_NACK = 0x80000000

export type Pdu = { command: number; status: number; sequence: number; body: Buffer }

const HEADER_OCTETS = 16
const MOST_OCTETS = 65_536 // a receipt has some two hundred; whatever says more of itself is no SMPP

/** A PDU as it travels. */
export function framed({ command, status, sequence, body }: Pdu): Buffer {
  const header = Buffer.alloc(HEADER_OCTETS)
  ;[HEADER_OCTETS + body.length, command, status, sequence].forEach((value, place) => header.writeUInt32BE(value, place * 4))
  return Buffer.concat([header, body])
}

/** Cuts what arrives into PDUs, however the network cut it. Errors: the length is impossible, so that nobody knows where the next one begins. */
export function pduReader(): (chunk: Buffer) => Pdu[] {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    const pdus: Pdu[] = []
    while (rest.length >= 4) {
      const octets = rest.readUInt32BE(0)
      if (octets < HEADER_OCTETS || octets > MOST_OCTETS) throw new RangeError(`a PDU of ${octets} octets`)
      if (rest.length < octets) break
      const [command, status, sequence] = [4, 8, 12].map((place) => rest.readUInt32BE(place)) as [number, number, number]
      pdus.push({ command, status, sequence, body: rest.subarray(HEADER_OCTETS, octets) })
      rest = rest.subarray(octets)
    }
    return pdus
  }
}

/** Body of `bind_transceiver` (4.1.5): SMPP 3.4, any address. */
export const bindBody = ({ systemId, password }: { systemId: string; password: string }): Buffer =>
  Buffer.concat([cString(systemId), cString(password), cString(""), Buffer.from([0x34, 0, 0]), cString("")])

/** An address with its type of number and its numbering plan (5.2.5, 5.2.6). */
export type Address = { ton: number; npi: number; digits: string }

/** A sender is a name (alphanumeric), a short number of the network's own, or a number of the world; null leaves it to the SMSC. */
export function senderAddress(sender: string | null): Address {
  if (sender === null) return { ton: 0, npi: 0, digits: "" }
  if (!/^\d+$/.test(sender)) return { ton: 5, npi: 0, digits: sender }
  return sender.length < 7 ? { ton: 3, npi: 0, digits: sender } : { ton: 1, npi: 1, digits: sender }
}

/** A phone in E.164, without its plus. */
export const phoneAddress = (phone: string): Address => ({ ton: 1, npi: 1, digits: phone.replace(/\D/g, "") })

/** One part of a text as it travels: its octets, their coding (5.2.19), and whether they begin with a user data header. */
export type Part = { coding: 0 | 8; hasHeader: boolean; octets: Buffer }

/** Body of `submit_sm` (4.4.1). `isReported` asks for a delivery receipt, whatever comes of it (5.2.17). */
export function submitBody({
  from,
  to,
  part,
  urgent,
  isReported,
}: {
  from: Address
  to: Address
  part: Part
  urgent: boolean
  isReported: boolean
}): Buffer {
  const address = ({ ton, npi, digits }: Address) => Buffer.concat([Buffer.from([ton, npi]), cString(digits)])
  return Buffer.concat([
    ...[cString(""), address(from), address(to)],
    Buffer.from([part.hasHeader ? 0x40 : 0, 0, urgent ? 1 : 0]),
    ...[cString(""), cString("")], // at once, and valid as long as the SMSC likes
    Buffer.from([isReported ? 1 : 0, 0, part.coding, 0, part.octets.length]),
    part.octets,
  ])
}

/** The name in `submit_sm_resp` (4.4.2) the message has at the SMSC; empty when there is none. */
export const submittedId = (body: Buffer): string => reader(body).cString()

/** What `deliver_sm` (4.6.1) brings: from which number, whether it says so that it is a receipt, its text, and its optional parameters by their tag (5.3). */
export type Delivered = { from: string; isReceipt: boolean; text: string; optional: ReadonlyMap<number, Buffer> }

const MESSAGE_PAYLOAD = 0x0424

/** Errors: RangeError, the body ends before its time. */
export function readDelivered(body: Buffer): Delivered {
  const from = reader(body)
  from.cString() // service type
  const [source = ""] = ["source", "destination"].map(() => {
    from.octets(2)
    return from.cString()
  })
  const kind = from.octets(1)[0]! & 0x3c
  from.octets(2)
  from.cString() // when it was to be delivered
  from.cString() // and until when
  const coding = from.octets(4)[2]!
  const short = from.octets(from.octets(1)[0]!)
  const optional = new Map<number, Buffer>()
  while (from.left() >= 4) {
    const tag = from.octets(2).readUInt16BE(0)
    optional.set(tag, from.octets(from.octets(2).readUInt16BE(0)))
  }
  const octets = short.length > 0 ? short : (optional.get(MESSAGE_PAYLOAD) ?? short)
  const text =
    coding === 8
      ? Buffer.from(octets.subarray(0, octets.length & ~1))
          .swap16()
          .toString("utf16le")
      : octets.toString("latin1")
  return { from: source, isReceipt: kind === 0x04 || kind === 0x20, text, optional }
}

/** Text of a C-octet string, without what ends it. */
export const textOf = (octets: Buffer): string => octets.toString("latin1").replace(/\0[^]*$/, "")

export const cString = (text: string): Buffer => Buffer.from(`${text}\0`, "latin1")

function reader(body: Buffer) {
  let place = 0
  const octets = (count: number): Buffer => {
    if (place + count > body.length) throw new RangeError("a body ends before its time")
    return body.subarray(place, (place += count))
  }
  return {
    octets,
    left: () => body.length - place,
    cString(): string {
      const end = body.indexOf(0, place)
      const text = octets((end < 0 ? body.length : end) - place).toString("latin1")
      if (end >= 0) place += 1
      return text
    },
  }
}
