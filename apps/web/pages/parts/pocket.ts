// What this phone keeps of the card, so that it can be shown without a network: in IndexedDB, under a key no script can read out.
// The same file runs in the page and in the pocket, the small page that opens offline.

export type Pocket = {
  number: string
  cardId: number
  deviceNo: number
  /** HMAC-SHA-256 of the rotating code; not extractable */
  key: CryptoKey
  /** the last balance in words, and when it was that */
  balance: string
  balanceAt: string
  /** the language the card was last looked at in */
  locale: "ru" | "be" | "en"
}

const STEP_SECONDS = 30
const CODE_DIGITS = 8

const opened = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("mila", 1)
    asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore("pocket"))
    asked.addEventListener("success", () => resolve(asked.result))
    asked.addEventListener("error", () => reject(asked.error ?? new Error("no database")))
  })

async function within<Result>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<Result>): Promise<Result> {
  const database = await opened()
  try {
    return await new Promise<Result>((resolve, reject) => {
      const asked = work(database.transaction("pocket", mode).objectStore("pocket"))
      asked.addEventListener("success", () => resolve(asked.result))
      asked.addEventListener("error", () => reject(asked.error ?? new Error("not kept")))
    })
  } finally {
    database.close()
  }
}

export const readPocket = (): Promise<Pocket | undefined> =>
  within("readonly", (store) => store.get("card") as IDBRequest<Pocket | undefined>)

export const keepPocket = (pocket: Pocket): Promise<unknown> => within("readwrite", (store) => store.put(pocket, "card"))

/** The base32 text of enrolment as a key that signs and is never shown again. */
export function importKey(secret: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", fromBase32(secret), { name: "HMAC", hash: "SHA-256" }, false, ["sign"])
}

/** RFC 6238 over SHA-256: the card's 13 digits, the device's 2 and 8 of the code. */
export async function codeNow({ number, deviceNo, key }: Pick<Pocket, "number" | "deviceNo" | "key">, at: Date): Promise<string> {
  const step = Math.floor(at.getTime() / 1000 / STEP_SECONDS)
  const counter = new DataView(new ArrayBuffer(8))
  counter.setBigUint64(0, BigInt(step))
  const digest = new DataView(await crypto.subtle.sign("HMAC", key, counter))
  const value = digest.getUint32(digest.getUint8(digest.byteLength - 1) & 15) & 0x7fffffff
  return number + String(deviceNo).padStart(2, "0") + String(value % 10 ** CODE_DIGITS).padStart(CODE_DIGITS, "0")
}

/** Seconds left of the code that is shown. */
export const secondsLeft = (at: Date): number => STEP_SECONDS - (Math.floor(at.getTime() / 1000) % STEP_SECONDS)

function fromBase32(text: string): Uint8Array<ArrayBuffer> {
  const bytes: number[] = []
  let bits = 0
  let value = 0
  for (const letter of text.replace(/=+$/, "")) {
    value = (value << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter)
    bits += 5
    if (bits >= 8) bytes.push((value >>> (bits -= 8)) & 255)
    value &= 255
  }
  return new Uint8Array(bytes)
}
