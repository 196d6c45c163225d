import { statement, type Tx } from "@mila/kernel"
import { allowedTarget } from "../fetching/address-rules.ts"
import { linksGivenUp, type NamedLink, putLinks } from "../fetching/links.ts"
import type { Fault, GoodFact } from "../reading/facts.ts"

type Named = { name: string; line: number | null; thing: string }
type Moment = { id: number; source: string; at: Date; pictureHosts: readonly string[] }

const sent = statement<{ name: string; unfit: boolean }>(
  "exchange.pictures_sent",
  "select distinct on (name) name, unfit from exchange.file where kind = 'picture' and name = any($1::text[]) order by name, id desc",
)

/**
 * What becomes of pictures goods name: addresses are fetched later, or looked at again, where their source is allowed to; of others nobody has it is said that they did not come. One fault a
 * good and reason.
 */
export async function missPictures(
  tx: Tx,
  goods: readonly { id: string; fact: GoodFact }[],
  {
    moment,
    known,
    faults,
    lines,
  }: { moment: Moment; known: ReadonlyMap<string, unknown>; faults: Fault[]; lines: ReadonlyMap<string, number> },
): Promise<void> {
  const named = goods.flatMap(({ id: thing, fact }) =>
    fact.pictures.flatMap((name) => (known.has(name) && !isAddress(name) ? [] : [{ name, thing, line: lines.get(thing) ?? null }])),
  )
  if (named.length === 0) return
  const told = new Set<string>()
  const tell = ({ thing, line }: Named, reason: Fault["reason"], value: string): void => {
    if (told.has(`${reason} ${thing}`)) return
    told.add(`${reason} ${thing}`)
    faults.push({ line, field: "picture", reason, thing, value })
  }
  const [addresses, files] = [named.filter(({ name }) => isAddress(name)), named.filter(({ name }) => !isAddress(name))]
  await sendFor(tx, addresses, { moment, known, tell })
  const unfit = new Map((await sent(tx, [files.map(({ name }) => name)])).map((file) => [file.name, file.unfit]))
  for (const one of files)
    if (unfit.get(one.name) !== false) tell(one, unfit.has(one.name) ? "picture_unfit" : "picture_not_sent", one.name)
}

const isAddress = (name: string): boolean => /^[a-z][a-z0-9+.-]*:\/\//i.test(name)

type Tell = (one: Named, reason: Fault["reason"], value: string) => void

async function sendFor(
  tx: Tx,
  addresses: readonly Named[],
  { moment, known, tell }: { moment: Moment; known: ReadonlyMap<string, unknown>; tell: Tell },
): Promise<void> {
  if (addresses.length === 0) return
  const links: NamedLink[] = []
  for (const one of addresses) {
    const target = allowedTarget(one.name, moment.pictureHosts)
    if (target) links.push({ url: one.name, host: target.hostname, line: one.line, thing: one.thing })
    else if (!known.has(one.name)) tell(one, "picture_not_allowed", one.name.replace(/\/\/[^/@]*@/, "//").slice(0, 200))
  }
  const { id, source, at } = moment
  await putLinks(tx, { id, source, links, at })
  const givenUp = await linksGivenUp(
    tx,
    links.map(({ url }) => url),
  )
  for (const { url: name, line, thing } of links)
    if (givenUp.has(name)) tell({ name, line, thing }, "picture_not_fetched", `${givenUp.get(name)}: ${name}`)
}
