import { SearchAway } from "@mila/catalog"
import { DatabaseAway, isDatabaseAway, type Localized, type Log } from "@mila/kernel"
import type { Context } from "hono"
import type { ContentfulStatusCode } from "hono/utils/http-status"
import type { ShopEnv } from "./context.ts"

const PROBLEMS = {
  malformed: { status: 400, ru: "В запросе что-то не так.", be: "У запыце нешта не так.", en: "Something in the request is wrong." },
  bank_card_number: {
    status: 422,
    ru: "Это похоже на номер банковской карты. Не пишите его нигде: он нам не нужен и не сохранён.",
    be: "Гэта падобна на нумар банкаўскай карткі. Не пішыце яго нідзе: ён нам не патрэбны і не захаваны.",
    en: "This looks like a bank card number. Don’t write it anywhere: we don’t need it and haven’t kept it.",
  },
  product_not_found: { status: 404, ru: "Такого товара нет.", be: "Такога тавару няма.", en: "There is no such product." },
  price_not_found: {
    status: 404,
    ru: "Этого штрихкода мы не знаем.",
    be: "Гэтага штрыхкода мы не ведаем.",
    en: "We do not know this barcode.",
  },
  shop_not_found: { status: 404, ru: "Такого магазина нет.", be: "Такой крамы няма.", en: "There is no such shop." },
  not_found: { status: 404, ru: "Такого адреса нет.", be: "Такога адраса няма.", en: "There is nothing at this address." },
  method_not_allowed: {
    status: 405,
    ru: "По этому адресу можно только читать.",
    be: "Па гэтым адрасе можна толькі чытаць.",
    en: "This address is read-only.",
  },
  search_away: {
    status: 503,
    ru: "Поиск запускается. Повторите через несколько секунд.",
    be: "Пошук запускаецца. Паўтарыце праз некалькі секунд.",
    en: "Search is starting up. Try again in a few seconds.",
  },
  unavailable: {
    status: 503,
    ru: "Сервис временно недоступен. Повторите чуть позже.",
    be: "Сэрвіс часова недаступны. Паўтарыце крыху пазней.",
    en: "Temporarily unavailable. Try again a little later.",
  },
  internal: {
    status: 500,
    ru: "Ошибка на нашей стороне. Назовите поддержке номер запроса.",
    be: "Памылка на нашым баку. Назавіце падтрымцы нумар запыту.",
    en: "Something went wrong on our side. Give the request id to support.",
  },
} as const satisfies Record<string, Localized & { status: ContentfulStatusCode }>

export type ShopCode = keyof typeof PROBLEMS

/** A problem as RFC 9457 has it: `code` is stable, `detail` is for a person, in their language. */
export function problem(c: Context<ShopEnv>, code: ShopCode, details: Readonly<Record<string, unknown>> = {}): Response {
  const { status, ...words } = PROBLEMS[code]
  const body = {
    ...details,
    ...{
      type: `urn:mila:problem:${code}`,
      title: words.en,
      status,
      detail: words[c.get("locale") ?? "ru"],
      code,
      requestId: c.get("requestId"),
    },
  }
  return c.body(JSON.stringify(body), status, {
    "content-type": "application/problem+json; charset=utf-8",
    "cache-control": "no-store",
    ...(status === 503 ? { "retry-after": "2" } : {}),
  })
}

export function problemOf(c: Context<ShopEnv>, error: unknown, log: Log): Response {
  if (error instanceof SearchAway) return problem(c, "search_away")
  if (error instanceof DatabaseAway || isDatabaseAway(error)) return problem(c, "unavailable")
  log.error({ requestId: c.get("requestId"), err: error }, "a bug")
  return problem(c, "internal")
}
