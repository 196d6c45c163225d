/** How tills are dealt with; what points are worth and when is the programme's business. */
export type TillPolicy = {
  /** a till's clock may run ahead so far without being noted; a sale is never dated later than our own clock */
  clockAheadMinutes: number
  /** an older sale waits for a person */
  soldWithinDays: number
  /** a longer receipt waits for a person */
  mostLines: number
  /** goods that the catalogue does not know: the receipt waits for a person, or is settled as goods without a category */
  unknownSku: "quarantine" | "accept"
  /** receipts of one member at one till in a day; the next one waits for a person */
  receiptsADay: number
  /** redeemed points that are not there: the member owes them, or the house carries them */
  shortage: "debt" | "exposure"
  holdMinutes: number
  quoteMinutes: number
  memberRefMinutes: number
  /** unknown cards, phones and stamps a till may ask about in one window */
  lookUpMisses: number
  lookUpWindowMinutes: number
  confirmationMinutes: number
  confirmationTries: number
  confirmationPauseSeconds: number
  confirmationsADay: number
}

export const TILL_POLICY: TillPolicy = {
  clockAheadMinutes: 5,
  soldWithinDays: 60,
  mostLines: 1_000,
  unknownSku: "quarantine",
  receiptsADay: 20,
  shortage: "debt",
  holdMinutes: 5,
  quoteMinutes: 30,
  memberRefMinutes: 15,
  lookUpMisses: 30,
  lookUpWindowMinutes: 10,
  confirmationMinutes: 3,
  confirmationTries: 5,
  confirmationPauseSeconds: 60,
  confirmationsADay: 10,
}
