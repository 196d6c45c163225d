import type { Locale, Localized } from "@mila/kernel"

type Placed = { city: Localized; address: Localized }

/** What kind of a street it is, before its name or behind it: people look for the name. */
const KIND = /^(?:ул|вул|пр|пр-т|пр-кт|просп|б-р|пер|зав|пл|ш|тр)\.? +/u

/** Where the number of the house comes first, as in English. */
const NUMBER_FIRST = /^(\d+\S*) (.+)$/u

/** The order people look a shop up in when nobody said where they are: by town, street and number of the house; 9 before 10. */
export function inOrderOfStreets<Shop extends Placed>(shops: readonly Shop[], locale: Locale): Shop[] {
  const { compare } = new Intl.Collator(locale, { numeric: true })
  return shops
    .map((shop) => ({ shop, town: shop.city[locale], street: shop.address[locale].replace(KIND, "").replace(NUMBER_FIRST, "$2 $1") }))
    .toSorted((one, other) => compare(one.town, other.town) || compare(one.street, other.street))
    .map(({ shop }) => shop)
}
