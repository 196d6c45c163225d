import type { Sentences } from "./explain.ts"

export const BE: Sentences = {
  base: ({ number, points, rule, version }, { money, rate, points: counted }) =>
    `${money(number("amount"))} × ${rate(number("rate"))}: ${counted(points)} пасля акруглення па чэку. Правіла «${rule}», версія ${version}.`,
  multiplier: ({ number, points, rule, version }, { times, money, rate, points: counted }) =>
    `Акцыя «${rule}» (${times(number("times"))}) дадала да ${rate(number("rate"))} ад ${money(number("amount"))} яшчэ ${counted(points)}. Версія ${version}.`,
  fixed: ({ number, points, rule, version }, { number: plain, ofPoints }) =>
    `Акцыя «${rule}» за пакупку: на гэты тавар прыпала ${plain(points)} з ${ofPoints(number("total"))}. Версія ${version}.`,
  fixed_piece: ({ number, points, rule, version }, { number: spelt, points: counted }) =>
    `Акцыя «${rule}»: ${spelt(number("pieces"))} шт. × ${counted(number("each"))}, усяго ${counted(points)}. Версія ${version}.`,
  threshold: ({ number, points, rule, version }, { number: plain, money, ofPoints }) =>
    `Акцыя «${rule}»: сума ${money(number("reached"))} дасягнула ${money(number("from"))}, на гэты тавар прыпала ${plain(points)} з ${ofPoints(number("total"))}. Версія ${version}.`,
  no_certificate: () => "За пакупку падарункавага сертыфіката бонусы не налічваюцца.",
  no_delivery: () => "Дастаўка: за яе бонусы не налічваюцца.",
  no_excluded: () => "Тавар пазначаны на касе як такі, што не ўдзельнічае ў праграме, таму бонусаў за яго няма.",
  no_category: ({ text }) => `Катэгорыя «${text("category")}» не ўдзельнічае ў праграме, таму бонусаў за тавар няма.`,
  no_brand: ({ text }) => `Брэнд «${text("brand")}» не ўдзельнічае ў праграме, таму бонусаў за тавар няма.`,
  no_price: () => "Тавар дастаўся бясплатна, налічваць няма на што.",
  no_money: () => "Тавар цалкам аплачаны бонусамі або сертыфікатам, налічваць няма на што.",
  no_rule: ({ version }) => `Ніводнае правіла налічэння не падышло да гэтага тавару. Версія ${version}.`,
  no_rate: ({ number, rule, version }, { money }) =>
    `${money(number("amount"))} × 0\u00a0%: паводле правіла «${rule}» бонусы не налічваюцца. Версія ${version}.`,
  rounded_to_zero: ({ number, rule, version }, { money, rate }) =>
    `${money(number("amount"))} × ${rate(number("rate"))} — менш за цэлы бонус, і пасля акруглення па чэку на гэты тавар не прыпала нічога. Правіла «${rule}», версія ${version}.`,
  no_earner_own_till: () => "Картка супрацоўніка на яго ўласнай касе: бонусы за гэты чэк не налічваюцца.",
  no_tender: ({ text }, { tender }) => `Чэк аплачаны ${tender(text("tender"))}: паводле правілаў праграмы бонусы за яго не налічваюцца.`,
  paid_otherwise: ({ number }, { money }) => {
    const parts = [
      number("points") > 0 ? `бонусамі — ${money(number("points"))}` : "",
      number("certificate") > 0 ? `сертыфікатам — ${money(number("certificate"))}` : "",
    ].filter((part) => part !== "")
    return `Бонусы налічваюцца толькі на тое, што аплачана грашыма. Аплачана ${parts.join(", ")}.`
  },
  receipt_rounding: ({ number, points }, { number: spelt, points: counted }) =>
    `Дакладная сума па чэку ${spelt(number("exact"))} акруглена ўніз, атрымалася ${counted(points)}. Цэлыя бонусы падзелены паміж таварамі без астатку.`,
  budget_short: ({ number, points, rule }, { number: plain, ofPoints }) =>
    `Бюджэт акцыі «${rule}» заканчваецца: з ${ofPoints(number("wanted"))} засталося ${plain(points)}, і ўсе яны дасталіся гэтаму чэку.`,
  budget_spent: ({ number, rule }, { ofPoints }) => `Бюджэт акцыі «${rule}» вычарпаны, таму яна не дадала ${ofPoints(number("wanted"))}.`,
  threshold_missed: ({ number, rule }, { money }) =>
    `Да акцыі «${rule}» не хапіла ${money(number("from") - number("reached"))}: трэба ${money(number("from"))}, ёсць ${money(number("reached"))}.`,
  outdone: ({ rule, text }) => `Акцыя «${rule}» не складваецца з акцыяй «${text("by")}»: дзейнічае больш выгадная.`,
  activates: ({ text, points }, { day, points: counted }) =>
    `${counted(points)}: можна патраціць з ${day(text("from"))} па ${day(text("to"))} уключна.`,
  redeemed: ({ number, points }, { money, points: counted }) => `У кошт тавару за ${money(number("amount"))} спісана: ${counted(points)}.`,
  redeem_certificate: () => "Падарункавы сертыфікат нельга аплаціць бонусамі.",
  redeem_delivery: () => "Дастаўку нельга аплаціць бонусамі.",
  redeem_excluded: () => "Тавар пазначаны на касе як такі, што не ўдзельнічае ў праграме, бонусамі яго не аплаціць.",
  redeem_category: ({ text }) => `Тавары катэгорыі «${text("category")}» нельга аплаціць бонусамі.`,
  redeem_brand: ({ text }) => `Тавары брэнда «${text("brand")}» нельга аплаціць бонусамі.`,
  redeem_discounted: ({ number }, { rate }) =>
    `Тавар ужо прадаецца са зніжкай ${rate(number("discount"))}. Пры зніжцы ад ${rate(number("from"))} бонусы не спісваюцца.`,
  redeem_min_price: ({ number }, { money }) =>
    `Тавар нельга прадаць танней за ${money(number("floor"))}, таму бонусы на яго не спісваюцца.`,
  redeem_receipt_cap: ({ number }, { rate, money, points: counted }) =>
    `Бонусамі можна аплаціць да ${rate(number("cap"))} кошту тавараў чэка. Ад ${money(number("total"))} гэта ${counted(number("most"))}.`,
  redeem_line_caps: ({ number }, { points: counted }) =>
    `Больш тавары гэтага чэка не прымаюць: у кожнага свая мяжа, разам — ${counted(number("most"))}.`,
  redeem_balance: ({ number }, { points: counted }) => `На рахунку даступна ${counted(number("available"))}, больш спісаць нельга.`,
  redeem_minimum: ({ number }, { points: counted }) =>
    `Спісаць можна не менш чым ${counted(number("minimum"))}. Тут выходзіць ${counted(number("most"))}.`,
  redeem_step: ({ number }, { points: counted }) => `Крок спісання — ${counted(number("step"))}, астатак акруглены ўніз.`,
  redeem_presence: ({ text }, { presence }) =>
    `Каб спісаць бонусы, патрэбна пацвярджэнне: код з праграмы або SMS. Пакуль ${presence(text("presence"))}.`,
  redeem_tender: ({ text }, { tender }) => `Калі астатак аплачваецца ${tender(text("tender"))}, спісаць бонусы нельга.`,
  redeem_nothing: () => "У чэку няма тавараў, якія можна аплаціць бонусамі.",
  clawed: ({ number, points }, { number: plain, quantity, ofPoints }) =>
    `Вернута ${quantity(number("returned"))} з ${quantity(number("sold"))}: зняты бонусы, налічаныя за гэтую частку, — ${plain(points)} з ${ofPoints(number("earned"))}.`,
  restored: ({ number, points }, { number: plain, quantity, ofPoints }) =>
    `Вернута ${quantity(number("returned"))} з ${quantity(number("sold"))}: бонусы, спісаныя за гэтую частку, зноў на рахунку — ${plain(points)} з ${ofPoints(number("redeemed"))}.`,
  clawed_pending: ({ points }, { points: counted }) => `З бонусаў, якія чакаюць, знята: ${counted(points)}.`,
  clawed_available: ({ points }, { points: counted }) => `З даступных бонусаў знята: ${counted(points)}.`,
  clawed_owed: ({ points }, { points: counted }) =>
    `На рахунку не хапіла, запісана ў доўг: ${counted(points)}. Яго пагасяць наступныя налічэнні.`,
  clawed_exposed: ({ points }, { points: counted }) => `На рахунку не хапіла, сетка ўзяла на сябе: ${counted(points)}.`,
}
