import type { Permission } from "./permissions.ts"

/**
 * Whose hands a key is in. A person's rests for as long as a browser is left alone (ASVS 5.0, 7.3.1) and lives a working day (7.3.2); a machine's asks when its schedule says so
 * and is changed once a year (13.2.1); a demo's is for trying things out and opens doors of a demo alone. Why: decision 0068.
 */
export const KEY_KINDS = {
  person: { restsAtMost: "15 minutes", livesAtMost: "12 hours" },
  machine: { restsAtMost: "45 days", livesAtMost: "366 days" },
  demo: { restsAtMost: "366 days", livesAtMost: "366 days" },
} as const

export type KeyKind = keyof typeof KEY_KINDS

/** A use is written down when the last one is this long ago: a person's key rests fifteen minutes at most and thirteen at least. */
export const WRITTEN_EVERY = "2 minutes"

/** All a machine's key opens, whatever its owner may: goods and figures, nothing of a person and nothing a person has to judge. */
export const OF_MACHINES: ReadonlySet<Permission> = new Set<Permission>([
  "exchange.send",
  "imports.read",
  "catalog.read",
  "catalog.write",
  "shops.read",
  "programme.read",
  "ledger.read",
  "pricecheck.read",
])
