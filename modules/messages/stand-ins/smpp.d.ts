// What the stand-in needs of the package `smpp`, which has no types of its own: the server's side of SMPP 3.4.
declare module "smpp" {
  import type { EventEmitter } from "node:events"
  import type { Server as NetServer, Socket } from "node:net"

  export type Pdu = {
    command: string
    command_status: number
    sequence_number: number
    system_id: string
    password: string
    interface_version: number
    source_addr_ton: number
    source_addr_npi: number
    source_addr: string
    dest_addr_ton: number
    dest_addr_npi: number
    destination_addr: string
    esm_class: number
    priority_flag: number
    registered_delivery: number
    data_coding: number
    short_message: { message: string; udh?: Buffer[] }
    response(fields?: Record<string, unknown>): Pdu
  }

  export interface Session extends EventEmitter {
    socket: Socket
    send(pdu: Pdu): boolean
    deliver_sm(fields: Record<string, unknown>, answered: (answer: Pdu) => void): boolean
    enquire_link(answered: (answer: Pdu) => void): boolean
    query_sm(fields: Record<string, unknown>, answered: (answer: Pdu) => void): boolean
    unbind(answered: (answer: Pdu) => void): boolean
  }

  const smpp: {
    createServer(options: { key?: string; cert?: string }, onSession: (session: Session) => void): NetServer
    errors: Readonly<Record<string, number>>
  }
  export default smpp
}
