/** Whose hand it was: a member's own, a clerk's, a till's, or nobody's. */
export type Actor = `member:${number}` | `staff:${number}` | `till:${number}` | "system"
