import type { Locale } from "@mila/kernel"

const NAMES: Readonly<Record<Locale, Record<string, string>>> = {
  ru: {
    rocketsms: "RocketSMS, доставка SMS",
    smsby: "sms.by, доставка SMS",
    smpp: "Оператор связи, доставка SMS",
    smtp: "Почтовый сервис",
    webpush: "Служба уведомлений браузера",
  },
  be: {
    rocketsms: "RocketSMS, дастаўка SMS",
    smsby: "sms.by, дастаўка SMS",
    smpp: "Аператар сувязі, дастаўка SMS",
    smtp: "Паштовы сэрвіс",
    webpush: "Служба апавяшчэнняў браўзера",
  },
  en: {
    rocketsms: "RocketSMS, SMS delivery",
    smsby: "sms.by, SMS delivery",
    smpp: "Mobile operator, SMS delivery",
    smtp: "E-mail service",
    webpush: "Browser notification service",
  },
}

/** Who received somebody's data, as they read it: a gateway by what it does, `webpush fcm.googleapis.com` with its host; others by their own name. */
export function recipientName(recipient: string, locale: Locale): string {
  const [gateway = "", host] = recipient.split(" ")
  if (!Object.hasOwn(NAMES[locale], gateway)) return recipient
  return host === undefined ? NAMES[locale][gateway]! : `${NAMES[locale][gateway]!}: ${host}`
}
