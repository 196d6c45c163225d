import { type Gateway, rocketSms, smpp, smsBy, smtp } from "@mila/messages"
import { address, oneOf, text } from "./setting-kinds.ts"

const HOSTS = { rocketSms: "https://api.rocketsms.by", smsBy: "https://app.sms.by" }
const SENDER = { form: /^[\w.-]{1,11}$/, saying: "is at most 11 Latin letters, digits, dots or hyphens" }

/** Who carries SMS and e-mail. A gateway is there when its account is. */
export const GATEWAY_SETTINGS = {
  smsFirst: oneOf({
    name: "MILA_SMS_FIRST",
    meaning: "The gateway that is asked first; the others are asked when it is away, broken or out of money",
    words: ["rocketsms", "smsby", "smpp"],
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
  smppUrl: address({
    name: "MILA_SMPP_URL",
    meaning: "An operator's SMSC by SMPP 3.4: smpps://host:port by TLS, or smpp://host:port, which hides nothing and wants a tunnel",
    protocols: ["smpp:", "smpps:"],
    otherwise: "no SMSC",
  }),
  smppSystemId: text({
    name: "MILA_SMPP_SYSTEM_ID",
    meaning: "Account at that SMSC (system_id)",
    form: /^[\x21-\x7e]{1,15}$/,
    saying: "is at most 15 Latin letters, digits and signs",
    otherwise: null,
  }),
  smppPassword: text({
    name: "MILA_SMPP_PASSWORD",
    meaning: "Password of that account; the protocol says 8 characters, some SMSCs take more",
    form: /^[\x21-\x7e]{1,64}$/,
    saying: "is at most 64 Latin letters, digits and signs",
    otherwise: null,
  }),
  smppSender: text({ name: "MILA_SMPP_SENDER", meaning: "Registered sender name, or a number", ...SENDER, otherwise: null }),
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
  const accounts = [
    ["rocketLogin", "rocketPassword"],
    ["smppUrl", "smppSystemId", "smppPassword"],
    ["smtpUrl", "mailFrom"],
  ] as const
  return accounts
    .filter((parts) => new Set(parts.map((part) => Boolean(settings[part]))).size > 1)
    .map((parts) => `${parts.map((part) => GATEWAY_SETTINGS[part].name).join(" and ")} are set together`)
}

/** The gateways there are, in the order they are asked. */
export function gatewaysOf(settings: GatewaySettings): Gateway[] {
  const { rocketUrl, rocketLogin: login, rocketPassword: password, rocketSender, smsByUrl, smsByToken: token, smsByAlphaname } = settings
  const { smppUrl, smppSystemId, smppPassword, smppSender } = settings
  const found: Gateway[] = []
  if (login && password) found.push(rocketSms({ url: rocketUrl ?? HOSTS.rocketSms, login, password, sender: rocketSender }))
  if (token) found.push(smsBy({ url: smsByUrl ?? HOSTS.smsBy, token, alphaname: smsByAlphaname }))
  if (smppUrl && smppSystemId && smppPassword)
    found.push(smpp({ url: smppUrl, systemId: smppSystemId, password: smppPassword, sender: smppSender }))
  if (settings.smtpUrl && settings.mailFrom) found.push(smtp({ url: settings.smtpUrl, from: settings.mailFrom }))
  return found.toSorted((one, other) => Number(other.name === settings.smsFirst) - Number(one.name === settings.smsFirst))
}
