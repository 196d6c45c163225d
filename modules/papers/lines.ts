type Measure = { width: number; widthOf: (text: string) => number }

/**
 * A text in lines no wider than `width`: broken at its own line ends, then at ordinary spaces (a non-breaking one keeps its words together),
 * and inside a word only when the word alone is too wide. Nothing but the spaces at the breaks is lost.
 */
export function inLines(text: string, measure: Measure): string[] {
  return legible(text)
    .split("\n")
    .flatMap((paragraph) => paragraphInLines(paragraph, measure))
}

/** Composed, so that й and ў are copied as one letter; without what a font cannot draw and a reader cannot see. */
function legible(text: string): string {
  return text
    .normalize("NFC")
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replace(/\t/g, " ")
    .replace(/[\p{Cc}\p{Cf}]/gu, (mark) => (mark === "\n" ? mark : ""))
}

function paragraphInLines(paragraph: string, measure: Measure): string[] {
  const lines: string[] = []
  let line = ""
  for (const word of paragraph.split(/ +/)) {
    const longer = line === "" ? word : `${line} ${word}`
    if (measure.widthOf(longer) <= measure.width) {
      line = longer
      continue
    }
    if (line !== "") lines.push(line)
    const pieces = wordInPieces(word, measure)
    lines.push(...pieces.slice(0, -1))
    line = pieces.at(-1) ?? ""
  }
  return [...lines, line]
}

function wordInPieces(word: string, { width, widthOf }: Measure): string[] {
  const pieces: string[] = []
  let letters = [...word]
  while (letters.length > 1 && widthOf(letters.join("")) > width) {
    let [fits, tooMany] = [1, letters.length]
    while (tooMany - fits > 1) {
      const middle = (fits + tooMany) >> 1
      if (widthOf(letters.slice(0, middle).join("")) <= width) fits = middle
      else tooMany = middle
    }
    pieces.push(letters.slice(0, fits).join(""))
    letters = letters.slice(fits)
  }
  return [...pieces, letters.join("")]
}
