import { type Db, inTransaction, type Tx } from "@mila/kernel"
import { passkeySiteOf } from "@mila/kernel/passkeys"
import { SoftAuthenticator, type Twist } from "@mila/kernel/testing"
import assert from "node:assert/strict"
import { memberHistory } from "../history.ts"
import { newDeviceToken } from "../sign-in/known-devices.ts"
import { beginHere, type SignedIn } from "../sign-in/sign-in.ts"
import { aMember, aPhone, SOME_DAY } from "../testing.ts"
import { addPasskey, askForPasskey } from "./add-passkey.ts"
import { askToSignIn, signInWithPasskey } from "./use-passkey.ts"

// What the tests of passkeys have people do.

export const SITE = passkeySiteOf("https://mila.example/")!
export const FAILED = { outcome: "failed" }
export const later = (seconds: number): Date => new Date(SOME_DAY.getTime() + seconds * 1000)

let lastNet = 0
const anIp = () => `10.${(lastNet += 1) >> 8}.${lastNet & 255}.7`

/** A phone whose pages are ours. */
export const aFinger = (given: { counts?: boolean; synced?: boolean } = {}): SoftAuthenticator =>
  new SoftAuthenticator({ origin: SITE.origin, ...given })

type Somebody = { memberId: number; phone: string; device: string; session: SignedIn }
type Adding = { memberId: number; sessionId: number }
type Entering = { device?: string; twist?: Twist; at?: Date; ip?: string }

/** People, their phones and what they do with them, on a database. */
export function lifeWithPasskeys(db: Db) {
  const read = <Result>(look: (tx: Tx) => Promise<Result>) => inTransaction(db, look)
  /** A member, signed in with a code a moment ago. */
  const somebody = (): Promise<Somebody> =>
    read(async (tx) => {
      const [phone, device] = [aPhone(), newDeviceToken()]
      const memberId = await aMember(tx, { phone })
      const session = await beginHere(tx, { memberId, device, deviceName: "Chrome, Android", kind: "web", at: SOME_DAY })
      return { memberId, phone, device, session }
    })
  async function optionsToAdd({ memberId, sessionId }: Adding, at = SOME_DAY) {
    const asked = await read((tx) => askForPasskey(tx, { memberId, sessionId, site: SITE, chain: "Мила", at }))
    assert.ok("options" in asked, JSON.stringify(asked))
    return asked.options
  }
  const keep = ({ memberId, sessionId }: Adding, answer: string, at = later(1)) =>
    addPasskey(db, { memberId, sessionId, answer, site: SITE, deviceName: "Chrome, Android", at })
  async function added({ memberId, session }: Somebody, phone = aFinger()) {
    const options = await optionsToAdd(session)
    const { passkeyId } = await keep(session, phone.make(options))
    return { memberId, passkeyId, phone, options }
  }
  async function optionsToSignIn(device: string, at = SOME_DAY) {
    const asked = await read((tx) => askToSignIn(tx, { device, ip: anIp(), site: SITE, at }))
    assert.ok("options" in asked)
    return asked.options
  }
  const enter = (answer: string, { device = newDeviceToken(), at = later(60), ip = anIp() }: Entering = {}) =>
    signInWithPasskey(db, { answer, site: SITE, device, deviceName: "Safari, iPhone", kind: "web", ip, at })
  async function signIn(phone: SoftAuthenticator, given: Entering = {}) {
    const { device = newDeviceToken(), twist = {}, at = later(60) } = given
    return enter(phone.sign(await optionsToSignIn(device, at), twist), { ...given, device, at })
  }
  const historyOf = async (memberId: number) => (await read((tx) => memberHistory(tx, memberId))).map(({ what }) => what)
  return { read, somebody, optionsToAdd, keep, added, optionsToSignIn, enter, signIn, historyOf }
}
