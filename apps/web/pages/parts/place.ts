import type { Locale } from "@mila/kernel"

type Said = Readonly<Record<Locale, string>>

/** «Минск, ул. Ленина, 5»: where a shop is. The kind of a street stays with its name, and the house with it. */
export const placeText = ({ city, address }: { city: Said; address: Said }, locale: Locale): string =>
  `${city[locale]}, ${unparted(address[locale])}`

/** An address whose short words («ул.», «пр-т», «вул.», "St.") and numbers of houses are never parted from what they belong to by the end of a line. */
export const unparted = (address: string): string =>
  address
    .replaceAll(/(?<![\p{L}\p{N}])(ул\.|вул\.|пр\.|пр-т|пр-кт|б-р|пер\.|зав\.|пл\.|ш\.|тр\.|д\.|г\.|аг\.|корп\.|пом\.) /gu, "$1\u00a0")
    .replaceAll(/, (?=\d)/g, ",\u00a0")
    .replaceAll(/ (St\.|Ave\.|Blvd\.|Sq\.|Ln\.)/g, "\u00a0$1")

type Named = { name: Said; city: Said; address: Said }

/** Whether a shop is called by its address, which then is said once. */
const saysAddress = ({ name, address }: Named, locale: Locale): boolean => name[locale].includes(address[locale])

/** What a shop is called on its own page, and where it is. */
export const namedPlace = (shop: Named, locale: Locale) => ({
  name: unparted(shop.name[locale]),
  place: saysAddress(shop, locale) ? shop.city[locale] : placeText(shop, locale),
})

/** «Минск, «Мила», пр. Независимости, 44»: both in one line. */
export function wholePlace(shop: Named, locale: Locale): string {
  const { name, city, address } = shop
  return `${city[locale]}, ${unparted(saysAddress(shop, locale) ? name[locale] : `${name[locale]}, ${address[locale]}`)}`
}
