import { assert, statement, type Tx } from "@mila/kernel"
import { DEFAULT_PROGRAMME } from "./default-programme.ts"
import { Programme } from "./programme.ts"

export type ProgrammeVersion = {
  /** 0: nothing was published for that time, the default holds */
  version: number
  effectiveFrom: Date
  programme: Programme
  publishedAt: Date
  publishedBy: string
  note: string | null
}

/** All versions, the newest number first among equals of a date; `newest` is the highest number. */
export type Versions = { newest: number; list: readonly ProgrammeVersion[] }

type Row = { version: number; effective_from: Date; body: unknown; published_at: Date; published_by: string; note: string | null }

const THE_BEGINNING = new Date(0)

const DEFAULT_VERSION: ProgrammeVersion = {
  ...{ version: 0, effectiveFrom: THE_BEGINNING, programme: DEFAULT_PROGRAMME },
  ...{ publishedAt: THE_BEGINNING, publishedBy: "system", note: null },
}

const newestVersion = statement<{ newest: number }>(
  "loyalty.newest_version",
  "select coalesce(max(version), 0) newest from loyalty.programme_version",
)
const allVersions = statement<Row>(
  "loyalty.versions",
  "select version, effective_from, body, published_at, published_by, note from loyalty.programme_version order by effective_from desc, version desc",
)

// A connection belongs to one database, so its memory is never another's. Version numbers are never reused, so a number says what was read.
const KNOWN = new WeakMap<Tx["client"], Versions>()
const READ = new Map<string, Programme>() // one document, one object, however many connections: what is prepared from it is prepared once
const MOST_READ = 200

/** The programme in force at an instant: of the versions effective by then the latest. Always asks for news: a tiny look-up, never stale. */
export async function programmeAt(tx: Tx, at: Date): Promise<ProgrammeVersion> {
  return inForceAt(await currentVersions(tx), at)
}

/** The version with this number; 0 is the default. A number that was never published is a bug of the caller. */
export async function programmeOf(tx: Tx, version: number): Promise<ProgrammeVersion> {
  const find = ({ list }: Versions) => list.find((one) => one.version === version)
  const found = find(knownVersions(tx) ?? { newest: 0, list: [] }) ?? find(await reloadVersions(tx))
  assert(found, `programme ${version} was published`)
  return found
}

/** Every version, the one in force last first. */
export async function programmeVersions(tx: Tx): Promise<readonly ProgrammeVersion[]> {
  return (await currentVersions(tx)).list
}

/** What this connection knows; hot paths compare `newest` with the database in a statement they run anyway. */
export function knownVersions(tx: Tx): Versions | undefined {
  return KNOWN.get(tx.client)
}

export async function reloadVersions(tx: Tx): Promise<Versions> {
  const rows = await allVersions(tx, [])
  const list = rows.map(versionOf)
  const versions = { newest: Math.max(0, ...list.map(({ version }) => version)), list: [...list, DEFAULT_VERSION] }
  KNOWN.set(tx.client, versions)
  return versions
}

export function inForceAt({ list }: Versions, at: Date): ProgrammeVersion {
  for (const version of list) if (version.effectiveFrom <= at) return version
  return DEFAULT_VERSION
}

async function currentVersions(tx: Tx): Promise<Versions> {
  const known = knownVersions(tx)
  if (!known) return reloadVersions(tx)
  const [row] = await newestVersion(tx, [])
  return row!.newest === known.newest ? known : reloadVersions(tx)
}

function versionOf({ version, effective_from, body, published_at, published_by, note }: Row): ProgrammeVersion {
  return {
    version,
    effectiveFrom: effective_from,
    programme: programmeFrom(body),
    publishedAt: published_at,
    publishedBy: published_by,
    note,
  }
}

function programmeFrom(body: unknown): Programme {
  const text = JSON.stringify(body)
  let programme = READ.get(text)
  if (!programme) {
    if (READ.size >= MOST_READ) READ.clear()
    READ.set(text, (programme = Programme.parse(body)))
  }
  return programme
}
