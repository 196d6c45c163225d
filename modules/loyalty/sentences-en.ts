import type { Sentences } from "./explain.ts"

export const EN: Sentences = {
  base: ({ number, points, rule, version }, { money, rate, points: counted }) =>
    `${money(number("amount"))} × ${rate(number("rate"))}: ${counted(points)} after rounding over the receipt. Rule “${rule}”, version ${version}.`,
  multiplier: ({ number, points, rule, version }, { times, money, rate, points: counted }) =>
    `Campaign “${rule}” (${times(number("times"))}) added ${counted(points)} to ${rate(number("rate"))} of ${money(number("amount"))}. Version ${version}.`,
  fixed: ({ number, points, rule, version }, { number: plain, ofPoints }) =>
    `Campaign “${rule}” for the purchase: this item’s share is ${plain(points)} of ${ofPoints(number("total"))}. Version ${version}.`,
  fixed_piece: ({ number, points, rule, version }, { number: spelt, points: counted }) =>
    `Campaign “${rule}”: ${spelt(number("pieces"))} × ${counted(number("each"))}, ${counted(points)} in all. Version ${version}.`,
  threshold: ({ number, points, rule, version }, { number: plain, money, ofPoints }) =>
    `Campaign “${rule}”: ${money(number("reached"))} reached ${money(number("from"))}; this item’s share is ${plain(points)} of ${ofPoints(number("total"))}. Version ${version}.`,
  no_certificate: () => "Buying a gift certificate earns no points.",
  no_delivery: () => "Delivery earns no points.",
  no_excluded: () => "The till marked this item as outside the programme, so it earns no points.",
  no_category: ({ text }) => `The category “${text("category")}” is outside the programme, so the item earns no points.`,
  no_brand: ({ text }) => `The brand “${text("brand")}” is outside the programme, so the item earns no points.`,
  no_price: () => "The item was free: there is nothing to earn on.",
  no_money: () => "The item was paid for in full with points or a certificate: there is nothing to earn on.",
  no_rule: ({ version }) => `No accrual rule fits this item. Version ${version}.`,
  no_rate: ({ number, rule, version }, { money }) =>
    `${money(number("amount"))} × 0%: the rule “${rule}” gives no points. Version ${version}.`,
  rounded_to_zero: ({ number, rule, version }, { money, rate }) =>
    `${money(number("amount"))} × ${rate(number("rate"))} is less than a whole point, and after rounding over the receipt nothing was left for this item. Rule “${rule}”, version ${version}.`,
  no_earner_own_till: () => "An employee’s card at their own till: this receipt earns no points.",
  no_tender: ({ text }, { tender }) => `The receipt was paid ${tender(text("tender"))}: by the rules of the programme it earns no points.`,
  paid_otherwise: ({ number }, { money }) => {
    const parts = [
      number("points") > 0 ? `${money(number("points"))} with points` : "",
      number("certificate") > 0 ? `${money(number("certificate"))} with a certificate` : "",
    ].filter((part) => part !== "")
    return `Only what is paid in money earns points. Paid otherwise: ${parts.join(", ")}.`
  },
  receipt_rounding: ({ number, points }, { number: spelt, points: counted }) =>
    `The exact total for the receipt, ${spelt(number("exact"))}, was rounded down to ${counted(points)}. Whole points were shared between the items with nothing left over.`,
  budget_short: ({ number, points, rule }, { number: plain, ofPoints }) =>
    `The budget of the campaign “${rule}” is running out: of ${ofPoints(number("wanted"))} this receipt got the ${plain(points)} that were left.`,
  budget_spent: ({ number, rule }, { points: counted }) =>
    `The budget of the campaign “${rule}” is used up, so it did not add its ${counted(number("wanted"))}.`,
  threshold_missed: ({ number, rule }, { money }) =>
    `${money(number("from") - number("reached"))} short of the campaign “${rule}”: ${money(number("from"))} is needed, the receipt has ${money(number("reached"))}.`,
  outdone: ({ rule, text }) => `The campaign “${rule}” cannot be combined with the campaign “${text("by")}”: the better one applies.`,
  activates: ({ text, points }, { day, points: counted }) =>
    `${counted(points)}: can be spent from ${day(text("from"))} to ${day(text("to"))} inclusive.`,
  redeemed: ({ number, points }, { money, points: counted }) => `${counted(points)} used towards an item of ${money(number("amount"))}.`,
  redeem_certificate: () => "A gift certificate cannot be paid for with points.",
  redeem_delivery: () => "Delivery cannot be paid for with points.",
  redeem_excluded: () => "The till marked this item as outside the programme: it cannot be paid for with points.",
  redeem_category: ({ text }) => `Goods of the category “${text("category")}” cannot be paid for with points.`,
  redeem_brand: ({ text }) => `Goods of the brand “${text("brand")}” cannot be paid for with points.`,
  redeem_discounted: ({ number }, { rate }) =>
    `The item is already discounted by ${rate(number("discount"))}. With a discount of ${rate(number("from"))} or more, points cannot be used.`,
  redeem_min_price: ({ number }, { money }) => `The item may not be sold below ${money(number("floor"))}, so points cannot be used on it.`,
  redeem_receipt_cap: ({ number }, { rate, money, points: counted }) =>
    `Points can pay for up to ${rate(number("cap"))} of the value of the goods on a receipt. Of ${money(number("total"))} that is ${counted(number("most"))}.`,
  redeem_line_caps: ({ number }, { points: counted }) =>
    `The items on this receipt cannot take any more: each has its own limit, ${counted(number("most"))} in all.`,
  redeem_balance: ({ number }, { points: counted }) => `${counted(number("available"))} available: no more can be used.`,
  redeem_minimum: ({ number }, { points: counted }) =>
    `At least ${counted(number("minimum"))} must be used; here it would be ${counted(number("most"))}.`,
  redeem_step: ({ number }, { number: plain }) => `Points are used in multiples of ${plain(number("step"))}; the rest was rounded down.`,
  redeem_presence: ({ text }, { presence }) =>
    `Using points needs a confirmation: a code from the app or by SMS. So far ${presence(text("presence"))}.`,
  redeem_tender: ({ text }, { tender }) => `When the rest is paid ${tender(text("tender"))}, points cannot be used.`,
  redeem_nothing: () => "Nothing on this receipt can be paid for with points.",
  clawed: ({ number, points }, { number: plain, quantity, ofPoints }) =>
    `${quantity(number("returned"))} of ${quantity(number("sold"))} returned: the points earned for that part were taken back, ${plain(points)} of ${ofPoints(number("earned"))}.`,
  restored: ({ number, points }, { number: plain, quantity, ofPoints }) =>
    `${quantity(number("returned"))} of ${quantity(number("sold"))} returned: the points used for that part are back, ${plain(points)} of ${ofPoints(number("redeemed"))}.`,
  clawed_pending: ({ points }, { points: counted }) => `Taken from pending points: ${counted(points)}.`,
  clawed_available: ({ points }, { points: counted }) => `Taken from available points: ${counted(points)}.`,
  clawed_owed: ({ points }, { points: counted }) =>
    `There were not enough points; owed now: ${counted(points)}. The next points will cover it.`,
  clawed_exposed: ({ points }, { points: counted }) => `There were not enough points; the chain has covered ${counted(points)}.`,
}
