import type { Secrets } from "@mila/kernel"
import { arePushKeys, PUSH_HOSTS, type PushKeys, pushKeysFrom, SMS_CAPS, type SmsCaps } from "@mila/messages"
import { text, whole } from "./setting-kinds.ts"

const BASE64URL = { saying: "is base64url, as `mila push-keys` prints it" }
const HOST = String.raw`(?:(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+|https?:\/\/[a-z0-9.-]+(?::\d{1,5})?)`

/** Notifications of browsers, and what keeps SMS from being pumped. */
export const PUSH_SETTINGS = {
  pushPublicKey: text({
    name: "MILA_PUSH_PUBLIC_KEY",
    meaning:
      "Notifications of browsers: the public half of our keys; `npm run mila -- push-keys` makes a pair. Without one a demo makes its own and a real chain offers none. " +
      "With another pair people turn notifications on anew",
    form: /^[\w-]{87}$/,
    ...BASE64URL,
    otherwise: null,
  }),
  pushPrivateKey: text({
    name: "MILA_PUSH_PRIVATE_KEY",
    meaning: "The private half of that pair",
    form: /^[\w-]{43}$/,
    ...BASE64URL,
    otherwise: null,
  }),
  pushSubject: text({
    name: "MILA_PUSH_SUBJECT",
    meaning: "Where the browsers' makers write when our notifications trouble them: mailto: or https:; else the operator's e-mail",
    form: /^(?:mailto:[^\s<>@]+@[^\s<>@]+|https:\/\/\S+)$/,
    saying: "begins with mailto: or https://",
    otherwise: null,
  }),
  pushHosts: text({
    name: "MILA_PUSH_HOSTS",
    meaning:
      "Services notifications may go through, separated by commas; all of them are abroad. *. stands for any name before; a whole origin is for trying things out",
    form: new RegExp(`^${HOST}(?:,${HOST})*$`),
    saying: "is a list of hosts, separated by commas",
    otherwise: PUSH_HOSTS.join(","),
  }),
  smsPerNumber: whole({
    ...{ name: "MILA_SMS_PER_NUMBER", unit: "SMS/day", from: 1, to: 1_000, otherwise: SMS_CAPS.perNumber },
    meaning: "The most SMS one number is sent in a day, codes among them",
  }),
  smsPerPrefix: whole({
    ...{ name: "MILA_SMS_PER_PREFIX", unit: "SMS/day", from: 1, to: 10_000_000, otherwise: SMS_CAPS.perPrefix },
    meaning: "The most SMS a range of a hundred thousand numbers (+375 29 12…) is sent in a day",
  }),
  smsPerDay: whole({
    ...{ name: "MILA_SMS_PER_DAY", unit: "SMS/day", from: 1, to: 100_000_000, otherwise: SMS_CAPS.perDay },
    meaning:
      "The most SMS in a day: advertising stops at 70 % of it, everything but codes at 90 %. What is stopped goes by e-mail where it may",
  }),
  smsIncomingToken: text({
    name: "MILA_SMS_INCOMING_TOKEN",
    meaning:
      "Secret end of the address at which a gateway brings what people write to our number: POST <public url>/sms/incoming/<token>. Without it there is none",
    form: /^[\w-]{32,200}$/,
    saying: "is 32 to 200 Latin letters, digits, - or _",
    otherwise: null,
  }),
}

type PushSettings = { readonly [Key in keyof typeof PUSH_SETTINGS]: ReturnType<(typeof PUSH_SETTINGS)[Key]["read"]> } & {
  operatorEmail: string
}

/** Our keys at the services of browsers, and which services those may be. */
export type Push = { keys: PushKeys; hosts: readonly string[] }

/** What contradicts itself, a sentence each; keys are named and never repeated. */
export function pushFaults({ pushPublicKey: publicKey, pushPrivateKey: privateKey }: Partial<PushSettings>): string[] {
  const { pushPublicKey, pushPrivateKey } = PUSH_SETTINGS
  if (Boolean(publicKey) !== Boolean(privateKey)) return [`${pushPublicKey.name} and ${pushPrivateKey.name} are set together`]
  if (!publicKey || !privateKey || arePushKeys({ publicKey, privateKey })) return []
  return [`${pushPublicKey.name} is not the public half of ${pushPrivateKey.name}`]
}

/** How browsers are told; null where nobody made keys and it is no demo. A demo's keys follow from its secret, so that all its processes have the same. */
export function pushOf(settings: PushSettings, { isDemo, secrets }: { isDemo: boolean; secrets: Secrets }): Push | null {
  const { pushPublicKey: publicKey, pushPrivateKey: privateKey, pushSubject, pushHosts, operatorEmail } = settings
  const own = publicKey && privateKey ? { publicKey, privateKey } : null
  const pair = own ?? (isDemo ? pushKeysFrom(secrets.hmac("messages.push-keys", "demo")) : null)
  return pair && { keys: { ...pair, subject: pushSubject ?? `mailto:${operatorEmail}` }, hosts: pushHosts.split(",") }
}

/** The most SMS a day. */
export const smsCapsOf = ({ smsPerNumber, smsPerPrefix, smsPerDay }: PushSettings): SmsCaps => ({
  ...{ perNumber: smsPerNumber, perPrefix: smsPerPrefix, perDay: smsPerDay },
})
