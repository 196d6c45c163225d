import type { Sentences } from "./explain.ts"

export const EN: Sentences = {
  base: ({ number, points, rule, version }, { money, rate, points: counted }) =>
    `${money(number("amount"))} × ${rate(number("rate"))}: ${counted(points)} after rounding over the receipt. Rule “${rule}”, version ${version}.`,
  multiplier: ({ number, points, rule, version }, { times, money, rate, points: counted }) =>
    `Campaign “${rule}” (${times(number("times"))}) added ${counted(points)} to ${rate(number("rate"))} of ${money(number("amount"))}. Version ${version}.`,
  fixed: ({ number, points, rule, version }, { points: counted, ofPoints }) =>
    `Campaign “${rule}” for the purchase: ${counted(points)} of ${ofPoints(number("total"))} fell to this item. Version ${version}.`,
  fixed_piece: ({ number, points, rule, version }, { number: spelt, points: counted }) =>
    `Campaign “${rule}”: ${spelt(number("pieces"))} × ${counted(number("each"))}, ${counted(points)} in all. Version ${version}.`,
  threshold: ({ number, points, rule, version }, { money, points: counted, ofPoints }) =>
    `Campaign “${rule}”: ${money(number("reached"))} reached ${money(number("from"))}; ${counted(points)} of ${ofPoints(number("total"))} fell to this item. Version ${version}.`,
  no_certificate: () => "Buying a gift certificate earns no points.",
  no_delivery: () => "Delivery earns no points.",
  no_excluded: () => "The till marked this item as outside the programme, so it earns no points.",
  no_category: ({ text }) => `The category “${text("category")}” is outside the programme, so the item earns no points.`,
  no_brand: ({ text }) => `The brand “${text("brand")}” is outside the programme, so the item earns no points.`,
  no_price: () => "The item was free: there is nothing to earn on.",
  no_money: () => "The item was paid with points or a certificate in full: there is nothing to earn on.",
  no_rule: ({ version }) => `No accrual rule fits this item. Version ${version}.`,
  no_rate: ({ number, rule, version }, { money }) =>
    `${money(number("amount"))} × 0%: the rule “${rule}” gives no points. Version ${version}.`,
  rounded_to_zero: ({ number, rule, version }, { money, rate }) =>
    `${money(number("amount"))} × ${rate(number("rate"))} is less than a whole point, and after rounding over the receipt nothing fell to this item. Rule “${rule}”, version ${version}.`,
  no_earner_own_till: () => "An employee's card at their own till: this receipt earns no points.",
  no_tender: ({ text }, { tender }) => `The receipt was paid ${tender(text("tender"))}: by the rules of the programme it earns no points.`,
  paid_otherwise: ({ number }, { money }) => {
    const parts = [
      number("points") > 0 ? `${money(number("points"))} with points` : "",
      number("certificate") > 0 ? `${money(number("certificate"))} with a certificate` : "",
    ].filter((part) => part !== "")
    return `Only what is paid in money earns points. Paid otherwise: ${parts.join(", ")}.`
  },
  receipt_rounding: ({ number, points }, { number: spelt, points: counted }) =>
    `The exact sum of the receipt, ${spelt(number("exact"))}, was rounded down to ${counted(points)}. Whole points were shared between the items with nothing left over.`,
  budget_short: ({ number, points, rule }, { points: counted, ofPoints }) =>
    `The budget of the campaign “${rule}” is running out: of ${ofPoints(number("wanted"))} this receipt got what was left, ${counted(points)}.`,
  budget_spent: ({ number, rule }, { points: counted }) =>
    `The budget of the campaign “${rule}” is used up, so it did not add its ${counted(number("wanted"))}.`,
  threshold_missed: ({ number, rule }, { money }) =>
    `${money(number("from") - number("reached"))} short of the campaign “${rule}”: it takes ${money(number("from"))}, there are ${money(number("reached"))}.`,
  outdone: ({ rule, text }) => `The campaign “${rule}” does not add to the campaign “${text("by")}”: the better one counts.`,
  activates: ({ text, points }, { day, points: counted }) =>
    `${counted(points)}: usable from ${day(text("from"))} to ${day(text("to"))}, that day included.`,
  redeemed: ({ number, points }, { money, points: counted }) => `${counted(points)} used towards an item of ${money(number("amount"))}.`,
  redeem_certificate: () => "A gift certificate cannot be paid with points.",
  redeem_delivery: () => "Delivery cannot be paid with points.",
  redeem_excluded: () => "The till marked this item as outside the programme: it cannot be paid with points.",
  redeem_category: ({ text }) => `Goods of the category “${text("category")}” cannot be paid with points.`,
  redeem_brand: ({ text }) => `Goods of the brand “${text("brand")}” cannot be paid with points.`,
  redeem_discounted: ({ number }, { rate }) =>
    `The item is already discounted by ${rate(number("discount"))}. From ${rate(number("from"))} on, no points are taken.`,
  redeem_min_price: ({ number }, { money }) => `The item may not be sold below ${money(number("floor"))}, so it takes no points.`,
  redeem_receipt_cap: ({ number }, { rate, money, points: counted }) =>
    `Points pay up to ${rate(number("cap"))} of the goods of a receipt. Of ${money(number("total"))} that is ${counted(number("most"))}.`,
  redeem_line_caps: ({ number }, { points: counted }) =>
    `The items of this receipt take no more: each has its own limit, together ${counted(number("most"))}.`,
  redeem_balance: ({ number }, { points: counted }) => `${counted(number("available"))} available: no more can be used.`,
  redeem_minimum: ({ number }, { points: counted }) =>
    `At least ${counted(number("minimum"))} must be used; here it would be ${counted(number("most"))}.`,
  redeem_step: ({ number }, { points: counted }) => `Points are used in steps of ${counted(number("step"))}; the rest was rounded down.`,
  redeem_presence: ({ text }, { presence }) =>
    `Using points takes a confirmation: the code in the app or by SMS. So far ${presence(text("presence"))}.`,
  redeem_tender: ({ text }, { tender }) => `When the rest is paid ${tender(text("tender"))}, points cannot be used.`,
  redeem_nothing: () => "Nothing on this receipt can be paid with points.",
  clawed: ({ number, points }, { quantity, points: counted, ofPoints }) =>
    `${quantity(number("returned"))} of ${quantity(number("sold"))} returned: the points earned for that part were taken back, ${counted(points)} of ${ofPoints(number("earned"))}.`,
  restored: ({ number, points }, { quantity, points: counted, ofPoints }) =>
    `${quantity(number("returned"))} of ${quantity(number("sold"))} returned: the points used for that part are back, ${counted(points)} of ${ofPoints(number("redeemed"))}.`,
  clawed_pending: ({ points }, { points: counted }) => `Taken from pending points: ${counted(points)}.`,
  clawed_available: ({ points }, { points: counted }) => `Taken from available points: ${counted(points)}.`,
  clawed_owed: ({ points }, { points: counted }) =>
    `There were not enough points; owed now: ${counted(points)}. The next points will cover it.`,
  clawed_exposed: ({ points }, { points: counted }) => `There were not enough points; the chain carries ${counted(points)}.`,
}
