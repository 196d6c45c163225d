import { rmSync } from "node:fs"

/** Removes a test's folder, though a program that has just ended may still write its last file there. */
export const throwAway = (folder: string): void => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
