/** Whose hand it was: a member's own, of whoever represents that member while they are a child, a clerk's, a till's, or nobody's. */
export type Actor = `member:${number}` | `representative:${number}` | `staff:${number}` | `till:${number}` | "system"
