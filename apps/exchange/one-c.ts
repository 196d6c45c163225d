import {
  askImport,
  beginSession,
  failureText,
  type Import,
  newestImport,
  openArchives,
  openDocument,
  receivePiece,
  type Session,
  sessionByCookie,
} from "@mila/exchange"
import { clockIn, inTransaction, MINSK, Refusal, type Tx } from "@mila/kernel"
import { record } from "@mila/staff"
import type { Context, Hono } from "hono"
import { getCookie } from "hono/cookie"
import type { ContentfulStatusCode } from "hono/utils/http-status"
import type { ExchangeContext, ExchangeEnv } from "./context.ts"
import { maySend, senderOf } from "./keys.ts"
import { importLines } from "./sayings.ts"
import { windows1251 } from "./windows-1251.ts"

const COOKIE = "mila_exchange"
const TYPES = ["catalog", "sale"] as const
const VERSIONS = /^(?:2\.(?:0[3-9]|10)|3\.1)$/

/**
 * 1C's «Обмен с сайтом» as a stock 1C speaks it: `type=catalog` checkauth, init, file, import, deactivate, complete; `type=sale` checkauth, init, query, success, file,
 * import. Answers are lines of text in windows-1251; `progress` asks 1C to ask again.
 */
export function declareOneC(app: Hono<ExchangeEnv>, context: ExchangeContext): void {
  app.on(["GET", "POST"], "/exchange/1c", async (c) => {
    const { type = "", mode = "" } = c.req.query()
    if (!(TYPES as readonly string[]).includes(type))
      return lines(c, 400, "failure", `Неизвестный вид обмена (type): ${shown(type)}; есть ${TYPES.join(" и ")}`)
    if (mode === "checkauth") return checkauth(c, context)
    const cookie = getCookie(c, COOKIE)
    const session =
      cookie === undefined ? undefined : await inTransaction(context.db, (tx) => sessionByCookie(tx, { cookie, at: context.clock.now() }))
    if (!session || !(await maySend(context, session.staffId)))
      return lines(c, 401, "failure", "Сеанс обмена не начат или закончился (он длится сутки): нужен checkauth, затем его cookie")
    const { sessid } = c.req.query()
    if (sessid !== undefined && sessid !== session.sessid) return lines(c, 403, "failure", "sessid не от этого сеанса")
    const modes = MODES[type as keyof typeof MODES]
    const act = Object.hasOwn(modes, mode) ? modes[mode] : undefined
    if (!act)
      return lines(
        c,
        400,
        "failure",
        `Неизвестный шаг обмена (mode): ${shown(mode)}; у ${type} есть checkauth, ${Object.keys(modes).join(", ")}`,
      )
    const method = mode === "file" ? "POST" : "GET"
    if (c.req.method !== method) return lines(c, 400, "failure", `Шаг ${mode} — это запрос ${method}, а пришёл ${c.req.method}`)
    try {
      return await act(c, context, session)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return lines(c, error.code === "file_name_invalid" ? 403 : 200, "failure", failureText(error.code, error.details, "ru"))
    }
  })
}

/** What was asked, as far as it can be said back: no line of its own, no longer than a word. */
const shown = (asked: string): string => (asked === "" ? "не указан" : `«${asked.replace(/[^\w.-]/g, "?").slice(0, 32)}»`)

type Act = (c: Context<ExchangeEnv>, context: ExchangeContext, session: Session) => Promise<Response>

const MODES: Readonly<Record<(typeof TYPES)[number], Readonly<Record<string, Act>>>> = {
  catalog: { init, file, import: importFile("1c"), deactivate, complete },
  sale: { init, file, import: importFile("1c-sale"), query, success: async (c) => lines(c, 200, "success") },
}

function lines(c: Context, status: ContentfulStatusCode, ...said: string[]): Response {
  return c.body(windows1251(`${said.join("\n")}\n`), status, { "content-type": "text/plain; charset=windows-1251" })
}

async function checkauth(c: Context<ExchangeEnv>, context: ExchangeContext): Promise<Response> {
  const staffId = await senderOf(c, context)
  if (staffId === "not_allowed") return lines(c, 403, "failure", "Этому ключу обмен не разрешён: его сотруднику нужно право exchange.send")
  if (typeof staffId === "string") {
    c.header("www-authenticate", 'Basic realm="1C", charset="UTF-8"')
    return lines(c, 401, "failure", NO_KEY[staffId])
  }
  const at = context.clock.now()
  const { cookie, sessid } = await inTransaction(context.db, async (tx) => {
    const begun = await beginSession(tx, { staffId, at })
    await record(tx, { staffId, action: "exchange.begin", object: `exchange:${begun.session}`, at })
    return begun
  })
  return lines(c, 200, "success", COOKIE, cookie, `sessid=${sessid}`, `timestamp=${Math.floor(at.getTime() / 1000)}`)
}

const NO_KEY = {
  not_signed_in: "Такого ключа нет. Пароль обмена — ключ из бэк-офиса (вид «machine»), имя пользователя любое",
  key_ended: "Срок этого ключа закончился: нужен новый, его выдают в бэк-офисе",
  key_idle: "Этим ключом слишком долго не пользовались, он больше не действует: нужен новый, его выдают в бэк-офисе",
}

async function init(c: Context<ExchangeEnv>, { chunkBytes }: ExchangeContext, { sessid }: Session): Promise<Response> {
  const { version } = c.req.query()
  const newer = version === undefined ? [] : [`sessid=${sessid}`, `version=${VERSIONS.test(version) ? version : "2.10"}`]
  return lines(c, 200, "zip=yes", `file_limit=${chunkBytes}`, ...newer)
}

async function file(c: Context<ExchangeEnv>, context: ExchangeContext, { id: session }: Session): Promise<Response> {
  const bytes = Buffer.from(await c.req.arrayBuffer())
  if (bytes.length > context.chunkBytes) return lines(c, 413, "failure", "Часть файла больше file_limit")
  const piece = { session, name: nameIn(c), bytes, most: context.rules.mostFileBytes, at: context.clock.now() }
  await inTransaction(context.db, (tx) => receivePiece(tx, piece))
  return lines(c, 200, "success")
}

const nameIn = (c: Context): string => (c.req.query("filename") ?? "").replaceAll("\\", "/")

function importFile(source: string): Act {
  return async (c, { db, clock }, session) => {
    const fileName = nameIn(c)
    const job = await inTransaction(db, (tx) => importAsked(tx, { session, source, fileName, at: clock.now() }))
    return job === "asked" ? lines(c, 200, "progress", "Загрузка начинается") : lines(c, 200, ...importLines(job))
  }
}

type Asked = { session: Session; source: string; fileName: string; at: Date }

/** The import of what was sent last under this name. A file of that name that no import has taken up begins a new one. Errors: file_not_found. */
async function importAsked(tx: Tx, { session, source, fileName, at }: Asked): Promise<Import | "asked"> {
  const known = await newestImport(tx, { session: session.id, fileName })
  if (known && !known.endedAt && known.state !== "held") return known
  const open = await openDocument(tx, { session: session.id, name: fileName })
  const archives = open || known ? [] : await openArchives(tx, session.id)
  if (!open && archives.length === 0) {
    if (known) return known
    throw new Refusal("file_not_found", { field: fileName })
  }
  await askImport(tx, { source, session: session.id, file: open?.id ?? null, fileName, by: session.staffId, at })
  return "asked"
}

/** What was not named since the conversation began leaves the shop window; it is judged like an import, and never deleted. */
async function deactivate(c: Context<ExchangeEnv>, { db, clock }: ExchangeContext, session: Session): Promise<Response> {
  const { timestamp } = c.req.query()
  const told = timestamp !== undefined && /^\d{9,11}$/.test(timestamp) ? new Date(Number(timestamp) * 1000) : session.begunAt
  const unseenSince = told < session.begunAt ? told : session.begunAt
  const job = await inTransaction(db, async (tx) => {
    const known = await newestImport(tx, { session: session.id, what: "deactivate", fileName: DEACTIVATE })
    if (known) return known
    const asked = { source: "1c", what: "deactivate", session: session.id, file: null, fileName: DEACTIVATE, unseenSince } as const
    await askImport(tx, { ...asked, by: session.staffId, at: clock.now() })
    return undefined
  })
  return job ? lines(c, 200, ...importLines(job)) : lines(c, 200, "progress", "Проверяем, что больше не выгружается")
}

const DEACTIVATE = "deactivate"

async function complete(c: Context<ExchangeEnv>, context: ExchangeContext, { staffId, id }: Session): Promise<Response> {
  const at = context.clock.now()
  await inTransaction(context.db, (tx) => record(tx, { staffId, action: "exchange.complete", object: `exchange:${id}`, at }))
  return lines(c, 200, "success")
}

/** The orders 1C should know of: none, while the shop takes no orders on the web. The time is that of the shop's clocks: CommerceML names no zone. */
async function query(c: Context<ExchangeEnv>, { clock }: ExchangeContext): Promise<Response> {
  const root = `xmlns="urn:1C.ru:commerceml_2" ВерсияСхемы="2.10" ДатаФормирования="${clockIn(MINSK, clock.now())}"`
  const text = `<?xml version="1.0" encoding="windows-1251"?>\n<КоммерческаяИнформация ${root}></КоммерческаяИнформация>\n`
  return c.body(windows1251(text), 200, { "content-type": "application/xml; charset=windows-1251" })
}
