import { argon2, randomBytes, timingSafeEqual } from "node:crypto"
import { promisify } from "node:util"

/** argon2id as RFC 9106 names it: 19 MiB, two passes, one lane; about 45 ms of one core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const MOST_AT_ONCE = 2 // of the four threads that also read files and resolve names

const derive = promisify(argon2)

/** The slow hash of a password, in PHC form. Off the event loop, two at a time: whoever waits, tills do not. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await inTurn(() => tagOf(password, salt))
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${unpadded(salt)}$${unpadded(tag)}`
}

/** Whether a password is the one of a hash. Without a hash it takes as long and is never true: who has no account is not told apart by the time. */
export async function passwordFits(password: string, hash: string | null): Promise<boolean> {
  const [salt, tag] = (hash ?? NOBODYS)
    .split("$")
    .slice(-2)
    .map((part) => Buffer.from(part, "base64"))
  const found = await inTurn(() => tagOf(password, salt!))
  return timingSafeEqual(found, tag!) && hash !== null
}

const NOBODYS = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${"A".repeat(22)}$${"A".repeat(43)}`

/** Two ways to write one letter are one password (RFC 8265 asks for NFC); nothing is trimmed or cut. */
function tagOf(password: string, salt: Buffer): Promise<Buffer> {
  return derive("argon2id", { message: Buffer.from(password.normalize("NFC"), "utf8"), nonce: salt, ...COST })
}

const unpadded = (bytes: Buffer): string => bytes.toString("base64").replace(/=+$/, "")

let running = 0
const waiting: (() => void)[] = []

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= MOST_AT_ONCE) await new Promise<void>((free) => waiting.push(free))
  running += 1
  try {
    return await work()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}
