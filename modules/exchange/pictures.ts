import { type Db, inTransaction } from "@mila/kernel"
import { picturesNamed } from "./received/files.ts"
import { type CleanPicture, cleaned } from "./picture-rules.ts"
import { contentOf } from "./run-imports.ts"

const MOST_BYTES = 10_000_000

/** The newest picture a source has sent under this name, cleaned; undefined when there is none, or it is no picture. */
export async function pictureSent(db: Db, name: string): Promise<CleanPicture | undefined> {
  const file = (await inTransaction(db, (tx) => picturesNamed(tx, [name]), { readsFirst: true })).get(name)
  if (!file || file.size > MOST_BYTES) return undefined
  const parts: Buffer[] = []
  for await (const part of (await contentOf(db, file)).stream()) parts.push(part)
  return cleaned(Buffer.concat(parts))
}
