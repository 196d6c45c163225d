import type { Arguments } from "../arguments.ts"
import { certify, suppliesGiven, suppliesPrepared } from "./certify.ts"
import type { Supplies } from "./kit.ts"
import { lineOf, verdictOf } from "./report.ts"

export const CERTIFY_HELP = `certify <url> --code <enrolment code> [--card <number>] [--device <no> --secret <base32>] [--blocked-card <number>] [--sku <sku>]
  certify <url> --key <key of the back office> [--shop <code>] [--till <no>]
                                      plays golden receipts and compares the answers; with a key it makes the people it needs itself`

/** Plays the certification and prints its report; exit code 0 when nothing failed. */
export async function certifyCommand(args: Arguments): Promise<number> {
  const supplies = await suppliesOf(args)
  if (!supplies) {
    console.error(CERTIFY_HELP)
    return 2
  }
  const { url, storeCode, tillNo } = supplies.enrolled
  console.log(`Certification against ${url}, as till ${tillNo} of shop ${storeCode}\n`)
  const outcomes = await certify(supplies, (outcome) => console.log(lineOf(outcome)))
  const { passed, saying } = verdictOf(outcomes)
  console.log(`\n${saying}`)
  return passed ? 0 : 1
}

async function suppliesOf({ words: [url], options }: Arguments): Promise<Supplies | undefined> {
  const key = options.get("key") ?? process.env["MILA_KEY"]
  const code = options.get("code")
  if (url === undefined || (key === undefined && code === undefined)) return undefined
  const [shop, till] = [options.get("shop"), options.get("till")]
  if (code === undefined) return suppliesPrepared({ url, key: key!, ...(shop ? { shop } : {}), ...(till ? { tillNo: Number(till) } : {}) })
  const [card, secret, device, blockedCard, sku] = ["card", "secret", "device", "blocked-card", "sku"].map((name) => options.get(name))
  return suppliesGiven({
    ...{ url, code },
    ...(card ? { card } : {}),
    ...(card && secret ? { phone: { number: card, deviceNo: Number(device ?? 1), secret } } : {}),
    ...(blockedCard ? { blockedCard } : {}),
    ...(sku ? { sku } : {}),
  })
}
