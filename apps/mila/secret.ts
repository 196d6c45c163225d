import { randomBytes } from "node:crypto"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join, resolve } from "node:path"

/** The secret of the embedded database: read from `<data dir>/secret`, or made there once, readable by us alone. */
export function keptSecret(dataDir: string): Buffer {
  const file = join(resolve(dataDir), "secret")
  try {
    mkdirSync(resolve(dataDir), { recursive: true, mode: 0o755 })
    writeFileSync(file, `${randomBytes(32).toString("base64")}\n`, { flag: "wx", mode: 0o600, flush: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
  }
  const secret = Buffer.from(readFileSync(file, "utf8").trim(), "base64")
  if (secret.length < 32)
    throw new Error(`${file} does not hold a whole secret; put it back from a copy, or delete the data folder with it`)
  return secret
}
