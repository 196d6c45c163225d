import { day, minor, points } from "@mila/kernel"
import { getDocumentProxy } from "unpdf"
import type { Movement, PointsStatement } from "./statement.ts"

type Told = { kind: Movement["kind"]; points: number } & Partial<Pick<Movement, "what" | "shop" | "fiscalUid">>

/** A statement of November 2026 that adds up, from 1 000 points on; its movements come an hour after each other. */
export function aStatement({
  movements,
  ...about
}: { movements: readonly Told[] } & Partial<Omit<PointsStatement, "movements">>): PointsStatement {
  let balance = 1_000
  const rows = movements.map(({ kind, points: moved, what = "Покупка", shop = null, fiscalUid = null }, place): Movement => {
    balance += moved
    const occurredAt = new Date(Date.UTC(2026, 10, 1, 9 + place, 5))
    return { occurredAt, kind, what, shop, fiscalUid, points: points(moved), balance: points(balance) }
  })
  return {
    ...{ chain: "Мила", member: "Анна Сергеевна Иванова", card: "2900012345678", from: day("2026-11-01"), to: day("2026-11-30") },
    ...{ opening: points(1_000), closing: points(balance), movements: rows, pending: [], pointWorth: minor(1) },
    madeAt: new Date("2026-12-01T06:30:00Z"),
    ...about,
  }
}

export type ReadPaper = {
  /** the text of each page as copying gives it, all kinds of space made one */
  pages: string[]
  title: string
  language: string
  /** the roles of what the structure says, page by page, in the order it is read */
  roles: string[][]
}

/** Reads a PDF back with somebody else's eyes: pdf.js. */
export async function readPaper(paper: Buffer): Promise<ReadPaper> {
  const pdf = await getDocumentProxy(new Uint8Array(paper))
  const { info } = await pdf.getMetadata()
  const about = info as { Title: string; Language: string }
  const read: ReadPaper = { pages: [], title: about.Title, language: about.Language, roles: [] }
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    read.pages.push(
      items
        .map((item) => ("str" in item ? `${item.str}${item.hasEOL ? " " : ""}` : ""))
        .join("")
        .replace(/\s+/g, " "),
    )
    read.roles.push(rolesOf(await page.getStructTree()).filter((role) => role !== "content"))
  }
  await pdf.cleanup()
  return read
}

type Node = { role?: string; type?: string; children?: Node[] }

/** pdf.js shows a page the parts of all its tables' rows: those that have nothing on this page are left out. */
function rolesOf(node: Node | null): string[] {
  const inside = (node?.children ?? []).flatMap((child) => (child.type === "content" ? ["content"] : rolesOf(child)))
  return inside.length === 0 ? [] : [...(node?.role ? [node.role] : []), ...inside]
}
