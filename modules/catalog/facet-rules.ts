/** How a property is used: by how many things that are shown, with how many values; whether shoppers choose by it now. */
export type Usage = { goods: number; values: number; filtered: boolean }

const FEWEST_GOODS = 5
const MOST_VALUES = 60
const STILL_VALUES = 90
const GOODS_A_VALUE = 2

/**
 * Whether shoppers choose by a property nobody decided about: its values repeat and are few enough to read. One that is chosen by stays until its values are far too many, so
 * that no list of filters changes from one import to the next.
 */
export const isChosenBy = ({ goods, values, filtered }: Usage): boolean =>
  values > 0 && (filtered ? values <= STILL_VALUES : values <= MOST_VALUES && goods >= Math.max(FEWEST_GOODS, values * GOODS_A_VALUE))
