import type { DeliveryState, Report } from "../gateway.ts"
import { type Delivered, textOf } from "./pdu.ts"

const RECEIPTED_MESSAGE_ID = 0x001e
const MESSAGE_STATE = 0x0427

// 5.2.28. An SMSC that says UNKNOWN has lost sight of the message, which is no word about its end.
const BY_NUMBER: Readonly<Record<number, DeliveryState>> = {
  ...{
    1: "under_way",
    2: "delivered",
    3: "expired",
    4: "undeliverable",
    5: "undeliverable",
    6: "under_way",
    7: "under_way",
    8: "undeliverable",
  },
}
// Appendix B
const BY_WORD: Readonly<Record<string, DeliveryState>> = {
  ...{ ENROUTE: "under_way", ACCEPTD: "under_way", UNKNOWN: "under_way", DELIVRD: "delivered", EXPIRED: "expired" },
  ...{ DELETED: "undeliverable", UNDELIV: "undeliverable", REJECTD: "undeliverable" },
}

/**
 * What a receipt reports: by its optional parameters, and what they leave out by its text (`id:… stat:DELIVRD …`, Appendix B). Undefined when it is none,
 * but a message somebody wrote, or says what nobody understands.
 */
export function reportOf({ isReceipt, text, optional }: Delivered): Report | undefined {
  const id = optional.get(RECEIPTED_MESSAGE_ID)
  if (!isReceipt && id === undefined) return undefined
  const state = optional.get(MESSAGE_STATE)?.[0]
  const [, idInText] = /\bid:\s*(\S{1,65})/i.exec(text) ?? []
  const [, word = ""] = /\bstat:\s*([a-z]+)/i.exec(text) ?? []
  const report = { id: id ? textOf(id) : idInText, state: state === undefined ? BY_WORD[word.toUpperCase()] : BY_NUMBER[state] }
  return report.id && report.state ? { id: report.id, state: report.state } : undefined
}
