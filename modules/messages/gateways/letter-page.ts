import { escaped } from "@mila/kernel"
import type { Letter } from "./gateway.ts"

const NAME = { ru: "Мила", be: "Міла", en: "Mila" } as const
// a full stop or a bracket after an address belongs to the sentence
const ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,:;!?)»”]/g
// its full stop would stand alone under it
const CODE = /(?<!\d)(\d{6})(?!\d)\.?/g
const DARK =
  "@media (prefers-color-scheme:dark){.paper{background:#181215!important;color:#f6ebe6!important}.card{background:#221a1e!important;border-color:#3b2e33!important}.dot,a{color:#f490b0!important}}"

/**
 * The letter as mail programmes show it: the same words in our colours, nothing that is fetched and nothing that runs, so that no programme hides a part of it or asks whether to show
 * it. A code is large enough to be copied by eye; an address leads where it says, without the secret at its end being read out.
 */
export function letterPage({ subject, text, locale, urgent }: Pick<Letter, "subject" | "text" | "locale" | "urgent">): string {
  const paragraphs = text.split(/\n{2,}/).map((paragraph) => `<p style="margin:0 0 14px">${shown(paragraph, urgent)}</p>`)
  return `<!doctype html>
<html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escaped(subject ?? "")}</title><style>${DARK}</style></head>
<body class="paper" style="margin:0;padding:0;background:#fbf6f1;color:#2a1a20">
<div class="paper" style="background:#fbf6f1;color:#2a1a20;padding:28px 14px;font:17px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:32rem;margin:0 auto">
<p style="margin:0 0 16px 6px;font:28px/1 Georgia,'Times New Roman',serif">${NAME[locale]}<span class="dot" style="color:#8c1f45">.</span></p>
<div class="card" style="background:#fffdfb;border:1px solid #eadcd3;border-radius:18px;padding:24px 24px 10px">
<h1 style="margin:0 0 16px;font:bold 22px/1.25 Georgia,'Times New Roman',serif">${escaped(subject ?? "")}</h1>
${paragraphs.join("\n")}
</div></div></div></body></html>
`
}

function shown(paragraph: string, isCode: boolean): string {
  let said = ""
  let read = 0
  for (const { 0: address, index } of paragraph.matchAll(ADDRESS)) {
    said += plain(paragraph.slice(read, index), isCode) + link(address)
    read = index + address.length
  }
  return said + plain(paragraph.slice(read), isCode)
}

const plain = (text: string, isCode: boolean): string => {
  const said = escaped(text).replaceAll("\n", "<br>")
  return isCode ? said.replaceAll(CODE, '<b style="display:block;margin:10px 0;font-size:32px;letter-spacing:0.12em">$1</b>') : said
}

function link(address: string): string {
  const { host, pathname } = new URL(address)
  return `<a href="${escaped(address)}" style="color:#8c1f45;overflow-wrap:anywhere">${escaped(host + pathname.replace(/\/$/, ""))}</a>`
}
