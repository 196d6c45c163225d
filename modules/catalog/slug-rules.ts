const LATIN: Readonly<Record<string, string>> = {
  ...{ а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ё: "e", ж: "zh", з: "z", и: "i", і: "i", й: "j", к: "k", л: "l", м: "m", н: "n" },
  ...{ о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ў: "u", ф: "f", х: "h", ц: "c", ч: "ch", ш: "sh", щ: "shch", ъ: "", ы: "y", ь: "" },
  ...{ э: "e", ю: "yu", я: "ya" },
}

/** A name as part of an address: Latin letters, digits and single dashes, at most `most` of them. Empty when nothing of it can be written so. */
export function slugOf(name: string, most = 100): string {
  const latin = Array.from(name.toLowerCase().normalize("NFC"), (sign) => LATIN[sign] ?? sign).join("")
  const plain = latin.normalize("NFKD").replace(/[\u0300-\u036f'’ʼ`]/g, "")
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, most)
    .replace(/^-+|-+$/g, "")
}

/** `wanted` itself, or with the first number from 2 on that makes it nobody's. */
export function freeSlug(wanted: string, taken: ReadonlySet<string>): string {
  let slug = wanted
  for (let no = 2; taken.has(slug); no += 1) slug = `${wanted}-${no}`
  return slug
}
