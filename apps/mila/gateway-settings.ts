import { type Gateway, rocketSms, smsBy } from "@mila/messages"
import { address, oneOf, text } from "./setting-kinds.ts"

const HOSTS = { rocketSms: "https://api.rocketsms.by", smsBy: "https://app.sms.by" }
const SENDER = { form: /^[\w.-]{1,11}$/, saying: "is at most 11 Latin letters, digits, dots or hyphens" }

/** Who carries SMS. A gateway is there when its account is. */
export const GATEWAY_SETTINGS = {
  smsFirst: oneOf({
    name: "MILA_SMS_FIRST",
    meaning: "The gateway that is asked first; the other is asked when it is away, broken or out of money",
    words: ["rocketsms", "smsby"],
    otherwise: "rocketsms",
  }),
  rocketUrl: address({
    name: "MILA_ROCKETSMS_URL",
    meaning: "Host of RocketSMS's API; a segment of their own for state bodies is https://api-by.rocketsms.by",
    protocols: ["http:", "https:"],
    otherwise: HOSTS.rocketSms,
  }),
  rocketLogin: text({ name: "MILA_ROCKETSMS_LOGIN", meaning: "Account at RocketSMS (a payer's number, УНП)", otherwise: null }),
  rocketPassword: text({ name: "MILA_ROCKETSMS_PASSWORD", meaning: "Password of that account", otherwise: null }),
  rocketSender: text({ name: "MILA_ROCKETSMS_SENDER", meaning: "Registered sender name", ...SENDER, otherwise: null }),
  smsByUrl: address({
    name: "MILA_SMSBY_URL",
    meaning: "Host of sms.by's API",
    protocols: ["http:", "https:"],
    otherwise: HOSTS.smsBy,
  }),
  smsByToken: text({ name: "MILA_SMSBY_TOKEN", meaning: "Token of an account at sms.by", otherwise: null }),
  smsByAlphaname: text({
    name: "MILA_SMSBY_ALPHANAME",
    meaning: "Number of a registered sender name at sms.by",
    form: /^\d{1,12}$/,
    saying: "is a number",
    otherwise: null,
  }),
}

type GatewaySettings = { readonly [Key in keyof typeof GATEWAY_SETTINGS]: ReturnType<(typeof GATEWAY_SETTINGS)[Key]["read"]> }

/** What contradicts itself, a sentence each. */
export function gatewayFaults({ rocketLogin, rocketPassword }: Partial<GatewaySettings>): string[] {
  const { rocketLogin: login, rocketPassword: password } = GATEWAY_SETTINGS
  return Boolean(rocketLogin) === Boolean(rocketPassword) ? [] : [`${login.name} and ${password.name} are set together`]
}

/** The gateways there are, in the order they are asked. */
export function gatewaysOf(settings: GatewaySettings): Gateway[] {
  const { rocketUrl, rocketLogin: login, rocketPassword: password, rocketSender, smsByUrl, smsByToken: token, smsByAlphaname } = settings
  const found: Gateway[] = []
  if (login && password) found.push(rocketSms({ url: rocketUrl ?? HOSTS.rocketSms, login, password, sender: rocketSender }))
  if (token) found.push(smsBy({ url: smsByUrl ?? HOSTS.smsBy, token, alphaname: smsByAlphaname }))
  return found.toSorted((one, other) => Number(other.name === settings.smsFirst) - Number(one.name === settings.smsFirst))
}
