import { FolderTaken, keepEmbedded, runningEmbedded } from "@mila/db"
import { type Secrets, secretsFrom } from "@mila/kernel"
import { join } from "node:path"
import { keptSecret } from "./secret.ts"
import type { Settings } from "./settings.ts"

export type Database = {
  /** connects as the owner */
  url: string
  secrets: Secrets
  kind: "embedded" | "embedded, started by another process" | "DATABASE_URL"
  /** Stops what was started here; an outside server is left alone. */
  stop(): Promise<void>
}

/**
 * The database by the settings: the one of DATABASE_URL, or the embedded one. The embedded one is started and kept alive, unless a process on
 * this machine runs it already: then we join it, if `mayJoin`.
 * Errors: FolderTaken.
 */
export async function openDatabase(
  settings: Settings,
  { mayJoin, say }: { mayJoin: boolean; say: (text: string) => void },
): Promise<Database> {
  const leave = async () => undefined
  if (settings.databaseUrl) return { url: settings.databaseUrl, secrets: secretsFrom(settings.secret!), kind: "DATABASE_URL", stop: leave }

  const secrets = secretsFrom(settings.secret ?? keptSecret(settings.dataDir))
  const dir = join(settings.dataDir, "postgres")
  const joined = (url: string): Database => ({ url, secrets, kind: "embedded, started by another process", stop: leave })
  const running = runningEmbedded(dir)
  if (running && mayJoin) return joined(running)
  try {
    const { url, stop } = await keepEmbedded({ dir, say })
    return { url, secrets, kind: "embedded", stop }
  } catch (error) {
    const started = error instanceof FolderTaken && mayJoin ? runningEmbedded(dir) : undefined
    if (started) return joined(started)
    throw error
  }
}
