import { statement, type Tx } from "@mila/kernel"
import type { Decoded } from "./made-anew.ts"

/** A picture among ours: its print, and how large it is in pixels. */
export type KeptPicture = { kept: string; width: number; height: number }

const keep = statement<never>(
  "media.keep_picture",
  "insert into media.picture (print, width, height, bytes, made_at) values ($1, $2, $3, $4, $5) on conflict (print) do nothing",
)

/** Keeps a picture that was made anew; the same one is kept once. */
export async function keepPicture(tx: Tx, { print, width, height, bytes }: Decoded, { at }: { at: Date }): Promise<KeptPicture> {
  await keep(tx, [print, width, height, bytes, at])
  return { kept: print, width, height }
}
