import type { Arguments } from "../arguments.ts"
import { play } from "./play.ts"
import { reportOf } from "./report.ts"

export const PLAY_HELP = `play <url> --key <key of the back office> [--shops 5] [--tills 2] [--receipts 500] [--rate 50] [--seed <number>] [--log <file>]
                                      a day of many tills over a bad network, and the proof that each receipt counted once`

/** Plays a day and prints what it proved; exit code 0 when nothing speaks against it. */
export async function playCommand({ words: [url], options }: Arguments): Promise<number> {
  const key = options.get("key") ?? process.env["MILA_KEY"]
  if (url === undefined || key === undefined) {
    console.error(PLAY_HELP)
    return 2
  }
  const [shops, tills, receipts, rate] = [
    whole(options, "shops", { otherwise: 5, to: 550 }),
    whole(options, "tills", { otherwise: 2, to: 50 }),
    whole(options, "receipts", { otherwise: 500, to: 1_000_000 }),
    whole(options, "rate", { otherwise: 50, to: 5_000 }),
  ]
  const seed = whole(options, "seed", { otherwise: Math.floor(Math.random() * 2 ** 31), from: 0, to: 2 ** 31 })
  const logFile = options.get("log")
  console.log(`A day in ${shops} shops with ${tills} tills each, against ${url} (--seed ${seed} plays the same one)\n`)
  const played = await play({ url, key, seed, shops, tills, receipts, rate, told: console.log, ...(logFile ? { logFile } : {}) })
  console.log(reportOf(played))
  return played.objections.length === 0 ? 0 : 1
}

/** A whole number of an option. Errors: throws a sentence for a person. */
function whole(
  options: ReadonlyMap<string, string>,
  name: string,
  { otherwise, from = 1, to }: { otherwise: number; from?: number; to: number },
): number {
  const text = options.get(name)
  const value = text === undefined ? otherwise : Number(text)
  if (!Number.isInteger(value) || value < from || value > to) throw new Error(`--${name} is a whole number from ${from} to ${to}`)
  return value
}
