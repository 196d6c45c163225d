/** Kopecks of a price as people write it: `21,90`, `21.9`, `21`, `21 руб. 90 коп.`; NaN for what is none. Read by digits: no binary fraction is ever rounded. */
export function kopecksIn(text: string): number {
  const plain = text
    .replaceAll(/[\s\u00a0]/g, "")
    .replace(/^(?:byn)?/i, "")
    .replace(/(?:р\.?|руб\.?|byn|коп\.?)+$/i, "")
  const [, roubles = "", kopecks = ""] = /^(\d{1,7})(?:(?:[.,]|руб\.?|р\.?)(\d{1,2}))?$/.exec(plain) ?? []
  return roubles === "" ? NaN : Number(roubles) * 100 + Number(kopecks.padEnd(2, "0") || 0)
}
