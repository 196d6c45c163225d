// SMPP 3.4, 5.1.3: what an SMSC answers. Of each, whether it is about this number or this text, or may be otherwise in a minute or at another gateway.

export const OK = 0
/** Whoever asks may repeat it: not now, not here. */
export const TRY_AGAIN = 0x64
/** Repeating it is no use. */
export const NEVER = 0x65
export const UNKNOWN_COMMAND = 0x03
const NOT_BOUND = 0x04

const NAMES: Readonly<Record<number, string>> = {
  ...{ 0x01: "ESME_RINVMSGLEN", 0x02: "ESME_RINVCMDLEN", 0x03: "ESME_RINVCMDID", 0x04: "ESME_RINVBNDSTS", 0x05: "ESME_RALYBND" },
  ...{ 0x06: "ESME_RINVPRTFLG", 0x07: "ESME_RINVREGDLVFLG", 0x08: "ESME_RSYSERR", 0x0a: "ESME_RINVSRCADR", 0x0b: "ESME_RINVDSTADR" },
  ...{ 0x0d: "ESME_RBINDFAIL", 0x0e: "ESME_RINVPASWD", 0x0f: "ESME_RINVSYSID", 0x14: "ESME_RMSGQFUL", 0x43: "ESME_RINVESMCLASS" },
  ...{ 0x45: "ESME_RSUBMITFAIL", 0x48: "ESME_RINVSRCTON", 0x49: "ESME_RINVSRCNPI", 0x50: "ESME_RINVDSTTON", 0x51: "ESME_RINVDSTNPI" },
  ...{ 0x53: "ESME_RINVSYSTYP", 0x58: "ESME_RTHROTTLED", 0x64: "ESME_RX_T_APPN", 0x65: "ESME_RX_P_APPN", 0xff: "ESME_RUNKNOWNERR" },
}
const REFUSALS = new Set([0x01, 0x0b])

/** The status by the name the specification gives it, else by its number. */
export const statusName = (status: number): string => NAMES[status] ?? `status 0x${status.toString(16)}`

/** It is about the number or the text, and will be so for ever. */
export const isRefusal = (status: number): boolean => REFUSALS.has(status)

/** The session is no good: nothing will be taken on it. */
export const endsSession = (status: number): boolean => status === NOT_BOUND
