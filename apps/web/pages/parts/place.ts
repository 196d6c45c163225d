import type { Locale } from "@mila/kernel"

type Said = Readonly<Record<Locale, string>>

/** «Минск, ул. Ленина, 5»: where a shop is. The kind of a street and its name stay on one line. */
export const placeText = ({ city, address }: { city: Said; address: Said }, locale: Locale): string =>
  `${city[locale]}, ${unparted(address[locale])}`

/** An address whose short words («ул.», «пр-т», «вул.», "St.") are never parted from what they belong to by the end of a line. */
export const unparted = (address: string): string =>
  address
    .replaceAll(/(?<![\p{L}\p{N}])(ул\.|вул\.|пр\.|пр-т|пр-кт|б-р|пер\.|зав\.|пл\.|ш\.|тр\.|д\.|г\.|аг\.|корп\.|пом\.) /gu, "$1\u00a0")
    .replaceAll(/ (St\.|Ave\.|Blvd\.|Sq\.|Ln\.)/g, "\u00a0$1")

/** What a shop is called on its own page, and where it is: a shop that is called by its address says it once. */
export function namedPlace({ name, city, address }: { name: Said; city: Said; address: Said }, locale: Locale) {
  const saysAddress = name[locale].includes(address[locale])
  return { name: unparted(name[locale]), place: saysAddress ? city[locale] : placeText({ city, address }, locale) }
}
