import { type Localized, localeWanted } from "@mila/kernel"
import type { Context } from "hono"
import type { ContentfulStatusCode } from "hono/utils/http-status"

/** What the programs themselves say no with; the doors have refusals of their own. */
const PROBLEMS = {
  bad_request: { status: 400, ru: "Запрос не удалось прочитать.", be: "Запыт не ўдалося прачытаць.", en: "The request could not be read." },
  not_found: { status: 404, ru: "Такого адреса нет.", be: "Такога адраса няма.", en: "There is nothing at this address." },
  method_not_allowed: {
    status: 405,
    ru: "Этот адрес так не вызывают.",
    be: "Гэты адрас так не выклікаюць.",
    en: "This address does not answer that method.",
  },
  body_too_large: { status: 413, ru: "Запрос слишком большой.", be: "Запыт занадта вялікі.", en: "The request is too large." },
  database_away: {
    status: 503,
    ru: "База данных временно недоступна. Повторите запрос с тем же ключом.",
    be: "База даных часова недаступная. Паўтарыце запыт з тым жа ключом.",
    en: "The database is temporarily unavailable. Try again with the same key.",
  },
  overloaded: {
    status: 503,
    ru: "Слишком много запросов ждут в очереди. Повторите чуть позже с тем же ключом.",
    be: "Зашмат запытаў чакаюць у чарзе. Паўтарыце крыху пазней з тым жа ключом.",
    en: "Too many requests are waiting. Try again a little later with the same key.",
  },
  internal_error: {
    status: 500,
    ru: "Ошибка на нашей стороне. Назовите поддержке номер запроса.",
    be: "Памылка на нашым баку. Назавіце падтрымцы нумар запыту.",
    en: "Something went wrong on our side. Give the request id to support.",
  },
} as const satisfies Record<string, Localized & { status: ContentfulStatusCode }>

export type ProblemCode = keyof typeof PROBLEMS

/** Answers an error in the form of RFC 9457, in the language the caller reads. */
export function problem(c: Context, code: ProblemCode, headers: Record<string, string> = {}): Response {
  const { status, ...words } = PROBLEMS[code]
  const locale = localeWanted(c.req.header("accept-language"))
  const body = { type: `urn:mila:problem:${code}`, title: words.en, status, detail: words[locale], code, requestId: c.get("requestId") }
  return c.body(JSON.stringify(body), status, {
    "content-type": "application/problem+json; charset=utf-8",
    "content-language": locale,
    "cache-control": "no-store",
    ...headers,
  })
}
