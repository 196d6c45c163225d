// What strangers send.

export const INSIDES =
  /node_modules|\.tsx?:\d|\bat (?:async )?[\w.<>]+ \(|\bselect\b .+ \bfrom\b \w+\.|syntax error at|unterminated|pg_catalog|PostgreSQL|kysely|ERR_\w+|\/work\/|\/home\//i

export const SQL = [
  "'",
  "1' or '1'='1",
  "1;select pg_sleep(5)--",
  "') union select null--",
  "\\",
  "%00",
  "name desc, (select 1)",
  "${7*7}{{7*7}}",
]

export const PAGE_FIELDS = [
  "q",
  "sort",
  "page",
  "brand",
  "price_from",
  "price_to",
  "shop",
  "in",
  "attr",
  "next",
  "t",
  "kiosk",
  "lang",
  "from",
  "to",
  "year",
  "kind",
  "town",
  "open",
]

export const PAGES = [
  "/",
  "/search",
  "/search/suggest",
  "/catalog",
  "/catalog/makeup",
  "/p/1",
  "/shops",
  "/shops/0001",
  "/favorites",
  "/price-check",
  "/promo/1",
  "/sign-in",
  "/unsubscribe",
]

export const UP = ["../", "..%2f", "%2e%2e/", "%2e%2e%2f", "%252e%252e%252f", "..\\", "..%5c", "%c0%ae%c0%ae/", "....//", "..;/", "/../"]

export const ROOTS = [
  "/assets/",
  "/icons/",
  "/fonts/",
  "/pictures/",
  "/pictures/1/",
  "/away-",
  "/",
  "/reviews/1/photo/",
  "/feeds/yml/",
  "/docs/",
  "/exchange/files/",
]

export const CLOSED = [
  "/graphql",
  "/graphiql",
  "/metrics",
  "/debug",
  "/debug/pprof",
  "/.git/config",
  "/.git/HEAD",
  "/.env",
  "/server-status",
  "/actuator",
  "/node_modules/hono/package.json",
  "/package.json",
  "/openapi.json",
  "/swagger",
  "/build/server/index.js",
  "/__manifest.map",
]

const hidden = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n"

export const TWO_READINGS: Record<string, string> = {
  "length and chunks": `POST /office/v1/members HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  "two lengths": `POST /office/v1/members HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`,
  "a length with a sign": `POST /office/v1/members HTTP/1.1\r\nHost: localhost\r\nContent-Length: +${hidden.length}\r\n\r\n${hidden}`,
  "two codings": `POST /office/v1/members HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
  "a coding nobody knows": `POST /office/v1/members HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
  "a space before the colon": `POST /office/v1/members HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n${hidden}`,
  "a line folded": `POST /office/v1/members HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n${hidden}`,
  "no host": `GET / HTTP/1.1\r\n\r\n${hidden}`,
}

export const BREAKERS = [
  'a\r\n{"level":"error","msg":"forged"}',
  "\u001b[2J\u001b[31mred",
  '","level":"fatal","x":"',
  "\u2028\u0085\u0000",
  "%0d%0aforged: yes",
]
