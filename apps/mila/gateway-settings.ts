import { type Gateway, rocketSms, smsBy, smtp } from "@mila/messages"
import { address, oneOf, text } from "./setting-kinds.ts"

const HOSTS = { rocketSms: "https://api.rocketsms.by", smsBy: "https://app.sms.by" }
const SENDER = { form: /^[\w.-]{1,11}$/, saying: "is at most 11 Latin letters, digits, dots or hyphens" }

/** Who carries SMS and e-mail. A gateway is there when its account is. */
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
  smtpUrl: address({
    name: "MILA_SMTP_URL",
    meaning: "Mail server: smtps://login:password@host, or smtp:// with STARTTLS",
    protocols: ["smtp:", "smtps:"],
    otherwise: "no e-mail",
  }),
  mailFrom: text({
    name: "MILA_MAIL_FROM",
    meaning: "Who e-mail comes from: an address, with a name before it or without",
    form: /^(?:[^<>\r\n]{1,80} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    saying: "is an e-mail address, or a name and an address in angle brackets",
    otherwise: null,
  }),
}

type GatewaySettings = { readonly [Key in keyof typeof GATEWAY_SETTINGS]: ReturnType<(typeof GATEWAY_SETTINGS)[Key]["read"]> }

/** What contradicts itself, a sentence each. */
export function gatewayFaults(settings: Partial<GatewaySettings>): string[] {
  const pairs = [
    ["rocketLogin", "rocketPassword"],
    ["smtpUrl", "mailFrom"],
  ] as const
  return pairs
    .filter(([one, other]) => Boolean(settings[one]) !== Boolean(settings[other]))
    .map(([one, other]) => `${GATEWAY_SETTINGS[one].name} and ${GATEWAY_SETTINGS[other].name} are set together`)
}

/** The gateways there are, in the order they are asked. */
export function gatewaysOf(settings: GatewaySettings): Gateway[] {
  const { rocketUrl, rocketLogin: login, rocketPassword: password, rocketSender, smsByUrl, smsByToken: token, smsByAlphaname } = settings
  const found: Gateway[] = []
  if (login && password) found.push(rocketSms({ url: rocketUrl ?? HOSTS.rocketSms, login, password, sender: rocketSender }))
  if (token) found.push(smsBy({ url: smsByUrl ?? HOSTS.smsBy, token, alphaname: smsByAlphaname }))
  if (settings.smtpUrl && settings.mailFrom) found.push(smtp({ url: settings.smtpUrl, from: settings.mailFrom }))
  return found.toSorted((one, other) => Number(other.name === settings.smsFirst) - Number(one.name === settings.smsFirst))
}
