import { assert, type Locale } from "@mila/kernel"
import Pdf from "pdfkit"
import { inLines } from "./lines.ts"
import { FONTS, INK, PAGE, type Style, STYLE } from "./look.ts"

/** What a screen reader is told a piece of the paper is (ISO 32000-1, 14.8.4). */
export type Role = "Document" | "H1" | "H2" | "P" | "Table" | "TR" | "TH" | "TD"

export type Part = PDFKit.PDFStructureElement

type Heading = { title: string; author: string; locale: Locale; madeAt: Date }

type Place = { x: number; y: number; width: number; align?: "right" | undefined }

/**
 * An A4 paper being written from its top down: `y` is where the next thing goes. All it shows is either a part of its structure, which is
 * read aloud and copied in order, or an ornament, which is not (PDF/UA-1). The same values make the same bytes.
 */
export class Sheet {
  readonly doc: PDFKit.PDFDocument
  readonly root: Part
  readonly left = PAGE.left
  readonly width = PAGE.width - 2 * PAGE.left
  readonly bottom = PAGE.height - PAGE.foot
  y: number = PAGE.top
  readonly #chunks: Buffer[] = []

  constructor({ title, author, locale, madeAt }: Heading) {
    const about = { Title: inMetadata(title), Author: inMetadata(author), Creator: "Mila", CreationDate: madeAt, ModDate: madeAt }
    this.doc = new Pdf({
      ...{ size: [PAGE.width, PAGE.height], margin: 0, bufferPages: true, autoFirstPage: false },
      ...{ pdfVersion: "1.7", tagged: true, lang: `${locale}-BY`, displayTitle: true, info: about },
      ...{ subset: "PDF/UA" as never }, // known to the library, not yet to its types
    })
    this.doc.on("data", (chunk: Buffer) => this.#chunks.push(chunk))
    for (const [name, file] of Object.entries(FONTS)) this.doc.registerFont(name, file)
    this.root = this.doc.struct("Document")
    this.doc.addStructure(this.root)
    this.doc.addPage()
  }

  turnPage(): void {
    this.doc.addPage()
    this.y = PAGE.top
  }

  /** Turns the page where less than `height` is left of it. */
  keep(height: number): void {
    if (this.y + height > this.bottom) this.turnPage()
  }

  lines(text: string, style: Style, width = this.width): string[] {
    return inLines(text, { width, widthOf: (part) => this.widthOf(part, style) })
  }

  widthOf(text: string, { font, size }: Style): number {
    return this.doc.font(font).fontSize(size).widthOfString(text)
  }

  /** A new part of the structure, inside `parent`, open until it is ended. */
  open(parent: Part, role: Role, options: { scope?: "Column" | "Row" } = {}): Part {
    const part = this.doc.struct(role, options as PDFKit.Mixins.StructureElementOptions)
    parent.add(part)
    return part
  }

  /** Writes lines as a part of the structure, wherever `place` says; `y` stays. */
  put(part: Part, lines: readonly string[], style: Style, place: Place): void {
    part.add(() => lines.forEach((line, number) => this.#line(line, style, { ...place, y: place.y + number * style.leading })))
  }

  /** A paragraph or a heading over the whole width, on as many pages as it takes; `keepWith` is what must follow it on its page. */
  paragraph(role: Role, text: string, style: Style, { keepWith = 0 }: { keepWith?: number } = {}): void {
    const lines = this.lines(text, style)
    const part = this.open(this.root, role)
    this.keep(Math.min(lines.length, 2) * style.leading + keepWith)
    for (const line of lines) {
      this.keep(style.leading)
      this.put(part, [line], style, { x: this.left, y: this.y, width: this.width })
      this.y += style.leading
    }
    part.end()
  }

  /** Draws what nobody has to hear: rules, grounds, repeated headers. */
  ornament(draw: (doc: PDFKit.PDFDocument) => void, type: "Layout" | "Pagination" = "Layout"): void {
    this.doc.markContent("Artifact", { type })
    draw(this.doc)
    this.doc.endMarkedContent()
  }

  rule(y: number, { colour = INK.line, thickness = 0.6 }: { colour?: string; thickness?: number } = {}): void {
    const { left, width } = this
    this.ornament((doc) =>
      doc
        .moveTo(left, y)
        .lineTo(left + width, y)
        .lineWidth(thickness)
        .stroke(colour),
    )
  }

  /** Lines that are an ornament: said once already, or about the paper itself. */
  repeat(lines: readonly string[], style: Style, place: Place): void {
    this.ornament(
      () => lines.forEach((line, number) => this.#line(line, style, { ...place, y: place.y + number * style.leading })),
      "Pagination",
    )
  }

  /** Numbers the pages and closes the paper. `footer` says what stands left and right at the foot of page `page` of `pages`. */
  async finish(footer: (page: number, pages: number) => [string, string]): Promise<Buffer> {
    const { count } = this.doc.bufferedPageRange()
    for (let page = 0; page < count; page += 1) {
      this.doc.switchToPage(page)
      const y = PAGE.height - PAGE.foot + 20
      this.rule(y - 7)
      const [left, right] = footer(page + 1, count)
      this.repeat(this.lines(left, STYLE.small, this.width - 80).slice(0, 1), STYLE.small, { x: this.left, y, width: this.width })
      this.repeat([right], STYLE.small, { x: this.left, y, width: this.width, align: "right" })
    }
    this.root.end()
    return new Promise((done, fail) => {
      this.doc.once("error", fail)
      this.doc.once("end", () => done(Buffer.concat(this.#chunks)))
      this.doc.end()
    })
  }

  #line(text: string, style: Style, { x, y, width, align }: Place): void {
    assert(y + style.leading <= PAGE.height, "nothing is written below the page")
    if (text === "") return
    const inset = align === "right" ? width - this.widthOf(text, style) : 0
    this.doc.font(style.font).fontSize(style.size).fillColor(style.colour)
    this.doc.text(text, x + inset, y, { lineBreak: false })
  }
}

/** The library puts these words into XML as they are; what would be markup there is left out of them. */
function inMetadata(text: string): string {
  return text.replace(/[<>&\p{Cc}]+/gu, " ").trim()
}
