import { type Db, inTransaction, type Tx } from "@mila/kernel"
import { passkeySiteOf } from "@mila/kernel/passkeys"
import { SoftAuthenticator, type Twist } from "@mila/kernel/testing"
import assert from "node:assert/strict"
import { staffByKey } from "../keys.ts"
import { employ } from "../people.ts"
import type { Permission } from "../permissions.ts"
import { acceptWithAuthenticator, showAuthenticator } from "./accept-authenticator.ts"
import { acceptWithPasskey, askForStaffPasskey } from "./accept-passkey.ts"
import { codeAt, stepNow } from "./authenticator.ts"
import { invite } from "./invitations.ts"
import { newDevice } from "./limits.ts"
import { askToSignIn, signInWithPasskey } from "./passkey-sign-in.ts"
import { signInWithPassword } from "./password-sign-in.ts"

// What the tests of the second factor have people do.

export const SITE = passkeySiteOf("https://office.example/")!
export const at = new Date("2026-11-23T09:00:00Z")
export const PASSWORD = "зелёная кастрюля на плите"
export const FAILED = { outcome: "failed" }

let lastNet = 0
export const anIp = (): string => `10.${(lastNet += 1) >> 8}.${lastNet & 255}.7`
export const aFinger = (given: { counts?: boolean } = {}): SoftAuthenticator => new SoftAuthenticator({ origin: SITE.origin, ...given })

type Entering = { device?: string; ip?: string; twist?: Twist }

/** People of the staff, their phones and what they do with them, on a database. */
export function staffLife(db: Db) {
  const read = <Result>(look: (tx: Tx) => Promise<Result>) => inTransaction(db, look)
  const somebody = async (permissions: Permission[] = ["shops.read"]) =>
    (await read((tx) => employ(tx, { name: "Анна Иванова", permissions, at }))).staffId
  const invited = async (staffId: number) => (await read((tx) => invite(tx, { staffId, by: null, at }))).invitation
  const place = () => ({ deviceName: "Chrome, Windows", device: newDevice(), at })
  const options = (invitation: string) => read((tx) => askForStaffPasskey(tx, { invitation, site: SITE, chain: "Мила" }))
  async function withPasskey(staffId: number, phone = aFinger(), device = newDevice()) {
    const invitation = await invited(staffId)
    const answer = phone.make(await options(invitation))
    return { phone, device, ...(await acceptWithPasskey(db, { invitation, answer, site: SITE, ...place(), device })) }
  }
  async function withApp(staffId: number, device = newDevice()) {
    const invitation = await invited(staffId)
    const { secret } = await read((tx) => showAuthenticator(tx, { invitation, chain: "Мила" }))
    const typed = async () => {
      const code = codeAt(secret, (await read(stepNow)) - 1) // the present one is kept for the first sign-in
      return acceptWithAuthenticator(db, { invitation, password: PASSWORD, code, ...place(), device })
    }
    const accepted = await typed().catch((refused: { code?: string }) => {
      if (refused.code !== "code_wrong") throw refused
      return typed() // half a minute ended while it was typed
    })
    return { secret, device, ...accepted }
  }
  async function asked() {
    const told = await read((tx) => askToSignIn(tx, { site: SITE, ip: anIp() }))
    assert.ok("options" in told)
    return told
  }
  async function touch(phone: SoftAuthenticator, { device = newDevice(), ip = anIp(), twist = {} }: Entering = {}) {
    const { flow, options } = await asked()
    return signInWithPasskey(db, { answer: phone.sign(options, twist), flow, site: SITE, device, ip, at })
  }
  const type = (given: { staffId: number; password?: string; code: string } & Entering) =>
    signInWithPassword(db, { password: PASSWORD, device: newDevice(), ip: anIp(), at, ...given })
  /** What the app shows now, or some steps away. */
  const shown = async (secret: string, away = 0) => codeAt(secret, (await read(stepNow)) + away)
  const opens = (key: string) => read((tx) => staffByKey(tx, key, { isDemo: false }))
  return { read, somebody, invited, options, place, withPasskey, withApp, asked, touch, type, shown, opens }
}
